"""Reads .warc record by record: the web pages in its HTTP responses.

Own framing instead of a library's, since a crawl is data from strangers: lengths are bounded, damage costs
one record, and nothing is said to the terminal. Format: ISO 28500 (WARC 1.0 and 1.1).
"""

import io
from collections.abc import Iterator
from typing import NamedTuple

from sepaham.ingestion.calendar import parse_day
from sepaham.ingestion.columns import Columns
from sepaham.ingestion.extras import require
from sepaham.ingestion.faults import TOO_LARGE
from sepaham.ingestion.http import Headers, NotReadableError, body_of, parse_headers, split_head
from sepaham.ingestion.items import MAX_RECORD, Raw, RawPage, UnusableFileError

_MAX_HEAD = 1 << 16
_SKIPPED = 1 << 20
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


class _Head(NamedTuple):
    """The headers of a record and the length of its block; -1 where it is not told."""

    headers: Headers
    length: int


def read_warc(stream: io.BufferedReader, _columns: Columns) -> Iterator[Raw | RawPage]:
    """Every response of status 200 that is HTML; the record number counts all records of the file.

    Requests, metadata, revisits, other statuses and other media are no articles and give nothing. A broken
    record gives one fault, and reading goes on at the next line that begins a record. Raises
    UnusableFileError for a file that holds no WARC record.
    """
    require("trafilatura", "warc", "web pages")
    number = 0
    empty = not stream.peek(1)
    while (head := _next_head(stream)) is not None:
        number += 1
        if head.length < 0:
            yield Raw(number, None, "the record has no Content-Length: it is skipped")
            continue
        item = _item(number, head, stream)
        if stream.peek(1)[:1] not in (b"\r", b"\n", b""):
            item = Raw(
                number, None, "the record does not end where its Content-Length says; records may be lost"
            )
        if item:
            yield item
    if number == 0 and not empty:
        raise UnusableFileError("unreadable", "the file holds no WARC record: is it something else?")


def _item(number: int, head: _Head, stream: io.BufferedReader) -> Raw | RawPage | None:
    if head.headers.get("warc-type", "").lower() != "response" or not _may_be_page(head):
        _skip(stream, head.length)
        return None
    if head.length > MAX_RECORD:
        _skip(stream, head.length)
        return Raw(number, None, TOO_LARGE)
    return _response(number, head, stream.read(head.length))


def _next_head(stream: io.BufferedReader) -> _Head | None:
    """The headers of the next record, null at the end of the file; what is no record is passed over."""
    while line := stream.readline(_MAX_HEAD):
        if not line.startswith(b"WARC/"):
            continue
        lines: list[bytes] = []
        size = 0
        while (line := stream.readline(_MAX_HEAD)).strip() and size < _MAX_HEAD:
            lines.append(line)
            size += len(line)
        headers = parse_headers(b"".join(lines))
        length = headers.get("content-length", "")
        return _Head(headers, int(length) if length.isdecimal() and len(length) < 16 else -1)
    return None


def _may_be_page(head: _Head) -> bool:
    """False for what its record already calls another medium, or the answer of another protocol (dns:)."""
    media = head.headers.get("warc-identified-payload-type", "text/html").partition(";")[0].strip().lower()
    return media in _PAGES and head.headers.get("content-type", "").lower().startswith("application/http")


def _skip(stream: io.BufferedReader, length: int) -> None:
    while length > 0 and (part := stream.read(min(length, _SKIPPED))):
        length -= len(part)
    if length > 0:
        raise EOFError("the file ended inside a record")


def _response(number: int, head: _Head, block: bytes) -> Raw | RawPage | None:
    status, http, payload = split_head(block)
    media = http.get("content-type", "").partition(";")[0].strip().lower()
    if status != 200 or media not in _PAGES:
        if len(block) < head.length:
            raise EOFError("the file ended inside a record")
        return None
    if len(block) < head.length:
        raise EOFError(f"the file ended after {len(block)} of {head.length} bytes of a page")
    try:
        html = body_of(payload, http)
    except NotReadableError as error:
        return Raw(number, None, f"{error} (page {head.headers.get('warc-target-uri', '')[:200]})")
    return RawPage(
        number=number,
        html=html,
        id=head.headers.get("warc-record-id", "").strip("<> ").removeprefix("urn:uuid:") or None,
        url=head.headers.get("warc-target-uri", "").strip("<> ") or None,
        charset=http.charset,
        latest=parse_day(head.headers.get("warc-date", "")),
    )
