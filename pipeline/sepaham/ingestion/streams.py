"""Bytes of a file as one stream of UTF-8: unpacked, byte order mark dropped, UTF-16 recoded."""

import codecs
import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, cast

from sepaham.ingestion.items import Source

_CHUNK = 1 << 16
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_GZIP = b"\x1f\x8b"

STREAM_ERRORS = (OSError, EOFError, zlib.error)
"""What reading may raise: the file is damaged or truncated, or the system cannot read it."""


@contextmanager
def open_utf8(source: Source) -> Iterator[tuple[io.BufferedReader, Callable[[], int]]]:
    """A buffered stream of the source's text as UTF-8 bytes, still unchecked, and how far the file is read.

    gzip is told by its first bytes and not by the suffix: servers and browsers unpack and pack on the way.
    Raises OSError when the file cannot be opened; reading may raise STREAM_ERRORS.
    """
    if str(source.path) == "-":
        yield _text_start(_unpacked(sys.stdin.buffer)), lambda: 0
        return
    with source.path.open("rb") as raw:
        yield _text_start(_unpacked(raw)), raw.tell


def _unpacked(raw: IO[bytes]) -> io.BufferedReader:
    stream = _buffered(raw)
    if stream.peek(2)[:2] != _GZIP:
        return stream
    return io.BufferedReader(cast(io.RawIOBase, gzip.GzipFile(fileobj=stream)), _CHUNK)


def _buffered(raw: IO[bytes]) -> io.BufferedReader:
    return raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, raw), _CHUNK)


def _text_start(stream: io.BufferedReader) -> io.BufferedReader:
    head = stream.peek(3)[:3]
    if head == codecs.BOM_UTF8:
        stream.read(3)
    elif head[:2] in _UTF16:
        stream.read(2)
        return io.BufferedReader(_Recoded(stream, _UTF16[head[:2]]), _CHUNK)
    return stream


class _Recoded(io.RawIOBase):
    """UTF-16 bytes as UTF-8; what is no UTF-16 comes out as no UTF-8, so that its record is rejected."""

    def __init__(self, stream: io.BufferedReader, encoding: str) -> None:
        """`encoding`: with the byte order, the mark already read."""
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
        self._pending = b""

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fills `buffer`; 0 at the end."""
        view = memoryview(cast(bytearray, buffer))
        while not self._pending:
            chunk = self._stream.read1(_CHUNK)
            self._pending = self._recode(chunk)
            if not chunk and not self._pending:
                return 0
        size = min(len(view), len(self._pending))
        view[:size], self._pending = self._pending[:size], self._pending[size:]
        return size

    def _recode(self, chunk: bytes) -> bytes:
        try:
            return self._decoder.decode(chunk, final=not chunk).encode("utf-8", "surrogatepass")
        except UnicodeDecodeError:  # half a character at the end
            self._decoder.reset()
            return b"\xff"
