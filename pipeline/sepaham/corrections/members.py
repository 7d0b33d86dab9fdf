"""Parties, witnesses and commitments under correction: who is who in the lists of two versions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sepaham.corrections.model import Correction, typed

Identity = tuple[str, int]


def folded(text: str | None) -> str:
    """A text for comparing: lower case, single spaces."""
    return " ".join((text or "").lower().split())


def name_of(slot: str, member: Any) -> str:
    """What a member is known by: its name, a nameless witness's role, a commitment's words."""
    if slot == "commitments":
        return folded(member.text)
    return folded(member.name or getattr(member, "role", None))


def identities(slot: str, members: Sequence[Any]) -> list[Identity]:
    """Each member's name with its number among those of the same name."""
    seen: Counter[str] = Counter()
    found = []
    for member in members:
        name = name_of(slot, member)
        found.append((name, seen[name]))
        seen[name] += 1
    return found


@dataclass
class Target:
    """A correction on a member, with what shall be and what shall not be there."""

    correction: Correction
    value: Any
    before: Any
    value_id: Identity | None = None
    before_id: Identity | None = None
    place: int | None = None

    @classmethod
    def of(cls, correction: Correction, value: Any) -> "Target":
        """The target of a correction whose value was filled in already."""
        slot = correction.slot
        before = typed(slot, correction.before) if correction.before is not None else None
        target = cls(correction, value, before)
        if before is not None:
            target.before_id = (name_of(slot, before), correction.nth)
        if value is not None and target.before_id is not None and target.before_id[0] == name_of(slot, value):
            target.value_id = target.before_id
        return target


@dataclass(frozen=True)
class Seat:
    """A member of the corrected list: where it stood before (None: new), and what decided on it."""

    member: Any
    origin: int | None
    correction: Correction | None = None


@dataclass(frozen=True)
class Seating:
    """A corrected list, and the corrections that removed a member from its place (None: it was gone)."""

    seats: tuple[Seat, ...]
    removed: tuple[tuple[Correction, int | None], ...]


def seat(slot: str, members: Sequence[Any], targets: Sequence[Target]) -> Seating:
    """Lay corrections over a list of members.

    Values that shall be there are there once, at the place of what they replace, else at the end; what shall
    not be there is gone; all else stays as it is and where it is.
    """
    _number(slot, targets)
    _find(slot, members, targets)
    seats: list[Seat] = []
    removed: list[tuple[Correction, int | None]] = []
    wanted = {
        target.place: target for target in targets if target.value is not None and target.place is not None
    }
    unwanted = _unwanted(slot, members, targets)
    for place, member in enumerate(members):
        if place in wanted:
            seats.append(Seat(wanted[place].value, place, wanted[place].correction))
        elif place in unwanted:
            if (correction := unwanted[place]).action == "reject":
                removed.append((correction, place))
        else:
            seats.append(Seat(member, place))
    for target in targets:
        if target.value is not None and target.place is None:
            seats.append(Seat(target.value, None, target.correction))
    gone = {correction.key for correction, _ in removed}
    removed += [
        (target.correction, None)
        for target in targets
        if target.value is None and target.correction.key not in gone
    ]
    return Seating(tuple(seats), tuple(removed))


def _number(slot: str, targets: Sequence[Target]) -> None:
    """Tell values of one name apart: beside a decided one, another of its name is a second one."""
    taken = {target.value_id for target in targets if target.value_id is not None}
    for target in targets:
        if target.value is not None and target.value_id is None:
            name = name_of(slot, target.value)
            target.value_id = next((name, n) for n in range(len(targets) + 1) if (name, n) not in taken)
            taken.add(target.value_id)


def _find(slot: str, members: Sequence[Any], targets: Sequence[Target]) -> None:
    """Give each value a place: its own name first, then the name it replaces, then a likeness to that."""
    ids = {identity: place for place, identity in enumerate(identities(slot, members))}
    free = set(range(len(members)))
    for wanted in ("value_id", "before_id"):
        for target in targets:
            place = ids.get(getattr(target, wanted))
            if target.value is not None and target.place is None and place in free:
                target.place = place
                free.discard(place)
    gone = {ids[t.before_id] for t in targets if t.before_id in ids}
    for target in targets:
        if (
            target.value is None
            or target.place is not None
            or target.before is None
            or target.before_id in ids
        ):
            continue
        alike = [place for place in sorted(free - gone) if _alike(slot, members[place], target.before)]
        if len(alike) == 1:
            target.place = alike[0]
            free.discard(alike[0])


def _unwanted(slot: str, members: Sequence[Any], targets: Sequence[Target]) -> dict[int, Correction]:
    ids = {identity: place for place, identity in enumerate(identities(slot, members))}
    return {ids[t.before_id]: t.correction for t in targets if t.before_id in ids}


def _alike(slot: str, member: Any, before: Any) -> bool:
    """Whether a later version may have written the same member in another way."""
    if slot == "commitments":
        shared = min(member.end, before.end) - max(member.start, before.start)
        return bool(2 * shared > min(member.end - member.start, before.end - before.start))
    if slot == "parties":
        if member.code is not None and member.code == before.code:
            return True
        return not {*map(folded, member.texts)}.isdisjoint(map(folded, before.texts))
    role = folded(member.role)
    return role != "" and role == folded(before.role)
