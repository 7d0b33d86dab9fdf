"""Writes the tables of a run into one folder, row by row, so that memory does not grow with the dump."""

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from sepaham.records import Result
from sepaham.tables import rows
from sepaham.tables.cells import LineFeeds, cell
from sepaham.tables.schema import AGREEMENTS, ARTICLES, TABLES, Table


class TableWriter:
    """Streams agreements and articles into the CSV files, `agreements.jsonl` and `texts.jsonl` of a folder.

    Use as a context manager; the files are complete when it closes. `counts` holds the rows by table.
    """

    def __init__(self, folder: Path) -> None:
        """Open nothing yet: the folder must exist when the context is entered."""
        self.counts = {table.name: 0 for table in TABLES}
        self._folder = folder
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Create the files, each with its header."""
        self._csv = {table.name: self._open(table) for table in TABLES}
        self._nested = self._lines("agreements.jsonl")
        self._texts = self._lines("texts.jsonl")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Close the files."""
        self._stack.close()

    def _lines(self, name: str) -> TextIO:
        return self._stack.enter_context((self._folder / name).open("w", encoding="utf-8", newline="\n"))

    def _open(self, table: Table) -> Any:
        path = self._folder / f"{table.name}.csv"
        file = self._stack.enter_context(path.open("w", encoding="utf-8", newline=""))
        writer = csv.writer(LineFeeds(file))
        writer.writerow(column.name for column in table.columns)
        return writer

    def _rows(self, table: Table, found: Iterable[rows.Row]) -> None:
        writer = self._csv[table.name]
        for row in found:
            values = ((column, row.get(column.name)) for column in table.columns)
            writer.writerow(["" if value is None else cell(column, value) for column, value in values])
            self.counts[table.name] += 1

    def add(self, article: Result) -> None:
        """Add an input record and its agreements to every table that tells of them."""
        self._rows(ARTICLES, [rows.article_row(article)])
        if article.text_line:
            self._texts.write(article.text_line)
        for agreement in article.agreements:
            self._rows(AGREEMENTS, [rows.agreement_row(agreement, article)])
            for table in TABLES:
                if table.name in rows.LONG:
                    self._rows(table, rows.LONG[table.name](agreement))
            self._nested.write(agreement.model_dump_json() + "\n")
