"""Regular expressions made from the word lists under `resources/amounts/`, all for lower-cased text."""

import re
from collections.abc import Iterable

# What may stand between two words of one expression: a few blanks, one line break, never a paragraph.
GAP = r"(?:&nbsp;|[^\S\n]){0,3}\n?[^\S\n]{0,3}"
END = r"(?![^\W_])"
NO_LETTER = r"(?![^\W\d_])"  # the end of a currency sign, which may touch its number


def alternation(phrases: Iterable[str], end: str = END) -> str:
    """A group that matches the longest of the phrases; after a last letter or digit comes `end`."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(_pattern(phrase, end) for phrase in ordered) + ")"


def _pattern(phrase: str, end: str) -> str:
    words = r"\s{1,3}".join(re.escape(word) for word in phrase.split())
    return words + (end if phrase[-1].isalnum() else "")


def tails(words: Iterable[str]) -> str:
    """Like an alternation of one-word phrases whose first character has just been matched."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        by_first.setdefault(word[0], []).append(word[1:])
    return "(?:" + "|".join(f"(?<={first})(?:{'|'.join(rest)})" for first, rest in by_first.items()) + ")"


def squeeze(phrase: str) -> str:
    """The phrase with single blanks, as the word lists have it."""
    return " ".join(phrase.split())


def lower(text: str) -> str:
    """Lower case of the same length, so that offsets hold in both (`İ` alone would grow)."""
    return text.replace("İ", "I").lower()
