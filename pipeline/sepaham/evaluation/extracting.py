"""Extracts the articles of a gold folder, so that they can be scored as a user would get them."""

from collections.abc import Iterator
from pathlib import Path

from sepaham.batch.work import Options, process
from sepaham.errors import InputError
from sepaham.extraction import DEFAULT_TAGGER, extract_article
from sepaham.ingestion import Rejected, read_articles
from sepaham.records import Agreement, Article, Mention


def _items(articles: Path) -> Iterator[Article | Rejected]:
    for item in read_articles([str(articles)]):
        if isinstance(item, Rejected) and item.reason != "too_short":
            raise InputError(f"{articles}, record {item.record}: {item.detail}")
        yield item


def extracted(articles: Path, tagger: str = DEFAULT_TAGGER) -> list[Agreement]:
    """The agreements of all articles of a file, gate included and duplicates kept.

    Raises InputError when an article cannot be read: a score over the rest would not be a score of the gold.
    """
    options = Options(tagger=tagger)
    return [agreement for item in _items(articles) for agreement in process(item, options).agreements]


def tagged(articles: Path, tagger: str = DEFAULT_TAGGER) -> dict[str, tuple[Mention, ...]]:
    """The mentions in each article of a file, by id; no gate stands before it. Raises as `extracted` does."""
    return {
        item.article_id: extract_article(item, tagger=tagger)[0].mentions
        for item in _items(articles)
        if isinstance(item, Article)
    }
