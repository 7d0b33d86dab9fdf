"""What the words of a mention say about it, whichever tagger found it."""

import re
from functools import cache, lru_cache

from sepaham import lexicon
from sepaham.records import DocType, Mention

_KINDS: tuple[DocType, ...] = ("mou", "agreement", "joint_statement", "loi", "grant", "other")


@cache
def _papers() -> list[tuple[str, DocType]]:
    table = lexicon.toml("ner/documents.toml")
    named = [(phrase, kind) for kind in _KINDS for phrase in table[kind]]
    return sorted(named, key=lambda item: -len(item[0]))


@lru_cache(maxsize=1024)  # bounded: a dump never runs out of new names of papers
def paper_kind(text: str) -> DocType:
    """The kind of paper that an instrument's name tells, by the longest known name in it; else "other"."""
    small = " ".join(text.lower().split())
    found = (kind for phrase, kind in _papers() if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", small))
    return next(found, "other")


@cache
def _first_words(kind: str, key: str) -> frozenset[str]:
    return frozenset(lexicon.toml("ner/heads.toml")[kind][key])


def is_bare_place(mention: Mention) -> bool:
    """A place by its name alone: "Garut", not "Kabupaten Garut"."""
    return mention.label == "GPE" and mention.text.split()[0].lower() not in _first_words("gpe", "heads")


def is_counted(mention: Mention) -> bool:
    """A group by its number: "109 pemerintah daerah", "tujuh perguruan tinggi"."""
    first = mention.text.split()[0].lower() if mention.label == "ORG" else ""
    return (first.isdigit() or first in _first_words("org", "numbers")) and len(mention.text.split()) > 1


@cache
def counted_pattern() -> re.Pattern[str]:
    """Matches a counted group in a text: "109 pemerintah daerah", "tujuh Perguruan Tinggi"."""
    table = lexicon.toml("ner/heads.toml")["org"]
    numbers, groups = (
        "|".join(re.escape(word) for word in sorted(table[key], key=len, reverse=True))
        for key in ("numbers", "counted")
    )
    return re.compile(rf"(?<![\w.,])(?:\d{{1,4}}|{numbers}) (?:{groups})(?![\w/])", re.IGNORECASE)


def is_guess(mention: Mention) -> bool:
    """Taken for a body from capital letters alone."""
    return mention.source in ("capitals", "acronym")
