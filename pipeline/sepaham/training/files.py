"""The files that training reads: JSON lines, articles, the background news."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sepaham.records import Article

BACKGROUND = Path("news/background.jsonl.gz")
"""The background news, under the shared folder."""

Json = dict[str, Any]


def json_lines(path: Path) -> Iterator[Json]:
    """The objects of a JSON lines file, .gz or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def article_of(item: Json) -> Article:
    """The article of a line of `articles.jsonl` or of the background news; a blank title is none."""
    title = item.get("title")
    return Article(
        article_id=item["id"],
        title=title if title and title.strip() else None,
        text=item["text"],
        published=item.get("published") or None,
    )
