"""Bytes -> Articles: `discover` lists the files of the inputs, `read_articles` streams their records.

Nothing is skipped in silence: each record, and each file that has none, comes out as one Article or Rejected.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BufferedReader

from sepaham.ingestion import limits
from sepaham.ingestion.archive import members, open_member, open_zip
from sepaham.ingestion.articles import build, complete, rejected
from sepaham.ingestion.columns import Columns, parse_map
from sepaham.ingestion.delimited import read_csv, read_tsv
from sepaham.ingestion.ids import IdRegistry, place_id
from sepaham.ingestion.items import (
    MAX_RECORD,
    MIN_TEXT,
    READ_FAULTS,
    Format,
    Page,
    Raw,
    RawPage,
    Reason,
    Rejected,
    Source,
    UnusableFileError,
)
from sepaham.ingestion.jsonfile import read_json
from sepaham.ingestion.parquetfile import read_parquet
from sepaham.ingestion.readers import read_jsonl, read_txt
from sepaham.ingestion.remote import is_url, local_path, opened, shown
from sepaham.ingestion.sources import PACKED, SUFFIXES, discover
from sepaham.ingestion.streams import STREAM_ERRORS, as_utf8, open_stream
from sepaham.ingestion.texts import text_line
from sepaham.ingestion.warc import read_warc
from sepaham.ingestion.webpage import read_html
from sepaham.records import Article

__all__ = [
    "MAX_RECORD",
    "MIN_TEXT",
    "READ_FAULTS",
    "IdRegistry",
    "Page",
    "Reason",
    "Rejected",
    "Source",
    "complete",
    "discover",
    "is_url",
    "limits",
    "local_path",
    "opened",
    "parse_map",
    "read_articles",
    "read_items",
    "read_records",
    "shown",
    "text_line",
]

_Reader = Callable[[BufferedReader, Columns], Iterator[Raw | RawPage]]
_TEXTS: dict[Format, _Reader] = {
    "txt": read_txt,
    "json": read_json,
    "jsonl": read_jsonl,
    "csv": read_csv,
    "tsv": read_tsv,
    "html": read_html,
}
_BINARIES: dict[Format, _Reader] = {"parquet": read_parquet, "warc": read_warc}


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
    """`read_items` with the text of web pages extracted."""
    return map(complete, read_items(source, columns=columns, on_bytes=on_bytes))


def read_items(
    source: Source, *, columns: Mapping[str, str] | None = None, on_bytes: Callable[[int], None] = _ignored
) -> Iterator[Article | Rejected | Page]:
    """Streams one file: one item for every record, in order, ids as the file gives them (they may repeat).

    A web page comes as it stands in its file: `complete` makes it an Article or a Rejected, which takes
    milliseconds, and may be called in another process.
    Damage costs as little as it can: a record, or what comes after the break of a stream (one Rejected for
    all of it). A file or member without records gives one Rejected, record 0, `empty_file`; a table without
    a text column one, `no_text_column`; a file of another format one, `unknown_format`; one that takes a
    library that is not installed one, `needs_extra`. `on_bytes` hears, before each record, how many bytes of
    the file (as it lies on disk) were read.
    """
    names = Columns(columns)
    try:
        with open_stream(source) as (stream, position):
            if source.format == "zip":
                yield from _members(source, stream, names, on_bytes)
            else:
                yield from _items(source, stream, names, _heard(on_bytes, position))
    except UnusableFileError as fault:
        yield rejected(source, 0, fault.reason, fault.detail)
    except STREAM_ERRORS as error:
        yield rejected(source, 0, "unreadable", _broken(error, 0))


def _heard(on_bytes: Callable[[int], None], position: Callable[[], int]) -> Callable[[], None]:
    return lambda: on_bytes(position())


def _members(
    source: Source, stream: BufferedReader, names: Columns, on_bytes: Callable[[int], None]
) -> Iterator[Article | Rejected | Page]:
    """The items of all files in an archive; damage to one of them costs no other."""
    found = False
    with open_zip(stream) as archive:
        for member, info, fault, position in members(archive, source):
            found = True
            if fault:
                yield rejected(member, 0, "unreadable", fault)
                continue
            try:
                with open_member(archive, info) as inner:
                    yield from _items(member, inner, names, _heard(on_bytes, position))
            except UnusableFileError as error:
                yield rejected(member, 0, error.reason, error.detail)
            except STREAM_ERRORS as error:
                yield rejected(member, 0, "unreadable", _broken(error, 0))
    if not found:
        yield rejected(source, 0, "empty_file", "the archive holds no file")


def _items(
    source: Source, stream: BufferedReader, names: Columns, tick: Callable[[], None]
) -> Iterator[Article | Rejected | Page]:
    last = 0
    try:
        for raw in _raw_records(source, stream, names):
            last = raw.number
            tick()
            yield _item(source, raw, names)
        if last == 0:
            yield rejected(source, 0, "empty_file", "the file holds no record")
    except UnusableFileError as fault:
        yield rejected(source, 0, fault.reason, fault.detail)
    except STREAM_ERRORS as error:
        yield rejected(source, last + 1 if last else 0, "unreadable", _broken(error, last))


def _raw_records(source: Source, stream: BufferedReader, names: Columns) -> Iterator[Raw | RawPage]:
    if source.format in _TEXTS:
        return _TEXTS[source.format](as_utf8(stream), names)
    if source.format in _BINARIES:
        return _BINARIES[source.format](stream, names)
    if source.format == "zip":
        raise UnusableFileError(
            "unreadable", "an archive inside an archive is not read: unpack the outer one"
        )
    raise UnusableFileError("unknown_format", _unknown())


def _item(source: Source, raw: Raw | RawPage, columns: Columns) -> Article | Rejected | Page:
    if isinstance(raw, RawPage):
        return Page(
            article_id=raw.id or place_id(source.name, raw.number),
            source_file=source.name,
            record=raw.number,
            html=raw.html,
            url=raw.url,
            charset=raw.charset,
            latest=raw.latest,
        )
    if raw.fields is None:
        return rejected(source, raw.number, "unreadable", raw.fault)
    return build(source.name, raw.number, raw.fields, columns.find(raw.fields))


def _unknown() -> str:
    packed = " or ".join(PACKED)
    return f"the suffix is none of {' '.join(SUFFIXES)} (each also with {packed}): rename or convert the file"


def _broken(error: Exception, last: int) -> str:
    what = (error.strerror if isinstance(error, OSError) else None) or str(error)
    if last == 0:
        return f"the file cannot be read: {what}"
    return f"the file cannot be read on after record {last}: {what}; get it whole and run again"
