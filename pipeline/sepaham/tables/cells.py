"""How a value stands in a CSV cell, and how it comes back: safe in a spreadsheet, and nothing lost."""

from typing import Any, TextIO

from sepaham.tables.schema import Column


class LineFeeds:
    """A file for csv.writer whose lines end in a line feed alone.

    With "\\n" as its own line end, csv leaves a carriage return inside a cell unquoted, and readers break the
    row there; so csv writes "\\r\\n", and the end of each line is mended here.
    """

    def __init__(self, file: TextIO) -> None:
        """Write into a file that was opened with newline=""."""
        self._file = file

    def write(self, line: str) -> int:
        """Write one line."""
        return self._file.write(line.removesuffix("\r\n") + "\n")


_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What begins a cell that a spreadsheet would run as a formula; some take wide signs for plain ones."""


def _runs(text: str) -> bool:
    """Whether it would be run, also behind quotes that an earlier escape may have put there."""
    return text.lstrip("'").startswith(_STARTS)


def escape(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run; `unescape` takes it off again."""
    return f"'{text}" if _runs(text) else text


def unescape(text: str) -> str:
    """The text that `escape` was given."""
    return text[1:] if text.startswith("'") and _runs(text) else text


def cell(column: Column, value: Any) -> str:
    """The CSV text of a value: empty for null, `true`/`false`, numbers without exponent."""
    if value is None:
        return ""
    if column.type == "boolean":
        return "true" if value else "false"
    if column.type == "number":
        return f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return escape(str(value)) if column.type == "string" else str(value)
