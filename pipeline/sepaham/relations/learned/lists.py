"""Bodies that stand in one list ("A, B dan C"): all of a list are bound, or none."""

import re
from collections.abc import Sequence
from itertools import pairwise

from sepaham import lexicon
from sepaham.relations.learned.parties import Candidate

_BRACKET = re.compile(r"\([^()\n]{0,40}\)")


def _separator() -> re.Pattern[str]:
    words = "|".join(map(re.escape, lexicon.toml("relations/lists.toml")["between"]))
    return re.compile(rf"\)?\s*(?:[,;/&•-]\s*)?(?:(?:{words})\s+)*(?:\d{{1,2}}[.)]\s*)?", re.I)


_SEPARATOR = _separator()


def mates(text: str, bodies: Sequence[Candidate]) -> list[set[int]]:
    """For each body (by index) the others that stand in a list with it; offices do not count."""
    namings = sorted(
        (n.mention.start, n.mention.end, index)
        for index, body in enumerate(bodies)
        for n in body.namings
        if n.mention.label != "ROLE"
    )
    beside: list[set[int]] = [set() for _ in bodies]
    for (_, end, one), (start, _, two) in pairwise(namings):
        if one != two and end < start and _SEPARATOR.fullmatch(_BRACKET.sub("", text[end:start])):
            beside[one].add(two)
            beside[two].add(one)
    return [_reached(index, beside) - {index} for index in range(len(bodies))]


def _reached(start: int, beside: Sequence[set[int]]) -> set[int]:
    found, todo = set(), [start]
    while todo:
        index = todo.pop()
        if index not in found:
            found.add(index)
            todo += beside[index]
    return found
