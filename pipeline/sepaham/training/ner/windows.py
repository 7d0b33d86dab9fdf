"""Example -> windows of pieces with, for every word, the labels that its corpus allows."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from sepaham.ner.bio import words_of
from sepaham.ner.pieces import first_pieces
from sepaham.training.ner.examples import Example
from sepaham.training.ner.slots import Targets, slot_targets

# Corpora draw the line around an entity differently. The first piece of a window tells by whose convention
# it is labelled; texts of users are read by that of gold, "<s>".
FIRST_PIECE = {"idner": "</s>", "spacyndo": "<unk>"}


@dataclass(frozen=True)
class Window:
    """Piece ids, the piece that stands for each word, and the allowed labels of both layers (words,
    labels)."""

    ids: list[int]
    firsts: list[int]
    words: list[tuple[int, int]]
    flat: npt.NDArray[np.bool_]
    roles: npt.NDArray[np.bool_]
    slots: Targets
    example: Example


class Labels:
    """Label numbers: 0 is O, then B- and I- of each type."""

    def __init__(self, types: tuple[str, ...]) -> None:
        """Number the types in their order."""
        self.types = types
        self.begin = {kind: 1 + 2 * n for n, kind in enumerate(types)}
        self.count = 1 + 2 * len(types)

    def outside(self, marked: frozenset[str]) -> npt.NDArray[np.bool_]:
        """What a word outside all spans may be: O, or any type that the corpus does not mark."""
        allowed = np.zeros(self.count, dtype=bool)
        allowed[0] = True
        for kind in set(self.types) - marked:
            allowed[self.begin[kind] : self.begin[kind] + 2] = True
        return allowed


def allowed_flat(example: Example, words: list[tuple[int, int]], labels: Labels) -> npt.NDArray[np.bool_]:
    """(words, labels): what each word may be.

    Inside a ROLE a name need not be listed, so all is allowed there, but for its first word, the office.
    """
    allowed = np.tile(labels.outside(example.marked), (len(words), 1))
    for number, (start, _) in enumerate(words):
        if any(a < start < b for a, b in example.roles or ()):
            allowed[number] = True
    for start, end, kinds in example.flat:
        inside = [n for n, (a, b) in enumerate(words) if a < end and start < b]
        for n in inside:
            allowed[n] = False
            for kind in kinds:
                allowed[n, labels.begin[kind] + (n != inside[0])] = True
    return allowed


def allowed_roles(example: Example, words: list[tuple[int, int]]) -> npt.NDArray[np.bool_]:
    """(words, 3): O, B, I of the ROLE layer; all allowed where the corpus has no such layer."""
    if example.roles is None:
        return np.ones((len(words), 3), dtype=bool)
    allowed = np.tile(np.array([True, False, False]), (len(words), 1))
    for start, end in example.roles:
        inside = [n for n, (a, b) in enumerate(words) if a < end and start < b]
        for n in inside:
            allowed[n] = [False, n == inside[0], n != inside[0]]
    return allowed


def piece_id(tokenizer: Tokenizer, piece: str) -> int:
    """The number of a piece that the vocabulary must have."""
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise ValueError(f"the vocabulary has no piece {piece!r}")
    return int(number)


def windows(
    example: Example, tokenizer: Tokenizer, labels: Labels, size: int, draw: random.Random
) -> Iterator[Window]:
    """Cut an example into windows of at most `size` pieces, at words; where the first cut falls is drawn."""
    encoding = tokenizer.encode(example.text, add_special_tokens=False)
    bos = piece_id(tokenizer, FIRST_PIECE.get(example.corpus, "<s>"))
    eos = piece_id(tokenizer, "</s>")
    words = words_of(example.text)
    if not words or not encoding.ids:
        return
    flat, roles = allowed_flat(example, words, labels), allowed_roles(example, words)
    slots = slot_targets(example.facts, words)
    firsts = first_pieces(words, encoding.offsets)
    # Where two words are one piece, as in "),", the piece has the label of the first.
    same = [n for n in range(1, len(words)) if firsts[n] == firsts[n - 1]]
    flat[same] = roles[same] = True
    slots[same] = np.nan
    begin = 0
    limit = draw.randint(size // 2, size) if len(encoding.ids) > size else size
    while begin < len(words):
        end = begin + 1
        while end < len(words) and firsts[end] - firsts[begin] < limit:
            end += 1
        last = firsts[end] if end < len(words) else len(encoding.ids)
        ids = [bos, *encoding.ids[firsts[begin] : last], eos]
        at = [1 + f - firsts[begin] for f in firsts[begin:end]]
        if len(ids) <= 512:
            part = slice(begin, end)
            yield Window(ids, at, words[part], flat[part], roles[part], slots[part], example)
        begin, limit = end, size
