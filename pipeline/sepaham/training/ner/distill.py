"""Background news, labelled by a teacher (the encoder), as training examples for a smaller tagger."""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sepaham.gate import passes
from sepaham.ner.bio import log_softmax, words_of
from sepaham.ner.encoder import EncoderTagger
from sepaham.ner.taggers import Tagger
from sepaham.training.files import BACKGROUND, article_of, json_lines
from sepaham.training.ner.corpora import REAL, WRITTEN, read_tests
from sepaham.training.ner.examples import Example, LabelTable
from sepaham.training.ner.gold import from_gold
from sepaham.training.ner.near import NearCopies


@dataclass(frozen=True)
class Taught:
    """The words of an article, and `chances` (words, labels + 3): what a teacher gives each label of the flat
    and of the ROLE layer. The types are those of the label table; all others count as O."""

    words: list[str]
    chances: npt.NDArray[np.float16]


@dataclass(frozen=True)
class Share:
    """What a distilled tagger learns from: splits of written gold, how often gold and idner are seen, words
    of labelled news; the base of its recipe."""

    seed: int
    gold_splits: tuple[str, ...]
    gold_repeats: int
    idner_repeats: int
    news_words: int


_LONGEST = 4000  # characters of one article


def bodies(shared: Path) -> Iterator[str]:
    """The bodies of the background articles."""
    for row in json_lines(shared / BACKGROUND):
        yield article_of(row).body[:_LONGEST]


def chosen(shared: Path, table: LabelTable, words: int, seed: int) -> Iterator[str]:
    """About `words` words of news: articles that the gate lets through, at most a half, then a draw of the
    others.

    Articles that share much with a test text or any gold article are left out.
    """
    gold = [e.text for folder in (WRITTEN, REAL) for e in from_gold(shared / folder, table)]
    copies = NearCopies([*gold, *read_tests(shared, table).texts()])
    draw = random.Random(seed)  # noqa: S311 - a seeded draw, no secret
    texts = [text for text in bodies(shared) if len(text) > 400]
    draw.shuffle(texts)
    texts.sort(key=lambda text: not passes(text))
    cooperation = [text for text in texts[: len(texts) // 10] if passes(text)]
    others = texts[len(cooperation) :]
    left = words
    for part, least in ((cooperation, words // 2), (others, 0)):
        for text in part:
            if left <= least:
                break
            if not copies.holds(text):
                left -= len(text.split())
                yield text


def labelled(texts: Iterator[str], tagger: Tagger, table: LabelTable) -> Iterator[Example]:
    """The texts with what the teacher finds."""
    marked = table.marked("gold")
    for number, text in enumerate(texts):
        found = tagger.mentions(text)
        flat = tuple((m.start, m.end, (str(m.label),)) for m in found if m.label != "ROLE")
        roles = tuple((m.start, m.end) for m in found if m.label == "ROLE")
        yield Example(text, flat, roles, marked, "news", f"news-{number}")


def taught(texts: Iterator[str], teacher: EncoderTagger, table: LabelTable) -> Iterator[Taught]:
    """The texts with the chances that the teacher gives their labels."""
    columns = [1 + 2 * teacher.all_types.index(kind) + inside for kind in table.types for inside in (0, 1)]
    for text in texts:
        words = words_of(text)
        if not words:
            continue
        flat, roles, _ = teacher.scores(text, words)
        chances = np.exp(log_softmax(flat)[:, columns])
        outside = 1 - chances.sum(axis=1, keepdims=True)
        both = np.concatenate([outside, chances, np.exp(log_softmax(roles))], axis=1)
        yield Taught([sys.intern(text[start:end]) for start, end in words], both.astype(np.float16))
