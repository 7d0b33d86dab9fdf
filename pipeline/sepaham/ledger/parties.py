"""The parties of several reports -> one list: who is the same body, and who is named by most."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sepaham.ledger.compare import alike
from sepaham.ledger.entry import Conflict
from sepaham.ledger.reports import Body, Report, body
from sepaham.ledger.votes import Said, choose, sources
from sepaham.records import Agreement, Party, Signatory
from sepaham.registry.text import key as folded

MOST_TEXTS = 4
LIST = 4
"""Parties that make a list."""


@dataclass
class _Slot:
    """One body and what the reports call it; `said` holds (report's rank, party)."""

    bodies: list[Body]
    said: list[Said[Party]] = field(default_factory=list)

    def likeness(self, other: Body) -> float:
        return max(alike(known, other) for known in self.bodies)

    def listed(self, ranks: set[int]) -> bool:
        """Whether one of these reports names it, by a known body's name."""
        return any(item.rank in ranks and item.value.code for item in self.said)


@dataclass(frozen=True, slots=True)
class Contest:
    """How the sources agree on the parties: those that name every kept one, of all, and who was left out."""

    agreeing: int
    of: int
    conflicts: tuple[Conflict, ...] = ()


def merged_parties(told: Sequence[tuple[Report, Agreement]]) -> tuple[tuple[Party, ...], Contest]:
    """The parties that at least half of the sources name, each under its best name.

    In the order of the leading report. Of a long list every known body counts: a local newspaper names only
    its own region. A body that fewer name is no party, but stands among the conflicts.
    """
    slots = _slots(told)
    of = len({report.meta.origin for report, _ in told})
    listed = {rank for rank, (_, agreement) in enumerate(told) if len(agreement.parties) >= LIST}
    kept = [slot for slot in slots if sources(slot.said) * 2 >= of or slot.listed(listed)]
    lost = [slot for slot in slots if slot not in kept]
    origins = [{item.origin for item in slot.said} for slot in kept]
    agreeing = len(set.intersection(*origins)) if origins else 0
    values = tuple((_party(slot).name, sources(slot.said)) for slot in lost)
    conflicts = tuple(Conflict("parties", ((_names(kept), agreeing), value)) for value in values)
    return tuple(_party(slot) for slot in kept), Contest(agreeing, of, conflicts)


def _names(slots: Sequence[_Slot]) -> str:
    return " + ".join(_party(slot).name for slot in slots)


def _slots(told: Sequence[tuple[Report, Agreement]]) -> list[_Slot]:
    slots: list[_Slot] = []
    for rank, (report, agreement) in enumerate(told):
        free = list(slots)
        for party in agreement.parties:
            mine = body(party)
            best = max(free, key=lambda slot: slot.likeness(mine), default=None)
            if best is None or not best.likeness(mine):
                best = _Slot([])
                slots.append(best)
            else:
                free.remove(best)
            best.bodies.append(mine)
            best.said.append(Said(report.meta.origin, rank, party))
    return slots


def _party(slot: _Slot) -> Party:
    """The party of a slot: the name of the most sources, one with a code first, and all its forms."""
    choice = choose(slot.said, lambda p: p.code or folded(p.name), weight=lambda p: float(bool(p.code)))
    assert choice, "a slot is made for a party"
    forms = dict.fromkeys(text for item in slot.said for text in item.value.texts)
    return choice.value.model_copy(
        update={"texts": tuple(forms)[:MOST_TEXTS], "signatories": _signatories(slot)}
    )


def _signatories(slot: _Slot) -> tuple[Signatory, ...]:
    """Those of the report that the most sources agree with on names; of equals the fullest list."""
    named = [
        Said(item.origin, item.rank, item.value.signatories) for item in slot.said if item.value.signatories
    ]
    choice = choose(
        named,
        lambda people: tuple(sorted(folded(p.name or p.role or "") for p in people)),
        weight=lambda people: sum(bool(p.name) + 0.5 * bool(p.role) for p in people),
    )
    return choice.value if choice else ()
