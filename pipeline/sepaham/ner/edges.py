"""Puts the ends of learned spans right where one piece of the vocabulary holds the signs of two words.

`),` and `).` are single pieces, so a label cannot tell the bracket that belongs to a name from the comma
behind it.
"""

import re
from collections.abc import Iterator

_EMPTY_LINE = re.compile(r"\n\s*\n")
_BEHIND = ",;:!?"
_CLOSING = {"(": ")", "[": "]", "“": "”", "‘": "’"}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}


def parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span with its ends right, cut where an empty line runs through it: a name ends with its title; and
    ended where a bracket is closed that it did not open."""
    cuts = [found.span() for found in _EMPTY_LINE.finditer(text, start, end)]
    starts = [start, *(behind for _, behind in cuts)]
    ends = [*(before for before, _ in cuts), end]
    for first, last in zip(starts, ends, strict=True):
        left, right = mended(text, first, last)
        part = mended(text, left, _stray_closing(text, left, right))
        if part[0] < part[1]:
            yield part


def mended(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without stray signs at its ends and with the bracket that closes it; may be empty."""
    while start < end:
        if _stray_end(text, start, end):
            end -= 1
        elif _stray_start(text, start, end):
            start += 1
        else:
            break
    if start < end < len(text) and _open(text, start, end, _OPENING.get(text[end])) > 0:
        end += 1
    return start, end


def _stray_closing(text: str, start: int, end: int) -> int:
    """Where a bracket is closed that was opened before the span, else its end: "(Unsrat) Manado"."""
    opened = 0
    for at in range(start, end):
        opened += (text[at] == "(") - (text[at] == ")")
        if opened < 0:
            return at
    return end


def _stray_end(text: str, start: int, end: int) -> bool:
    last = text[end - 1]
    if last == ".":  # behind a letter it may be that of "Tbk."
        return end - 1 == start or not text[end - 2].isalpha()
    return (
        last in _BEHIND
        or last in _CLOSING
        or last.isspace()
        or _open(text, start, end, _OPENING.get(last)) < 0
    )


def _stray_start(text: str, start: int, end: int) -> bool:
    first = text[start]
    return (
        first in _BEHIND
        or first in _OPENING
        or first.isspace()
        or (first in _CLOSING and _open(text, start, end, first) > 0)
    )


def _open(text: str, start: int, end: int, opening: str | None) -> int:
    """How many brackets of this kind are open at the end of the span; 0 for no bracket."""
    inside = text[start:end]
    return inside.count(opening) - inside.count(_CLOSING[opening]) if opening else 0
