"""Agreements -> tables: `TableWriter` writes a run's files, `read_tables` loads them into pandas."""

from sepaham.tables.read import read_tables
from sepaham.tables.write import TableWriter

__all__ = ["TableWriter", "read_tables"]
