"""One run at a time in an output folder; the system frees the lock when its process ends, however it ends."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sepaham.errors import ConfigurationError

if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; ConfigurationError when another process has it."""
    path = folder / ".lock"
    file = os.open(path, os.O_RDWR | os.O_CREAT)
    try:
        try:
            _take(file)
        except OSError as error:
            raise ConfigurationError(
                f"another run is writing into {folder}: wait for its end or choose another output folder"
            ) from error
        yield
    finally:
        os.close(file)
