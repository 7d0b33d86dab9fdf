"""Journal -> the files of OUT: tables, data package and run.json, each moved into place when it is whole."""

import itertools
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sepaham.batch.copies import Copies
from sepaham.batch.interrupt import Interrupt
from sepaham.batch.journal import Journal, replace_text
from sepaham.batch.state import State
from sepaham.batch.work import FAILED
from sepaham.ingestion import READ_FAULTS
from sepaham.ledger import FILES, annotate, build
from sepaham.records import Outcome, Result
from sepaham.stages import each, stage
from sepaham.tables import TableWriter
from sepaham.tables.package import datapackage
from sepaham.tables.schema import ARTICLES, TABLES

UNREAD: frozenset[str] = READ_FAULTS | {*FAILED}
"""Reasons for a rejection that mean that data was lost."""

NO_RECORD = frozenset({"empty_file", "unknown_format"})
"""Reasons that tell of a file which holds nothing to read."""


class Counts:
    """Counts over the results of a run; the outcomes add up to the records."""

    def __init__(self) -> None:
        """Nothing counted yet."""
        self.outcomes = Counter({outcome.value: 0 for outcome in Outcome})
        self.reasons: Counter[str] = Counter()
        self.agreements = 0

    def add(self, result: Result) -> None:
        """Count one record; a duplicate's reason is an id, and how it was found is counted instead."""
        self.outcomes[result.outcome.value] += 1
        self.agreements += len(result.agreements)
        reason = result.detail if result.outcome == Outcome.DUPLICATE else result.reason
        if reason:
            self.reasons[f"{result.outcome.value}: {reason}"] += 1

    @property
    def records(self) -> int:
        """All input records."""
        return self.outcomes.total()

    def _rejected(self, reasons: frozenset[str]) -> int:
        return sum(self.reasons[f"{Outcome.REJECTED.value}: {reason}"] for reason in reasons)

    @property
    def unreadable(self) -> int:
        """Records that could not be read."""
        return self._rejected(UNREAD)

    @property
    def read(self) -> int:
        """Records that could be read, too short ones among them."""
        return self.records - self._rejected(UNREAD | NO_RECORD)

    def as_dict(self) -> dict[str, Any]:
        """The counts as they stand in run.json."""
        reasons = dict(sorted(self.reasons.items()))
        return {
            "records": self.records, **self.outcomes, "reasons": reasons,
            "unreadable": self.unreadable, "agreements": self.agreements,
        }  # fmt: skip


class Publication:
    """The files of OUT, made from what it held before and the journal of the run that ends."""

    def __init__(
        self, state: State, journal: Journal, interrupt: Interrupt, *, keep_duplicates: bool, ledger: bool
    ) -> None:
        """Name what to publish; `counts` are of all records, `fresh` of those that were not there before."""
        self.counts = Counts()
        self.fresh = Counts() if state.parts else self.counts
        self._state = state
        self._journal = journal
        self._interrupt = interrupt
        self._keep = keep_duplicates
        self._ledger = ledger

    def _results(self) -> Iterator[Result]:
        for result in itertools.chain(self._state.results(), self._journal.results()):
            yield result
            self._interrupt.check()

    def _settled(self) -> Iterator[Result]:
        with Copies(self._journal.folder / "copies.sqlite") as copies:
            for result in each("journal", self._results()):
                with stage("copies"):
                    copies.add(result)
            yield from each("copies", copies.settled(each("journal", self._results()), keep=self._keep))

    def write(self, out: Path, about: dict[str, Any], read: int) -> None:
        """Write all files; run.json comes last: where it is, the run is whole.

        `read` records were read from the input: articles.csv must have a row for each, and those of before.
        """
        drafts = self._journal.folder / "tables"
        drafts.mkdir(exist_ok=True)
        with TableWriter(drafts) as tables:
            for result in self._settled():
                with stage("tables"):
                    if self.fresh is not self.counts and self.counts.records >= self._state.records:
                        self.fresh.add(result)
                    self.counts.add(result)
                    tables.add(result)
        self._check(read, tables.counts[ARTICLES.name])
        if self._ledger:
            with stage("ledger"):
                annotate(drafts, build([drafts], drafts))
        self._move(drafts, out)
        replace_text(out / "datapackage.json", json.dumps(datapackage(), indent=1, ensure_ascii=False) + "\n")
        run = {**about, "counts": {**self.counts.as_dict(), "rows": tables.counts}}
        replace_text(out / "run.json", json.dumps(run, indent=1, ensure_ascii=False) + "\n")

    def _check(self, read: int, rows: int) -> None:
        """The balance: nothing that came in is missing, and nothing is there twice."""
        came = self._state.records + read
        if not came == self.counts.records == rows:
            raise AssertionError(
                f"{came} records came in, {self.counts.records} have an outcome, articles.csv has {rows} rows"
            )

    def _move(self, drafts: Path, out: Path) -> None:
        """Put the finished files in the place of the old ones, of which run.json goes first."""
        self._journal.sync()
        (out / "run.json").unlink(missing_ok=True)
        for name in [*(f"{table.name}.csv" for table in TABLES), "agreements.jsonl", "texts.jsonl"]:
            _move(drafts / name, out / name)
        for name in FILES:
            (out / name).unlink(missing_ok=True)
            if self._ledger:
                _move(drafts / name, out / name)
        drafts.rmdir()


def _move(draft: Path, place: Path) -> None:
    """Put a file in its place, its bytes on the disk before its name."""
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    draft.replace(place)
