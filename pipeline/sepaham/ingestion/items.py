"""What the readers hand on: sources, raw records, and the records that could not become articles."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from sepaham.ingestion.limits import MAX_HELD as MAX_HELD
from sepaham.ingestion.limits import MAX_RATIO as MAX_RATIO
from sepaham.ingestion.limits import MAX_RECORD as MAX_RECORD
from sepaham.records import PublishedFrom, Record

Format = Literal["txt", "json", "jsonl", "csv", "tsv", "html", "warc", "parquet", "zip", "unknown"]
Reason = Literal[
    "unreadable", "too_short", "empty_file", "unknown_format", "no_text_column", "no_column", "needs_extra"
]  # fmt: skip

READ_FAULTS: frozenset[Reason] = frozenset({"unreadable", "no_text_column", "no_column", "needs_extra"})
"""The reasons that mean that data was lost; too short texts, empty files and other files are no such loss."""

Fields = dict[Any, object]
"""The columns of a record; keys are strings, Any lets a column that is not there be looked up as null."""

RATIO_WORDS = f"it unpacks to more than {MAX_RATIO} times its size, as a decompression bomb does"


def is_bomb(unpacked: int, packed: int) -> bool:
    """Whether so many unpacked bytes out of so many packed ones are beyond belief."""
    return unpacked > max(MAX_RECORD, MAX_RATIO * packed)


MIN_TEXT = 40
"""A text with fewer characters, outer white space aside, is no article."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read; `name` is its path under its INPUT, with `/`; stdin is the path `-`.

    A member of an archive has the archive's path, and its name behind `!/`: `dump.zip!/2024/a.jsonl`.
    `size` in bytes and `changed` in nanoseconds as the system tells them, null for stdin and lost files.
    A file on a filesystem of fsspec has its `url`, and in `changed` a number that changes when it does.
    """

    path: Path
    name: str
    format: Format
    size: int | None = None
    changed: int | None = None
    url: str | None = None


class Rejected(Record):
    """A record, or a whole file (`record` 0), that is no article; `detail` says what is wrong and what to do.

    `record` counts from 1: the line of JSON lines, the row of a table below its header, the place in a list.
    """

    article_id: str
    source_file: str
    record: int
    reason: Reason
    detail: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    url: str | None = None


class Raw(NamedTuple):
    """A record as it stood in its file: its number and its fields, or what is wrong with it."""

    number: int
    fields: Fields | None
    fault: str = ""


class RawPage(NamedTuple):
    """A web page as it stood in its file, and what was said of it there.

    `charset` is the encoding that its server named, `latest` the ISO day on which it was fetched.
    """

    number: int
    html: bytes
    id: str | None = None
    url: str | None = None
    charset: str | None = None
    latest: str | None = None


class Page(Record):
    """A web page whose text is not extracted yet: that costs most, and a batch leaves it to its workers."""

    article_id: str
    source_file: str
    record: int
    html: bytes
    url: str | None = None
    charset: str | None = None
    latest: str | None = None


class UnusableFileError(Exception):
    """The whole file cannot be used, although its bytes can be read."""

    def __init__(self, reason: Reason, detail: str) -> None:
        """`detail`: what is wrong and what to do."""
        super().__init__(detail)
        self.reason: Reason = reason
        self.detail = detail


def as_raw(number: int, value: object) -> Raw:
    """A JSON value as a record; anything but an object is a fault."""
    if isinstance(value, dict):
        return Raw(number, value)
    return Raw(number, None, f"the record is a JSON {_JSON_NAMES.get(type(value), 'null')}, not an object")


_JSON_NAMES = {list: "list", str: "string", int: "number", float: "number", bool: "boolean"}
