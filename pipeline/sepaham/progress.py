"""What a run shows on a terminal: a bar while it works, a summary when it ends."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from sepaham.batch import Summary
from sepaham.console import printable, say


class Bar:
    """A progress bar over the bytes of the input with the rate in articles; silent when not on a terminal."""

    def __init__(self, console: Console) -> None:
        """Draw on `console`, normally that of stderr."""
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.fields[records]:,} articles"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[rate]:,.0f}/s"),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task("articles", total=None, records=0, rate=0.0)
        self._resumed = 0

    def __enter__(self) -> Self:
        """Start drawing."""
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Stop drawing."""
        self._progress.stop()

    def begin(self, total_bytes: int | None, records_done: int) -> None:
        """Show how much there is to read."""
        self._resumed = records_done
        self._progress.update(self._task, total=total_bytes, records=records_done)

    def note(self, text: str) -> None:
        """Print a line above the bar."""
        self._progress.console.print(printable(text), highlight=False, markup=False, soft_wrap=True)

    def line(self, text: str) -> None:
        """Say a line."""
        say(text, err=True)

    def wrote(self, path: Path) -> None:
        """Say that a file beside the tables was written."""
        say(f"wrote {path}", err=True)

    def stopped(self) -> None:
        """Say what Ctrl-C leaves."""
        say("sepaham: stopped; the same command goes on where this run stopped", err=True)

    def finished(self, summary: Summary, out: Path) -> None:
        """Say what came out."""
        for text in summary_lines(summary, out):
            say(text, err=True)

    def failed(self, message: str, exit_code: int) -> None:
        """Say why the run cannot go on."""
        say(f"sepaham: {message}", err=True)

    def advance(self, records: int, bytes_read: int) -> None:
        """Show how far the run is."""
        elapsed = self._progress.tasks[0].elapsed or 0
        rate = (records - self._resumed) / elapsed if elapsed else 0.0
        self._progress.update(self._task, completed=bytes_read, records=records, rate=rate)


def summary_lines(summary: Summary, out: Path) -> Iterator[str]:
    """The summary of a run, line by line."""
    counts = summary.counts
    yield f"{counts.records:,} records read in {summary.seconds:,.1f} s" + (
        f", {summary.resumed:,} of them by an earlier run that was stopped" if summary.resumed else ""
    )
    for outcome, number in counts.outcomes.items():
        prefix = f"{outcome}: "
        reasons = [
            f"{n:,} {r.removeprefix(prefix)}" for r, n in counts.reasons.most_common() if r.startswith(prefix)
        ]
        yield f"  {outcome:<13}{number:>10,}" + (f"   ({', '.join(reasons)})" if reasons else "")
    yield f"{counts.agreements:,} agreements are in {out / 'agreements.csv'}"
    if summary.exit_code:
        where = out / "articles.csv"
        yield f"{counts.unreadable:,} records could not be read: see the rejected ones in {where}"
