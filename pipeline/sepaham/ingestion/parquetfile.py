"""Reads .parquet by batches, only the columns that are needed: row groups are never held whole."""

import datetime
import decimal
import io
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sepaham.ingestion.columns import Columns
from sepaham.ingestion.faults import TOO_LARGE, not_unicode
from sepaham.ingestion.items import MAX_RECORD, Fields, Raw, UnusableFileError
from sepaham.ingestion.streams import seekable

_BATCH = 1024  # rows
_BATCH_BYTES = 8 << 20
_BUFFER = 1 << 20
_BROKEN = (pa.ArrowException, OSError, EOFError, ValueError)


def read_parquet(stream: io.BufferedReader, columns: Columns) -> Iterator[Raw]:
    """One record a row; columns are found by their names as in CSV.

    Raises UnusableFileError when the file is damaged or truncated, OSError when a part of it is.
    """
    if not stream.peek(1):
        return
    source = seekable(stream)
    try:
        schema = pq.ParquetFile(source).schema_arrow
        needed = [name for name in columns.require(schema.names) if name is not None]
        # a value that is stored once for all rows stays one: expanded it could be larger than any memory
        once = [name for name in needed if _is_bytes(schema.field(name).type)]
        file = pq.ParquetFile(source, buffer_size=_BUFFER, pre_buffer=False, read_dictionary=once)
    except _BROKEN as error:
        raise UnusableFileError(
            "unreadable", f"the file is no whole Parquet file: {_first_line(error)}; get it whole"
        ) from error
    yield from _rows(file, needed)


def _is_bytes(kind: Any) -> bool:
    types = pa.types
    return bool(
        types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_binary(kind)
        or types.is_large_binary(kind)
    )


def _rows(file: Any, needed: list[str]) -> Iterator[Raw]:
    number = 0
    for batch in _batches(file, needed):
        held = [(name, batch.column(name)) for name in needed]
        for place in range(batch.num_rows):
            number += 1
            yield _row(number, place, held)


def _batches(file: Any, needed: list[str]) -> Iterator[Any]:
    """Batches of about _BATCH_BYTES, row group by row group."""
    try:
        for group in range(file.metadata.num_row_groups):
            about = file.metadata.row_group(group)
            rows = _BATCH_BYTES * about.num_rows // max(1, about.total_byte_size)
            yield from file.iter_batches(
                max(1, min(rows, _BATCH)), row_groups=[group], columns=needed, use_threads=False
            )
    except _BROKEN as error:
        raise OSError(_first_line(error)) from error


def _row(number: int, place: int, held: list[tuple[str, Any]]) -> Raw:
    fields: Fields = {}
    for name, column in held:
        try:
            value = _value(column[place].as_py())
        except UnicodeDecodeError as error:
            text = error.object.decode("utf-8", "surrogateescape")
            return Raw(number, None, f"column {name!r}: {not_unicode(text)}")
        except (*_BROKEN, OverflowError):  # a moment beyond the year 9999, say
            value = None
        if isinstance(value, str) and len(value) > MAX_RECORD:
            return Raw(number, None, f"column {name!r}: {TOO_LARGE}")
        fields[name] = value
    return Raw(number, fields)


def _value(value: object) -> object:
    """A cell as JSON would have it: text from bytes and dates, so that the rest treats all formats alike."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, datetime.date):  # datetime is one
        return value.isoformat()
    return float(value) if isinstance(value, decimal.Decimal) else value


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
