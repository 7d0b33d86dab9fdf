"""Gold articles as the judges will see them: read by an encoder that has not learned from them."""

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sepaham.cleaning import clean_article
from sepaham.evaluation.events import Event, read_event
from sepaham.ner.encoder import EncoderTagger
from sepaham.ner.slots import SlotScores
from sepaham.ner.taggers import LearnedTag
from sepaham.records import Article, Document
from sepaham.training.files import article_of, json_lines
from sepaham.training.ner.corpora import MORE, REAL, WRITTEN, fold_ids, fold_of, split_ids
from sepaham.training.offsets import news_gold

FRESH = ("n6", "n7", "n8", "n9", "n10", "n11", "n12")
"""Batches of `data/gold/more` of which the encoder knew nothing before it learned further."""


@dataclass(frozen=True)
class Read:
    """One gold article: how it was read, its gold line, its part of the gold and its fold."""

    document: Document
    slots: SlotScores
    gold: dict[str, Any]
    part: str
    fold: int

    @property
    def events(self) -> list[Event]:
        """The facts of its gold agreements."""
        return [read_event(event, gold=True) for event in self.gold["events"]]


def gold_lines(shared: Path) -> Iterator[tuple[str, Article, dict[str, Any]]]:
    """(part, article, gold line) of all gold but written/test; parts are real, written, more and news."""
    seen = split_ids(shared, ("train", "dev"))
    for part, folder in (("real", shared / REAL), ("written", shared / WRITTEN), ("more", MORE)):
        if not folder.exists():
            continue
        articles = {a["id"]: a for a in json_lines(folder / "articles.jsonl")}
        for gold in json_lines(folder / "gold.jsonl"):
            if part != "written" or gold["id"] in seen:
                yield part, article_of(articles[gold["id"]]), gold
    for article, gold in news_gold(shared):
        yield "news", article_of(article), gold


def read_fold(shared: Path, fold: int, folder: Path | None) -> list[Read]:
    """The articles of a fold, read by the encoder in `folder` that was trained without it; without a folder
    by the shipped one, which knows them."""
    ids = fold_ids(shared, fold)
    return _read(shared, EncoderTagger(folder), lambda name: fold if name in ids else None)


def read_fresh(shared: Path) -> list[Read]:
    """The articles of the batches `FRESH`, read by the shipped encoder without what it learned further."""
    tagger = EncoderTagger(further=False)
    return _read(shared, tagger, lambda name: fold_of(name) if name.split("-")[0] in FRESH else None)


def _read(shared: Path, tagger: EncoderTagger, fold: Callable[[str], int | None]) -> list[Read]:
    """The gold articles to whose ids `fold` gives one."""
    tag = LearnedTag(tagger)
    found = []
    for part, article, gold in gold_lines(shared):
        number = fold(gold["id"])
        if number is not None:
            document, slots = tag.read(clean_article(article)[0])
            if slots is not None:
                found.append(Read(document, slots, gold, part, number))
    return found


def save(found: list[Read], path: Path) -> None:
    """Keep readings for the fits, which are run more often than the encoder."""
    path.write_bytes(pickle.dumps(found))


def load(path: Path) -> list[Read]:
    """Readings that `save` wrote; only files of one's own are ever loaded."""
    found: list[Read] = pickle.loads(path.read_bytes())  # noqa: S301 - written by `save`
    return found
