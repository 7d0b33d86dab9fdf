"""Reads .zip: its members become sources of their own, streamed; nothing is written to disk."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, NamedTuple, cast

from sepaham.ingestion.items import RATIO_WORDS, Source, UnusableFileError, is_bomb
from sepaham.ingestion.packed import CHUNK, unpacked
from sepaham.ingestion.sources import format_of
from sepaham.ingestion.streams import on_disk

_DRIVE = re.compile(r"[A-Za-z]:")
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError)


class Member(NamedTuple):
    """A file inside an archive, or what keeps it from being read; `position` as in `open_stream`."""

    source: Source
    info: zipfile.ZipInfo
    fault: str
    position: Callable[[], int]


@contextmanager
def open_zip(stream: io.BufferedReader) -> Iterator[zipfile.ZipFile]:
    """The archive; raises UnusableFileError when it is broken, a bomb, or itself inside an archive."""
    if not on_disk(stream):
        raise UnusableFileError(
            "unreadable",
            "an archive that is itself packed or inside an archive, or comes from a server that gives no "
            "parts of files, is not read: unpack the outer one, or fetch it",
        )
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN as error:
        raise UnusableFileError("unreadable", f"the archive cannot be read: {error}; get it whole") from error
    with archive:
        packed = sum(info.compress_size for info in archive.infolist())
        if packed > stream.seek(0, io.SEEK_END):
            raise UnusableFileError(
                "unreadable", "the members of the archive overlap, as a decompression bomb's do"
            )
        yield archive


def members(archive: zipfile.ZipFile, source: Source) -> Iterator[Member]:
    """The files of the archive, sorted by name and without hidden ones, as in a folder."""
    done = 0
    for info in sorted(archive.infolist(), key=lambda info: info.filename):
        fault = _fault(info)
        if info.is_dir() or (not fault and PurePosixPath(info.filename).name.startswith(".")):
            continue
        name = info.filename.encode("utf-8", "backslashreplace").decode()
        member = Source(source.path, f"{source.name}!/{name}", format_of(PurePosixPath(name)), url=source.url)
        yield Member(member, info, fault, _position(archive, info, done))
        done += info.compress_size


def _position(archive: zipfile.ZipFile, info: zipfile.ZipInfo, done: int) -> Callable[[], int]:
    file = cast(IO[bytes], archive.fp)
    return lambda: done + max(0, min(file.tell() - info.header_offset, info.compress_size))


def _fault(info: zipfile.ZipInfo) -> str:
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/"):
        return f"the member's name {info.filename!r} points out of the archive; such members are not read"
    if info.flag_bits & _ENCRYPTED:
        return "the member is encrypted: unpack the archive and run again"
    return ""


@contextmanager
def open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[io.BufferedReader]:
    """The unpacked bytes of a member; raises UnusableFileError when it cannot be opened."""
    try:
        file = archive.open(info)
    except (*_BROKEN, RuntimeError) as error:
        raise UnusableFileError("unreadable", f"the member cannot be read: {error}") from error
    with file:
        yield unpacked(io.BufferedReader(_Guarded(file, info.compress_size), CHUNK))


class _Guarded(io.RawIOBase):
    """The bytes of a member until they are beyond belief."""

    def __init__(self, file: IO[bytes], packed: int) -> None:
        self._file = file
        self._packed = packed
        self._given = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fills `buffer`; 0 at the end."""
        view = memoryview(cast(bytearray, buffer))
        part = self._file.read(len(view))
        self._given += len(part)
        if is_bomb(self._given, self._packed):
            raise OSError(RATIO_WORDS)
        view[: len(part)] = part
        return len(part)
