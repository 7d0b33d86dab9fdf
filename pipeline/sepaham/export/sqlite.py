"""One SQLite database: typed tables with foreign keys, views for common questions, full-text search."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sepaham.errors import InputError
from sepaham.export import datasette
from sepaham.export.held import held
from sepaham.export.rows import Value, read_rows
from sepaham.lexicon import toml
from sepaham.tables.schema import Column, Table

NAME = "sepaham.sqlite"
METADATA = "datasette.json"

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}


class ForeignKey(NamedTuple):
    """Columns of a table and the columns of another one that they point at."""

    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]


_PARTY = ("agreement_id", "seq")
_REFERENCES = (
    ForeignKey(("agreement_id",), "agreements", ("agreement_id",)),
    ForeignKey(("article_id",), "articles", ("article_id",)),
    ForeignKey(("ledger_id",), "ledger", ("ledger_id",)),
    ForeignKey(("agreement_id", "party_seq"), "parties", _PARTY),
    ForeignKey(("agreement_id", "party_a_seq"), "parties", _PARTY),
    ForeignKey(("agreement_id", "party_b_seq"), "parties", _PARTY),
    ForeignKey(("agreement_id", "obligor_seq"), "parties", _PARTY),
)


def foreign_keys(table: Table, tables: tuple[Table, ...]) -> list[ForeignKey]:
    """What rows of the table point at among `tables`."""
    names, there = {column.name for column in table.columns}, {other.name for other in tables}
    keys = [key for key in _REFERENCES if names.issuperset(key.columns) and key.table != table.name]
    if table.name == "ledger_sources":  # its reports may stand in other folders
        keys = [key for key in keys if key.table == "ledger"]
    return [key for key in keys if key.table in there]


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _column(column: Column, key: tuple[str, ...]) -> str:
    needed = " NOT NULL" if column.name in key else ""
    check = f' CHECK ("{column.name}" IN (0, 1))' if column.type == "boolean" else ""
    return f'"{column.name}" {_TYPES[column.type]}{needed}{check}'


def _create(table: Table, keys: list[ForeignKey]) -> Iterator[str]:
    parts = [_column(column, table.key) for column in table.columns]
    if table.key:
        parts.append(f"PRIMARY KEY ({_quoted(table.key)})")
    parts += [
        f'FOREIGN KEY ({_quoted(key.columns)}) REFERENCES "{key.table}" ({_quoted(key.target)})'
        for key in keys
    ]
    body = ",\n  ".join(parts)
    yield f'CREATE TABLE "{table.name}" (\n  {body}\n)'


def _indexes(table: Table, keys: list[ForeignKey]) -> Iterator[str]:
    for key in keys:
        if key.columns != table.key[: len(key.columns)]:
            name = "_".join((table.name, *key.columns))
            yield f'CREATE INDEX "{name}" ON "{table.name}" ({_quoted(key.columns)})'


def _stored(value: Value) -> str | int | float | None:
    if isinstance(value, date):
        return value.isoformat()
    # SQLite stops at 63 bits; a sum above that keeps its 15 leading digits.
    return float(value) if isinstance(value, int) and abs(value) >= 1 << 63 else value


def _fill(database: sqlite3.Connection, out: Path, table: Table) -> None:
    marks = ", ".join("?" * len(table.columns))
    database.executemany(
        f'INSERT INTO "{table.name}" VALUES ({marks})',  # noqa: S608 - names come from the schema
        (tuple(map(_stored, row)) for row in read_rows(out, table)),
    )


def _search(database: sqlite3.Connection, table: str, columns: list[str]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    database.execute(
        f'CREATE VIRTUAL TABLE "{table}_fts" USING FTS5 '
        f"({names}, content=\"{table}\", tokenize='unicode61 remove_diacritics 2')"
    )
    database.execute(f'INSERT INTO "{table}_fts"("{table}_fts") VALUES (\'rebuild\')')  # noqa: S608


def _check(database: sqlite3.Connection, out: Path) -> None:
    broken = database.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        table, row, parent, _ = broken
        raise InputError(
            f"{out}/{table}.csv, row {row}, points at a row that {parent}.csv does not hold: "
            "the tables are not of one run; extract the dump again"
        )


def _build(database: sqlite3.Connection, out: Path) -> None:
    settings, tables = toml("export/sqlite.toml"), held(out)
    keys = {table.name: foreign_keys(table, tables) for table in tables}
    for table in tables:
        for statement in _create(table, keys[table.name]):
            database.execute(statement)
    for table in tables:
        try:
            _fill(database, out, table)
        except sqlite3.IntegrityError as error:
            raise InputError(f"{out}/{table.name}.csv: {error}; extract the dump again") from error
        for statement in _indexes(table, keys[table.name]):
            database.execute(statement)
    _check(database, out)
    for table in tables:
        if table.name in settings["search"]:
            _search(database, table.name, settings["search"][table.name])
    for view in settings["views"].values():
        database.execute(view["sql"])
    database.commit()
    database.execute("ANALYZE")
    database.commit()


def write(out: Path, drafts: Path) -> list[str]:
    """Write the database and the metadata with which Datasette shows it."""
    with closing(sqlite3.connect(drafts / NAME)) as database:
        # The draft is thrown away when the program dies, so it needs no journal.
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        _build(database, out)
    text = json.dumps(datasette.metadata(Path(NAME).stem, held(out)), indent=1, ensure_ascii=False) + "\n"
    (drafts / METADATA).write_text(text, encoding="utf-8", newline="\n")
    return [NAME, METADATA]
