"""Loads the tables of a run into pandas with right dtypes."""

from pathlib import Path

import pandas as pd

from sepaham.errors import InputError
from sepaham.tables.cells import unescape
from sepaham.tables.schema import TABLES, Table

_DTYPES = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "string",
}


def _read(path: Path, table: Table) -> pd.DataFrame:
    dtypes = {column.name: _DTYPES[column.type] for column in table.columns}
    frame = pd.read_csv(path, dtype=dtypes, keep_default_na=False, na_values=[""], encoding="utf-8")
    for column in table.columns:
        if column.type == "date":
            frame[column.name] = pd.to_datetime(frame[column.name], format="%Y-%m-%d")
        elif column.type == "string":
            frame[column.name] = frame[column.name].map(unescape, na_action="ignore").astype("string")
    return frame


def read_tables(out: str | Path) -> dict[str, pd.DataFrame]:
    """The tables in folder OUT by name, with typed columns; a cell without a value is <NA>.

    Days are datetime64, codes and ISO values of unsure precision strings, counts Int64. Raises InputError
    when a table is missing.
    """
    folder = Path(out)
    missing = [table.name for table in TABLES if not (folder / f"{table.name}.csv").is_file()]
    if missing:
        raise InputError(
            f"{folder} holds no {', '.join(f'{name}.csv' for name in missing)}: "
            "give the folder that `sepaham extract … -o OUT` wrote, after it ended"
        )
    return {table.name: _read(folder / f"{table.name}.csv", table) for table in TABLES}
