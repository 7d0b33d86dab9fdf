"""A text with parts cut out or replaced, and the way back from its offsets to the original's."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from sepaham.records import Span


class Removed(Span):
    """A stretch of the original that the cleaned copy lacks; `rule` names why."""

    rule: str


class Edit(NamedTuple):
    """`start..end` of a text is to become `new`; `rule` names why."""

    start: int
    end: int
    new: str
    rule: str


class _Piece(NamedTuple):
    """A run of the copy that begins at `at`: copied from `start`, or put in the place of `start..end`."""

    at: int
    start: int
    end: int
    copied: bool


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The cleaned copy of `source`: `removed` stands in the order of the source and counts in it."""

    text: str
    source: str = field(repr=False)
    removed: tuple[Removed, ...] = ()
    pieces: tuple[_Piece, ...] = field(default=(), repr=False)

    @property
    def changed(self) -> bool:
        """False when the copy is the original, letter for letter."""
        return self.text != self.source

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where `start..end` of the copy stands in the source; half-open offsets in code points.

        The map is monotone: of two offsets the later one never comes out earlier. A letter that stands for
        several ("é" for "&eacute;") gives all of them, a span over a cut holds what was cut. Raises
        ValueError for offsets that are not in the copy.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start}..{end} is not in a text of {len(self.text)} characters")
        if not self.pieces:
            return 0, 0
        if start == end:
            point = self._start(start) if start < len(self.text) else self._end(end)
            return point, point
        return self._start(start), self._end(end)

    def _start(self, position: int) -> int:
        piece = self._piece(position)
        return piece.start + (position - piece.at if piece.copied else 0)

    def _end(self, position: int) -> int:
        piece = self._piece(position - 1)
        return piece.start + position - piece.at if piece.copied else piece.end

    def _piece(self, position: int) -> _Piece:
        return self.pieces[bisect_right(self.pieces, position, key=lambda piece: piece.at) - 1]


def apply(text: str, edits: Iterable[Edit]) -> Cleaned:
    """The text after its edits, which may stand in any order; of two that overlap the sum is made."""
    parts: list[str] = []
    pieces: list[_Piece] = []
    removed: list[Removed] = []
    at = last = 0
    for edit in merged(edits):
        for new, piece in (
            (text[last : edit.start], _Piece(at, last, edit.start, True)),
            (edit.new, _Piece(at + edit.start - last, edit.start, edit.end, False)),
        ):
            if new:
                parts.append(new)
                pieces.append(piece)
                at += len(new)
        if edit.rule and (not edit.new or edit.new.isspace()):
            removed.append(Removed(start=edit.start, end=edit.end, rule=edit.rule))
        last = edit.end
    if last < len(text):
        parts.append(text[last:])
        pieces.append(_Piece(at, last, len(text), True))
    return Cleaned("".join(parts), text, tuple(removed), tuple(pieces))


def merged(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in order, those that overlap made one: it takes the rule of the first."""
    result: list[Edit] = []
    for edit in sorted(edits):
        if result and edit.start < result[-1].end:
            first = result[-1]
            gap = first.new if "\n" in first.new else edit.new
            result[-1] = Edit(first.start, max(first.end, edit.end), gap if gap.isspace() else "", first.rule)
        else:
            result.append(edit)
    return result
