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
class Encoded:
    """An example as pieces: `firsts` is the first piece of each word, `flat` and `roles` (words, labels) what
    the word may be, `slots` (words, columns) what part it has in an agreement, NaN for unknown."""

    corpus: str
    group: str
    ids: npt.NDArray[np.int32]
    firsts: npt.NDArray[np.int32]
    flat: npt.NDArray[np.bool_]
    roles: npt.NDArray[np.bool_]
    slots: Targets


@dataclass(frozen=True)
class Window:
    """Piece ids with their end marks, the piece that stands for each word, and the labels of its words."""

    ids: npt.NDArray[np.int32]
    firsts: npt.NDArray[np.int32]
    flat: npt.NDArray[np.bool_]
    roles: npt.NDArray[np.bool_]
    slots: Targets


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


def encoded(example: Example, tokenizer: Tokenizer, labels: Labels) -> Encoded | None:
    """The pieces and labels of an example; None where it has no word."""
    encoding = tokenizer.encode(example.text, add_special_tokens=False)
    words = words_of(example.text)
    if not words or not encoding.ids:
        return None
    flat, roles = allowed_flat(example, words, labels), allowed_roles(example, words)
    slots = slot_targets(example.facts, words)
    firsts = np.array(first_pieces(words, encoding.offsets), dtype=np.int32)
    # Where two words are one piece, as in "),", the piece has the label of the first.
    same = 1 + np.flatnonzero(firsts[1:] == firsts[:-1])
    flat[same] = roles[same] = True
    slots[same] = np.nan
    ids = np.array(encoding.ids, dtype=np.int32)
    return Encoded(example.corpus, example.group, ids, firsts, flat, roles, slots)


def behind(firsts: npt.NDArray[np.signedinteger], word: int, size: int) -> int:
    """The first word that begins `size` pieces or more behind the first piece of `word`, but never itself."""
    return max(word + 1, int(np.searchsorted(firsts, firsts[word] + size)))


def cut(whole: Encoded, begin: int, end: int, size: int, draw: random.Random) -> Iterator[Window]:
    """Windows between the end marks `begin` and `end`, cut behind the word that reaches `size` pieces (it may
    reach over); where the first cut falls is drawn."""
    pieces, words = len(whole.ids), len(whole.firsts)
    word, limit = 0, draw.randint(size // 2, size) if pieces > size else size
    while word < words:
        first = int(whole.firsts[word])
        after = behind(whole.firsts, word, limit)
        last = int(whole.firsts[after]) if after < words else pieces
        ids = np.concatenate([[begin], whole.ids[first:last], [end]]).astype(np.int32)
        part = slice(word, after)
        firsts = whole.firsts[part] - first + 1
        yield Window(ids, firsts, whole.flat[part], whole.roles[part], whole.slots[part])
        word, limit = after, size
