"""The metadata file with which Datasette (https://datasette.io) shows the database."""

from typing import Any

from sepaham.lexicon import toml
from sepaham.tables.schema import Table

_LISTED = 20


def _meanings(table: Table) -> dict[str, str]:
    # Datasette lists them above the rows: of a wide table the rows would be pages below.
    narrow = len(table.columns) <= _LISTED
    return {column.name: column.meaning for column in table.columns} if narrow else {}


def metadata(database: str, tables: tuple[Table, ...]) -> dict[str, Any]:
    """What Datasette 0.65 reads with `--metadata`: titles, meanings, labels, facets, search and queries."""
    settings = toml("export/sqlite.toml")
    shown: dict[str, Any] = {}
    for table in tables:
        shown[table.name] = {
            "description": f"One row: {table.row}.",
            "columns": _meanings(table),
            **settings["tables"].get(table.name, {}),
        }
        if table.name in settings["search"]:
            shown[table.name]["fts_table"] = f"{table.name}_fts"
            shown[f"{table.name}_fts"] = {"hidden": True}
    for name, view in settings["views"].items():
        shown[name] = {"description": view["description"]}
    queries = {name: dict(query) for name, query in settings["queries"].items()}
    return {**settings["page"], "databases": {database: {"tables": shown, "queries": queries}}}
