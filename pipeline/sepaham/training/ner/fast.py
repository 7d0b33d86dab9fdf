"""Trains the fast tagger: `python -m sepaham.training.ner.fast` writes models/ner/fast.

The lower layers of the shipped encoder, taught by the whole of it on background news and by gold beside.
What is written is the difference from the encoder's own matrices, which the tagger adds up when it is
loaded: it is much smaller. Needs the `train` extra and the shipped encoder; about an hour on two cores.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from tokenizers import Tokenizer
from torch import Tensor

from sepaham.ner.encoder import model_of, session
from sepaham.ner.weights import checked, sha256
from sepaham.training.ner.batches import Examples, read_examples
from sepaham.training.ner.chunks import Chunks, read_chunks
from sepaham.training.ner.corpora import LABELS, read_corpora, read_tests
from sepaham.training.ner.encoder import COPIES_SEED, write_manifest
from sepaham.training.ner.encoder import FOLDER as ENCODER
from sepaham.training.ner.examples import LabelTable
from sepaham.training.ner.export import export_difference
from sepaham.training.ner.losses import Scores
from sepaham.training.ner.recipe import News, Steps, Student, read_recipe
from sepaham.training.ner.stages import Checkpoints
from sepaham.training.ner.student import probabilities, student
from sepaham.training.ner.windows import Labels

FOLDER = Path("models/ner/fast")


@dataclass(frozen=True)
class Recipe:
    """models/ner/fast/config.toml."""

    gold_splits: tuple[str, ...]
    depth: int
    dropout: float
    news: News
    steps: Steps
    student: Student
    inference: dict[str, int]


class Teacher:
    """The shipped encoder as onnxruntime runs it: faster than torch on a CPU, and what users have."""

    def __init__(self, folder: Path, threads: int) -> None:
        """Load the encoder in `folder`."""
        self._embedding = session((folder / "embedding.onnx").read_bytes(), threads)
        self._model = session(model_of(checked(folder)), threads)

    def __call__(self, ids: Tensor, real: Tensor, firsts: Tensor) -> Scores:
        """ids, real (rows, pieces), firsts (rows, words) -> probabilities of each layer."""
        (words,) = self._embedding.run(None, {"ids": ids.cpu().numpy()})
        found = self._model.run(None, {"words": words, "real": real.cpu().numpy().astype(np.int64)})
        at = firsts.cpu().numpy()[..., None]
        flat, roles, slots = (
            torch.from_numpy(np.take_along_axis(layer, at, axis=1)).to(ids.device) for layer in found
        )
        return probabilities((flat, roles, slots))


def _texts(
    shared: Path, recipe: Recipe, table: LabelTable, tokenizer: Tokenizer, labels: Labels
) -> tuple[Chunks, Examples]:
    corpora = read_corpora(shared, table, recipe.gold_splits)
    examples = read_examples(corpora, tokenizer, labels, COPIES_SEED)
    chunks = read_chunks(shared, read_tests(shared, table).texts(), tokenizer, recipe.news)
    typer.echo(f"chunks of news {len(chunks)}, of the gate {int(chunks.gate.sum())}")
    return chunks, examples


def main(
    shared: Annotated[Path, typer.Option(help="The folder with gold/, ner/ and news/.")] = Path("../shared"),
    folder: Annotated[
        Path, typer.Option(help="Holds config.toml; the weights are written beside it.")
    ] = FOLDER,
    encoder: Annotated[Path, typer.Option(help="The encoder that teaches, and whose layers are taken.")] = (
        ENCODER
    ),
    labels: Annotated[Path, typer.Option(help="The label table.")] = LABELS,
    checkpoints: Annotated[
        Path, typer.Option(help="The trained weights before export; are they here, nothing is trained.")
    ] = Path("build/fast"),
    device: Annotated[str, typer.Option(help="Where to train: cuda, or cpu.")] = (
        "cuda" if torch.cuda.is_available() else "cpu"
    ),
) -> None:
    """Train, export and hash the fast tagger."""
    # Imported here: it wants onnx, which all else that trains does without.
    from sepaham.training.ner.shipped import begun

    recipe = read_recipe(folder / "config.toml", Recipe)
    torch.set_num_threads(recipe.steps.threads)
    table = LabelTable.load(labels)
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    kit, start = begun(
        encoder, tokenizer, table, recipe.steps, device, typer.echo, recipe.depth, recipe.dropout
    )
    chunks, examples = _texts(shared, recipe, table, tokenizer, kit.labels)
    teacher = Teacher(encoder, recipe.steps.threads)
    vocabulary = sha256(encoder / "tokenizer.json")
    weights = Checkpoints(checkpoints, vocabulary, typer.echo).made(
        "student", lambda: student(kit, recipe.student, start, teacher, chunks, examples)
    )
    net = kit.net(weights).cpu()
    export_difference(net, encoder / "model.onnx", folder / "model.onnx")
    settings: dict[str, int | str] = {**recipe.inference, "on": sha256(encoder / "model.onnx")}
    write_manifest(folder, table, settings, ("model.onnx",))
    typer.echo(f"wrote {folder}; measure it with python -m sepaham.training.ner.measure fast")


if __name__ == "__main__":
    typer.run(main)
