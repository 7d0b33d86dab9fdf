"""Confidence that means something: how often what was given a chance is right, fitted on unseen articles."""

from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import NamedTuple

from sepaham.evaluation.cells import Cell, cells
from sepaham.records import Agreement
from sepaham.relations.learned.chances import logit
from sepaham.relations.learned.judge import Features, Judge, record_features
from sepaham.training.relations.fit import fit
from sepaham.training.relations.readings import Read
from sepaham.training.relations.rows import Row

_FEWEST = 30  # answers of a slot that a scale is fitted on
# Slots whose own chance tells too little: of the others the record says nothing that helped on the folds.
_BY_RECORD = ("agreement", "status", "doc_types", "fields", "value", "duration", "valid_until")
COVERAGES = (1.0, 0.9, 0.8, 0.6, 0.4)


class Answer(NamedTuple):
    """A filled cell: its slot, the confidence it was given, whether it is right, what its record is like."""

    slot: str
    chance: float
    right: bool
    around: Features = MappingProxyType({})


def answers(item: Read, agreements: Sequence[Agreement]) -> list[Answer]:
    """The filled cells of an article's agreements, held against its gold."""
    around = [record_features(a.confidence["agreement"], len(agreements)) for a in agreements]
    return [
        Answer(cell.slot, chance, cell.right, around[cell.agreement])
        for cell, chance in filled(item, agreements)
    ]


def filled(item: Read, agreements: Sequence[Agreement]) -> Iterator[tuple[Cell, float]]:
    """The filled cells with their confidences."""
    sure = [
        {"/agreement": a.confidence["agreement"]}
        | {e.field: e.confidence for e in a.evidence if e.start is not None}
        for a in agreements
    ]
    for cell in cells(item.events, agreements, item.document.text):
        if cell.field and cell.field in sure[cell.agreement]:
            yield cell, sure[cell.agreement][cell.field]


def scales(found: Iterable[Answer]) -> dict[str, Judge]:
    """`sure_<slot>` for every slot with enough answers of both kinds."""
    by_slot: dict[str, list[Row]] = {}
    for slot, chance, right, around in found:
        features = {"chance": logit(chance), **(around if slot in _BY_RECORD else {})}
        by_slot.setdefault(slot, []).append(Row(features, right))
    return {
        f"sure_{slot}": fit(rows)
        for slot, rows in by_slot.items()
        if len(rows) >= _FEWEST and 0 < sum(r.right for r in rows) < len(rows)
    }


def constants(found: Iterable[Answer]) -> dict[str, float]:
    """How often a filled cell of each slot is right."""
    by_slot: dict[str, list[bool]] = {}
    for slot, _, right, _ in found:
        by_slot.setdefault(slot, []).append(right)
    return {slot: round(sum(rights) / len(rights), 3) for slot, rights in sorted(by_slot.items())}


class Quality(NamedTuple):
    """How far the confidence of a slot can be trusted.

    `brier` is the mean squared error of the confidence, `base` that of always saying the share of right
    answers; `errors` is the share of wrong answers among the surest 100, 90, 80, 60 and 40 %.
    """

    answers: int
    brier: float
    base: float
    errors: tuple[float, ...]


def quality(found: Iterable[Answer]) -> dict[str, Quality]:
    """The quality of the confidence of every slot."""
    by_slot: dict[str, list[Answer]] = {}
    for answer in found:
        by_slot.setdefault(answer.slot, []).append(answer)
    made = {}
    for slot, items in sorted(by_slot.items()):
        share = sum(a.right for a in items) / len(items)
        brier = sum((a.chance - a.right) ** 2 for a in items) / len(items)
        ranked = sorted(items, key=lambda a: -a.chance)
        errors = []
        for coverage in COVERAGES:
            kept = ranked[: max(1, round(len(ranked) * coverage))]
            errors.append(round(sum(not a.right for a in kept) / len(kept), 3))
        made[slot] = Quality(len(items), round(brier, 4), round(share * (1 - share), 4), tuple(errors))
    return made
