"""The record of the ledger: one agreement, however many articles report it."""

from dataclasses import dataclass, field

from sepaham.ledger.folders import Copy
from sepaham.ledger.reports import Report
from sepaham.ledger.times import Days
from sepaham.records import Agreement, Party

STAGES = ("planned", "signed", "extended", "implemented", "ended")
"""What can become of a paper, in this order."""


@dataclass(frozen=True, slots=True)
class Source:
    """A report of an entry, its score against the leading report, and what it says otherwise."""

    report: Report
    agreement: Agreement
    score: float
    differs: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A fact on which sources disagree: the kept value with its votes first."""

    fact: str
    values: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        """As it stands in the table: `date: 2024-05-14 (3), not 2024-05-15 (1)`."""
        shown = [f"{value} ({votes})" for value, votes in self.values]
        return f"{self.fact}: {shown[0]}, not {', '.join(shown[1:])}"


@dataclass(frozen=True, slots=True)
class Merged:
    """The facts of an entry, each the value of the most sources; `votes` is fact -> (for it, of)."""

    stages: tuple[tuple[str, str | None], ...]
    docs: tuple[str, ...]
    doc_name: str | None
    doc_number: str | None
    subject: str | None
    parties: tuple[Party, ...]
    hub: str | None
    dated: Days | None
    date_value: str | None
    venue_name: str | None
    venue_city: str | None
    venue_city_code: str | None
    commitments: tuple[str, ...]
    fields: tuple[str, ...]
    amount: float | int | None
    currency: str | None
    duration: str | None
    until: str | None
    votes: dict[str, tuple[int, int]] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()

    @property
    def status(self) -> str:
        """The last stage that was seen."""
        return self.stages[-1][0]


@dataclass(frozen=True, slots=True)
class Entry:
    """One agreement: its merged facts and its sources, the leading report first."""

    ledger_id: str
    facts: Merged
    sources: tuple[Source, ...]

    @property
    def independent(self) -> int:
        """The number of independent sources: copies of one text are one."""
        return len({source.report.meta.origin for source in self.sources})

    @property
    def since(self) -> int | None:
        """The day that orders entries: the first day of the date, else the first publication."""
        if self.facts.dated:
            return self.facts.dated[0]
        published = [s.report.published[0] for s in self.sources if s.report.published]
        return min(published, default=None)
