"""Lays a reviewer's decisions over one agreement, each with its provenance in the evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sepaham.corrections.filling import filled
from sepaham.corrections.members import Seat, Target, folded, seat
from sepaham.corrections.model import LISTS, SCALARS, Correction, typed
from sepaham.corrections.proof import Line, lines_of, member_lines, reviewed, scalar_lines
from sepaham.records import Agreement, Commitment, Evidence, Party

SURE = 1.0
"""The confidence of what a reviewer accepted or set."""


@dataclass(frozen=True)
class Corrected:
    """An agreement after its corrections.

    `agreement` is None when the reviewer rejected it as a whole. `placed` gives each correction that holds
    its pointer in the agreement that was handed in (`/parties/-`: new there, None: nothing to remove any
    more); `unplaced` those that cannot be laid over it, each with the reason.
    """

    agreement: Agreement | None
    placed: tuple[tuple[Correction, str | None], ...]
    unplaced: tuple[tuple[Correction, str], ...]


@dataclass
class _Draft:
    """The agreement in the making."""

    agreement: Agreement
    published: str | None
    slots: dict[str, Any] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    notes: list[Evidence] = field(default_factory=list)
    sure: dict[str, float | None] = field(default_factory=dict)
    seats: dict[str, tuple[Seat, ...]] = field(default_factory=dict)
    placed: list[tuple[Correction, str | None]] = field(default_factory=list)
    unplaced: list[tuple[Correction, str]] = field(default_factory=list)

    def value_of(self, item: Correction) -> tuple[bool, Any]:
        """Whether a correction's value is complete, and the value."""
        if item.action == "accept":
            return True, typed(item.slot, item.before)
        try:
            status = self.slots.get("status", self.agreement.status)
            return True, filled(item.slot, item.desired, self.published, status, fill=item.fill)
        except ValueError:
            self.unplaced.append((item, "what was left open cannot be worked out from the words"))
            return False, None


def correct(
    agreement: Agreement, corrections: Sequence[Correction], published: str | None = None
) -> Corrected:
    """The agreement as the reviewer has it; without corrections it comes back as it is.

    `corrections` hold one decision a thing, as `merge` leaves them; `published` is the day from which a
    relative date counts that the reviewer left to be worked out.
    """
    live = [item for item in corrections if item.action != "withdraw"]
    if not live:
        return Corrected(agreement, (), ())
    draft = _Draft(agreement, published, lines=lines_of(agreement))
    whole = next((item for item in live if item.whole), None)
    for item in sorted((i for i in live if i.slot in SCALARS), key=lambda i: i.slot != "status"):
        _set(draft, item)
    for slot in LISTS:
        if items := [item for item in live if item.slot == slot]:
            _seat(draft, slot, items)
    _follow_parties(draft)
    if whole is not None:
        draft.placed.append((whole, whole.field))
        draft.notes.append(reviewed(whole, whole.field, whole.anchor, _quote(agreement, whole)))
    rejected = whole is not None and whole.action == "reject"
    done = None if rejected else _finished(draft, accepted=whole is not None)
    return Corrected(done, tuple(draft.placed), tuple(draft.unplaced))


def _quote(agreement: Agreement, whole: Correction) -> str | None:
    """The words at the anchor, which are those of one of the agreement's proofs."""
    if whole.anchor is None:
        return None
    at = (whole.anchor.start, whole.anchor.end)
    return next((e.quote for e in agreement.evidence if (e.start, e.end) == at), None)


def _set(draft: _Draft, item: Correction) -> None:
    sound, value = draft.value_of(item)
    if not sound:
        return
    draft.slots[item.slot] = value
    draft.placed.append((item, item.field))
    draft.sure[item.slot] = SURE if value not in (None, ()) else None
    draft.lines, added = scalar_lines(draft.lines, item, value)
    draft.notes += added


def _seat(draft: _Draft, slot: str, items: Sequence[Correction]) -> None:
    targets = [Target.of(item, value) for item in items for ok, value in [draft.value_of(item)] if ok]
    seating = seat(slot, getattr(draft.agreement, slot), targets)
    draft.seats[slot] = seating.seats
    draft.slots[slot] = tuple(each.member for each in seating.seats)
    for each in seating.seats:
        if each.correction is not None:
            place = "-" if each.origin is None else str(each.origin)
            draft.placed.append((each.correction, f"/{slot}/{place}"))
    for item, place_before in seating.removed:
        draft.placed.append((item, None if place_before is None else f"/{slot}/{place_before}"))
        draft.notes.append(reviewed(item, f"/{slot}", None, None))
    before = getattr(draft.agreement, slot)
    draft.lines, added = member_lines(draft.lines, slot, before, seating.seats)
    draft.notes += added
    if not seating.seats:
        draft.sure[slot] = None
    elif all(each.correction is not None for each in seating.seats):
        draft.sure[slot] = SURE


def _follow_parties(draft: _Draft) -> None:
    """What points at a party follows it: the hub by its name, obligors by their number."""
    before = draft.agreement.parties
    seats = draft.seats.get("parties", tuple(Seat(party, place) for place, party in enumerate(before)))
    moved = {each.origin: place for place, each in enumerate(seats) if each.origin is not None}
    after: tuple[Party, ...] = tuple(each.member for each in seats)
    names = [party.name for party in before]
    hub = draft.slots.get("hub", draft.agreement.hub)
    if "hub" not in draft.slots and hub in names and names.index(hub) in moved:
        hub = after[moved[names.index(hub)]].name
    if hub not in [party.name for party in after]:
        hub = None
    if hub is None:
        draft.sure["hub"] = None
        draft.lines = [line for line in draft.lines if line.slot != "hub" or line.evidence.start is None]
    draft.slots["hub"] = hub
    commitments = draft.agreement.commitments
    own = draft.seats.get("commitments", tuple(Seat(item, place) for place, item in enumerate(commitments)))
    draft.slots["commitments"] = tuple(_with_obligor(each, moved, after) for each in own)


def _with_obligor(each: Seat, moved: dict[int, int], parties: Sequence[Party]) -> Commitment:
    item: Commitment = each.member
    if each.correction is not None:
        wanted = folded(each.correction.obligor)
        names = [folded(party.name) for party in parties]
        new = names.index(wanted) if wanted and wanted in names else None
    elif item.obligor_seq is None:
        return item
    else:
        new = moved.get(item.obligor_seq - 1)
    return item.model_copy(update={"obligor_seq": None if new is None else new + 1})


def _finished(draft: _Draft, *, accepted: bool) -> Agreement:
    confidence = dict(draft.agreement.confidence)
    for slot, sure in draft.sure.items():
        if sure is None:
            confidence.pop(slot, None)
        else:
            confidence[slot] = sure
    if accepted:
        confidence = dict.fromkeys(confidence, SURE)
    review = {"needs_review": False, "review_why": ()} if accepted else {}
    evidence = (*(line.evidence for line in draft.lines), *draft.notes)
    update = {**draft.slots, **review, "confidence": confidence, "evidence": evidence}
    return draft.agreement.model_copy(update=update)
