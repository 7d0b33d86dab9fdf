"""Who holds which office: an office and the name beside it, anywhere in the article."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from sepaham.records import Mention
from sepaham.relations.context import Sentence, View
from sepaham.relations.patterns import grammar
from sepaham.relations.zones import outer

# Titles and ranks between an office and the name: "Rektor Unhas Prof. Dr. | Siti", "Mayjen TNI (Purn)".
_TITLES = r"(?:(?>\(?[A-Z][\w.’']{0,11}\)?[.,]{0,9}\s{0,20})){0,6}"
_ROLE_NAME = grammar(
    rf"\s{{0,20}}+(?:[,:–-]\s{{0,20}}+|<people.office_link>\s{{1,20}}+)?(?:bapak\s+|ibu\s+)?(?-i:{_TITLES})"
)
_NAME_BRACKET = re.compile(rf"\s{{0,20}}+(?:,\s{{0,20}}+{_TITLES})?\(\s*")
_NAME_ROLE = grammar(
    rf"(?:\s{{0,20}}+,\s{{0,20}}+(?-i:{_TITLES}))?\s{{0,20}}+[,(–-]?\s{{0,20}}+<people.name_link>?\s*"
)
_LONGEST_GAP = 80


@dataclass(frozen=True, slots=True)
class Holder:
    """A person and the office that the article gives, one of them may be missing."""

    person: Mention | None
    role: Mention | None


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
    """Pair neighbours: name with office in brackets, then office before name, then name before office."""
    found = outer(sentence.labelled("ROLE", "PER"))
    others = [m for m in sentence.mentions if m.label in ("ORG", "FAC", "DOC")]
    used: set[int] = set()
    holders: list[Holder] = []
    order = (("PER", "ROLE", _NAME_BRACKET), ("ROLE", "PER", _ROLE_NAME), ("PER", "ROLE", _NAME_ROLE))
    for first, second, pattern in order:
        for a, b in pairwise(found):
            if (a.label, b.label) != (first, second) or a.start in used or b.start in used:
                continue
            gap = sentence.text[a.end - sentence.start : b.start - sentence.start]
            if (
                len(gap) <= _LONGEST_GAP
                and pattern.fullmatch(gap)
                and not any(a.end <= m.start < b.start for m in others)
            ):
                used.update((a.start, b.start))
                holders.append(Holder(b, a) if first == "ROLE" else Holder(a, b))
    for mention in found:
        if mention.start not in used:
            holders.append(Holder(mention, None) if mention.label == "PER" else Holder(None, mention))
    return sorted(holders, key=lambda h: min(m.start for m in (h.person, h.role) if m))
