"""Reads a table of OUT row by row with typed values, so that memory does not grow with the dump."""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from sepaham.errors import InputError
from sepaham.tables.cells import unescape
from sepaham.tables.schema import Table

Value = str | int | float | bool | date | None
"""What a cell holds; a `date` is a full day."""

CELL_LIMIT = 1 << 27
"""Characters; a cell may be longer than the csv module's default."""


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


_READ: dict[str, Callable[[str], Value]] = {
    "string": unescape,
    "integer": int,
    "number": _number,
    "boolean": lambda text: {"true": True, "false": False}[text],
    "date": date.fromisoformat,
}


def read_rows(out: Path, table: Table) -> Iterator[tuple[Value, ...]]:
    """The rows of OUT's table in the order of the schema's columns; an empty cell is None.

    Raises InputError for a table of another schema or a cell of the wrong type.
    """
    path = out / f"{table.name}.csv"
    reads = [_READ[column.type] for column in table.columns]
    csv.field_size_limit(CELL_LIMIT)
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        if next(lines, None) != [column.name for column in table.columns]:
            raise InputError(f"{path} has other columns than this version writes: extract the dump again")
        for cells in lines:
            if len(cells) != len(reads):
                raise InputError(f"{path}, line {lines.line_num}: {len(cells)} cells, not {len(reads)}")
            try:
                yield tuple(read(cell) if cell else None for read, cell in zip(reads, cells, strict=True))
            except (ValueError, KeyError) as error:
                raise InputError(f"{path}, line {lines.line_num}: {error}") from error


def read_dicts(out: Path, table: Table) -> Iterator[dict[str, Value]]:
    """The same rows as dicts by column name."""
    names = [column.name for column in table.columns]
    for row in read_rows(out, table):
        yield dict(zip(names, row, strict=True))
