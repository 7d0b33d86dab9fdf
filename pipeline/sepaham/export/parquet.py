"""One Parquet file a table, typed, with the meaning of each column in its metadata."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sepaham.export.held import held
from sepaham.export.rows import Value, read_rows
from sepaham.tables.schema import SCHEMA_VERSION, Table

_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
_ROWS = 20_000  # a row group: some tens of MB in memory for the widest table


def _schema(table: Table) -> pa.Schema:
    fields = [
        pa.field(column.name, _TYPES[column.type], metadata={"description": column.meaning})
        for column in table.columns
    ]
    return pa.schema(fields, metadata={"row": table.row, "sepaham_schema": SCHEMA_VERSION})


def _groups(rows: Iterator[tuple[Value, ...]], schema: pa.Schema) -> Iterator[pa.Table]:
    while group := list(islice(rows, _ROWS)):
        columns = zip(*group, strict=True)
        arrays = [pa.array(values, type=field.type) for values, field in zip(columns, schema, strict=True)]
        yield pa.Table.from_arrays(arrays, schema=schema)


def write(out: Path, drafts: Path) -> list[str]:
    """Write `<table>.parquet` for every table of OUT."""
    names = []
    for table in held(out):
        name, schema = f"{table.name}.parquet", _schema(table)
        with pq.ParquetWriter(drafts / name, schema, compression="zstd") as writer:
            for group in _groups(read_rows(out, table), schema):
                writer.write_table(group)
        names.append(name)
    return names
