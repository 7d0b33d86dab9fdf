"""Reads .csv and .tsv: a stream of UTF-8 bytes -> raw records; a broken row costs that row only."""

import csv
import io
from collections import Counter, deque
from collections.abc import Iterator
from itertools import count

from sepaham.ingestion.columns import Columns
from sepaham.ingestion.faults import not_unicode
from sepaham.ingestion.items import MAX_RECORD, Raw, UnusableFileError

_DELIMITERS = ",;\t|"


def read_csv(stream: io.BufferedReader, columns: Columns) -> Iterator[Raw]:
    """Comma separated, or by `;`, tab or `|` where the header has more of these; quoted line breaks stay."""
    return _read_table(stream, columns, _DELIMITERS)


def read_tsv(stream: io.BufferedReader, columns: Columns) -> Iterator[Raw]:
    """Tab separated, quoted as in CSV."""
    return _read_table(stream, columns, "\t")


class _Lines:
    """The lines of a table; `retry` gives back all lines of a broken row but its first, to read the rest."""

    def __init__(self, stream: io.BufferedReader) -> None:
        # bytes that are no UTF-8 come through as lone surrogates, which reject their row only
        self._text = io.TextIOWrapper(stream, encoding="utf-8", errors="surrogateescape", newline="")
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._text.readline(MAX_RECORD)
        if not line:
            raise StopIteration
        self._taken.append(line)
        self.number += 1
        return line

    def close(self) -> None:
        """Lets go of the stream, which its opener closes."""
        self._text.detach()

    def row_done(self) -> None:
        self._taken.clear()

    def retry(self) -> None:
        self._again.extendleft(reversed(self._taken[1:]))
        self.number -= len(self._taken) - 1
        self._taken.clear()

    def peek(self) -> str:
        line = next(self, "")
        self.number -= len(self._taken)
        self._again.extend(self._taken)
        self._taken.clear()
        return line


def _read_table(stream: io.BufferedReader, columns: Columns, delimiters: str) -> Iterator[Raw]:
    csv.field_size_limit(MAX_RECORD)
    lines = _Lines(stream)
    try:
        first = lines.peek()
        delimiter = max(delimiters, key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        if header := _header(reader):
            columns.require(header)
            lines.row_done()
            yield from _rows(reader, lines, header)
    finally:
        lines.close()


def _header(reader: Iterator[list[str]]) -> list[str]:
    """The column names; a later one of the same name is numbered, so that the first is the one read."""
    try:
        names = next((row for row in reader if any(map(str.strip, row))), [])
    except csv.Error as error:
        raise UnusableFileError("unreadable", f"the header is broken: {error}") from error
    seen: Counter[str] = Counter()
    for place, name in enumerate(names):
        seen[name] += 1
        names[place] = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return names


def _rows(reader: Iterator[list[str]], lines: _Lines, header: list[str]) -> Iterator[Raw]:
    numbers = count(1)
    while True:
        start = lines.number + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            lines.retry()
            yield Raw(next(numbers), None, f"line {start}: broken quotes or cells ({error})")
            continue
        lines.row_done()
        if row is None:
            return
        if row:
            yield _row(next(numbers), start, row, header)


def _row(number: int, line: int, row: list[str], header: list[str]) -> Raw:
    if len(row) != len(header):
        return Raw(number, None, f"line {line}: {len(row)} cells, but the header has {len(header)}")
    for name, cell in zip(header, row, strict=True):
        if not cell.isascii() and (fault := not_unicode(cell)):
            return Raw(number, None, f"line {line}, column {name!r}: {fault}")
    return Raw(number, dict(zip(header, row, strict=True)))
