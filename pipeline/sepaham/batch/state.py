"""What OUT keeps of its runs, so that `--append` can add to them: their journals and the files they read.

`OUT/.state` holds a part for the first run and one for each that was added: `1.jsonl.gz` its journal,
`1.json` what it was made under. A part is there when its journal is.
"""

import gzip
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from sepaham.batch.journal import Journal, replace_text
from sepaham.batch.settings import differing
from sepaham.errors import ConfigurationError
from sepaham.ingestion import Source, shown
from sepaham.records import Result

_LEVEL = 1  # of gzip: a third of the time of the usual 6


@dataclass(frozen=True)
class Part:
    """One run: the conditions that all parts must share, its inputs, and the files that it read.

    A file is its path, size and time of change. `number` counts from 1: a run that adds to nothing is the
    first part, and takes the place of all that were there.
    """

    number: int
    records: int
    conditions: dict[str, str]
    inputs: list[str]
    files: list[tuple[str, int | None, int | None]]

    @staticmethod
    def read(text: str) -> "Part":
        """The part that `written` wrote."""
        fields = json.loads(text)
        return Part(**{**fields, "files": [tuple(file) for file in fields["files"]]})

    def written(self) -> str:
        """The part as JSON."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False)


def listed(sources: Sequence[Source]) -> list[tuple[str, int | None, int | None]]:
    """The sources as a part keeps them."""
    return [
        (shown(source.url) if source.url else str(source.path.resolve()), source.size, source.changed)
        for source in sources
    ]


class State:
    """The parts of an output folder; without any it is as if nothing had been read."""

    def __init__(self, folder: Path, parts: Sequence[Part] = ()) -> None:
        """Name the folder and the parts that count; nothing is read yet."""
        self.folder = folder
        self.parts = tuple(parts)

    @staticmethod
    def of(out: Path) -> "State":
        """What OUT holds.

        Raises ConfigurationError where OUT holds tables of a run but not what is needed to add to them.
        """
        folder = out / ".state"
        parts: list[Part] = []
        while (journal := folder / f"{len(parts) + 1}.jsonl.gz").exists():
            parts.append(Part.read(journal.with_name(f"{len(parts) + 1}.json").read_text(encoding="utf-8")))
        if not parts and (out / "run.json").exists():
            raise ConfigurationError(
                f"{out} holds tables but not the folder .state that --append needs: run over everything "
                "without --append"
            )
        return State(folder, parts)

    @property
    def records(self) -> int:
        """Records in all parts."""
        return sum(part.records for part in self.parts)

    @property
    def inputs(self) -> list[str]:
        """The inputs of all parts, in order."""
        return [given for part in self.parts for given in part.inputs]

    def check(self, conditions: dict[str, str]) -> None:
        """Raise ConfigurationError when a run under other conditions would be mixed with the parts."""
        then = self.parts[-1].conditions if self.parts else conditions
        if unlike := differing(then, conditions):
            raise ConfigurationError(
                f"{self.folder.parent} was made under something else: {unlike}. Rows of both "
                "must not be mixed: run over everything without --append"
            )

    def unread(self, sources: Sequence[Source]) -> list[Source]:
        """The sources that no part has read yet.

        Raises ConfigurationError for a file that was read and has changed since: what its old records gave
        cannot be taken back.
        """
        read = {path: (size, changed) for part in self.parts for path, size, changed in part.files}
        fresh = []
        for source, (path, size, changed) in zip(sources, listed(sources), strict=True):
            if path not in read or size is None:
                fresh.append(source)
            elif read[path] != (size, changed):
                raise ConfigurationError(
                    f"{source.path} has changed since it was read into {self.folder.parent}: give the new "
                    "articles in a file of their own, or run over everything without --append"
                )
        return fresh

    def _lines(self) -> Iterator[str]:
        for part in self.parts:
            path = self.folder / f"{part.number}.jsonl.gz"
            with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
                yield from lines

    def ids(self) -> Iterator[str]:
        """The ids of all records, in order."""
        return (json.loads(line)["article_id"] for line in self._lines())

    def results(self) -> Iterator[Result]:
        """All results, in order."""
        return map(Result.model_validate_json, self._lines())


def store(journal: Journal, folder: Path) -> None:
    """Move the published journal into the state; done again after a crash, it comes to the same end."""
    part = Part.read(journal.published())
    folder.mkdir(exist_ok=True)
    if part.number == 1:
        for path in folder.glob("*.json*"):
            path.unlink()
    replace_text(folder / f"{part.number}.json", part.written())
    target = folder / f"{part.number}.jsonl.gz"
    draft = target.with_name(target.name + ".draft")
    with journal.path.open("rb") as plain, gzip.GzipFile(draft, "wb", _LEVEL, mtime=0) as packed:
        shutil.copyfileobj(plain, packed)
    draft.replace(target)
    journal.clear()


def recover(journal: Journal, folder: Path) -> None:
    """Finish what a run left that was killed after its tables were published."""
    if journal.is_published:
        store(journal, folder)
