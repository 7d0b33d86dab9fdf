"""A body and its own unit among the parties: one of them is bound, or each has a paper of its own."""

from collections.abc import Sequence

from sepaham.registry import lookup
from sepaham.relations.kinds import kind_of
from sepaham.relations.learned import choice, events
from sepaham.relations.learned.hub import find_hub
from sepaham.relations.learned.joint import Look
from sepaham.relations.learned.judge import Judges
from sepaham.relations.learned.parties import Candidate, above
from sepaham.relations.names import inside

_REGIONS = ("provinsi", "kabupaten", "kota", "desa")
OWN_PERSONS = ("company", "state_owned_company")
"""Kinds of bodies of which a subsidiary signs for itself."""
_TWO = 2
_INDONESIA, _MINISTRY = "iso:ID", "kl:"  # how their codes begin; the same kind of body is asked for besides


def bound(look: Look, judges: Judges) -> tuple[list[Candidate], list[list[int]]]:
    """The parties of an article in its order, and those of each agreement (by index)."""
    named = choice.choose(look, judges)
    hub = find_hub(look.reading, named, judges["hub"]) is not None
    groups = parted(named, events.groups(look.reading, named, judges["several"], hub=hub))
    kept = sorted({n for group in groups for n in group})
    return [named[n] for n in kept], [[kept.index(n) for n in group] for group in groups]


def parted(parties: Sequence[Candidate], groups: Sequence[Sequence[int]]) -> list[list[int]]:
    """The agreements (parties by index) without what is the same party twice, a body and its only unit.

    Two bodies, each with a unit, where nothing else parts them, are two agreements: of heads, and of units.
    """
    found = [list(group) for group in groups if not alone(parties, group)]
    if len(found) < _TWO:
        found = [sorted(set().union(*groups))]
    if len(found) == 1:
        found = _levels(parties, found[0])
    return [_single(parties, group) for group in found]


def is_unit(owner: Candidate, unit: Candidate) -> bool:
    """A part of a body that is no legal person: its dinas, faculty, directorate; no region or company."""
    if owner is unit or unit.body.link.level in _REGIONS:
        return False
    name, known = owner.body.name.casefold(), above(owner, unit)
    if (
        not known
        and not (" " in name and inside(name, unit.body.name.casefold()))
        and not _of_state(owner, unit)
        and not _ends_with(owner, unit)
    ):
        return False
    kind = kind_of(owner.body)
    return kind_of(unit.body) == kind and not (known and kind in OWN_PERSONS)


def alone(parties: Sequence[Candidate], group: Sequence[int]) -> bool:
    """A body and its unit by themselves: they stand in one sentence, and agree on nothing with each other."""
    return len(group) == _TWO and any(is_unit(parties[a], parties[b]) for a in group for b in group)


def _of_state(owner: Candidate, unit: Candidate) -> bool:
    """A ministry or agency of Indonesia, or one abroad whose name ends with that of its country: "Kementerian
    Pertanian Maroko"."""
    code, country = owner.body.link.code or "", owner.body.name.casefold().split(maxsplit=1)[-1]
    if code == _INDONESIA:
        return (unit.body.link.code or "").startswith(_MINISTRY)
    return code.startswith("iso:") and unit.body.name.casefold().endswith(f" {country}")


def _ends_with(owner: Candidate, unit: Candidate) -> bool:
    """A unit's name that ends with a short one of the body: "Balai Diklat Kemenag"."""
    rest, _, last = unit.body.name.rpartition(" ")
    return bool(rest) and owner.body.link.code is not None and lookup(last).code == owner.body.link.code


def _levels(parties: Sequence[Candidate], group: list[int]) -> list[list[int]]:
    """Heads and units, where two bodies each brought one: "Bupati dan Rektor, lalu Kadis dan Dekan"."""
    pairs = [
        (a, b)
        for a in group
        for b in group
        if above(parties[a], parties[b]) and is_unit(parties[a], parties[b])
    ]
    units = {b for _, b in pairs}
    if len({a for a, _ in pairs}) == len(units) == len(pairs) == _TWO:
        return [[n for n in group if n not in units], sorted(units)]
    return [group]


def _single(parties: Sequence[Candidate], group: list[int]) -> list[int]:
    """The less likely of a body and its only unit goes, where two parties are left."""
    kept = list(group)
    for owner in group:
        units = [n for n in group if is_unit(parties[owner], parties[n])]
        if len(units) == 1 and owner in kept and units[0] in kept and len(kept) > _TWO:
            kept.remove(min(owner, units[0], key=lambda n: parties[n].chance))
    return kept
