"""Bodies told one after another, each with who signs for it: "PT A diwakili Budi, PT B oleh Direktur Citra,
sedangkan dari PT C ditandatangani Dewi". All of them are parties, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sepaham.relations.learned.parties import Candidate
from sepaham.relations.learned.reading import Reading
from sepaham.relations.learned.signers import Signer, extent
from sepaham.relations.patterns import grammar
from sepaham.relations.runs import BRACKET

_LEAST = 2
_LONGEST = 100  # characters from one pair to the next
_BY = grammar(
    r"[\s,]{1,3}+(?:<series.before>\s{1,9}+){0,3}(?:<series.told>(?:\s{1,9}+langsung)?(?:\s{1,9}+oleh)?|<series.by>)\s{1,9}+"
)
# "diwakili HR Manager-nya, | Lee", "oleh pemiliknya, H. | Kasmuri"
_THEIR = grammar(r"(?:[^\s.;:,()][^.;:\n,()]{0,60}?nya,?\s{1,9}+)?(?:(?-i:[A-Z])[a-z]{0,4}\.\s{0,9}){0,4}")
_TOLD = grammar(r"\b<series.told>\b")
_NEXT = grammar(r"[^.;:\n]{0,60}?[\s,]{1,9}(?:<series.next>\s{1,9}+){0,4}")


@dataclass(frozen=True)
class Pair:
    """A body (by index) at `start`, and the person (by index) behind it that signs for it, up to `end`."""

    body: int
    person: int
    start: int
    end: int
    told: bool


def series(reading: Reading, bodies: Sequence[Candidate], people: Sequence[Signer]) -> list[list[Pair]]:
    """The series of an article, each with two pairs at least of which one says that the person signs."""
    found: list[list[Pair]] = []
    pairs = _pairs(reading, bodies, people)
    for pair in pairs:
        last = found[-1][-1] if found else None
        if last and _goes_on(reading.view.text, last, pair):
            found[-1].append(pair)
        else:
            found.append([pair])
    return [run for run in found if len(run) >= _LEAST and any(pair.told for pair in run)]


def _pairs(reading: Reading, bodies: Sequence[Candidate], people: Sequence[Signer]) -> list[Pair]:
    text = reading.view.text
    names = sorted(
        (n.mention.start, n.mention.end, index)
        for index, body in enumerate(bodies)
        for n in body.namings
        if n.mention.label != "ROLE"
    )
    persons = sorted((*extent(h), index) for index, p in enumerate(people) for h in p.holders if h.person)
    found = []
    for (start, end, body), (begin, close, person) in _nearest(names, persons):
        gap = BRACKET.sub("", text[end:begin])
        by = _BY.match(gap)
        if by and _THEIR.fullmatch(gap, by.end()):
            found.append(Pair(body, person, start, close, _TOLD.search(gap) is not None))
    return found


def _nearest(
    names: Sequence[tuple[int, int, int]], persons: Sequence[tuple[int, int, int]]
) -> list[tuple[tuple[int, int, int], tuple[int, int, int]]]:
    """Each person with the body that is named last before, if no other person stands between."""
    merged = sorted([*((*n, 0) for n in names), *((*p, 1) for p in persons)])
    return [
        (one[:3], two[:3]) for one, two in pairwise(merged) if (one[3], two[3]) == (0, 1) and one[1] < two[0]
    ]


def _goes_on(text: str, last: Pair, pair: Pair) -> bool:
    gap = text[last.end : pair.start]
    return 0 < len(gap) <= _LONGEST and _NEXT.fullmatch(gap) is not None
