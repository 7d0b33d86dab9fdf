"""Bytes of a file as a stream: unpacked; for text also without byte order mark, UTF-16 recoded."""

import codecs
import io
import lzma
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, cast

from sepaham.ingestion.items import MAX_HELD, Source, UnusableFileError
from sepaham.ingestion.packed import CHUNK as _CHUNK
from sepaham.ingestion.packed import PACKED_ERRORS, unpacked
from sepaham.ingestion.remote import RemoteStream, open_remote

_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

STREAM_ERRORS = (*PACKED_ERRORS, lzma.LZMAError, zipfile.BadZipFile)
"""What reading may raise: the file is damaged or truncated, or the system cannot read it."""


@contextmanager
def open_stream(source: Source) -> Iterator[tuple[io.BufferedReader, Callable[[], int]]]:
    """A buffered stream of the source's bytes, unpacked, and how far the file is read.

    Raises OSError when the file cannot be opened and UnusableFileError when it takes a library that is not
    installed; reading may raise STREAM_ERRORS.
    """
    if str(source.path) == "-":
        yield unpacked(_buffered(sys.stdin.buffer)), lambda: 0
        return
    if source.url:
        with open_remote(source.url) as remote:
            yield unpacked(remote), remote.tell
        return
    with source.path.open("rb") as raw:
        yield unpacked(raw), raw.tell


def seekable(stream: io.BufferedReader) -> IO[bytes]:
    """The stream where it is a file, else all of it in memory; raises UnusableFileError beyond MAX_HELD."""
    if on_disk(stream):
        return stream
    held = stream.read(MAX_HELD + 1)
    if len(held) > MAX_HELD:
        size = MAX_HELD // 2**20
        raise UnusableFileError("unreadable", f"packed and larger than {size} MiB: unpack it and run again")
    return io.BytesIO(held)


def on_disk(stream: io.BufferedReader) -> bool:
    """Whether the stream is a file itself, read in any order, and nothing that is packed in one."""
    return isinstance(stream.raw, io.FileIO | RemoteStream) and stream.seekable()


def _buffered(raw: IO[bytes]) -> io.BufferedReader:
    return raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, raw), _CHUNK)


def as_utf8(stream: io.BufferedReader) -> io.BufferedReader:
    """The text of the stream as UTF-8 bytes, still unchecked."""
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
