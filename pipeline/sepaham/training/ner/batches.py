"""Examples -> batches of fixed shape: what is captured as a CUDA graph cannot change its shape."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from sepaham.ner.slots import COLUMNS
from sepaham.training.ner.augment import Copies, glued, recased
from sepaham.training.ner.corpora import Corpora
from sepaham.training.ner.examples import Example
from sepaham.training.ner.recipe import Mix, Shape
from sepaham.training.ner.windows import FIRST_PIECE, Encoded, Labels, Window, cut, encoded, piece_id

Arrays = dict[str, npt.NDArray[Any]]
PARTS = ("gold", "more", "real", "news", "idner", "spacyndo")
CONVENTIONS = ("gold", "idner", "spacyndo")  # articles are all labelled by that of gold
GLUED = 2  # glued copies of an example, one of which is drawn


@dataclass(frozen=True)
class Marks:
    """The pieces that no text has: `begins` are the first pieces of the `CONVENTIONS`."""

    begins: tuple[int, ...]
    end: int
    padding: int

    @classmethod
    def of(cls, tokenizer: Tokenizer) -> "Marks":
        """The marks of a vocabulary. Raises ValueError where it lacks one."""
        begins = (piece_id(tokenizer, FIRST_PIECE.get(name, "<s>")) for name in CONVENTIONS)
        return cls(tuple(begins), piece_id(tokenizer, "</s>"), piece_id(tokenizer, "<pad>"))

    def begin(self, corpus: str) -> int:
        """The first piece of a window of this corpus."""
        return self.begins[CONVENTIONS.index(corpus)]


@dataclass(frozen=True)
class Variants:
    """An example as pieces, as it is and as careless copies."""

    plain: Encoded
    lower: Encoded
    upper: Encoded
    glued: tuple[Encoded, ...]

    def drawn(self, draw: random.Random, copies: Copies) -> Encoded:
        """One of them, by these shares."""
        kind = copies.drawn(draw)
        if kind == "glued":
            return draw.choice(self.glued)
        return {"plain": self.plain, "lower": self.lower, "upper": self.upper}[kind]


@dataclass(frozen=True)
class Examples:
    """The variants of all examples by part, and how windows of them begin and end."""

    parts: dict[str, list[Variants]]
    marks: Marks

    def windows(
        self, mix: Mix, pieces: int, draw: random.Random, without: frozenset[str] = frozenset()
    ) -> list[Window]:
        """The windows of one epoch in a drawn order, none longer than `pieces`, end marks counted.

        Articles of `without` are left out, and so is a window whose last word reaches over; the next epoch
        cuts elsewhere.
        """
        found = [v for name in mix.gold for v in self.parts[name] if v.plain.group not in without]
        for name, share in (("idner", mix.idner), ("spacyndo", mix.spacyndo)):
            part = self.parts[name]
            found += draw.sample(part, round(len(part) * share))
        windows = []
        for variants in found:
            one = variants.drawn(draw, mix.copies)
            cuts = cut(one, self.marks.begin(one.corpus), self.marks.end, pieces - 2, draw)
            windows += [window for window in cuts if len(window.ids) <= pieces]
        draw.shuffle(windows)
        return windows


def read_examples(corpora: Corpora, tokenizer: Tokenizer, labels: Labels, seed: int) -> Examples:
    """All examples of the corpora as pieces; one without a word is left out."""
    draw = random.Random(seed)  # noqa: S311 - a seeded draw, no secret
    parts: dict[str, list[Variants]] = {}
    for name in PARTS:
        read = [_variants(example, tokenizer, labels, draw) for example in getattr(corpora, name)]
        parts[name] = [variants for variants in read if variants is not None]
    return Examples(parts, Marks.of(tokenizer))


def _variants(example: Example, tokenizer: Tokenizer, labels: Labels, draw: random.Random) -> Variants | None:
    copies = [recased(example, str.lower), recased(example, str.upper)]
    copies += [glued(example, draw) for _ in range(GLUED)]
    plain = encoded(example, tokenizer, labels)
    if plain is None:
        return None
    lower, upper, *rest = (encoded(copy, tokenizer, labels) or plain for copy in copies)
    return Variants(plain, lower, upper, tuple(rest))


def in_batches(
    windows: Sequence[Window], shapes: Sequence[Shape], draw: random.Random
) -> list[tuple[Shape, list[Window]]]:
    """The windows in batches, in a drawn order: each goes to the shortest shape that holds it."""
    ascending = sorted(shapes, key=lambda shape: shape.pieces)
    by_shape: dict[Shape, list[Window]] = {shape: [] for shape in ascending}
    for window in windows:
        by_shape[next(s for s in ascending if len(window.ids) <= s.pieces)].append(window)
    batches = [
        (shape, found[start : start + shape.rows])
        for shape, found in by_shape.items()
        for start in range(0, len(found), shape.rows)
    ]
    draw.shuffle(batches)
    return batches


def rows(windows: Sequence[Window], shape: Shape, labels: int, marks: Marks) -> Arrays:
    """The windows, at most `shape.rows`, as arrays of the fixed shape.

    `ids`, `real` (rows, pieces); `firsts`, `told` (rows, words): the piece of each word, and whether there is
    such a word; `flat` (rows, words, labels), `roles` (…, 3), `slots` (…, columns). A word beyond
    `shape.words` teaches nothing.
    """
    count = shape.rows, shape.words
    out: Arrays = {
        "ids": np.full((shape.rows, shape.pieces), marks.padding, dtype=np.int64),
        "real": np.zeros((shape.rows, shape.pieces), dtype=bool),
        "firsts": np.zeros(count, dtype=np.int64),
        "told": np.zeros(count, dtype=bool),
        "flat": np.ones((*count, labels), dtype=bool),
        "roles": np.ones((*count, 3), dtype=bool),
        "slots": np.full((*count, len(COLUMNS)), np.nan, dtype=np.float32),
    }
    out["real"][:, 0] = True  # a row without any real piece would give NaN
    for row, window in enumerate(windows):
        pieces, words = len(window.ids), min(len(window.firsts), shape.words)
        out["ids"][row, :pieces] = window.ids
        out["real"][row, :pieces] = True
        out["told"][row, :words] = True
        for name in ("firsts", "flat", "roles", "slots"):
            out[name][row, :words] = getattr(window, name)[:words]
    return out
