"""What the gate's score is made of: how many cues of each group, how near each other, how early."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from math import log1p

from sepaham.gate.cues import GROUPS, Hit

NEAR = 120
"""Two cues are near when at most so many code points lie between them: about a clause and a half."""
LEAD = 300
"""A cue is early when it starts before this offset: headline, dateline and first sentence."""
CAP = 7
"""More cues than this tell nothing more, so that long articles don't pass by their length alone."""

Positions = dict[str, list[tuple[int, int]]]

FOR: tuple[str, ...] = (
    "signing", "instrument", "paper", "cooperation",
    "signing~instrument", "signing~paper", "signing~cooperation", "instrument~cooperation",
    "early signing", "early instrument", "early cooperation",
)  # fmt: skip
AGAINST: tuple[str, ...] = ("decree", "sport", "court", "signing~decree", "signing~sport")
FEATURES: tuple[str, ...] = FOR + AGAINST


def features(hits: Sequence[Hit]) -> tuple[float, ...]:
    """The values of FEATURES, each 0 or more: log counts, counts of near pairs, and 0 or 1 for early cues.

    None of them looks at the length of the text: words that are no cue change nothing when added behind.
    """
    places: Positions = {group: [] for group in GROUPS}
    for hit in hits:
        places[hit.group].append((hit.start, hit.end))
    return tuple(_value(name, places) for name in FEATURES)


def _value(name: str, places: Positions) -> float:
    if name.startswith("early "):
        first = places[name.removeprefix("early ")][:1]
        return float(bool(first) and first[0][0] < LEAD)
    group, _, other = name.partition("~")
    if other:
        return _amount(_near(places[group], places[other]))
    return _amount(len(places[group]))


def _amount(count: int) -> float:
    return log1p(min(count, CAP))


def _near(spans: Iterable[tuple[int, int]], others: list[tuple[int, int]]) -> int:
    """How many of `spans` have one of `others` (sorted by start) within NEAR code points on either side."""
    starts = [start for start, _ in others]
    count = 0
    for start, end in spans:
        at = bisect_left(starts, start)
        after = at < len(starts) and starts[at] - end <= NEAR
        before = at > 0 and start - others[at - 1][1] <= NEAR
        count += after or before
    return count
