"""One Excel workbook with Indonesian labels: a summary, every table with typed columns, a dictionary.

Texts are written as texts and never as formulas or links. Those that a spreadsheet would run when somebody
edits the cell have Excel's quote prefix.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sepaham.export import labels
from sepaham.export.held import held
from sepaham.export.rows import Value, read_rows
from sepaham.export.sheet import lay_out
from sepaham.export.summary import summarize
from sepaham.tables.cells import escape
from sepaham.tables.schema import Table

NAME = "sepaham.xlsx"
MAX_ROWS = 1_048_575
"""Rows below the header that a sheet can hold."""
MAX_UNITS = 32_767
"""UTF-16 units that a cell can hold."""

_CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # fixed, so that the same tables give the same bytes
_FIRST_DAY = date(1900, 3, 1)  # Excel's calendar has a 29 February 1900
_WIDTHS = {"date": 12, "integer": 10, "number": 14, "boolean": 11, "string": 22}
_WIDE = {"quote", "title", "subject", "commitments", "parties", "text", "texts", "detail", "name"}
_NUMBERS = {"value_amount": "#,##0.##", "quantity": "#,##0.##", "confidence": "0.000", "similarity": "0.000"}
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


@dataclass
class Book:
    """The open workbook with its cell formats, and what did not fit into it."""

    file: Any
    formats: dict[str, Any]
    cut_cells: int = 0
    cut_sheets: list[tuple[str, int]] = field(default_factory=list)

    def text(self, sheet: Any, row: int, column: int, value: str) -> None:
        """Write a text as a text, whatever it begins with; a longer one than Excel holds is cut."""
        fitting = _fitting(value)
        self.cut_cells += fitting != value
        style = self.formats["quoted" if escape(fitting) != fitting else "text"]
        sheet.write_string(row, column, fitting, style)

    def cell(self, sheet: Any, row: int, column: int, value: Value, style: Any) -> None:
        """Write a value with its own type; nothing for None."""
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, style)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, style)
        elif isinstance(value, date) and value >= _FIRST_DAY:
            sheet.write_datetime(row, column, value, style)
        elif value is not None:
            self.text(sheet, row, column, str(value))


def _fitting(text: str) -> str:
    if len(text.encode("utf-16-le")) <= 2 * MAX_UNITS:
        return text
    return text.encode("utf-16-le")[: 2 * (MAX_UNITS - 1)].decode("utf-16-le", "ignore") + "…"


def _formats(file: Any) -> dict[str, Any]:
    top = {"valign": "top"}
    return {
        "title": file.add_format({"bold": True, "font_size": 16}),
        "head": file.add_format(
            {"bold": True, "text_wrap": True, "bg_color": "#1F4E5F", "font_color": "white", **top}
        ),
        "note": file.add_format({"italic": True, "text_wrap": True, **top}),
        "text": file.add_format(top),
        "quoted": file.add_format({"quote_prefix": True, **top}),
        "date": file.add_format({"num_format": "yyyy-mm-dd", "align": "left", **top}),
        "share": file.add_format({"num_format": "0 %", **top}),
        "count": file.add_format({"num_format": "#,##0", **top}),
        **{name: file.add_format({"num_format": form, **top}) for name, form in _NUMBERS.items()},
    }


def _styles(book: Book, table: Table) -> list[Any]:
    return [
        book.formats.get(column.name) or book.formats["date" if column.type == "date" else "text"]
        for column in table.columns
    ]


def _head(book: Book, sheet: Any, table: Table) -> None:
    for n, column in enumerate(table.columns):
        sheet.set_column(n, n, 50 if column.name in _WIDE else _WIDTHS[column.type])
        sheet.write_string(0, n, labels.column_label(table, column), book.formats["head"])
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 1)


def _table(book: Book, sheet: Any, table: Table, rows: Iterator[tuple[Value, ...]]) -> int:
    """Write the rows that fit; gives their number."""
    _head(book, sheet, table)
    styles = _styles(book, table)
    written = 0
    for written, values in enumerate(islice(rows, MAX_ROWS), 1):
        for n, (column, value) in enumerate(zip(table.columns, values, strict=True)):
            book.cell(sheet, written, n, labels.shown(table, column, value), styles[n])
    left = sum(1 for _ in rows)
    if left:
        book.cut_sheets.append((table.name, written + left))
    sheet.autofilter(0, 0, written, len(table.columns) - 1)
    return written


def _dictionary(book: Book, sheet: Any, tables: tuple[Table, ...]) -> None:
    heads = ("sheet", "label", "column", "type", "meaning")
    for n, (name, width) in enumerate(zip(heads, (14, 28, 22, 16, 90), strict=True)):
        sheet.set_column(n, n, width)
        sheet.write_string(0, n, labels.word("dictionary", name), book.formats["head"])
    sheet.freeze_panes(1, 0)
    entries = [(table, column) for table in tables for column in table.columns]
    for row, (table, column) in enumerate(entries, 1):
        texts = (
            labels.word("sheets", table.name), labels.column_label(table, column), column.name,
            labels.word("types", column.type), labels.column_meaning(table, column),
        )  # fmt: skip
        for n, text in enumerate(texts):
            book.text(sheet, row, n, text)
    sheet.autofilter(0, 0, len(entries), len(heads) - 1)


def _cuts(book: Book) -> list[str]:
    notes = [
        labels.word("summary", "cut_rows").format(
            sheet=labels.word("sheets", name), shown=MAX_ROWS, rows=rows, file=f"{name}.csv"
        )
        for name, rows in book.cut_sheets
    ]
    if book.cut_cells:
        notes.append(labels.word("summary", "cut_cells").format(cells=book.cut_cells))
    return notes


def _open(path: Path) -> Any:
    import xlsxwriter  # an extra; `export` says how to install it

    file = xlsxwriter.Workbook(path, {**_OPTIONS, "tmpdir": str(path.parent)})
    file.set_properties({"title": labels.word("summary", "title"), "created": _CREATED})
    return file


def write(out: Path, drafts: Path) -> list[str]:
    """Write the workbook."""
    with _open(drafts / NAME) as file:
        book = Book(file, _formats(file))
        first = file.add_worksheet(labels.word("sheets", "summary"))
        summary = summarize(out)
        for table in held(out):
            sheet = file.add_worksheet(labels.word("sheets", table.name))
            _table(book, sheet, table, read_rows(out, table))
        _dictionary(book, file.add_worksheet(labels.word("sheets", "dictionary")), held(out))
        lay_out(book, first, summary, _cuts(book))
    return [NAME]
