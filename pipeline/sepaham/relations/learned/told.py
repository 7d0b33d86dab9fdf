"""Who signs by the words themselves, and in whose place: "ujar Agung yang meneken perjanjian", "Selain Anang,
PKS diteken B"; "Sekda Andi mewakili Bupati Garut", "Rektor Undip berhalangan dan diwakili Budi"."""

from bisect import bisect_left
from collections.abc import Sequence

from sepaham.records import Mention
from sepaham.relations.learned.reading import Reading
from sepaham.relations.offices import read_office
from sepaham.relations.patterns import grammar
from sepaham.relations.runs import BRACKET

SURE = 0.8
"""Chance of signing of whom the words say it: of 22 in gold all do but one before "akan"."""

_BEHIND = grammar(
    r"(?:\s{0,9}+,[^,.;\n]{0,60})?,?\s{1,9}+yang\s{1,9}+(?:<people.signs_filler>\s{1,9}+){0,2}<people.signs>(?:nya)?\b"
)
_BESIDES = grammar(r"(?<![^\W_])selain\s{1,9}(?:\w{1,20}\s{1,9}){0,3}\Z")
_OTHERS = grammar(r"[^.;\n]{0,80}?\b<people.signed>\b")
_TITLES = r"(?:[\s,]{1,3}+(?-i:[A-Z])[\w.]{0,9}){0,6}"
# Titles before a name; none with a stop inside, as degrees have: behind those a new sentence may begin.
_CALLED = (
    r"(?:<people.salutations>\s{1,9}+)?"
    r"(?:(?:(?-i:[A-Z])[A-Za-z’']{0,11}|<people.small_titles>\b)[.,]{0,2}\s{1,3}){0,5}"
)
_HOW = r"(?:\s{1,9}+<people.signed_how>){0,3}[\s:]{1,3}"
_ACT = grammar(
    rf"(?<!\w)(?:<people.signed>(?:nya)?|<people.hand>(?:\s\w{{1,20}}){{0,2}}\s<people.put>"
    rf"|<people.ceremony>(?:\s[^\s.;:]{{1,30}}){{0,8}}?\s<people.done_by>"
    rf"|(?:<people.signs>|<people.hand>|<people.ceremony>)(?:\s\w{{1,20}})?\s<people.introduces>){_HOW}{_CALLED}\Z"
)
_ALSO = grammar(
    rf"{_TITLES}\s{{0,3}}(?:[,;]|\s<runs.between>\s)\s{{0,3}}(?:<runs.between>\s){{0,2}}{_CALLED}"
)
# "Bupati Andi kemudian meneken", "Andi (PT X) menandatanganinya".
_ACTS = grammar(
    rf"(?:\s?\([^()\n]{{0,40}}\))?{_TITLES}[\s,]{{1,3}}(?:<people.acts_how>\s{{1,9}}+){{0,3}}<people.acts>(?:nya)?\b"
)
_QUOTED = grammar(r"(?<!\w)<people.said>\s{1,3}\Z")
_WATCHED = grammar(r"(?<!\w)<people.watched>\s(?:\w{1,12}\s){0,2}\Z")
_LINK = grammar(r"\s<runs.between>\s")
_IN_PLACE = grammar(
    rf"{_TITLES}[\s,]{{1,9}}+(?:yang\s{{1,9}}+)?<people.stands_in>\s{{1,9}}+(?:<people.salutations>\s{{1,9}}+)?"
)
_STOOD_IN = grammar(r"(?<!\w)<people.stood_in>\s{1,9}+(?:langsung\s{1,9}+)?(?:oleh\s{1,9}+)?\Z")
_AWAY = grammar(r"\s{0,9}|[^.;\n]{0,120}?(?:\byang\s{0,9}+|\b<people.absent>\b[^.;\n]{0,80})")
_AND = grammar(r"\s(?:dan|serta)\s")
_BODIES = ("ROLE", "ORG", "GPE")
_REACH = 200
_BEFORE_HEAD = 2  # places where a head may begin: "Executive | Vice President"
_LONGEST = 80  # characters between two names of a list
_NEAR = 40  # characters from "diwakili" to the name behind it


