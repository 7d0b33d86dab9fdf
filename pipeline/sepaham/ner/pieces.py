"""A text of any length -> pieces of a SentencePiece vocabulary, and windows that cover all of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

# Pieces never cross white space, so a text may be cut there without a change; a run without any is cut
# anyway.
_STRETCH = re.compile(r"(?<!\s)\s*+(?:\S(?:.{0,4000}\S)?(?=\s|\Z)|\S{1,4000})", re.DOTALL)


@dataclass(frozen=True)
class Pieces:
    """Piece ids of a text with their offsets in it."""

    ids: list[int]
    offsets: list[tuple[int, int]]


@dataclass(frozen=True)
class Window:
    """Words `first`..`last` are read from the pieces `start`..`end`, which hold some context on both
    sides."""

    first: int
    last: int
    start: int
    end: int


def pieces_of(text: str, tokenizer: Tokenizer) -> Pieces:
    """The pieces of a text, read in stretches so that the cost grows with the length only."""
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    for stretch in _STRETCH.finditer(text):
        encoding = tokenizer.encode(stretch.group(), add_special_tokens=False)
        ids += encoding.ids
        offsets += [(a + stretch.start(), b + stretch.start()) for a, b in encoding.offsets]
    return Pieces(ids, offsets)


def first_pieces(words: Sequence[tuple[int, int]], pieces: Sequence[tuple[int, int]]) -> list[int]:
    """The number of the first piece that overlaps each word (the last piece for a word that no piece
    covers)."""
    firsts, piece = [], 0
    for start, _ in words:
        while piece < len(pieces) - 1 and pieces[piece][1] <= start:
            piece += 1
        firsts.append(piece)
    return firsts


def windows(firsts: Sequence[int], pieces: int, size: int, margin: int) -> Iterator[Window]:
    """Windows of at most `size` pieces; every word is in one, with `margin` pieces of context where there
    are any.

    Only a single word of more than `size - 2 * margin` pieces is read by its beginning alone.
    """
    core = size if pieces <= size else size - 2 * margin
    first = 0
    while first < len(firsts):
        last = first + 1
        while last < len(firsts) and firsts[last] - firsts[first] < core:
            last += 1
        end = min(firsts[last] if last < len(firsts) else pieces, firsts[first] + core)
        yield Window(first, last, max(0, firsts[first] - margin), min(pieces, end + margin))
        first = last
