"""Trains Stanza's entity tagger: `python -m sepaham.training.stanza.tagger` writes models/stanza/ner.pt.

Learned from gold, idner, and background news that a teacher labelled, by Stanza's own trainer: a layer of
flat entities and one of ROLE in one network. Needs the extra `stanza`, and the vectors of `.vectors`.
"""

import json
import random
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import torch
import typer
from stanza.models import ner_tagger

from sepaham.ner.encoder import EncoderTagger
from sepaham.ner.taggers import Tagger
from sepaham.training.ner.augment import Copies, augmented
from sepaham.training.ner.corpora import LABELS, Corpora, read_corpora
from sepaham.training.ner.distill import Share, chosen, labelled
from sepaham.training.ner.examples import Example, LabelTable
from sepaham.training.stanza.corpus import Sentence, filled, repaired, sentences
from sepaham.training.stanza.packing import halved, model_file, options, write_manifest

FOLDER = Path("models/stanza")


@dataclass(frozen=True)
class Recipe(Share):
    """The table `tagger` of models/stanza/recipe.toml."""

    window: int
    copies: Copies
    options: dict[str, Any]
    again: dict[str, Any]


def read_recipe(path: Path) -> Recipe:
    """The recipe in `path`."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))["tagger"]
    return Recipe(**data | {"gold_splits": tuple(data["gold_splits"]), "copies": Copies(**data["copies"])})


def training(
    corpora: Corpora, news: Sequence[Example], teacher: Tagger, recipe: Recipe
) -> Iterator[Sentence]:
    """The sentences of the training file."""
    draw = random.Random(recipe.seed)  # noqa: S311 - a seeded draw, no secret
    gold = [filled(e, teacher) for e in corpora.articles(("gold", "more"))]
    idner = [filled(e, teacher) for e in corpora.idner]
    for example in (*gold * recipe.gold_repeats, *idner * recipe.idner_repeats, *news):
        for sentence in sentences(augmented(example, draw, recipe.copies), recipe.window):
            yield repaired(sentence)


def prepare(shared: Path, recipe: Recipe, teacher: Tagger, labels: Path, work: Path) -> None:
    """Write train.json and dev.json into `work`."""
    table = LabelTable.load(labels)
    corpora = read_corpora(shared, table, recipe.gold_splits)
    news = list(labelled(chosen(shared, table, recipe.news_words, recipe.seed), teacher, table))
    held = read_corpora(shared, table, ("dev",)).gold
    dev = [repaired(s) for e in held for s in sentences(filled(e, teacher), recipe.window)]
    train = list(training(corpora, news, teacher, recipe))
    work.mkdir(parents=True, exist_ok=True)
    for name, part in (("train", train), ("dev", dev)):
        (work / f"{name}.json").write_text(json.dumps(part, ensure_ascii=False), encoding="utf-8")
    typer.echo(f"{len(train)} sentences to learn from, {len(dev)} that stop the training")


def fit(work: Path, recipe: Recipe, vectors: Path, out: Path) -> None:
    """Run Stanza's trainer on train.json and dev.json, once more with a lower rate, and pack the result."""
    torch.set_num_threads(1)
    common = [
        "--mode", "train", "--cpu", "--no_emb_finetune", "--seed", str(recipe.seed),
        "--wordvec_pretrain_file", str(vectors),
        "--train_file", str(work / "train.json"), "--eval_file", str(work / "dev.json"),
        "--save_dir", str(work),
    ]  # fmt: skip
    ner_tagger.main([*common, "--save_name", "first.pt", *options(recipe.options)])
    _with_rate(work / "first.pt", recipe.again["lr"])
    again = ["--finetune", "--finetune_load_name", str(work / "first.pt"), "--save_name", "ner.pt"]
    ner_tagger.main([*common, *again, *options(recipe.options | recipe.again)])
    halved(work / "ner.pt", out)


def _with_rate(path: Path, rate: float) -> None:
    """Set the rate that a model goes on with: Stanza takes it from the model, not from the options."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    state["config"]["lr"] = rate
    torch.save(state, path, _use_new_zipfile_serialization=False)


def main(
    shared: Annotated[Path, typer.Option(help="The folder with gold/, ner/ and news/.")] = Path("../shared"),
    folder: Annotated[
        Path, typer.Option(help="Holds recipe.toml and the vectors; the model goes there.")
    ] = FOLDER,
    labels: Annotated[Path, typer.Option(help="The label table.")] = LABELS,
    teacher: Annotated[
        Path | None, typer.Option(help="An encoder's folder; the default has learned from gold/real.")
    ] = None,
    work: Annotated[Path | None, typer.Option(help="Keep the files for the trainer here.")] = None,
) -> None:
    """Label news with a teacher, fit Stanza's tagger, pack and hash it."""
    recipe = read_recipe(folder / "recipe.toml")
    with tempfile.TemporaryDirectory() as scratch:
        place = work or Path(scratch)
        if not (place / "train.json").is_file():
            prepare(shared, recipe, EncoderTagger(teacher), labels, place)
        fit(place, recipe, model_file(folder, "pretrain"), model_file(folder, "ner"))
    write_manifest(folder)
    typer.echo(f"wrote {folder}; measure it with python -m sepaham.training.ner.measure stanza")


if __name__ == "__main__":
    typer.run(main)
