"""The HTTP response inside a WARC record: status, headers and body, unchunked and unpacked within bounds."""

import zlib

from sepaham.ingestion.faults import TOO_LARGE
from sepaham.ingestion.items import MAX_RECORD


class NotReadableError(Exception):
    """The body cannot be read; the message says why."""


class Headers(dict[str, str]):
    """Header values by their names in lower case; of repeated ones the first."""

    @property
    def charset(self) -> str | None:
        """The encoding that Content-Type names."""
        for part in self.get("content-type", "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip(" \"'") or None
        return None


def parse_headers(lines: bytes) -> Headers:
    """`Name: value` lines; folded lines are joined, others left out."""
    headers = Headers()
    name = ""
    for line in lines.decode("utf-8", "replace").splitlines():
        if line[:1] in (" ", "\t") and name:
            headers[name] += " " + line.strip()
            continue
        key, colon, value = line.partition(":")
        name = key.strip().lower() if colon and key.strip().lower() not in headers else ""
        if name:
            headers[name] = value.strip()
    return headers


def split_head(block: bytes) -> tuple[int, Headers, bytes]:
    """Status (0 where there is none), headers and what follows of an HTTP response."""
    ends = [(at, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (at := block.find(mark)) >= 0]
    if not ends:
        return 0, Headers(), b""
    end, width = min(ends)
    first, _, rest = block[:end].partition(b"\n")
    parts = first.split()
    known = len(parts) > 1 and parts[0].startswith(b"HTTP/") and parts[1].isdigit() and len(parts[1]) == 3
    return int(parts[1]) if known else 0, parse_headers(rest), block[end + width :]


def body_of(payload: bytes, headers: Headers) -> bytes:
    """The body as the server meant it; raises NotReadableError.

    Crawlers often store the body plain and keep the headers of how it came: what is not chunked or packed
    is taken as it is.
    """
    if headers.get("transfer-encoding", "").lower() == "chunked":
        payload = _unchunked(payload)
    for name in reversed(headers.get("content-encoding", "").lower().split(",")):
        payload = _decoded(payload, name.strip())
    return payload


def _unchunked(payload: bytes) -> bytes:
    parts: list[bytes] = []
    at = 0
    while True:
        end = payload.find(b"\n", at, at + 1000)
        size = payload[at:end].partition(b";")[0].strip() if end >= 0 else b""
        try:
            length = int(size, 16)
        except ValueError:
            if not parts:
                return payload  # never was chunked
            raise NotReadableError("the chunks of the page are broken") from None
        if length <= 0:
            return b"".join(parts)
        parts.append(payload[end + 1 : end + 1 + length])
        at = end + 1 + length
        at += 2 if payload[at : at + 2] == b"\r\n" else 1


def _decoded(payload: bytes, encoding: str) -> bytes:
    if encoding in ("gzip", "x-gzip") and payload[:2] == b"\x1f\x8b":
        return _inflated(payload, zlib.MAX_WBITS | 16)
    if encoding == "deflate" and payload and payload[0] & 0x0F == 8:
        return _inflated(payload, zlib.MAX_WBITS)
    if encoding in ("", "identity", "gzip", "x-gzip", "deflate") or payload.lstrip()[:1] == b"<":
        return payload
    raise NotReadableError(f"the page is packed with {encoding!r}, which is not read: unpack it")


def _inflated(payload: bytes, window: int) -> bytes:
    unpacker = zlib.decompressobj(window)
    try:
        body = unpacker.decompress(payload, MAX_RECORD + 1)
    except zlib.error as error:
        raise NotReadableError(f"the packed page is damaged: {error}") from error
    if len(body) > MAX_RECORD:
        raise NotReadableError(TOO_LARGE)
    if not unpacker.eof:
        raise NotReadableError("the packed page is cut off")
    return body
