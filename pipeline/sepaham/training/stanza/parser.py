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


def fit_tokenizer(work: Path, table: Table) -> None:
    """Train the tokenizer; it stops where dev is best."""
    tokenizer.main(
        [
            "--cpu", "--lang", "id", "--shorthand", "id_sepaham", "--mwt_json_file", str(work / "dev.mwt"),
            "--txt_file", str(work / "train.txt"), "--label_file", str(work / "train.labels"),
            "--dev_txt_file", str(work / "dev.txt"), "--dev_label_file", str(work / "dev.labels"),
            "--dev_conll_gold", str(work / "dev.conllu"),
            "--save_dir", str(work), "--save_name", "tokenize.pt", *options(table),
        ]
    )  # fmt: skip


def fit_expander(work: Path, table: Table) -> None:
    """Train the expander of multiword tokens."""
    mwt_expander.main(
        [
            "--cpu", "--lang", "id", "--shorthand", "id_sepaham",
            "--train_file", str(work / "train.conllu"), "--eval_file", str(work / "dev.in.conllu"),
            "--gold_file", str(work / "dev.conllu"),
            "--save_dir", str(work), "--save_name", "mwt.pt", *options(table),
        ]
    )  # fmt: skip


def tag_words(work: Path, part: str) -> None:
    """Write `part.tagged.conllu` with the part-of-speech tags that the tagger predicts."""
    tagger.main(
        [
            "--cpu", "--mode", "predict", "--lang", "id", "--shorthand", "id_sepaham",
            "--wordvec_pretrain_file", str(work / "vectors.pt"),
            "--eval_file", str(work / f"{part}.upos.conllu"),
            "--output_file", str(work / f"{part}.tagged.conllu"),
            "--save_dir", str(work), "--save_name", "pos.pt",
        ]
    )  # fmt: skip


def only_upos(source: Path, out: Path) -> None:
    """Copy a treebank without lemmas, features and the tags of its language: nothing here tells them."""
    lines = []
    for line in source.read_text(encoding="utf-8").splitlines():
        row = line.split("\t")
        lines.append(line if len(row) < 10 else "\t".join([*row[:2], "_", row[3], "_", "_", *row[6:]]))
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _common(work: Path, name: str) -> list[str]:
    return [
        "--cpu", "--lang", "id", "--shorthand", "id_sepaham",
        "--wordvec_pretrain_file", str(work / "vectors.pt"), "--save_dir", str(work), "--save_name", name,
    ]  # fmt: skip


def fit_tagger(work: Path, table: Table) -> None:
    """Train the part-of-speech tagger (UPOS)."""
    for part in ("train", "dev", "test"):
        only_upos(work / f"{part}.conllu", work / f"{part}.upos.conllu")
    files = ["--train_file", str(work / "train.upos.conllu"), "--eval_file", str(work / "dev.upos.conllu")]
    tagger.main([*_common(work, "pos.pt"), "--fix_eval_interval", *files, *options(table)])


def fit_parser(work: Path, table: Table) -> None:
    """Train the parser on gold trees with the tags that the tagger predicts."""
    for part in ("train", "dev"):
        tag_words(work, part)
    files = [
        "--train_file",
        str(work / "train.tagged.conllu"),
        "--eval_file",
        str(work / "dev.tagged.conllu"),
    ]
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
