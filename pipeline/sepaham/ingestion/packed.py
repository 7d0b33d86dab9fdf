"""Unpacks gzip and zstandard streams while they are read; damage and bombs raise PACKED_ERRORS."""

import gzip
import io
import zlib
from collections.abc import Callable
from typing import Any, cast

from sepaham.ingestion.extras import load
from sepaham.ingestion.items import MAX_RECORD, RATIO_WORDS, is_bomb

CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_ZSTD_SKIPPABLE = b"\x2a\x4d\x18"  # behind one byte 0x50 to 0x5f; parallel packers begin with such a frame
_ZSTD_CHUNK = 1 << 10  # unpacks to 32 MiB at the most, since a block of 128 KiB takes 4 bytes


def unpacked(stream: io.BufferedReader) -> io.BufferedReader:
    """The stream itself, or what is packed in it.

    Packing is told by its first bytes and not by the suffix: servers and browsers unpack and pack on the way.
    Raises UnusableFileError when it takes a library that is not installed.
    """
    head = stream.peek(4)[:4]
    if head[:2] == _GZIP:
        return _buffered(_Gzip(stream))
    if head == _ZSTD or (head[1:] == _ZSTD_SKIPPABLE and head[0] >> 4 == 5):
        return _buffered(_Zstandard(stream))
    return stream


def _buffered(raw: io.RawIOBase) -> io.BufferedReader:
    return io.BufferedReader(raw, CHUNK)


class _Packed(io.RawIOBase):
    """Base of the unpackers: keeps both counts and stops where the unpacked one is beyond belief."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._taken = 0
        self._given = 0
        self._pending = memoryview(b"")

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fills `buffer`; 0 at the end."""
        while not self._pending:
            if is_bomb(self._given, self._taken):
                raise OSError(RATIO_WORDS)
            part = self._next()
            if part is None:
                return 0
            self._given += len(part)
            self._pending = memoryview(part)
        view = memoryview(cast(bytearray, buffer))
        size = min(len(view), len(self._pending))
        view[:size], self._pending = self._pending[:size], self._pending[size:]
        return size

    def _take(self, size: int) -> bytes:
        """Packed bytes, counted."""
        part = self._stream.read1(size)
        self._taken += len(part)
        return part

    def _next(self) -> bytes | None:
        """Some unpacked bytes, perhaps none; null at the end."""
        raise NotImplementedError


class _Gzip(_Packed):
    def __init__(self, stream: io.BufferedReader) -> None:
        super().__init__(stream)
        self._file = gzip.GzipFile(fileobj=cast(Any, _Tap(self._take)))

    def _next(self) -> bytes | None:
        return self._file.read1(CHUNK) or None


class _Tap(io.RawIOBase):
    """What GzipFile reads from."""

    def __init__(self, take: Callable[[int], bytes]) -> None:
        self._take = take

    def read(self, size: int = -1) -> bytes:
        return self._take(size)


class _Zstandard(_Packed):
    """Frame by frame; the library's own stream reader ends a truncated frame in silence."""

    def __init__(self, stream: io.BufferedReader) -> None:
        super().__init__(stream)
        self._library = load("zstandard", "zst", "a file packed with zstandard")
        self._frames = self._library.ZstdDecompressor(max_window_size=2 * MAX_RECORD)
        self._frame: Any = None
        self._rest = b""

    def _next(self) -> bytes | None:
        packed = self._rest or self._take(_ZSTD_CHUNK)
        self._rest = b""
        if not packed:
            if self._frame is not None:
                raise EOFError("the packed data ended before the end of a zstandard frame")
            return None
        self._frame = self._frame or self._frames.decompressobj()
        try:
            part: bytes = self._frame.decompress(packed)
        except self._library.ZstdError as error:
            raise OSError(str(error)) from error
        if self._frame.eof:
            self._rest, self._frame = self._frame.unused_data, None
        return part


PACKED_ERRORS = (OSError, EOFError, zlib.error)
"""What reading a packed stream may raise."""
