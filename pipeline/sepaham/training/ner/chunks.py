"""The background news as chunks of pieces, in the letters of the text and, for some, in lower case.

The two writings of a chunk stand for the same words, so that what a teacher says of the words of the one may
be learned on the other.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from sepaham.gate import passes
from sepaham.ner.bio import words_of
from sepaham.ner.pieces import first_pieces, pieces_of
from sepaham.records import Article
from sepaham.training.files import BACKGROUND, article_of, json_lines
from sepaham.training.ner.batches import Arrays, Marks
from sepaham.training.ner.near import NearCopies
from sepaham.training.ner.recipe import News, Shape
from sepaham.training.ner.windows import behind

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Writing:
    """All chunks one after another in one writing: `ids` of all pieces, `firsts` (the piece in the chunk that
    stands for the word) of all words; `pieces` and `words` count those of each chunk, 0 where it has no such
    writing."""

    ids: npt.NDArray[np.uint16]
    firsts: npt.NDArray[np.uint16]
    pieces: Numbers
    words: Numbers

    def table(self, chosen: Numbers, pieces: int, words: int) -> tuple[Numbers, Numbers]:
        """(chunks, pieces) ids and (chunks, words) firsts of the chosen chunks; what stands behind the end of
        one is of no meaning."""
        return _table(self.ids, self.pieces, chosen, pieces), _table(self.firsts, self.words, chosen, words)


def _table(flat: npt.NDArray[np.unsignedinteger], counts: Numbers, chosen: Numbers, width: int) -> Numbers:
    starts = (np.cumsum(counts) - counts)[chosen]
    at = np.minimum(starts[:, None] + np.arange(width), max(0, len(flat) - 1))
    return flat[at].astype(np.int64) if len(flat) else np.zeros(at.shape, dtype=np.int64)


@dataclass(frozen=True)
class Chunks:
    """The chunks in both writings; `gate` tells whose article the gate lets through."""

    plain: Writing
    lower: Writing
    gate: Flags

    def __len__(self) -> int:
        """The number of chunks."""
        return len(self.gate)

    def order(self, draw: np.random.Generator, gate_repeats: int) -> Numbers:
        """Chunk numbers in a drawn order, those of the gate so many times more."""
        every = np.arange(len(self))
        order = np.concatenate([every, *[every[self.gate]] * gate_repeats])
        draw.shuffle(order)
        return order

    def rows(self, chosen: Numbers, begin: Numbers, lower: Flags, shape: Shape, marks: Marks) -> Arrays:
        """`ids`, `real` (rows, pieces), `firsts`, `told` (rows, words) of the chosen chunks, each behind its
        mark `begin`; in lower case where `lower` says so, which such a chunk must have.

        `told` is the same for both writings.
        """
        counts = np.where(lower, self.lower.pieces[chosen], self.plain.pieces[chosen])
        sides = [side.table(chosen, shape.pieces - 2, shape.words) for side in (self.plain, self.lower)]
        body, firsts = (np.where(lower[:, None], low, plain) for plain, low in zip(*sides, strict=True))
        ids = np.full((len(chosen), shape.pieces), marks.padding, dtype=np.int64)
        ids[:, 1:-1] = np.where(np.arange(shape.pieces - 2) < counts[:, None], body, marks.padding)
        ids[:, 0] = begin
        ids[np.arange(len(chosen)), counts + 1] = marks.end
        told = np.arange(shape.words) < self.plain.words[chosen][:, None]
        real = np.arange(shape.pieces) < counts[:, None] + 2
        return {"ids": ids, "real": real, "firsts": np.where(told, firsts + 1, 0), "told": told}


def ends(writings: list[tuple[npt.NDArray[np.int64], int]], size: int) -> Iterator[tuple[int, int]]:
    """Chunks as (first word, one past the last); each writing is (first piece of each word, pieces in all).

    A chunk ends with the word that reaches `size` pieces in one of the writings. It is left out where that
    word reaches over.
    """
    word, words = 0, len(writings[0][0])
    while word < words:
        after = min(behind(firsts, word, size) for firsts, _ in writings)
        if all(b - a <= size for a, b in (span(w, word, after) for w in writings)):
            yield word, after
        word = after


def span(writing: tuple[npt.NDArray[np.int64], int], word: int, after: int) -> tuple[int, int]:
    """The pieces, half-open, of the words from `word` to before `after`."""
    firsts, pieces = writing
    return int(firsts[word]), int(firsts[after]) if after < len(firsts) else pieces


class _Gathered:
    def __init__(self) -> None:
        self.ids: list[npt.NDArray[np.uint16]] = []
        self.firsts: list[npt.NDArray[np.uint16]] = []

    def add(self, ids: npt.NDArray[np.uint16], firsts: npt.NDArray[np.int64]) -> None:
        self.ids.append(ids)
        self.firsts.append(firsts.astype(np.uint16))

    def all(self) -> Writing:
        pieces, words = (
            np.array([len(p) for p in parts], dtype=np.int64) for parts in (self.ids, self.firsts)
        )
        none = np.zeros(0, dtype=np.uint16)
        ids = np.concatenate([none, *self.ids])
        return Writing(ids, np.concatenate([none, *self.firsts]), pieces, words)


def chunked(texts: Iterable[str], tokenizer: Tokenizer, wanted: News, draw: random.Random) -> Chunks:
    """The texts in chunks. In lower case too are those that the gate lets through and a draw of the others,
    where that moves no word."""
    plain, lower = _Gathered(), _Gathered()
    gate: list[bool] = []
    for text in texts:
        words, lowered = words_of(text), text.lower()
        if not words:
            continue
        passed = passes(text)
        both = passed or draw.random() < wanted.lower
        both = both and len(lowered) == len(text) and words_of(lowered) == words
        read = [pieces_of(t, tokenizer) for t in ((text, lowered) if both else (text,))]
        ids = [np.array(p.ids, dtype=np.uint16) for p in read]
        writings = [(np.array(first_pieces(words, p.offsets)), len(p.ids)) for p in read]
        for word, after in ends(writings, wanted.pieces):
            if after - word < wanted.words:
                continue
            for side, gathered in enumerate((plain, lower)):
                if side < len(writings):
                    a, b = span(writings[side], word, after)
                    gathered.add(ids[side][a:b], writings[side][0][word:after] - a)
                else:
                    gathered.add(np.zeros(0, dtype=np.uint16), np.zeros(0, dtype=np.int64))
            gate.append(passed)
    return Chunks(plain.all(), lower.all(), np.array(gate, dtype=bool))


def _every(_: Article) -> bool:
    return True


def read_chunks(
    shared: Path,
    tests: Iterable[str],
    tokenizer: Tokenizer,
    wanted: News,
    keep: Callable[[Article], bool] = _every,
) -> Chunks:
    """The background news in a drawn order, but for articles that are nearly one of the test texts and those
    that `keep` says no to."""
    copies = NearCopies(tests)
    rows = islice(json_lines(shared / BACKGROUND), 0, None, wanted.every)
    texts = [a.body[: wanted.characters] for a in map(article_of, rows) if keep(a)]
    texts = [text for text in texts if len(text) > wanted.shortest]
    draw = random.Random(wanted.seed)  # noqa: S311 - a seeded draw, no secret
    draw.shuffle(texts)
    return chunked((text for text in texts if not copies.holds(text)), tokenizer, wanted, draw)
