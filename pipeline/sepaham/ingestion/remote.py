"""Files on the filesystems of fsspec: `s3://bucket/dump/*.jsonl`, `https://…`, `memory://…`.

fsspec's own package for a protocol (s3fs, gcsfs, aiohttp …) must be installed; keys and endpoints are taken
from where that package looks for them, not from a command line.
"""

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, TypeVar, cast
from urllib.parse import urlsplit, urlunsplit

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from sepaham.errors import InputError

_URL = re.compile(r"[a-z][a-z0-9+.-]{1,40}(?:://|::)", re.IGNORECASE)
_BUFFER = 1 << 20

T = TypeVar("T")


def is_url(given: str) -> bool:
    """Whether this names a file of an fsspec filesystem; `C:\\…` is none."""
    return _URL.match(given) is not None


def shown(given: str) -> str:
    """A URL without what may be secret in it: user and password, query. Paths stay as they are."""
    if not is_url(given):
        return given
    parts = urlsplit(given)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def opened(url: str) -> tuple[Any, str]:
    """The filesystem of a URL and the path in it; raises InputError where fsspec cannot give one."""
    try:
        filesystem, path = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise InputError(f"{shown(url)!r} cannot be reached: {error}") from error
    return filesystem, path


def local_path(url: str) -> str | None:
    """The path of a URL that is one of this machine's files, else null."""
    filesystem, path = opened(url)
    return path if isinstance(filesystem, LocalFileSystem) else None


class Found:
    """A file that `listed` found: its URL, its name under the input, its size and a mark of its state."""

    def __init__(self, filesystem: Any, path: str, name: str, info: dict[str, Any]) -> None:
        """`info` as fsspec gives it."""
        self.url: str = filesystem.unstrip_protocol(path)
        self.name = name
        size = info.get("size")
        self.size = size if isinstance(size, int) else None
        self.mark = int(filesystem.ukey(path)[:15], 16)


def listed(url: str) -> list[Found]:
    """The files of a URL: of a pattern its matches, of a folder all below but hidden ones; sorted by name.

    Raises InputError when there is none or the place cannot be reached.
    """
    filesystem, path = opened(url)
    try:
        infos, base = _infos(filesystem, path)
        found = [
            Found(filesystem, place, _name(place, base), info)
            for place, info in infos.items()
            if not _hidden(place)
        ]
    except FileNotFoundError:
        found = []
    except Exception as error:  # each filesystem has errors of its own
        raise InputError(
            f"INPUT: {shown(url)!r} cannot be listed: {type(error).__name__}: {error}"
        ) from error
    if not found:
        raise InputError(f"INPUT: no file is at {shown(url)!r}: check the URL")
    return sorted(found, key=lambda file: file.name)


def _infos(filesystem: Any, path: str) -> tuple[dict[str, dict[str, Any]], str]:
    """What is at a path, and the folder from which names count."""
    web = "http" in filesystem.protocol
    first = re.search(r"\*" if web else r"[*?[]", path)
    if first:
        matches = filesystem.glob(path, detail=True)
        files = {place: info for place, info in matches.items() if info["type"] == "file"}
        return files, path[: first.start()].rpartition("/")[0]
    info = filesystem.info(path)
    if info["type"] == "directory":
        return filesystem.find(path, detail=True), path.rstrip("/")
    return {path: info}, path.rpartition("/")[0]


def _name(path: str, base: str) -> str:
    return shown(path.removeprefix(base)).partition("?")[0].strip("/")


def _hidden(path: str) -> bool:
    return path.rpartition("/")[2].startswith(".")


class RemoteStream(io.RawIOBase):
    """The bytes of a remote file; raises InputError when the connection breaks off.

    That is no fault of the file, so nothing of it may be rejected: the run stops and goes on later.
    """

    def __init__(self, file: IO[bytes], url: str) -> None:
        """Wrap an open file."""
        self._file = file
        self._url = url

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """As the file is: some servers give no parts."""
        return self._file.seekable()

    def readinto(self, buffer: object) -> int:
        """Fills `buffer`; 0 at the end."""
        view = memoryview(cast(bytearray, buffer))
        part = self._tried(lambda: self._file.read(len(view)))
        view[: len(part)] = part
        return len(part)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As of any file."""
        return self._tried(lambda: self._file.seek(offset, whence))

    def tell(self) -> int:
        """How far the file is read."""
        return self._file.tell()

    def _tried(self, read: Callable[[], T]) -> T:
        try:
            return read()
        except Exception as error:  # each filesystem has errors of its own
            raise InputError(_broken(self._url, error)) from error


def _broken(url: str, error: Exception) -> str:
    return (
        f"{shown(url)} broke off while it was read ({type(error).__name__}: {error}): see to the connection; "
        "the same command then goes on"
    )


@contextmanager
def open_remote(url: str) -> Iterator[io.BufferedReader]:
    """A buffered stream of a remote file.

    Raises OSError when it is gone or not to be read, InputError when the connection fails.
    """
    filesystem, path = opened(url)
    try:
        file = filesystem.open(path, "rb")
    except (FileNotFoundError, PermissionError, IsADirectoryError):
        raise
    except Exception as error:
        raise InputError(_broken(url, error)) from error
    with file:
        yield io.BufferedReader(RemoteStream(file, url), _BUFFER)
