"""What a run tells a machine: one JSON object a line on stderr, for whoever collects logs."""

import json
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sepaham.batch import Summary
from sepaham.console import say

EVERY = 10.0
"""Seconds between two lines of progress, at least."""


class JsonLog:
    """Tells the events of a run: `start`, `progress`, `warning`, `wrote`, `end`, `error`.

    Each line has `event` and `seconds` since the log began; all counts are numbers. A watch, as `Bar` is.
    """

    def __init__(self, every: float = EVERY) -> None:
        """Begin to count seconds; `every`: seconds between two lines of progress."""
        self._begun = time.monotonic()
        self._every = every
        self._told = self._begun
        self._resumed = 0
        self._total: int | None = None

    def __enter__(self) -> Self:
        """The log itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Nothing is open."""

    def tell(self, event: str, **about: Any) -> None:
        """Write one line."""
        seconds = round(time.monotonic() - self._begun, 3)
        say(json.dumps({"event": event, "seconds": seconds, **about}, ensure_ascii=False), err=True)

    def begin(self, total_bytes: int | None, records_done: int) -> None:
        """The run starts."""
        self._resumed, self._total = records_done, total_bytes
        self.tell("start", bytes=total_bytes, resumed_records=records_done)

    def advance(self, records: int, bytes_read: int) -> None:
        """The run goes on; told now and then."""
        now = time.monotonic()
        if now - self._told < self._every:
            return
        self._told = now
        rate = round((records - self._resumed) / max(now - self._begun, 1e-9), 1)
        self.tell(
            "progress", records=records, bytes_read=bytes_read, bytes=self._total, records_per_second=rate
        )

    def note(self, text: str) -> None:
        """Something that who runs it may want to know."""
        self.tell("note", message=text)

    def line(self, text: str) -> None:
        """What a person would read as a line."""
        self.tell("note", message=text)

    def wrote(self, path: Path) -> None:
        """A file beside the tables was written."""
        self.tell("wrote", path=str(path))

    def stopped(self) -> None:
        """Ctrl-C."""
        self.tell("warning", message="stopped; the same command goes on where this run stopped")

    def finished(self, summary: Summary, out: Path) -> None:
        """The run ended: a warning where records could not be read, and all counts."""
        counts = summary.counts
        if summary.exit_code:
            where = out / "articles.csv"
            what = f"{counts.unreadable:,} records could not be read: see the rejected ones in {where}"
            self.tell("warning", message=what, unreadable=counts.unreadable)
        self.tell(
            "end", out=str(out), exit_code=summary.exit_code, run_seconds=round(summary.seconds, 3),
            resumed_records=summary.resumed, new_records=summary.fresh.records,
            files_passed_over=summary.passed_over, counts=counts.as_dict(),
        )  # fmt: skip

    def failed(self, message: str, exit_code: int) -> None:
        """The run cannot go on."""
        self.tell("error", message=message, exit_code=exit_code)
