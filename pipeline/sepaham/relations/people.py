"""Who holds which office: an office and the name beside it, anywhere in the article."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile

from sepaham import lexicon
from sepaham.records import Mention
from sepaham.relations.context import Sentence, View
from sepaham.relations.patterns import grammar
from sepaham.relations.runs import runs
from sepaham.relations.zones import outer

# Titles and ranks between an office and the name: "Rektor Unhas Prof. Dr. | Siti", "Mayjen TNI (Purn)", "dr."
_TITLES = r"(?:(?>\(?(?:[A-Z][\w.’']{0,11}|<people.small_titles>\b)\)?[.,]{0,9}\s{0,20})){0,6}"
_ROLE_NAME = grammar(
    rf"\s{{0,20}}+(?:[,:–-]\s{{0,20}}+)?(?:<people.office_link>\s{{1,20}}+)?(?:<people.salutations>\b\.?\s+)?"
    rf"(?-i:{_TITLES})"
)
NAME_BRACKET = grammar(rf"\s{{0,20}}+(?:,\s{{0,20}}+(?-i:{_TITLES}))?\(\s*")
_NAME_ROLE = grammar(
    rf"(?:\s{{0,20}}+,\s{{0,20}}+(?-i:{_TITLES}))?\s{{0,20}}+[,(–-]?\s{{0,20}}+<people.name_link>?\s*"
)
_NAME_LINK = grammar(
    rf"(?:\s{{0,20}}+,\s{{0,20}}+(?-i:{_TITLES}))?\s{{0,20}}+,?\s{{0,20}}+<people.name_link>\s+"
)
_ORDER = (
    ("PER", "ROLE", NAME_BRACKET), ("PER", "ROLE", _NAME_LINK), ("ROLE", "PER", _ROLE_NAME),
    ("PER", "ROLE", _NAME_ROLE),
)  # fmt: skip
_INTRODUCED = grammar(rf"[^\n;.:]{{0,25}}?<people.introduces>[\s,]{{0,9}}+(?-i:{_TITLES})")
_LONGEST_GAP = 80
_RANKS = frozenset(lexicon.toml("ner/titles.toml")["before"])  # "Laksma", cut off from the name behind it


@dataclass(frozen=True, slots=True)
class Holder:
    """A person and the office that the article gives, one of them may be missing; `listed` where the office
    stands in front of a whole list of names."""

    person: Mention | None
    role: Mention | None
    listed: bool = False


class People:
    """The people of one article with their offices."""

    def __init__(self, view: View) -> None:
        """Sentences are read when they are asked for."""
        self._view = view
        self._cache: dict[int, list[Holder]] = {}

    def holders(self, sentence: Sentence) -> list[Holder]:
        """Pairs of office and name in a sentence; what stands alone is a Holder of its own."""
        if sentence.index not in self._cache:
            self._cache[sentence.index] = _pair(sentence)
        return self._cache[sentence.index]

    @cached_property
    def all(self) -> list[Holder]:
        """All pairs of office and name, in the order of the article."""
        return [h for s in self._view.sentences for h in self.holders(s) if h.person and h.role]

    @cached_property
    def _names(self) -> list[str]:
        """The longest first; of two as long the one that is named first, since a set has no order."""
        names = dict.fromkeys(m.text for m in self._view.document.mentions if m.label == "PER")
        return sorted(names, key=len, reverse=True)

    def full_name(self, name: str) -> str:
        """The longest form of a name in the article: "Rudi" is "Rudi Hartono" there."""
        parts = name.split()
        return next((n for n in self._names if _holds(n.split(), parts)), name)

    def role_of(self, name: str) -> Mention | None:
        """The first office that the article gives a person."""
        full = self.full_name(name)
        parts = full.split()
        for holder in self.all:
            if holder.person and holder.role and _holds(parts, holder.person.text.split()):
                return holder.role
        return None

    def person_of(self, role: Mention) -> Mention | None:
        """The person whom the article names with an office of the same words."""
        key = role.text.casefold()
        return next((h.person for h in self.all if h.role and h.role.text.casefold() == key), None)


def _holds(long: list[str], short: list[str]) -> bool:
    width = len(short)
    return any(long[i : i + width] == short for i in range(len(long) - width + 1))


def _pair(sentence: Sentence) -> list[Holder]:
    """Pair offices with names: neighbours first, then lists; what is left stands alone."""
    found = [m for m in outer(sentence.labelled("ROLE", "PER")) if m.text.casefold() not in _RANKS]
    pairs = _listed(sentence, found, _neighbours(sentence, found))
    paired = {m.start for h in pairs for m in (h.person, h.role) if m}
    alone = [m for m in found if m.start not in paired]
    holders = pairs + [Holder(m, None) if m.label == "PER" else Holder(None, m) for m in alone]
    return sorted(holders, key=lambda h: min(m.start for m in (h.person, h.role) if m))


def _neighbours(sentence: Sentence, found: list[Mention]) -> list[Holder]:
    """Office in brackets behind a name, "A selaku ketua", office before name, name before office."""
    others = [m for m in sentence.mentions if m.label in ("ORG", "FAC", "DOC")]
    used: set[int] = set()
    holders: list[Holder] = []

    def fits(a: Mention, b: Mention, pattern: re.Pattern[str]) -> bool:
        gap = sentence.text[a.end - sentence.start : b.start - sentence.start]
        return (
            used.isdisjoint((a.start, b.start))
            and len(gap) <= _LONGEST_GAP
            and pattern.fullmatch(gap) is not None
            and not any(a.end <= m.start < b.start for m in others)
        )

    for first, second, pattern in _ORDER:
        for before, (a, b) in zip([None, *found], pairwise(found), strict=False):
            if (a.label, b.label) != (first, second) or not fits(a, b, pattern):
                continue
            # "Bupati Andi selaku ketua": the office in front of the name is nearer than the one behind.
            if pattern is _NAME_LINK and before and before.label == "ROLE" and fits(before, a, _ROLE_NAME):
                continue
            used.update((a.start, b.start))
            holders.append(Holder(b, a) if first == "ROLE" else Holder(a, b))
    return holders


def _listed(sentence: Sentence, found: list[Mention], pairs: list[Holder]) -> list[Holder]:
    """The pairs, and lists of names behind one office, "para ketuanya: A, B dan C", or behind as many, "X dan
    Y, masing-masing A dan B"."""
    ranks = {h.person.start: h.role for h in pairs if h.person and h.role}
    spans = [[(m.start - sentence.start, m.end - sentence.start)] if m.label == "PER" else [] for m in found]
    made: list[Holder] = []
    for run in runs(sentence.text, spans, titles=True):
        first = run[0]
        nearest = reversed(found[max(0, first - len(run)) : first])
        offices = [*takewhile(lambda m: m.label == "ROLE", nearest)][::-1]
        if not offices or any(ranks.get(found[n].start) for n in run[1:]):
            continue
        gap = sentence.text[offices[-1].end - sentence.start : found[first].start - sentence.start]
        if not _INTRODUCED.fullmatch(gap):
            continue
        each = offices if _together(sentence, offices, len(run)) else [offices[-1]] * len(run)
        made += [Holder(found[n], role, listed=True) for n, role in zip(run, each, strict=True)]
    listed = {h.person.start for h in made if h.person}
    return [h for h in pairs if not (h.person and h.person.start in listed)] + made


def _together(sentence: Sentence, offices: list[Mention], count: int) -> bool:
    """As many offices as names, which stand in one list."""
    spans = [[(m.start - sentence.start, m.end - sentence.start)] for m in offices]
    return len(offices) == count and list(range(count)) in runs(sentence.text, spans)
