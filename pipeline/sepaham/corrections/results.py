"""Corrections over a stream of results: which agreement each belongs to, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sepaham.corrections.apply import Corrected, correct
from sepaham.corrections.model import Correction, Corrections
from sepaham.records import Agreement, Outcome, Result

REVIEWER = "reviewer"
"""The reason of an article whose agreements were all rejected."""


@dataclass(frozen=True)
class Unplaced:
    """A correction that holds nowhere in this output; it stays in the corrections file."""

    correction: Correction
    why: str


@dataclass
class Corrector:
    """Lays corrections over results, one after another; `applied` and `unplaced` tell of all of them."""

    corrections: Corrections
    applied: int = 0
    rejected: int = 0
    unplaced: list[Unplaced] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Sort the corrections by article."""
        self._waiting: dict[str, list[Correction]] = {}
        for item in self.corrections.corrections:
            if item.action != "withdraw":
                self._waiting.setdefault(item.article_id, []).append(item)

    def touches(self, article_id: str) -> bool:
        """Whether a correction waits for this article."""
        return article_id in self._waiting

    def apply(self, result: Result) -> Result:
        """The result with its corrections; an article whose agreements were all rejected reports none."""
        waiting = self._waiting.pop(result.article_id, None)
        if not waiting:
            return result
        done: list[Agreement] = []
        for _, corrected in self.each(result.agreements, waiting, result.published):
            self.applied += len(corrected.placed)
            self.unplaced += [Unplaced(item, why) for item, why in corrected.unplaced]
            if corrected.agreement is None:
                self.rejected += 1
            else:
                done.append(corrected.agreement)
        if result.agreements and not done:
            update = {"agreements": (), "outcome": Outcome.NO_AGREEMENT, "reason": REVIEWER}
            return result.model_copy(update=update)
        return result.model_copy(update={"agreements": tuple(done)})

    def each(
        self, agreements: Sequence[Agreement], waiting: Sequence[Correction], published: str | None
    ) -> list[tuple[Agreement, Corrected]]:
        """Every agreement of an article with its corrections laid over it; the homeless go to `unplaced`."""
        homes: dict[str, list[Correction]] = {agreement.agreement_id: [] for agreement in agreements}
        for item in waiting:
            home = home_of(item, agreements)
            if home is None:
                self.unplaced.append(Unplaced(item, "the article reports no such agreement any more"))
            else:
                homes[home].append(item)
        return [(a, correct(a, homes[a.agreement_id], published)) for a in agreements]

    def waiting_for(self, article_id: str) -> list[Correction]:
        """The corrections of an article that was not met yet."""
        return self._waiting.get(article_id, [])

    def finish(self) -> None:
        """Count what waits for articles that did not come."""
        for items in self._waiting.values():
            self.unplaced += [Unplaced(item, "the article is not in this output") for item in items]
        self._waiting.clear()


def home_of(item: Correction, agreements: Sequence[Agreement]) -> str | None:
    """The id of the agreement that a correction is about.

    It is the one with its id, if that still stands on the anchor's words; numbers can shift when a later
    version finds one more agreement in the article, so else it is the only one that stands there.
    """
    named = [a for a in agreements if a.agreement_id == item.agreement_id]
    if item.anchor is None or any(_stands_on(a, item) for a in named):
        return named[0].agreement_id if named else None
    others = [a for a in agreements if _stands_on(a, item)]
    return others[0].agreement_id if len(others) == 1 else None


def _stands_on(agreement: Agreement, item: Correction) -> bool:
    at = item.anchor
    assert at is not None
    return any(
        e.start is not None and e.end is not None and e.start < at.end and at.start < e.end
        for e in agreement.evidence
    )
