"""Entity examples -> the JSON that Stanza's NER trainer reads: words of sentences with a tag of each layer.

Stanza's trainer knows one tag for a word, not a set of allowed ones. What a corpus leaves open (idner's LOC,
types that it does not mark, names inside an office) is filled in by a teacher.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sepaham.ner.case import calmed
from sepaham.ner.stanza import LETTERS, sentence_words
from sepaham.ner.taggers import Tagger
from sepaham.training.ner.examples import Example, Label

Sentence = list[dict[str, Any]]


def filled(example: Example, teacher: Tagger) -> Example:
    """The example with one type for each span, and with the teacher's spans where its corpus is silent."""
    taught = teacher.mentions(example.text)
    kinds = {(m.start, m.end): str(m.label) for m in taught if m.label != "ROLE"}
    flat = [_settled(label, kinds) for label in example.flat]
    roles = example.roles
    if roles is None:
        roles = tuple((m.start, m.end) for m in taught if m.label == "ROLE")
    for (start, end), kind in kinds.items():
        inside = any(a < start and end <= b for a, b in example.roles or ())
        free = not any(a < end and start < b for a, b, _ in flat)
        if free and (inside or kind not in example.marked):
            flat.append((start, end, (kind,)))
    return replace(example, flat=tuple(sorted(flat)), roles=roles)


def _settled(label: Label, kinds: dict[tuple[int, int], str]) -> Label:
    start, end, allowed = label
    if len(allowed) == 1:
        return label
    taught = [kind for (a, b), kind in kinds.items() if a < end and start < b and kind in allowed]
    return start, end, (taught[0] if taught else allowed[0],)


def tags(words: list[tuple[int, int]], spans: Iterable[tuple[int, int, str]]) -> list[str]:
    """BIO tags of words for spans that do not cross."""
    found = ["O"] * len(words)
    for start, end, kind in spans:
        inside = [n for n, (a, b) in enumerate(words) if a < end and start < b]
        for n in inside:
            found[n] = f"{'B' if n == inside[0] else 'I'}-{kind}"
    return found


def sentences(example: Example, longest: int) -> Iterator[Sentence]:
    """The sentences of a filled example; the first tag is that of the flat layer, the second of ROLE."""
    text = calmed(example.text)
    words = list(sentence_words(text, longest))
    whole = [word for part in words for word in part]
    flat = tags(whole, ((a, b, kinds[0]) for a, b, kinds in example.flat))
    roles = tags(whole, ((a, b, "ROLE") for a, b in example.roles or ()))
    begin = 0
    for part in words:
        yield [
            {
                "text": text[a : min(b, a + LETTERS)],
                "ner": flat[begin + n],
                "multi_ner": (flat[begin + n], roles[begin + n]),
            }
            for n, (a, b) in enumerate(part)
        ]
        begin += len(part)


def repaired(sentence: Sentence) -> Sentence:
    """A sentence whose cut or gap left an I- without its B- before begins that entity anew."""
    before = ["O", "O"]
    for token in sentence:
        layers = list(token["multi_ner"])
        for n, tag in enumerate(layers):
            if tag.startswith("I-") and before[n][2:] != tag[2:]:
                layers[n] = f"B-{tag[2:]}"
        token["ner"], token["multi_ner"] = layers[0], layers
        before = layers
    return sentence
