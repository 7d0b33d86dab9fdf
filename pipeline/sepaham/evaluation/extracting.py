"""Extracts the articles of a gold folder, so that they can be scored as a user would get them."""

from pathlib import Path

from sepaham.batch.work import process
from sepaham.errors import InputError
from sepaham.ingestion import Rejected, read_articles
from sepaham.records import Agreement


def extracted(articles: Path) -> list[Agreement]:
    """The agreements of all articles of a file, gate included and duplicates kept.

    Raises InputError when an article cannot be read: a score over the rest would not be a score of the gold.
    """
    found: list[Agreement] = []
    for item in read_articles([str(articles)]):
        if isinstance(item, Rejected) and item.reason != "too_short":
            raise InputError(f"{articles}, record {item.record}: {item.detail}")
        found += process(item).agreements
    return found
