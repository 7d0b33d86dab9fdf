"""What changed between two output folders, row by row and cell by cell, and why.

The reason is told from what both folders keep: the articles' digests say whether the data changed, `run.json`
whether versions or settings did.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any, Literal, TextIO

from sepaham.errors import ConfigurationError, InputError
from sepaham.tables.cells import unescape
from sepaham.tables.schema import TABLES, Table

Row = dict[str, str]
Kind = Literal["new", "gone", "changed"]

_GIVEN = ("title", "outlet", "published", "url", "digest")
"""Columns of articles.csv that come from the input."""

_PLACE = ("source_file", "record_number")
"""Columns that tell where an article stood in the dump: nothing hangs on them, and they are not compared."""

_LONGEST_CELL = 2**31 - 1

_BY_NAME = {table.name: table for table in TABLES}


@dataclass(frozen=True)
class Change:
    """One row that differs: `cells` maps a column to its old and new value, of a changed row only."""

    table: str
    kind: Kind
    key: tuple[str, ...]
    article_id: str
    why: str
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """What differs between two runs; `versions` and `settings` map a name to its old and new value.

    `columns` has the columns that only the old and only the new table has; cells there are not compared.
    """

    versions: dict[str, tuple[Any, Any]]
    settings: dict[str, tuple[Any, Any]]
    columns: dict[str, tuple[list[str], list[str]]]
    changes: tuple[Change, ...]

    def to_json(self) -> str:
        """One JSON object."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False)

    def lines(self) -> Iterator[str]:
        """The same for people, line by line."""
        for what, changed in (("version", self.versions), ("setting", self.settings)):
            for name, (old, new) in changed.items():
                yield f"{what} {name}: {_shown(old)} -> {_shown(new)}"
        for name, (gone, added) in self.columns.items():
            for what, columns in (("gone", gone), ("new", added)):
                if columns:
                    yield f"{name}: columns {what}: {', '.join(columns)}"
        if not self.changes:
            yield "no row differs"
        for table in TABLES:
            yield from self._table(table.name)

    def _table(self, name: str) -> Iterator[str]:
        changes = [change for change in self.changes if change.table == name]
        if changes:
            counts = {kind: sum(c.kind == kind for c in changes) for kind in ("new", "gone", "changed")}
            yield f"{name}: " + ", ".join(f"{number} {kind}" for kind, number in counts.items() if number)
        for change in changes:
            mark = {"new": "+", "gone": "-", "changed": "~"}[change.kind]
            yield f"  {mark} {' '.join(change.key)}  ({change.why})"
            for column, (old, new) in change.cells.items():
                yield f"      {column}: {_shown(old)} -> {_shown(new)}"


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def diff(old: Path, new: Path, tables: tuple[str, ...] = ("agreements", "articles")) -> Difference:
    """Compare the folders of two runs, the oldest first.

    Memory grows with the number of changes, and with how far equal rows stand apart. Raises InputError for a
    folder that holds no finished run, ConfigurationError for an unknown table.
    """
    unknown = [name for name in tables if name not in _BY_NAME]
    if unknown:
        raise ConfigurationError(f"no table {', '.join(unknown)}: there are {', '.join(_BY_NAME)}")
    before, after = _run(old), _run(new)
    versions = _differing(before["versions"], after["versions"])
    settings = _differing(before["settings"], after["settings"])
    settings.pop(
        "inputs", None
    )  # where a dump lies says nothing: the digests tell whether its articles changed
    why = _Reasons(versions, settings, _articles_changed(old, new))
    columns = {name: _columns(_BY_NAME[name], old, new) for name in tables}
    changes = [change for name in tables for change in _changes(_BY_NAME[name], old, new, why)]
    return Difference(
        versions, settings, {name: both for name, both in columns.items() if any(both)}, tuple(changes)
    )


def _columns(table: Table, old: Path, new: Path) -> tuple[list[str], list[str]]:
    before, after = _header(table, old), _header(table, new)
    return [name for name in before if name not in after], [name for name in after if name not in before]


def _run(folder: Path) -> dict[str, Any]:
    try:
        run: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"{folder} holds no finished run (run.json is missing): give the folder that "
            "`sepaham extract … -o OUT` wrote, after it ended"
        ) from error
    return run


