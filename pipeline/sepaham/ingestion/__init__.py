"""Bytes -> Articles: `discover` lists the files of the inputs, `read_articles` streams their records.

Nothing is skipped in silence: each record, and each file that has none, comes out as one Article or Rejected.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BufferedReader

from sepaham.ingestion.articles import build, rejected
from sepaham.ingestion.columns import Columns, parse_map
from sepaham.ingestion.delimited import read_csv, read_tsv
from sepaham.ingestion.ids import IdRegistry
from sepaham.ingestion.items import (
    MAX_RECORD,
    MIN_TEXT,
    READ_FAULTS,
    Format,
    Raw,
    Reason,
    Rejected,
    Source,
    UnusableFileError,
)
from sepaham.ingestion.jsonfile import read_json
from sepaham.ingestion.readers import read_jsonl, read_txt
from sepaham.ingestion.sources import SUFFIXES, discover
from sepaham.ingestion.streams import STREAM_ERRORS, open_utf8
from sepaham.records import Article

__all__ = [
    "MAX_RECORD",
    "MIN_TEXT",
    "READ_FAULTS",
    "IdRegistry",
    "Reason",
    "Rejected",
    "Source",
    "discover",
    "parse_map",
    "read_articles",
    "read_records",
]

_Reader = Callable[[BufferedReader, Columns], Iterator[Raw]]
_READERS: dict[Format, _Reader] = {
    "txt": read_txt,
    "json": read_json,
    "jsonl": read_jsonl,
    "csv": read_csv,
    "tsv": read_tsv,
}


def read_articles(
    inputs: Sequence[str], *, columns: Mapping[str, str] | None = None
) -> Iterator[Article | Rejected]:
    """Every record of the inputs in order, ids made unique (`~2`, `~3`).

    `columns` maps parts of an article to column names, as `parse_map` gives it. Raises InputError as
    `discover` does and ConfigurationError for an unknown part; damaged data comes out as Rejected.
    """
    ids = IdRegistry()
    for source in discover(inputs):
        for item in read_records(source, columns=columns):
            unique = ids.unique(item.article_id)
            yield item if unique == item.article_id else item.model_copy(update={"article_id": unique})


def _ignored(position: int) -> None:
    pass


def read_records(
    source: Source, *, columns: Mapping[str, str] | None = None, on_bytes: Callable[[int], None] = _ignored
) -> Iterator[Article | Rejected]:
    """Streams one file: one item for every record, in order, ids as the file gives them (they may repeat).

    Damage costs as little as it can: a record, or what comes after the break of a stream (one Rejected for
    all of it). A file without records gives one Rejected, record 0, `empty_file`; a table without a text
    column one, `no_text_column`; a file of another format one, `unknown_format`. `on_bytes` hears, before
    each record, how many bytes of the file (as it lies on disk) were read.
    """
    names = Columns(columns)
    last = 0
    try:
        with open_utf8(source) as (stream, position):
            if source.format == "unknown":
                yield rejected(source, 0, "unknown_format", _unknown())
                return
            for raw in _READERS[source.format](stream, names):
                last = raw.number
                on_bytes(position())
                yield _item(source, raw, names)
        if last == 0:
            yield rejected(source, 0, "empty_file", "the file holds no record")
    except UnusableFileError as fault:
        yield rejected(source, 0, fault.reason, fault.detail)
    except STREAM_ERRORS as error:
        yield rejected(source, last + 1 if last else 0, "unreadable", _broken(error, last))


def _item(source: Source, raw: Raw, columns: Columns) -> Article | Rejected:
    if raw.fields is None:
        return rejected(source, raw.number, "unreadable", raw.fault)
    return build(source, raw.number, raw.fields, columns.find(raw.fields))


def _unknown() -> str:
    return f"the suffix is none of {' '.join(SUFFIXES)} (each also with .gz): rename or convert the file"


def _broken(error: Exception, last: int) -> str:
    what = (error.strerror if isinstance(error, OSError) else None) or str(error)
    if last == 0:
        return f"the file cannot be read: {what}"
    return f"the file cannot be read on after record {last}: {what}; get it whole and run again"
