"""Training examples for entity taggers, and the corpora they come from.

A corpus says nothing about the types that it does not mark: `Example.marked` holds those it does. `flat`
and `roles` are the two layers; `roles` is None where a corpus has no such layer.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Label = tuple[int, int, tuple[str, ...]]
"""A span, half-open in code points, with the types that it may have."""


@dataclass(frozen=True)
class Facts:
    """What an article tells of agreements: `spans` (start, end, slot), the names of its `papers`, and what
    these may be."""

    spans: tuple[tuple[int, int, str], ...]
    papers: tuple[tuple[int, int], ...]
    states: tuple[str, ...]
    fields: tuple[str, ...]
    doc_types: tuple[str, ...]


@dataclass(frozen=True)
class Example:
    """A stretch of text with its gold spans; `group` is the article or sentence it comes from.

    `facts` is None where a corpus knows of no agreements.
    """

    text: str
    flat: tuple[Label, ...]
    roles: tuple[tuple[int, int], ...] | None
    marked: frozenset[str]
    corpus: str
    group: str
    facts: Facts | None = None


@dataclass(frozen=True)
class LabelTable:
    """`models/ner/labels.toml`: our types, helper types, and the mapping of each corpus."""

    types: tuple[str, ...]
    helpers: tuple[str, ...]
    corpora: dict[str, dict[str, list[str]]]

    @classmethod
    def load(cls, path: Path) -> "LabelTable":
        """Read the table."""
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(tuple(data.pop("types")), tuple(data.pop("helpers")), data)

    def marked(self, corpus: str) -> frozenset[str]:
        """Our types that a corpus marks."""
        return frozenset(label for labels in self.corpora[corpus].values() for label in labels)


NO_SPACE_BEFORE = re.compile(r"^[,.;:!?%)\]}”’]+$|^\.\.\.$")
NO_SPACE_AFTER = re.compile(r"^[(\[{“‘]+$|^Rp$")


def detokenized(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Running text for the tokens of a corpus, and the span of each token in it."""
    text = ""
    spans = []
    for number, token in enumerate(tokens):
        glued = number == 0 or NO_SPACE_BEFORE.match(token) or NO_SPACE_AFTER.match(tokens[number - 1])
        text += token if glued else f" {token}"
        spans.append((len(text) - len(token), len(text)))
    return text, spans


def bio_spans(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """(first token, one past the last token, type) for each entity of a BIO sequence; a stray I- begins
    one."""
    start, kind = 0, ""
    for number, tag in enumerate([*tags, "O"]):
        prefix, _, name = tag.partition("-")
        if kind and (prefix != "I" or name != kind):
            yield start, number, kind
            kind = ""
        if prefix == "B" or (prefix == "I" and not kind):
            start, kind = number, name


def sentences_of(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """(tokens, tags) for each sentence of a CoNLL-style file: token first, tag last, a blank line between."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line.split() for line in block.splitlines() if line.strip()]
        if lines:
            yield [line[0] for line in lines], [line[-1] for line in lines]


def from_conll(path: Path, corpus: str, table: LabelTable) -> Iterator[Example]:
    """The sentences of a CoNLL-style corpus."""
    mapping = table.corpora[corpus]
    for number, (tokens, tags) in enumerate(sentences_of(path)):
        text, spans = detokenized(tokens)
        flat = tuple((spans[a][0], spans[b - 1][1], tuple(mapping[kind])) for a, b, kind in bio_spans(tags))
        yield Example(text, flat, None, table.marked(corpus), corpus, f"{path.stem}-{number}")


def from_spacyndo(path: Path, table: LabelTable) -> Iterator[Example]:
    """The sentences of spacyndo: `[text, {"entities": [[start, end, label], …]}]` a line."""
    mapping = table.corpora["spacyndo"]
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        text, annotation = json.loads(line)
        spans = sorted({(start, end, label) for start, end, label in annotation["entities"]})
        flat = []
        end_before = 0
        for start, end, label in spans:
            if label in mapping and start >= end_before:
                flat.append((start, end, tuple(mapping[label])))
                end_before = end
        yield Example(text, tuple(flat), None, table.marked("spacyndo"), "spacyndo", f"{path.stem}-{number}")
