"""Floret word vectors from the background news, in lower case: `python -m sepaham.training.ner.vectors`.

One thread, so that the same news give the same vectors. Needs the `train` extra.
"""

import tempfile
from pathlib import Path
from typing import Annotated

import floret
import typer

from sepaham.ner.bio import words_of
from sepaham.training.ner.corpora import news

ROWS, WIDTH, HASHES = 25_000, 96, 2
SHORTEST, LONGEST = 3, 5  # letters of a subword
EPOCHS, RARE = 3, 5


def write_corpus(shared: Path, path: Path) -> None:
    """One article a line, its words in lower case with a space between."""
    with path.open("w", encoding="utf-8") as lines:
        for text in news(shared, 1, 1_000_000):
            low = text.lower()
            lines.write(" ".join(low[start:end] for start, end in words_of(low)) + "\n")


def main(
    shared: Annotated[Path, typer.Option(help="The folder with news/.")] = Path("../shared"),
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("build/news.floret"),
) -> None:
    """Train the vectors that the spaCy tagger starts from."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "news.txt"
        write_corpus(shared, corpus)
        model = floret.train_unsupervised(
            str(corpus), model="cbow", mode="floret", hashCount=HASHES, bucket=ROWS, minn=SHORTEST,
            maxn=LONGEST, dim=WIDTH, minCount=RARE, epoch=EPOCHS, neg=10, lr=0.05, thread=1, verbose=0,
        )  # fmt: skip
        model.save_floret_vectors(str(out))
    typer.echo(f"wrote {out}")


if __name__ == "__main__":
    typer.run(main)
