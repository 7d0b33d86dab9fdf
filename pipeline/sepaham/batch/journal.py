"""The results of a run so far, one JSON line a record in input order; what makes a killed run go on.

Because the order is that of the input, the number of whole lines says where to go on, and the tables made
from the journal are the same bytes whatever happened on the way.
"""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from sepaham.batch.settings import differing
from sepaham.errors import ConfigurationError
from sepaham.records import Result
from sepaham.stages import stage


class Journal:
    """The folder `OUT/.work` with the fingerprint of the run and its results."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is read or made yet."""
        self.folder = folder
        self.path = folder / "results.jsonl"
        self._fingerprint = folder / "fingerprint.json"
        self._published = folder / "published.json"

    def begin(self, fingerprint: dict[str, str], *, restart: bool) -> int:
        """Make ready to append; return how many records are done already.

        Raises ConfigurationError when the unfinished run that lies there had another fingerprint.
        """
        if restart:
            self.clear()
        if self._fingerprint.exists():
            self._check(fingerprint)
        else:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._published.unlink(missing_ok=True)
            self.path.write_bytes(b"")
            replace_text(self._fingerprint, json.dumps(fingerprint, indent=1))
        return self._cut_torn_line()

    def _check(self, fingerprint: dict[str, str]) -> None:
        then = json.loads(self._fingerprint.read_text(encoding="utf-8"))
        if unlike := differing(then, fingerprint):
            raise ConfigurationError(
                f"{self.folder.parent} holds an unfinished run that differs in: {unlike}. "
                "Repeat that run's command to finish it, give --restart to throw its work away, "
                "or choose another output folder"
            )

    def _cut_torn_line(self) -> int:
        """Count the whole lines and cut off a line that a crash left unfinished."""
        count = whole = 0
        with self.path.open("r+b") as file:
            for line in file:
                if line.endswith(b"\n"):
                    count += 1
                    whole += len(line)
            file.truncate(whole)
        return count

    def append(self, results: Iterable[Result]) -> Iterator[Result]:
        """Write each result, hand it on, and flush whenever the consumer asks for the next one."""
        with self.path.open("a", encoding="utf-8", newline="\n") as file:
            for result in results:
                with stage("journal"):
                    file.write(result.model_dump_json(exclude_defaults=True) + "\n")
                    file.flush()
                yield result

    def results(self) -> Iterator[Result]:
        """All results in input order."""
        with self.path.open(encoding="utf-8", newline="\n") as file:
            for line in file:
                yield Result.model_validate_json(line)

    def sync(self) -> None:
        """See to it that what was appended is on the disk and not only with the system."""
        with self.path.open("rb") as file:
            os.fsync(file.fileno())

    @property
    def is_published(self) -> bool:
        """Whether the tables were made from this journal already, and it was not cleared since."""
        return self._published.exists() and self.path.exists()

    def published(self) -> str:
        """What `mark_published` was told."""
        return self._published.read_text(encoding="utf-8")

    def mark_published(self, about: str) -> None:
        """Remember that the tables were made, and what is to be kept about the run."""
        replace_text(self._published, about)

    def clear(self) -> None:
        """Remove the journal; the fingerprint goes first, so that half a removal is no unfinished run."""
        for path in (self._fingerprint, self.path, self._published):
            path.unlink(missing_ok=True)


def replace_text(path: Path, text: str) -> None:
    """Write a file so that it is either the old or the new one, never half of it."""
    draft = path.with_name(path.name + ".draft")
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
