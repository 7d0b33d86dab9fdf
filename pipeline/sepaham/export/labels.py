"""The Indonesian words of the workbook; whatever has no label stands there as it is in the CSV files."""

from typing import Any

from sepaham.export.rows import Value
from sepaham.lexicon import toml
from sepaham.tables.schema import PACK, Column, Table


def _labels() -> dict[str, Any]:
    return toml("export/labels.toml")


def word(part: str, name: str) -> str:
    """A word of the sheets, the summary or the dictionary."""
    return str(_labels()[part].get(name, name))


def column_label(table: Table, column: Column) -> str:
    """The heading of a column."""
    return str(_entry(table, column)[0])


def column_meaning(table: Table, column: Column) -> str:
    """What a column holds."""
    return str(_entry(table, column)[1])


def _entry(table: Table, column: Column) -> list[str]:
    entry: list[str] = (
        _labels()["columns"].get(table.name, {}).get(column.name, [column.name, column.meaning])
    )
    return entry


def value_label(kind: str, code: str) -> str:
    """A coded value, such as `signed` of the kind `status`."""
    return str(_labels()["values"][kind].get(code, code))


def pointer_label(pointer: str) -> str:
    """A JSON pointer of the evidence: `/parties/0/signatories/1` is `pihak 1, penanda tangan 2`."""
    words = _labels()["pointer"]
    parts: list[str] = []
    for part in pointer.strip("/").split("/"):
        if part.isdecimal() and parts:
            parts[-1] += f" {int(part) + 1}"
        else:
            parts.append(words.get(part, part))
    return ", ".join(parts)


def shown(table: Table, column: Column, value: Value) -> Value:
    """A cell's value with its codes in Indonesian."""
    if not isinstance(value, str):
        return value
    if (table.name, column.name) == ("evidence", "field"):
        return pointer_label(value)
    kind = _labels()["coded"].get(column.name)
    if kind is None:
        return value
    return PACK.join(value_label(kind, code) for code in value.split(PACK))
