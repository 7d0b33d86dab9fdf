"""Which column or key of a dump holds which part of an article."""

import csv
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sepaham import lexicon
from sepaham.errors import ConfigurationError
from sepaham.ingestion.items import UnusableFileError

_SHOWN = 20  # column names that an error lists
_CACHED = 1000  # key sets remembered; JSON lines may differ from line to line


class Plan(NamedTuple):
    """The column of each part of an article, null where there is none."""

    id: str | None = None
    title: str | None = None
    text: str | None = None
    published: str | None = None
    url: str | None = None
    outlet: str | None = None


def parse_map(spec: str) -> dict[str, str]:
    """`title=judul,text=isi` as `{"title": "judul", "text": "isi"}`.

    An item whose column has a comma is quoted (`"text=isi, lengkap"`). Raises
    ConfigurationError for an unknown or repeated part, and where there is no `=`.
    """
    mapping: dict[str, str] = {}
    for item in next(csv.reader([spec], skipinitialspace=True), []):
        field, equals, column = (part.strip() for part in item.partition("="))
        if not (field and equals and column):
            raise ConfigurationError(
                f"--map: {item!r} is not PART=COLUMN; write for example title=judul,text=isi"
            )
        if field in mapping:
            raise ConfigurationError(f"--map: {field!r} is set twice")
        mapping[field] = column
    _check_parts(mapping)
    return mapping


def _check_parts(mapping: Mapping[str, str]) -> None:
    for field in mapping:
        if field not in Plan._fields:
            raise ConfigurationError(
                f"--map: {field!r} is no part of an article; there are {', '.join(Plan._fields)}"
            )


class Columns:
    """Finds columns by the usual English and Indonesian names; `mapping` (part -> column) goes before them.

    Raises ConfigurationError for a mapping with an unknown part.
    """

    def __init__(self, mapping: Mapping[str, str] | None = None) -> None:
        """`mapping`: part of an article -> name of its column."""
        self._mapping = dict(mapping or {})
        _check_parts(self._mapping)
        self._usual: dict[str, list[str]] = lexicon.toml("ingestion/columns.toml")["fields"]
        self._plans: dict[tuple[str, ...], Plan] = {}

    def find(self, names: Iterable[str]) -> Plan:
        """The plan for a record or table with these columns; a mapped one that is not there is null."""
        key = tuple(names)
        plan = self._plans.get(key)
        if plan is None:
            if len(self._plans) >= _CACHED:
                self._plans.clear()
            plan = self._plans[key] = Plan(**{field: self._column(field, key) for field in Plan._fields})
        return plan

    def require(self, header: Iterable[str]) -> Plan:
        """The plan for a table.

        Raises UnusableFileError, which names the columns there are, if its text or a mapped one is missing.
        """
        plan = self.find(header)
        there = _listed(header)
        for field, column in self._mapping.items():
            if getattr(plan, field) is None:
                raise UnusableFileError(
                    "no_text_column" if field == "text" else "no_column",
                    f"the mapping says {field}={column}, but there is no such column; there are {there}",
                )
        if plan.text is None:
            raise UnusableFileError(
                "no_text_column",
                f"no column holds the articles' text; there are {there}; say which with --map text=COLUMN",
            )
        return plan

    def _column(self, field: str, names: tuple[str, ...]) -> str | None:
        if field in self._mapping:
            return next((name for name in names if name == self._mapping[field]), None)
        plain: dict[str, str] = {}
        for name in names:
            plain.setdefault(_plain(name), name)
        usual = (name if name in names else plain.get(_plain(name)) for name in self._usual[field])
        return next((name for name in usual if name is not None), None)


def _plain(name: str) -> str:
    """Without case, spaces and signs, but for the mark of a private key (`_id` is not `id`)."""
    return ("_" if name.startswith("_") else "") + "".join(char for char in name.casefold() if char.isalnum())


def _listed(header: Iterable[str]) -> str:
    names = [name if len(name) <= 40 else name[:39] + "…" for name in header]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(map(repr, names[:_SHOWN])) + more
