"""Reads a ledger's tables and chooses the rows of a region and a year."""

import csv
from collections.abc import Iterator
from pathlib import Path

from sepaham.errors import InputError
from sepaham.ledger.folders import CELL_LIMIT
from sepaham.tables.cells import unescape
from sepaham.tables.schema import PACK

Row = dict[str, str]
"""A row of a table, each cell its text, empty where there is none."""


def read_rows(folder: Path, name: str) -> Iterator[Row]:
    """The rows of a table of a ledger; raises InputError when it is missing."""
    path = folder / f"{name}.csv"
    if not path.is_file():
        raise InputError(f"{folder} holds no {name}.csv: build it with `sepaham ledger {folder}`")
    csv.field_size_limit(CELL_LIMIT)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {key: unescape(text or "") for key, text in row.items()}


def cells(packed: str) -> list[str]:
    """The values of a packed cell, empty ones too; none of an empty cell."""
    return packed.split(PACK) if packed else []


def of_region(row: Row, region: str | None, *, below: bool = False) -> bool:
    """Whether a region, or with `below` one inside it, is bound; every row fits no region."""
    if region is None:
        return True
    codes = cells(row["regions"])
    return region in codes or (below and any(code.startswith(f"{region}.") for code in codes))


def year_of(row: Row) -> str:
    """The year of the signing or, where no date is known, of the first report; may be empty."""
    return (row["date_value"] or row["first_published"])[:4]


def chosen(folder: Path, region: str | None, year: int | None, *, below: bool = False) -> list[Row]:
    """The ledger's rows of a region and a year, in the order of the ledger."""
    return [
        row
        for row in read_rows(folder, "ledger")
        if of_region(row, region, below=below) and (year is None or year_of(row) == str(year))
    ]
