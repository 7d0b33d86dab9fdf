"""Fits the judges of slots with one value an agreement: date, venue, subject. Trees stand beside each."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sepaham.evaluation.events import Event
from sepaham.relations.learned import clauses
from sepaham.relations.learned.judge import Judge
from sepaham.training.relations.bars import Judged, best_bar, judged_rows
from sepaham.training.relations.fit import fit, with_trees
from sepaham.training.relations.rows import Worked

_HAS: dict[str, Callable[[Event], object]] = {
    "date": lambda event: event.date,
    "venue": lambda event: event.venue,
    "subject": lambda event: event.subject,
}


def fit_single(worked: Sequence[Worked]) -> dict[str, Judge]:
    """The judges with their bars, which are chosen on chances that were not learned from the article: trees
    are too sure of what they have seen."""
    agreements = [item for item in worked if item.events]
    folds = sorted({item.read.fold for item in agreements})
    judged: dict[str, list[Judged]] = {slot: [] for slot in _HAS}
    for fold in folds:
        judges = _fitted([item for item in agreements if item.read.fold != fold])
        for item in agreements:
            if item.read.fold == fold:
                for slot, judge in judges.items():
                    judged[slot] += _best(judge, slot, item)
    return {
        slot: replace(judge, bar=best_bar(judged[slot], _gold(slot, agreements)))
        for slot, judge in _fitted(agreements).items()
    }


def _fitted(worked: Sequence[Worked]) -> dict[str, Judge]:
    rows = {slot: [row for item in worked for row in item.base[slot]] for slot in _HAS}
    return {slot: with_trees(fit(found), found) for slot, found in rows.items()}


def _best(judge: Judge, slot: str, item: Worked) -> list[Judged]:
    """The candidate that is taken; none where there is none."""
    found = judged_rows(judge, item.base[slot], item.weight)
    if slot == "subject":
        best = clauses.agreed([c.phrase.text for c in item.subjects], [chance for chance, _, _ in found])
        return [found[best]] if best is not None else []
    return [max(found)] if found else []


def _gold(slot: str, worked: Sequence[Worked]) -> float:
    """The weight of the articles that have the slot in the gold."""
    return sum(item.weight for item in worked if any(_HAS[slot](event) for event in item.events))
