"""The word lists of `resources/ner/` as one spaCy PhraseMatcher: which list a run of words stands in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from sepaham import lexicon
from sepaham.ner.tokens import Token, tokenise

_HEADS = {"role": ("heads", "government", "village"), "org": ("heads", "government", "company")}
_PLACE_KINDS = {"negara": "country", "kota_asing": "region", "kota": "region", "kabupaten": "region"}


class Phrases:
    """Where the phrases of each list stand in one text: `at(kind, i)` is the index after the phrase, or 0."""

    def __init__(self) -> None:
        """No phrases yet."""
        self._ends: dict[str, dict[int, int]] = defaultdict(dict)

    def add(self, kind: str, start: int, end: int) -> None:
        """Keep a phrase; the longest at a start wins."""
        if end > self._ends[kind].get(start, 0):
            self._ends[kind][start] = end

    def at(self, kind: str, start: int) -> int:
        """The index after the phrase of this kind that starts at token `start`; 0 when none does."""
        return self._ends[kind].get(start, 0)

    def starts(self, kind: str) -> list[tuple[int, int]]:
        """All phrases of this kind, as (start, end), in order."""
        return sorted(self._ends[kind].items())


@cache
def words(key: str) -> frozenset[str]:
    """A list of `words.toml` or `titles.toml`, lower case ("common", "topics", "after" ...)."""
    name = "ner/titles.toml" if key in ("before", "after") else "ner/words.toml"
    return frozenset(lexicon.toml(name)[key])


@cache
def given_names() -> frozenset[str]:
    """Parts of personal names, as they are written."""
    return frozenset(row["name"] for row in lexicon.csv_rows("ner/names.csv"))


@cache
def small_heads(kind: str) -> frozenset[str]:
    """The heads of this kind that count when written small."""
    return frozenset(lexicon.toml("ner/heads.toml").get(kind, {}).get("lower", ()))


@cache
def tails(kind: str) -> frozenset[str]:
    """The last words that make a name an organisation ("org") or a facility ("fac")."""
    return frozenset(lexicon.toml("ner/heads.toml")[kind]["tails"])


def _head_lists() -> Iterator[tuple[str, Iterable[str]]]:
    heads = lexicon.toml("ner/heads.toml")
    for kind, keys in _HEADS.items():
        for key in keys:
            yield kind, heads[kind][key]
            if key != "heads":
                yield f"{kind}.{key}", heads[kind][key]
    yield "role.alone", heads["role"]["alone"]
    yield "acting", heads["role"]["acting"]
    yield "before", heads["role"]["before"]
    yield "known", heads["org"]["known"]
    yield "counted", heads["org"]["counted"]
    yield "number", heads["org"]["numbers"]
    for kind in ("fac", "gpe", "loc"):
        yield kind, heads[kind]["heads"]
    yield "title", lexicon.toml("ner/titles.toml")["before"]


def _place_lists() -> Iterator[tuple[str, Iterable[str]]]:
    yield "region", [row["name"] for row in lexicon.csv_rows("registry/regions.csv")]
    yield "region", [row["name"] for row in lexicon.csv_rows("registry/spellings.csv")]
    for row in lexicon.csv_rows("registry/aliases.csv"):
        yield "region", [name for name in f"{row['aliases']}|{row['weak']}".split("|") if name]
    for row in lexicon.csv_rows("ner/places.csv"):
        yield _PLACE_KINDS.get(row["type"], "area"), [row["name"]]


def _document_lists() -> Iterator[tuple[str, Iterable[str]]]:
    for kind, phrases in lexicon.toml("ner/documents.toml").items():
        yield f"doc.{kind}", phrases
        yield "doc", phrases


@dataclass(slots=True)
class _Lists:
    vocab: Vocab
    matcher: PhraseMatcher
    texts: int = 0


_MOST_TEXTS = 2_000  # texts after which the vocabulary is made anew


def _lists() -> _Lists:
    """The matcher for one more text.

    The vocabulary forgets the words of a text, but its table keeps the room that they took, and grows with
    every new word of a dump.
    """
    found = _made()
    if found.texts >= _MOST_TEXTS:
        _made.cache_clear()
        found = _made()
    found.texts += 1
    return found


@cache
def _made() -> _Lists:
    # A bare vocabulary: spacy.blank("id") would work out features for every new word, for nothing.
    vocab = Vocab()
    matcher = PhraseMatcher(vocab, attr="ORTH")
    for lists in (_head_lists(), _place_lists(), _document_lists()):
        for kind, phrases in lists:
            matcher.add(kind, [_doc(vocab, tokenise(phrase)) for phrase in phrases])
    return _Lists(vocab, matcher)


def _doc(vocab: Vocab, tokens: list[Token]) -> Doc:
    return Doc(vocab, words=[token.lower for token in tokens])


def find_phrases(tokens: list[Token]) -> Phrases:
    """The phrases of all lists in a text, without regard to capitals."""
    found = Phrases()
    if not tokens:
        return found
    lists = _lists()
    # Words of one article are forgotten after it, so that memory does not grow over a dump.
    with lists.vocab.memory_zone():
        for key, start, end in lists.matcher(_doc(lists.vocab, tokens)):
            found.add(lists.vocab.strings[key], start, end)
    return found
