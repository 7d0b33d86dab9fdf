"""Word vectors for Stanza out of the background news: `python -m sepaham.training.stanza.vectors`.

The most frequent words in lower case, fastText CBOW with subwords, kept as a Stanza pretrain in half
precision. One thread, so that the same news give the same vectors. Needs the extras `train` and `stanza`.
"""

import tempfile
from pathlib import Path
from typing import Annotated

import floret
import numpy as np
import torch
import typer
from stanza.models.common.pretrain import Pretrain

from sepaham.training.ner.vectors import write_corpus

WORDS, WIDTH = 30_000, 64
SHORTEST, LONGEST, BUCKETS = 3, 5, 200_000  # letters of a subword; rows for subwords while training
EPOCHS, RARE = 3, 5


def write_text(shared: Path, path: Path) -> None:
    """The vectors of the WORDS most frequent words as text, the most frequent first."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "news.txt"
        write_corpus(shared, corpus)
        model = floret.train_unsupervised(
            str(corpus), model="cbow", bucket=BUCKETS, minn=SHORTEST, maxn=LONGEST, dim=WIDTH,
            minCount=RARE, epoch=EPOCHS, neg=10, lr=0.05, thread=1, verbose=0,
        )  # fmt: skip
    words = [word for word in model.get_words() if word != "</s>"][:WORDS]
    with path.open("w", encoding="utf-8") as lines:
        lines.write(f"{len(words)} {WIDTH}\n")
        for word in words:
            lines.write(f"{word} {' '.join(f'{x:.5f}' for x in model.get_word_vector(word))}\n")


def packed(text: Path, out: Path) -> None:
    """Turn a text file of vectors into a Stanza pretrain; single words of length one on average."""
    pretrain = Pretrain(str(out), str(text), save_to_file=False)
    vectors = pretrain.emb
    table = np.asarray(vectors, dtype=np.float32)
    size = float(np.linalg.norm(table, axis=1).mean())
    torch.save(
        {"vocab": pretrain.vocab.state_dict(), "emb": torch.from_numpy(table / size).half()},
        out,
        _use_new_zipfile_serialization=False,
    )


def main(
    shared: Annotated[Path, typer.Option(help="The folder with news/.")] = Path("../shared"),
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path(
        "models/stanza/id/pretrain/sepaham.pt"
    ),
) -> None:
    """Train the vectors that all of Stanza's models start from."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "vectors.txt"
        write_text(shared, text)
        packed(text, out)
    typer.echo(f"wrote {out}")


if __name__ == "__main__":
    typer.run(main)
