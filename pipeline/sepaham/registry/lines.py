"""`lookup_lines`: links as plain dicts, one for each name, for the command line and for JSON."""

from collections.abc import Iterable, Iterator
from typing import Any

from sepaham.registry.engine import lookup

KEYS = ("query", "name", "code", "kind", "level", "parent_name", "parent_code", "rule", "candidates")


def lookup_lines(
    names: Iterable[str], *, on: str | None = None, context: str = ""
) -> Iterator[dict[str, Any]]:
    """One JSON-able dict for each name, with the keys `KEYS` in that order; line ends are cut off."""
    for name in names:
        link = lookup(name.rstrip("\r\n"), on=on, context=context).model_dump(mode="json")
        yield {key: link[key] for key in KEYS}