def _differing(old: dict[str, Any], new: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    names = sorted({*old, *new})
    return {name: (old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)}


def _articles_changed(old: Path, new: Path) -> dict[str, str]:
    """Article id -> what is the matter with it in the input, for those that are not the same in both."""
    found = {}
    for kind, key, before, after in _pairs(_BY_NAME["articles"], old, new):
        if kind != "changed":
            found[key[0]] = f"data: the article is {kind}"
        elif changed := [name for name in _GIVEN if name in _differing_cells(before, after)]:
            names = ["text" if name == "digest" else name for name in changed]
            found[key[0]] = f"data: the article's {', '.join(names)} changed"
    return found


@dataclass(frozen=True)
class _Reasons:
    versions: dict[str, Any]
    settings: dict[str, Any]
    articles: dict[str, str]

    def of(self, article_id: str, cells: dict[str, Any]) -> str:
        """Why a row of an article differs."""
        if article_id in self.articles:
            return self.articles[article_id]
        causes = ["version"] if self.versions else []
        causes += [f"setting {name}" for name in self.settings]
        others = not causes or {"copied_from", "copy_root", "reason"} & {*cells}
        if others and self.articles:
            causes.insert(0, "data: other articles are its copies")
        return " or ".join(causes) or "unknown: the same data, version and settings"


def _changes(table: Table, old: Path, new: Path, why: _Reasons) -> Iterator[Change]:
    for kind, key, before, after in _pairs(table, old, new):
        row = after or before
        article = row.get("article_id") or row["agreement_id"].rpartition("#")[0]
        cells = _differing_cells(before, after)
        yield Change(table.name, kind, key, article, why.of(article, cells), cells)


def _differing_cells(before: Row, after: Row) -> dict[str, tuple[str, str]]:
    """Old and new value of the compared columns that both rows have and that differ."""
    return {
        name: (value, after[name])
        for name, value in before.items()
        if name in after and value != after[name] and name not in _PLACE
    }


def _pairs(table: Table, old: Path, new: Path) -> Iterator[tuple[Kind, tuple[str, ...], Row, Row]]:
    """The rows that differ: changed ones as they come, then those that only one side has.

    Both files are read in step; a row waits only until the other side comes to its key.
    """
    waiting: tuple[dict[tuple[str, ...], Row], dict[tuple[str, ...], Row]] = ({}, {})
    for both in zip_longest(_rows(table, old), _rows(table, new)):
        for side, item in enumerate(both):
            if item is None:
                continue
            key, row = item
            other = waiting[1 - side].pop(key, None)
            if other is None:
                waiting[side][key] = row
            else:
                before, after = (other, row) if side else (row, other)
                if _differing_cells(before, after):
                    yield "changed", key, before, after
    yield from (("gone", key, row, {}) for key, row in waiting[0].items())
    yield from (("new", key, {}, row) for key, row in waiting[1].items())


def _header(table: Table, folder: Path) -> list[str]:
    with _opened(table, folder) as file:
        return next(csv.reader(file))


def _opened(table: Table, folder: Path) -> TextIO:
    path = folder / f"{table.name}.csv"
    if not path.exists():
        raise InputError(f"{path} is missing: give the folder of a finished run")
    return path.open(encoding="utf-8", newline="")


def _rows(table: Table, folder: Path) -> Iterator[tuple[tuple[str, ...], Row]]:
    """Each row with its key; proofs have none, and are counted within their field."""
    strings = {column.name for column in table.columns if column.type == "string"}
    csv.field_size_limit(_LONGEST_CELL)
    proofs: Counter[str] = Counter()
    agreement = ""
    with _opened(table, folder) as file:
        for cells in csv.DictReader(file):
            row = {name: unescape(text) if name in strings else text for name, text in cells.items()}
            if table.key:
                yield tuple(row[name] for name in table.key), row
                continue
            if row["agreement_id"] != agreement:
                agreement, proofs = row["agreement_id"], Counter()
            proofs[row["field"]] += 1
            yield (agreement, row["field"], str(proofs[row["field"]])), row
