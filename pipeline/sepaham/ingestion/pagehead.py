"""What a web page says of itself: its <meta> values and its linked data (JSON-LD, schema.org)."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from sepaham import lexicon

_DATE_IN_SCRIPT = re.compile(r'"datePublished"\s*:\s*"([^"]{4,60})"')

Item = dict[str, object]


class Head(NamedTuple):
    """`meta`: the first value of each name, in lower case; `items`: objects of the page, surest first."""

    meta: dict[str, str]
    items: list[Item]

    def first(self, names: list[str]) -> str | None:
        """The first of the meta values that is there and not blank."""
        return next((value for name in names if (value := self.meta.get(name, "").strip())), None)


@cache
def words() -> dict[str, Any]:
    """The names under which pages keep the parts of an article."""
    return lexicon.toml("ingestion/pages.toml")


def read_head(tree: Any) -> Head:
    """The head of a page (an lxml tree); what is broken in it is left out."""
    meta: dict[str, str] = {}
    for element in tree.iterfind(".//meta[@content]"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        meta.setdefault(name.lower(), element.get("content"))
    items = [
        item
        for script in tree.iterfind(".//script[@type='application/ld+json']")
        for item in _items(script.text)
    ]
    return Head(meta, sorted(items, key=_rank))


def _items(script: str | None) -> Iterator[Item]:
    """The objects of a script on the first level: what is deeper tells of other articles."""
    try:
        value = json.loads(script or "null", strict=False)
    except (ValueError, RecursionError):
        match = _DATE_IN_SCRIPT.search(script or "")
        value = {"@type": "WebPage", "datePublished": match[1]} if match else None
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (
                (inner for inner in graph if isinstance(inner, dict)) if isinstance(graph, list) else ()
            )


def kinds(item: Item) -> list[str]:
    """The types of an object in lower case."""
    kind = item.get("@type")
    return [name.lower() for name in (kind if isinstance(kind, list) else [kind]) if isinstance(name, str)]


def is_page(item: Item) -> bool:
    """Whether the object is the page or its article, and not its site or its author."""
    return _rank(item) < len(words()["linked"]["types"])


def _rank(item: Item) -> int:
    known: list[str] = words()["linked"]["types"]
    return min((known.index(kind) for kind in kinds(item) if kind in known), default=len(known))


def text_of(item: Item, *path: str) -> str | None:
    """The text at a path of keys, null where there is none."""
    value: object = item
    for key in path:
        value = value[0] if isinstance(value, list) and value else value
        value = value.get(key) if isinstance(value, dict) else None
    return value.strip() or None if isinstance(value, str) else None