def says_signs(reading: Reading, mention: Mention) -> bool:
    """Whether the words around a name say that the person signs."""
    text, end = reading.view.text, mention.end
    if _BEHIND.match(text, end, end + _REACH):
        return True
    before = _BESIDES.search(text, max(0, mention.start - _REACH // 2), mention.start)
    return bool(before and _OTHERS.match(text, end, end + _REACH))


def acted(reading: Reading, places: Sequence[tuple[int, int, int]]) -> set[int]:
    """Those (by their third number) whom a list names behind the act of signing: "diteken Bupati Andi, Kajari
    Budi dan Citra"; `places` are where they are named, from and to, in the order of the text."""
    text = reading.view.text
    found: set[int] = set()
    last = -1  # where the list ends that is being read
    for start, end, index in places:
        gap = BRACKET.sub("", text[last:start]) if 0 <= last <= start <= last + _LONGEST else None
        if (gap is not None and _ALSO.fullmatch(gap)) or _ACT.search(text, max(0, start - _REACH), start):
            found.add(index)
            last = end
        elif start >= last:
            last = -1
    return found


def acting(reading: Reading, places: Sequence[tuple[int, int, int]]) -> set[int]:
    """Those (by their third number) who are named right before an act of signing, and the list that ends
    there: "Gubernur, Kapolda serta Danrem membubuhkan tanda tangan"; `places` as for `acted`.

    Behind the comma of "disaksikan A dan B, C dan D meneken" another list begins.
    """
    text = reading.view.text
    found: set[int] = set()
    starts = [start for start, _, _ in places]
    for number, (start, end, index) in enumerate(places):
        following = bisect_left(starts, end, number + 1)
        close = min([end + _REACH, *starts[following : following + 1]])
        if not _ACTS.match(text, end, close) or _QUOTED.search(text, max(0, start - _NEAR), start):
            continue
        found |= {index, *(places[other][2] for other in _before(text, places[: number + 1]))}
    return found


def _before(text: str, places: Sequence[tuple[int, int, int]]) -> list[int]:
    """Who stands in a list with the last one, by number."""
    linked: list[int] = []
    behind_commas: list[int] = []
    for number in range(len(places) - 2, -1, -1):
        (_, last, _), (start, _, _) = places[number : number + 2]
        gap = BRACKET.sub("", text[last:start]) if last <= start <= last + _LONGEST else ""
        if not _ALSO.fullmatch(gap):
            break
        if _LINK.search(gap) is not None:
            if linked:
                return linked
            linked.append(number)
        elif linked:
            behind_commas.append(number)
        else:
            return []
    first = places[min(behind_commas)][0] if behind_commas else 0
    return linked if _WATCHED.search(text, max(0, first - _NEAR), first) else linked + behind_commas


def in_place_of(reading: Reading, start: int, end: int) -> Mention | None:
    """The office or body in whose place the person signs who is named at `start` to `end`."""
    text = reading.view.text
    behind = _IN_PLACE.match(text, end, end + _REACH)
    if behind:
        here = (m for m in reading.mentions if m.start == behind.end() and m.label in _BODIES)
        return next((m for m in here if not two_offices(m)), None)
    before = _STOOD_IN.search(text, max(0, start - _NEAR), start)
    sentence = reading.view.at(start)
    if before is None or sentence is None:
        return None
    named = [m for m in sentence.mentions if m.end <= before.start()]
    away = max((m for m in named if m.label == "ROLE"), key=lambda m: m.end, default=None)
    if away is None or any(m.start >= away.end and m.label == "ORG" for m in named):
        return None
    return away if _AWAY.fullmatch(text, away.end, before.start()) else None


def two_offices(mention: Mention) -> bool:
    """Offices of two people that were read as one, "gubernur dan Direktur PT X"; not "Kepala Dinas Sosial dan
    Tenaga Kerja"."""
    behind = (part.split() for part in _AND.split(mention.text)[1:])
    return any(read_office(" ".join(words[n:])).head for words in behind for n in range(_BEFORE_HEAD))
