"""What a text looks like to the search for copies: its word sequences, its names, how it begins.

A sketch keeps the smallest hashes of a text's shingles (Broder 1997, "On the resemblance and containment of
documents"): all of them for a usual article, a fair sample of a long one, so that its size is bounded.
"""

import base64
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint32]

SHINGLE = 4
"""Words in a shingle: three meet by chance ("hal itu dikatakan"), of five each edit breaks too many."""

KEPT = 1024
"""Shingles that are kept of a text: nine in ten news articles have fewer."""

KEYS = 48
"""The smallest of them, by which copies are looked up; a copy cut to a quarter still shares twelve."""

_HEAD = 256
_MARKS = 256
_LARGEST = 2**32 - 1
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,/:-]\d+)*")


@dataclass(frozen=True)
class Sketch:
    """Hashes of a text: `head` are its first shingles in their order, the others are sorted sets."""

    shingles: Hashes
    names: Hashes
    numbers: Hashes
    head: Hashes

    @property
    def keys(self) -> list[int]:
        """The hashes to look copies up by."""
        return [int(key) for key in self.shingles[:KEYS]]

    def encoded(self) -> str:
        """The sketch as text, for the journal."""
        parts = (self.shingles, self.names, self.numbers, self.head)
        sizes = np.array([len(part) for part in parts], dtype="<u4")
        return base64.b64encode(b"".join(part.astype("<u4").tobytes() for part in (sizes, *parts))).decode()

    @staticmethod
    def decoded(text: str) -> "Sketch":
        """The sketch that `encoded` wrote."""
        values = np.frombuffer(base64.b64decode(text), dtype="<u4").astype(np.uint32)
        sizes, rest = values[:4], values[4:]
        return Sketch(*np.split(rest, np.cumsum(sizes[:-1])))


def sketch(text: str) -> Sketch:
    """The sketch of a cleaned text without its title: syndicated copies often have another one."""
    words = _WORD.findall(text)
    in_order = _shingles(words)
    return Sketch(
        shingles=np.unique(in_order)[:KEPT],
        names=_set(word for word in words if word[0].isupper()),
        numbers=_set(_NUMBER.findall(text)),
        head=in_order[:_HEAD],
    )


def _set(words: Iterable[str]) -> Hashes:
    return np.array(sorted({_hash(word) for word in words})[:_MARKS], dtype=np.uint32)


def _hash(word: str) -> int:
    return zlib.crc32(word.lower().encode("utf-8", "surrogatepass"))


def _shingles(words: list[str]) -> Hashes:
    """A hash for each sequence of SHINGLE words, in order; unsigned overflow is part of the mixing."""
    hashes = np.array([_hash(word) for word in words], dtype=np.uint64)
    count = len(hashes) - SHINGLE + 1
    if count < 1:
        return np.array([], dtype=np.uint32)
    mixed = np.zeros(count, dtype=np.uint64)
    for offset in range(SHINGLE):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + hashes[offset : offset + count]
        mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return (mixed >> np.uint64(32)).astype(np.uint32)


@dataclass(frozen=True)
class Likeness:
    """How much two texts have in common, each a share from 0 to 1.

    `similarity`: shared shingles over all shingles of both (Jaccard). `containment`: shared shingles over
    those of the shorter text. `size`: the shorter text's shingles over the longer one's. `names`: shared
    names over those of the text with fewer, 1 where at most one is missing; `numbers` likewise.
    `beginning`: shingles of the longer text's beginning, as long as the shorter text (256 at most), that
    the shorter one has.
    """

    similarity: float
    containment: float
    size: float
    names: float
    numbers: float
    beginning: float


def likeness(one: Sketch, two: Sketch) -> Likeness:
    """Compare two texts; of long ones the hashes that both would have kept."""
    a, b = _comparable(one.shingles, two.shingles, KEPT)
    shorter, longer = (one, two) if len(a) <= len(b) else (two, one)
    shared = len(np.intersect1d(a, b, assume_unique=True))
    fewer, more = sorted((len(a), len(b)))
    return Likeness(
        similarity=shared / max(1, len(a) + len(b) - shared),
        containment=shared / max(1, fewer),
        size=fewer / max(1, more),
        names=_share(one.names, two.names),
        numbers=_share(one.numbers, two.numbers),
        beginning=_beginning(longer, shorter),
    )


def _limit(hashes: Hashes, kept: int) -> int:
    """The largest hash that would have been kept."""
    return int(hashes[-1]) if len(hashes) == kept else _LARGEST


def _comparable(one: Hashes, two: Hashes, kept: int) -> tuple[Hashes, Hashes]:
    """Of each set the hashes that would have been kept of either: a fair sample of both."""
    limit = min(_limit(one, kept), _limit(two, kept))
    return one[one <= limit], two[two <= limit]


def _share(one: Hashes, two: Hashes) -> float:
    a, b = _comparable(one, two, _MARKS)
    fewer = min(len(a), len(b))
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return 1.0 if fewer - shared <= 1 else shared / fewer


def _beginning(longer: Sketch, shorter: Sketch) -> float:
    head = longer.head[: len(shorter.head)]
    head = head[head <= _limit(shorter.shingles, KEPT)]
    return float(np.isin(head, shorter.shingles).mean()) if len(head) else 0.0


_FEWEST = 20  # shingles: of less text nothing is said
_SIMILAR = 0.6
_CONTAINED = 0.8
_SAME_BEGINNING = 0.8
_NO_NEW_BEGINNING = 0.5
_SAME_NAMES = 0.85
_SAME_NUMBERS = 0.75
_SAYS_MORE = 0.4


def is_copy(later: Sketch, earlier: Sketch) -> float | None:
    """The similarity when `later` is a copy of `earlier`, else None.

    A copy has most word sequences of the other text, or is that text cut at its end. It has the same names
    and numbers, which tells it from a text made from the same template, for a twin or a year later. A text
    that begins anew and then repeats an older story is none, nor is one that says more than twice as much
    as the earlier one.
    """
    if min(len(later.shingles), len(earlier.shingles)) < _FEWEST:
        return None
    like = likeness(later, earlier)
    if like.names < _SAME_NAMES or like.numbers < _SAME_NUMBERS:
        return None
    if like.similarity >= _SIMILAR and like.beginning >= _NO_NEW_BEGINNING:
        return like.similarity
    cut = like.containment >= _CONTAINED and like.beginning >= _SAME_BEGINNING
    grown = len(later.shingles) > len(earlier.shingles) and like.size < _SAYS_MORE
    return like.similarity if cut and not grown else None
