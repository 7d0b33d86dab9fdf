"""What is read of a text too long to be read whole: its head and the surroundings of instrument words."""

from collections.abc import Iterable, Iterator, Sequence

from sepaham.cleaning import Cleaned
from sepaham.cleaning.edits import Edit, apply
from sepaham.gate.cues import Group, Hit, find_cues

MAX_CHARS = 100_000
"""The longest text, in code points, that is read whole; news articles have about 2,500."""

RULE = "max_chars"
_GAP = "\n\n"  # stands for what was left out, so that no sentence runs over it
_HEAD_SHARE = 4  # a quarter of the room is for the head: title, dateline and lead
_MARGIN = 1_000  # code points on both sides of a cue
_SPREAD = 2_000  # cues so near to the first one share its window
_SNAP = 200  # code points that a border may move inwards to stand between two words
_WORTH: dict[Group, int] = {"instrument": 4, "signing": 2, "paper": 2, "cooperation": 1}


def excerpt(text: str, max_chars: int = MAX_CHARS) -> Cleaned:
    """At most `max_chars` code points of `text`, with the map back to its offsets.

    A text that is not longer comes back whole (`changed` is false). Of a longer one the head is kept and
    windows around the gate's cues, those with most kinds of cues first and of equals the earlier ones;
    `removed` holds what is not read (rule `max_chars`). Linear in the length of the text.
    """
    if len(text) <= max_chars:
        return apply(text, ())
    return apply(text, _gaps(text, _kept(text, max_chars)))


def _kept(text: str, room: int) -> list[tuple[int, int]]:
    """The spans to keep, in order; with the gaps between and behind them they fill no more than `room`."""
    kept = [(0, _left(text, max(0, room // _HEAD_SHARE - len(_GAP)), 0))]
    for start, end in _windows(find_cues(text), len(text)):
        more = _merged([*kept, (_right(text, start, end), _left(text, end, start))])
        if sum(end - start + len(_GAP) for start, end in more) <= room:
            kept = more
    return kept


def _windows(hits: Sequence[Hit], length: int) -> list[tuple[int, int]]:
    """A window around each group of cues that stand near each other, the best first."""
    groups: list[list[Hit]] = []
    for hit in hits:
        if hit.group not in _WORTH:
            continue
        if groups and hit.start - groups[-1][0].start <= _SPREAD:
            groups[-1].append(hit)
        else:
            groups.append([hit])
    groups.sort(
        key=lambda group: (-sum(_WORTH[kind] for kind in {hit.group for hit in group}), group[0].start)
    )
    return [
        (max(0, group[0].start - _MARGIN), min(length, max(hit.end for hit in group) + _MARGIN))
        for group in groups
    ]


def _right(text: str, start: int, end: int) -> int:
    """The first border of a paragraph, else of a word, a little behind `start`."""
    if start == 0:
        return start
    stop = min(end, start + _SNAP)
    at = text.find("\n", start - 1, stop)
    return at + 1 if at >= 0 else next((at + 1 for at in range(start - 1, stop) if text[at].isspace()), start)


def _left(text: str, end: int, start: int) -> int:
    """The last border of a paragraph, else of a word, a little before `end`."""
    if end == len(text):
        return end
    stop = max(start, end - _SNAP)
    at = text.rfind("\n", stop, end + 1)
    return at if at >= 0 else next((at for at in range(end, stop - 1, -1) if text[at].isspace()), end)


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def _gaps(text: str, kept: list[tuple[int, int]]) -> Iterator[Edit]:
    borders = [0, *(border for span in kept for border in span), len(text)]
    for start, end in zip(borders[::2], borders[1::2], strict=True):
        if end > start:
            yield Edit(start, end, _GAP, RULE)
