"""Which tables a folder holds: those of every run, and those of the ledger where it was built."""

from pathlib import Path

from sepaham.ledger import schema as ledger
from sepaham.tables.schema import TABLES, Table

ALL: tuple[Table, ...] = (*TABLES, *ledger.TABLES)
"""Every table that there can be."""


def held(out: Path) -> tuple[Table, ...]:
    """The tables of OUT in the order in which they are written."""
    return (*TABLES, *(table for table in ledger.TABLES if (out / f"{table.name}.csv").is_file()))
