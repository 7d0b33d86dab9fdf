"""Trains the treebank models: `python -m sepaham.training.stanza.parser` writes models/stanza/id.

Tokenizer and sentence splitter, expander of multiword tokens (-nya, -lah), part-of-speech tagger and
dependency parser, by Stanza's own trainers. Needs the extra `stanza` and the vectors of `.vectors`.
"""

import tempfile
import tomllib
from pathlib import Path
from typing import Annotated, Any

import torch
import typer
from stanza.models import mwt_expander, parser, tagger, tokenizer

from sepaham.training.stanza.packing import halved, model_file, options, single, write_manifest
from sepaham.training.stanza.treebank import read_split, write_part

FOLDER = Path("models/stanza")
STAGES = ("tokenize", "mwt", "pos", "depparse")
Table = dict[str, Any]


def _common(work: Path, name: str, *, vectors: bool = True) -> list[str]:
    """What all trainers are told; the model is written to `work / name`."""
    words = ["--wordvec_pretrain_file", str(work / "vectors.pt")] if vectors else []
    return [
        "--cpu", "--lang", "id", "--shorthand", "id_sepaham", *words,
        "--save_dir", str(work), "--save_name", name,
    ]  # fmt: skip


def _files(work: Path, **names: str) -> list[str]:
    """Options that name files in `work`."""
    return [word for option, name in names.items() for word in (f"--{option}", str(work / name))]


def fit_tokenizer(work: Path, table: Table) -> None:
    """Train the tokenizer; it stops where dev is best."""
    files = _files(
        work, mwt_json_file="dev.mwt", txt_file="train.txt", label_file="train.labels",
        dev_txt_file="dev.txt", dev_label_file="dev.labels", dev_conll_gold="dev.conllu",
    )  # fmt: skip
    tokenizer.main([*_common(work, "tokenize.pt", vectors=False), *files, *options(table)])


def fit_expander(work: Path, table: Table) -> None:
    """Train the expander of multiword tokens."""
    files = _files(work, train_file="train.conllu", eval_file="dev.in.conllu", gold_file="dev.conllu")
    mwt_expander.main([*_common(work, "mwt.pt", vectors=False), *files, *options(table)])


def tag_words(work: Path, part: str) -> None:
    """Write `part.tagged.conllu` with the part-of-speech tags that the tagger predicts."""
    files = _files(work, eval_file=f"{part}.upos.conllu", output_file=f"{part}.tagged.conllu")
    tagger.main(["--mode", "predict", *_common(work, "pos.pt"), *files])


def only_upos(source: Path, out: Path) -> None:
    """Copy a treebank without lemmas, features and the tags of its language: nothing here tells them."""
    lines = []
    for line in source.read_text(encoding="utf-8").splitlines():
        row = line.split("\t")
        lines.append(line if len(row) < 10 else "\t".join([*row[:2], "_", row[3], "_", "_", *row[6:]]))
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def fit_tagger(work: Path, table: Table) -> None:
    """Train the part-of-speech tagger (UPOS)."""
    for part in ("train", "dev", "test"):
        only_upos(work / f"{part}.conllu", work / f"{part}.upos.conllu")
    files = _files(work, train_file="train.upos.conllu", eval_file="dev.upos.conllu")
    tagger.main([*_common(work, "pos.pt"), "--fix_eval_interval", *files, *options(table)])


def fit_parser(work: Path, table: Table) -> None:
    """Train the parser on gold trees with the tags that the tagger predicts."""
    for part in ("train", "dev"):
        tag_words(work, part)
    files = _files(work, train_file="train.tagged.conllu", eval_file="dev.tagged.conllu")
    switches = ["--no_xpos", "--no_ufeats", "--no_checkpoint", "--no_second_optim"]
    parser.main([*_common(work, "depparse.pt"), *switches, *files, *options(table)])


FITS = {"tokenize": fit_tokenizer, "mwt": fit_expander, "pos": fit_tagger, "depparse": fit_parser}


def main(
    shared: Annotated[Path, typer.Option(help="The folder with ner/.")] = Path("../shared"),
    folder: Annotated[
        Path, typer.Option(help="Holds recipe.toml and the vectors; the models go there.")
    ] = FOLDER,
    work: Annotated[Path | None, typer.Option(help="Keep the files for the trainers here.")] = None,
    stage: Annotated[
        list[str] | None, typer.Option(help="Only these stages; those before lie in `work`.")
    ] = None,
) -> None:
    """Fit, pack and hash the treebank models."""
    recipe = tomllib.loads((folder / "recipe.toml").read_text(encoding="utf-8"))["treebank"]
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as scratch:
        place = work or Path(scratch)
        place.mkdir(parents=True, exist_ok=True)
        split = read_split(shared, recipe["dev"])
        for name in ("train", "dev", "test"):
            write_part(getattr(split, name), name, place)
        single(model_file(folder, "pretrain"), place / "vectors.pt")
        for name in stage or STAGES:
            FITS[name](place, recipe[name])
            halved(place / f"{name}.pt", model_file(folder, name))
    write_manifest(folder)
    typer.echo(f"wrote {folder}; measure it with python -m sepaham.training.stanza.measure")


if __name__ == "__main__":
    typer.run(main)
