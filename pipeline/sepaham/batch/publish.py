"""Journal -> the files of OUT: tables, data package and run.json, each moved into place when it is whole."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from sepaham.batch.interrupt import Interrupt
from sepaham.batch.journal import Journal, replace_text
from sepaham.ingestion import READ_FAULTS
from sepaham.records import Outcome, Result
from sepaham.tables import TableWriter
from sepaham.tables.package import datapackage
from sepaham.tables.schema import TABLES

UNREAD: frozenset[str] = READ_FAULTS | {"internal_error"}
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
        """Count one record."""
        self.outcomes[result.outcome.value] += 1
        self.agreements += len(result.agreements)
        if result.reason and result.outcome in (Outcome.REJECTED, Outcome.NO_AGREEMENT):
            self.reasons[f"{result.outcome.value}: {result.reason}"] += 1

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


def publish(journal: Journal, out: Path, about: dict[str, Any], interrupt: Interrupt) -> Counts:
    """Write all files of OUT from the journal; run.json comes last: where it is, the run is whole."""
    drafts = journal.folder / "tables"
    drafts.mkdir(exist_ok=True)
    counts = Counts()
    with TableWriter(drafts) as tables:
        for result in journal.results():
            counts.add(result)
            tables.add(result)
            interrupt.check()
    (out / "run.json").unlink(missing_ok=True)
    for name in [*(f"{table.name}.csv" for table in TABLES), "agreements.jsonl", "texts.jsonl"]:
        (drafts / name).replace(out / name)
    drafts.rmdir()
    replace_text(out / "datapackage.json", json.dumps(datapackage(), indent=1, ensure_ascii=False) + "\n")
    run = {**about, "counts": {**counts.as_dict(), "rows": tables.counts}}
    replace_text(out / "run.json", json.dumps(run, indent=1, ensure_ascii=False) + "\n")
    return counts
