"""What the law makes computable of an agreement: its class, its paper and the next one, and its end.

PP 28/2018 on regional cooperation and Permendagri 22/2020; the words stand in `resources/ledger/law.toml`.
"""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from sepaham.ledger.entry import Merged
from sepaham.ledger.times import Days, bounds, common
from sepaham.ledger.words import names_budget
from sepaham.lexicon import toml
from sepaham.records import Party
from sepaham.registry.text import key as folded

Side = Literal["region", "village", "centre", "foreign_region", "foreign", "third"]
LegalClass = Literal["KSDD", "KSDPK", "SINERGI", "KSDPL", "KSDLL", "NON_GOVERNMENT", "VILLAGE", "BUDGET"]
Paper = Literal["loi", "mou", "pks", "mou_pks", "addendum", "grant", "statement", "other"]

CLASSES: dict[Side, LegalClass] = {
    "foreign_region": "KSDPL", "foreign": "KSDLL", "centre": "SINERGI", "third": "KSDPK",
}  # fmt: skip
"""The class that a region's counterpart makes, the one that decides first where there are several kinds."""

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_CENTRE = frozenset(("central_government", "security_justice", "legislature"))
_FOREIGN = frozenset(("foreign_government", "international_organization"))


class Ruling(NamedTuple):
    """A class and the rule that gave it; no class where one region's own bodies agree with each other."""

    legal_class: LegalClass | None
    rule: str


class Until(NamedTuple):
    """The end of a term: ISO day, month or year, and whether it was stated or computed (and from what)."""

    value: str
    basis: str


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(toml("ledger/law.toml")["words"][name])


def _starts(name: str, words: Sequence[str]) -> bool:
    return any(name == word or name.startswith(f"{word} ") for word in words)


def side(party: Party) -> Side:
    """Which side of a regional cooperation a party is on, by its level, kind, code and first words."""
    name, code = folded(party.name), party.code or ""
    if party.level == "desa" or _starts(name, _words("village")):
        return "village"
    if party.kind == "local_government" or _starts(name, _words("council")):
        return "region"
    if code.startswith(_words("foreign_region_codes")):
        return "foreign_region"
    if party.kind in _FOREIGN or code.startswith(_words("foreign_codes")):
        return "foreign_region" if _foreign_region(party, name) else "foreign"
    return "centre" if party.kind in _CENTRE else "third"


def _foreign_region(party: Party, name: str) -> bool:
    """Whether a body abroad is a region: by its first words, or "Pemerintah X" where X is no known state."""
    if party.kind != "foreign_government":
        return False
    state = (party.code or "").startswith(_words("foreign_state_codes"))
    return _starts(name, _words("foreign_region")) or (name.startswith("pemerintah ") and not state)


def region_of(party: Party) -> str:
    """The code of the region that is bound in law, or the name that stands for it where it has none."""
    if party.level in ("provinsi", "kabupaten", "kota"):
        return party.code or folded(party.name)
    return party.parent_code or party.code or folded(party.name)


def is_budget(facts: Merged) -> bool:
    """Whether a paper is one of a region's budget: KUA-PPAS, its changes, or a grant (NPHD)."""
    if facts.docs == ("grant",):
        return True
    return names_budget(text for text in (facts.doc_name, facts.subject, facts.doc_number) if text)


def rule(facts: Merged) -> Ruling:
    """The class of a cooperation, by who is bound.

    A budget paper of a region first, then a village's; where no region is bound the law on regional
    cooperation does not apply; a counterpart abroad outranks the rest; among the centre and third parties the
    greater number decides.
    """
    sides = Counter(side(party) for party in facts.parties)
    if sides["region"] and is_budget(facts):
        return Ruling("BUDGET", "budget paper of a region")
    if sides["village"]:
        return Ruling("VILLAGE", "a village is a party")
    if not sides["region"]:
        return Ruling("NON_GOVERNMENT", "no regional government among the parties")
    outside = _outside(facts, sides)
    if outside:
        return _with_outside(outside, sides)
    regions = {region_of(party) for party in facts.parties if side(party) == "region"}
    if len(regions) > 1:
        return Ruling("KSDD", "regions with each other")
    return Ruling(None, "bodies of one region" if len(facts.parties) > 1 else "counterpart not named")


def _outside(facts: Merged, sides: Counter[Side]) -> list[Side]:
    """The kinds of counterparts; where the hub is none of the regions, the regions are bound to it alone."""
    hub = next((side(party) for party in facts.parties if party.name == facts.hub), None)
    return [hub] if hub in CLASSES else [kind for kind in CLASSES if sides[kind]]


def _with_outside(outside: list[Side], sides: Counter[Side]) -> Ruling:
    foreign = [kind for kind in outside if kind.startswith("foreign")]
    deciding = foreign[0] if foreign else max(outside, key=lambda kind: sides[kind])
    also = "+".join(CLASSES[kind] for kind in outside if kind != deciding)
    return Ruling(CLASSES[deciding], f"region with {deciding}" + (f", also {also}" if also else ""))


def paper(docs: Sequence[str], doc_name: str | None) -> Paper:
    """The place of a paper in the order surat minat, kesepakatan bersama, perjanjian kerja sama, addendum."""
    if doc_name and any(word in folded(doc_name) for word in _words("addendum")):
        return "addendum"
    kinds = frozenset(docs)
    if {"mou", "agreement"} <= kinds:
        return "mou_pks"
    named: tuple[tuple[str, Paper], ...] = (
        ("mou", "mou"), ("agreement", "pks"), ("loi", "loi"), ("grant", "grant"),
        ("joint_statement", "statement"),
    )  # fmt: skip
    return next((code for kind, code in named if kind in kinds), "other")


def next_paper(kind: Paper, legal_class: LegalClass | None) -> Paper | None:
    """The paper that follows in the order of papers; none for budget papers, and where the order ends."""
    following: dict[str, Paper] = toml("ledger/law.toml")["next"]
    return None if legal_class == "BUDGET" else following.get(kind)


def paper_name(kind: Paper, legal_class: LegalClass | None) -> str:
    """What a paper is called in a class."""
    law = toml("ledger/law.toml")
    if kind == "mou" and legal_class:
        return str(law["mou_names"][legal_class])
    return str(law["papers"][kind])


def valid_until(facts: Merged) -> Until | None:
    """The end of the term: as stated, else signing day and duration added up, as exact as both are."""
    if facts.until:
        return Until(facts.until, "stated")
    if not facts.dated or not facts.duration or facts.status == "planned":
        return None
    ends = _later(facts.dated, facts.duration)
    value = common(ends) if ends else None
    return Until(value, f"computed: {facts.date_value} + {facts.duration}") if value else None


def _later(days: Days, duration: str) -> Days | None:
    found = _DURATION.fullmatch(duration)
    if not found or duration == "P":
        return None
    years, months, weeks, extra = (int(n or 0) for n in found.groups())
    try:
        first, last = (_shift(day, years * 12 + months) + weeks * 7 + extra for day in days)
    except (ValueError, OverflowError):
        return None
    return first, last


def _shift(day: int, months: int) -> int:
    """The same day of the month, so many months later; the month's last day where it has no such day."""
    start = date.fromordinal(day)
    count = start.year * 12 + start.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).toordinal()


def expires_within(until: Until | None, on: int, days: int = 90) -> bool | None:
    """Whether a term ends in the `days` days from `on` (an ordinal), its last possible day counted."""
    span = bounds(until.value) if until else None
    return None if span is None else on <= span[1] <= on + days
