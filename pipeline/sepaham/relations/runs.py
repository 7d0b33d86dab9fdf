"""Names that stand in one list: "A, B dan C"."""

import re
from collections.abc import Sequence

from sepaham.relations.patterns import any_of

BRACKET = re.compile(r"\([^()\n]{0,40}\)")


_BETWEEN = any_of("runs", "between")
SEPARATOR = re.compile(rf"\)?\s*(?:[,;/&•-]\s*)?(?:(?:{_BETWEEN})\s+)*(?:\d{{1,2}}[.)]\s*)?", re.I)
# Between people also titles and degrees: ", S.H., dan dr. ".
_WORD = rf"(?:[A-Z][\w.]{{0,9}}|{any_of('people', 'small_titles')}|{_BETWEEN})(?=[\W\d])"
_TITLED = re.compile(rf"(?>[^\w\n]{{0,3}}{_WORD})*+[^\w\n]{{0,3}}")
_LONGEST = 80  # characters between two names of a list


def runs(text: str, places: Sequence[Sequence[tuple[int, int]]], *, titles: bool = False) -> list[list[int]]:
    """The lists of at least two items in a text, each with its items (by index) in their order.

    `places` are the spans of each item; with `titles` those may stand between.
    """
    spans = sorted((start, end, index) for index, own in enumerate(places) for start, end in own)
    pattern = _TITLED if titles else SEPARATOR
    found: list[list[int]] = []
    last = -1
    for start, end, index in spans:
        gap = BRACKET.sub("", text[last:start]) if 0 <= last <= start <= last + _LONGEST else None
        if found and gap is not None and pattern.fullmatch(gap) and index not in found[-1]:
            found[-1].append(index)
        else:
            found.append([index])
        last = end
    return [run for run in found if len(run) > 1]
