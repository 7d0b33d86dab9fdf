"""What two parties of one agreement have to do with each other: a company and its branch, a faculty and its
university, a brand and its owner are often one side under two names."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sepaham.relations.kinds import kind_of
from sepaham.relations.learned.parties import Candidate, above, forms
from sepaham.relations.learned.reading import Reading
from sepaham.relations.learned.sameness import one_body
from sepaham.relations.learned.units import is_unit
from sepaham.relations.names import initials, inside, normal
from sepaham.relations.patterns import grammar

_ALIKE = 0.6  # of the shorter name, in one piece in the other: from here on two are kin by their names
_SHORT = 5  # letters of a name that is not looked for in another
_MOST = 3  # forms of a body that are looked at
_NEAR = 60  # characters between two names, of which the words in between are looked at
_FAR = 1000
_TOLD = grammar(r"\b<kin.apart>\b"), grammar(r"\b<kin.own>\b")


@dataclass(frozen=True)
class Member:
    """One party of an agreement: its names in normal form, the words of all of them, the chance that somebody
    signs for it, and that of those who rather sign for it than for another."""

    candidate: Candidate
    forms: tuple[str, ...]
    words: frozenset[str]
    sign: float
    own: float


def member(reading: Reading, candidate: Candidate, sign: float, own: float) -> Member:
    """A party with its names."""
    called = (candidate.body.name, *forms(reading, candidate))
    names = tuple(dict.fromkeys(normal(text) for text in called))
    return Member(candidate, names, frozenset(w for name in names for w in name.split()), sign, own)


def closest(reading: Reading, group: Sequence[Member], one: int, places: frozenset[str]) -> dict[str, float]:
    """What ties a party of an agreement to the other that it is closest kin to; nothing where none is kin.

    `places` are the words of the names of regions: two that share only these are neighbours.
    """
    others = [n for n in range(len(group)) if n != one]
    found = [features for n in others if (features := _kin(reading, group, one, n, places))]
    return max(found, key=_closeness, default={})


def _closeness(kin: dict[str, float]) -> float:
    names = 2 * kin["shared_own"] + 2 * kin["one_body"] + kin["in_one_piece"]
    return names + kin["unit"] + kin["owner"] + kin["initials_of"] + kin["has_initials"]


def _kin(
    reading: Reading, group: Sequence[Member], one: int, two: int, places: frozenset[str]
) -> dict[str, float] | None:
    own, other = group[one], group[two]
    a, b = own.candidate, other.candidate
    elsewhere = frozenset[str]().union(*(m.words for n, m in enumerate(group) if n not in (one, two)))
    shared = {word for word in (own.words & other.words) - elsewhere if len(word) > 2}
    found = {
        "shared": float(min(3, len(shared))),
        "shared_own": float(min(3, len(shared - places))),
        "unit": float(is_unit(b, a)),
        "owner": float(is_unit(a, b)),
        "below": float(above(b, a)),
        "above": float(above(a, b)),
        "initials_of": float(_shortened(own, other)),
        "has_initials": float(_shortened(other, own)),
        "in_one_piece": max(_in_one_piece(x, y) for x in own.forms[:_MOST] for y in other.forms[:_MOST]),
    }
    if not any(found[name] for name in list(found)[:-1]) and found["in_one_piece"] < _ALIKE:
        return None
    names = sorted((a.body.name, b.body.name), key=len)
    return found | {
        "one_body": float(one_body(*names)),
        "holds": float(any(inside(y, x) for x in own.forms for y in other.forms)),
        "held": float(any(inside(x, y) for x in own.forms for y in other.forms)),
        "same_kind": float(kind_of(a.body) == kind_of(b.body)),
        "same_head": float(own.forms[0].split()[:1] == other.forms[0].split()[:1]),
        "longer": float(len(own.forms[0]) > len(other.forms[0])),
        "first": float(a.first < b.first),
        "gap": a.features["party_max"] - b.features["party_max"],
        "less": float(a.chance < b.chance),
        "sign_gap": own.sign - other.sign,
        "both_signed": min(own.own, other.own),
        "only_signed": own.own * (1 - other.own),
        "times": math.log1p(len(b.namings)),
        "title": b.features["title"],
        "office_only": b.features["office_only"],
        **_beside(reading, a, b),
    }


def _shortened(short: Member, long: Member) -> bool:
    """One name has the initials of the other as a word: "DKP Malut"."""
    letters = {initials(form) for form in long.forms}
    return any(len(word) > 1 and word in letters for word in short.words)


def _in_one_piece(one: str, two: str) -> float:
    """The longest piece that both names have, as a share of the shorter; spaces do not count, nor do
    abbreviations."""
    a, b = one.replace(" ", ""), two.replace(" ", "")
    if min(len(a), len(b)) < _SHORT:
        return 0.0
    return SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size / min(len(a), len(b))


def _beside(reading: Reading, one: Candidate, two: Candidate) -> dict[str, float]:
    """How often one sentence names both, and what stands between them where they are nearest."""
    text = reading.view.text
    gaps: list[tuple[int, str]] = []
    told = 0.0
    for a in one.namings:
        for b in two.namings:
            start, end = min(a.mention.end, b.mention.end), max(a.mention.start, b.mention.start)
            if a.sentence == b.sentence and start <= end:
                gaps.append((end - start, text[start:end]))
                told = max(told, reading.trigger_score.get(a.sentence, 0.0))
    near = [between for size, between in gaps if size < _NEAR]
    apart, owned = (any(words.search(between) for between in near) for words in _TOLD)
    return {
        "beside": math.log1p(len(gaps)),
        "beside_told": told,
        "near": 1 / (1 + min((size for size, _ in gaps), default=_FAR) / 20),
        "apart": float(apart),
        "owned": float(owned),
    }
