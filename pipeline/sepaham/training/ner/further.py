"""Lets the shipped encoder learn further: `python -m sepaham.training.ner.further` writes further.onnx.

From gold that was labelled since the encoder was made, with some of the older beside, so that little is
forgotten. What is written is the difference from model.onnx, which the tagger adds up when it is loaded:
small numbers, most of them 0. Needs the `train` extra and the shipped encoder; half an hour on two cores.
"""

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import torch
import typer
from tokenizers import Tokenizer

from sepaham.ner.encoder import FURTHER
from sepaham.ner.weights import sha256
from sepaham.training.ner.batches import Examples, in_batches, read_examples, rows
from sepaham.training.ner.corpora import LABELS, read_corpora
from sepaham.training.ner.encoder import COPIES_SEED, FILES, FOLDER, write_manifest
from sepaham.training.ner.examples import LabelTable
from sepaham.training.ner.export import drawn, export_difference
from sepaham.training.ner.losses import gold_loss
from sepaham.training.ner.recipe import Further, Shape, Steps, read_recipe
from sepaham.training.ner.recipe import Recipe as Whole
from sepaham.training.ner.stages import Checkpoints, Kit, Weights, weights_of
from sepaham.training.ner.steps import Told, Trainer, body_and_heads
from sepaham.training.ner.windows import Window


@dataclass(frozen=True)
class Recipe:
    """models/ner/encoder/further.toml."""

    gold_splits: tuple[str, ...]
    steps: Steps
    further: Further


def _older(examples: Examples, since: tuple[str, ...]) -> list[str]:
    """The ids of the articles that were labelled before."""
    groups = {v.plain.group: None for name in ("gold", "more", "real", "news") for v in examples.parts[name]}
    return [group for group in groups if group.split("-")[0] not in since]


def epochs(
    wanted: Further, examples: Examples, draw: random.Random, without: frozenset[str] = frozenset()
) -> list[tuple[Shape, list[Window]]]:
    """The batches of all epochs: each has every new article, and a share of the older ones drawn anew; those
    of `without` are left out."""
    old = _older(examples, wanted.since)
    longest = max(shape.pieces for shape in wanted.shapes)
    batches = []
    for _ in range(wanted.epochs):
        away = frozenset(draw.sample(old, len(old) - round(len(old) * wanted.again)))
        windows = examples.windows(wanted.mix, longest, draw, away | without)
        batches += in_batches(windows, wanted.shapes, draw)
    return batches


def further(
    kit: Kit, wanted: Further, start: Weights, examples: Examples, without: frozenset[str] = frozenset()
) -> Weights:
    """The weights after the epochs of the recipe, from these; articles of `without` left out."""
    torch.manual_seed(wanted.seed)
    draw = random.Random(wanted.seed)  # noqa: S311 - a seeded draw, no secret
    net = kit.net(start)
    net.freeze(wanted.frozen)
    trainer = Trainer(
        body_and_heads(net),
        lambda batch: gold_loss(net.at(batch["ids"], batch["real"], batch["firsts"]), batch),
        wanted.rates,
        kit.steps,
        kit.device,
    )
    batches = epochs(wanted, examples, draw, without)
    told = Told("further", kit.tell, every=50)
    for step, (shape, windows) in enumerate(batches):
        arrays = rows(windows, shape, kit.labels.count, kit.marks)
        told.add(trainer.step(arrays, step, len(batches)), step, len(batches))
    return weights_of(net)


def between(start: Weights, end: Weights, share: float) -> Weights:
    """The weights on the way from one to the other: nearer to the start, less is forgotten of what the new
    gold does not show (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models")."""
    return {name: start[name] + share * (value - start[name]) for name, value in end.items()}


def main(
    shared: Annotated[Path, typer.Option(help="The folder with gold/ and ner/.")] = Path("../shared"),
    folder: Annotated[
        Path, typer.Option(help="The encoder; further.toml is read here, further.onnx written.")
    ] = FOLDER,
    labels: Annotated[Path, typer.Option(help="The label table.")] = LABELS,
    checkpoints: Annotated[
        Path, typer.Option(help="The trained weights before export; are they here, nothing is trained.")
    ] = Path("build/further"),
    device: Annotated[str, typer.Option(help="Where to train: cuda, or cpu.")] = (
        "cuda" if torch.cuda.is_available() else "cpu"
    ),
) -> None:
    """Train on, export and hash."""
    # Imported here: it wants onnx, which all else that trains does without.
    from sepaham.training.ner.shipped import Graph, begun

    recipe = read_recipe(folder / "further.toml", Recipe)
    torch.set_num_threads(recipe.steps.threads)
    table = LabelTable.load(labels)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    kit, start = begun(folder, tokenizer, table, recipe.steps, device, typer.echo)
    corpora = read_corpora(shared, table, recipe.gold_splits)
    examples = read_examples(corpora, tokenizer, kit.labels, COPIES_SEED)
    made = Checkpoints(checkpoints, sha256(folder / "tokenizer.json"), typer.echo)
    weights = made.made("further", lambda: further(kit, recipe.further, start, examples))
    net = kit.net(between(start, weights, recipe.further.kept)).cpu()
    model = folder / "model.onnx"
    drawn(net, Graph(model), recipe.further.finer, recipe.further.seed)
    export_difference(net, model, folder / FURTHER, recipe.further.finer)
    write_manifest(folder, table, read_recipe(folder / "config.toml", Whole).inference, (*FILES, FURTHER))
    typer.echo(f"wrote {folder / FURTHER}; measure it with python -m sepaham.training.ner.measure encoder")


if __name__ == "__main__":
    typer.run(main)
