"""Background news that the gate lets through, each judged by hand: is it a report of an agreement?

Most are not, so they teach the judge of articles what real dumps are like. The labels are in
`models/relations/background.csv` (id, is_mou); the texts stay outside the project.
"""

import csv
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sepaham.cleaning import clean_article
from sepaham.excerpt import MAX_CHARS
from sepaham.gate import passes
from sepaham.language import is_indonesian
from sepaham.ner.encoder import EncoderTagger
from sepaham.ner.slots import SlotScores
from sepaham.ner.taggers import LearnedTag
from sepaham.records import Article, Document
from sepaham.training.files import BACKGROUND, article_of, json_lines
from sepaham.training.ner.corpora import FOLDS, fold_of

LABELS = Path("models/relations/background.csv")


@dataclass(frozen=True)
class Background:
    """One background article as it was read, and whether it reports an agreement."""

    document: Document
    slots: SlotScores
    is_mou: bool


def labels(path: Path = LABELS) -> dict[str, bool]:
    """The hand judgements by article id."""
    with path.open(encoding="utf-8", newline="") as rows:
        return {row["id"]: row["is_mou"] == "true" for row in csv.DictReader(rows)}


def passing(shared: Path) -> Iterator[Article]:
    """The Indonesian background articles that the gate lets through."""
    for row in json_lines(shared / BACKGROUND):
        article = article_of(row)
        short = len(article.body) <= MAX_CHARS
        if short and passes(article.body) and is_indonesian(article.body).indonesian:
            yield article


def read_background(shared: Path, folders: str) -> list[tuple[Document, SlotScores]]:
    """What the encoder of its fold sees in each passing article; `{}` in `folders` is the fold's number."""
    tags = [LearnedTag(EncoderTagger(Path(folders.format(fold)))) for fold in range(FOLDS)]
    found = []
    for article in passing(shared):
        document, slots = tags[fold_of(article.article_id)].read(clean_article(article)[0])
        if slots is not None:
            found.append((document, slots))
    return found


def load_background(path: Path, labelled: Path = LABELS) -> list[Background]:
    """The readings that were kept in `path`, with their labels; only files of one's own are ever loaded."""
    known = labels(labelled)
    readings = pickle.loads(path.read_bytes())  # noqa: S301 - written by `learn background`
    return [
        Background(document, slots, known[document.article.article_id])
        for document, slots in readings
        if document.article.article_id in known
    ]
