"""Bodies that stand in one list ("A, B dan C"): all of a list are bound, or none."""

import re
from collections.abc import Sequence
from itertools import pairwise

from sepaham import lexicon
from sepaham.relations.learned.events import Edges, parts
from sepaham.relations.learned.parties import Candidate

_BRACKET = re.compile(r"\([^()\n]{0,40}\)")


def _words(*keys: str) -> str:
    table = lexicon.toml("relations/lists.toml")
    return "|".join(re.escape(word) for key in keys for word in table[key])


def _separator() -> re.Pattern[str]:
    return re.compile(rf"\)?\s*(?:[,;/&•-]\s*)?(?:(?:{_words('between')})\s+)*(?:\d{{1,2}}[.)]\s*)?", re.I)


_SEPARATOR = _separator()
# Between people also titles and degrees: ", S.H., dan dr. ".
_TITLED = re.compile(
    rf"(?>[^\w\n]{{0,3}}(?:[A-Z][\w.]{{0,9}}|{_words('titles', 'between')})(?=[\W\d]))*+[^\w\n]{{0,3}}"
)
_LONGEST = 80  # characters between two names of a list


def runs(text: str, places: Sequence[Sequence[tuple[int, int]]], *, titles: bool = False) -> list[list[int]]:
    """The lists of at least two items in a text, each with its items (by index) in their order.

    `places` are the spans of each item; with `titles` those may stand between.
    """
    spans = sorted((start, end, index) for index, own in enumerate(places) for start, end in own)
    pattern = _TITLED if titles else _SEPARATOR
    found: list[list[int]] = []
    last = -1
    for start, end, index in spans:
        gap = _BRACKET.sub("", text[last:start]) if 0 <= last <= start <= last + _LONGEST else None
        if found and gap is not None and pattern.fullmatch(gap) and index not in found[-1]:
            found[-1].append(index)
        else:
            found.append([index])
        last = end
    return [run for run in found if len(run) > 1]


def mates(text: str, bodies: Sequence[Candidate]) -> list[set[int]]:
    """For each body (by index) the others that stand in a list with it; offices do not count."""
    namings = sorted(
        (n.mention.start, n.mention.end, index)
        for index, body in enumerate(bodies)
        for n in body.namings
        if n.mention.label != "ROLE"
    )
    edges: Edges = {
        (min(one, two), max(one, two))
        for (_, end, one), (start, _, two) in pairwise(namings)
        if one != two and end < start and _SEPARATOR.fullmatch(_BRACKET.sub("", text[end:start]))
    }
    lists = {index: part for part in parts(set(range(len(bodies))), edges) for index in part}
    return [lists[index] - {index} for index in range(len(bodies))]
