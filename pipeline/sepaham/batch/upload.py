"""Copies what a run has published to a URL: file by file, run.json last, so that where it is, all is.

No filesystem of fsspec has a lock that holds on all of them. So a folder that holds the run.json of another
run is refused: the run's own folder remembers what it has copied where.
"""

import hashlib
import json
from pathlib import Path

from sepaham.batch.journal import replace_text
from sepaham.errors import ConfigurationError
from sepaham.ingestion import opened, shown

RUN = "run.json"
_MEMORY = ".published.json"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Upload:
    """The copy of an OUT at a URL."""

    def __init__(self, out: Path, url: str) -> None:
        """Name both; raises InputError when fsspec knows no way to the URL."""
        self._out = out
        self._url = url.rstrip("/")
        self._filesystem, self._folder = opened(self._url)
        self._memory = out / _MEMORY

    def check(self) -> None:
        """Raise ConfigurationError when the URL cannot be reached or holds what another run copied there."""
        try:
            path = f"{self._folder}/{RUN}"
            there = self._filesystem.cat_file(path) if self._filesystem.exists(path) else None
        except Exception as error:  # each filesystem has errors of its own
            raise self._failed(error) from error
        if there is not None and self._known().get(shown(self._url)) != _digest(there):
            raise ConfigurationError(
                f"{shown(self._url)} holds the tables of another run than that of {self._out}: choose "
                "another URL, give that run's folder with --work, or delete its run.json to replace them"
            )

    def _known(self) -> dict[str, str]:
        if not self._memory.exists():
            return {}
        known: dict[str, str] = json.loads(self._memory.read_text(encoding="utf-8"))
        return known

    def copy(self) -> None:
        """Copy the files of OUT; the old run.json goes first, the new one comes last."""
        files = [path for path in sorted(self._out.iterdir()) if path.is_file() and path.name[0] != "."]
        run = self._out / RUN
        try:
            self._filesystem.makedirs(self._folder, exist_ok=True)
            if self._filesystem.exists(f"{self._folder}/{RUN}"):
                self._filesystem.rm_file(f"{self._folder}/{RUN}")
            for path in [path for path in files if path != run]:
                self._filesystem.put_file(str(path), f"{self._folder}/{path.name}")
            known = {**self._known(), shown(self._url): _digest(run.read_bytes())}
            replace_text(self._memory, json.dumps(known, indent=1))
            self._filesystem.put_file(str(run), f"{self._folder}/{RUN}")
        except Exception as error:  # each filesystem has errors of its own
            raise self._failed(error) from error

    def _failed(self, error: Exception) -> ConfigurationError:
        return ConfigurationError(
            f"cannot write to {shown(self._url)} ({type(error).__name__}: {error}): see to the connection "
            "and the rights; the same command then goes on"
        )


def copy_all(out: Path, url: str) -> None:
    """Copy the files of a finished run to a URL, those that were made after its end among them."""
    Upload(out, url).copy()
