"""Cuts a text into tokens and gives each a class, so that the grammar is a pattern over short class strings.

A class is one character. Digits stand for numbers (`1` one or two digits, `4` four, `8` seven or eight, `9`
any other), a blank for white space, `-` for every dash, `'` for every quote, other punctuation for itself.
Letters and signs stand for words: `M` a month, `m` its abbreviation, `W` a weekday, `H` a Hijri month, and so
on in `_PLAIN`, `_VALUED` and `_UNIT_CLASS`; `x` is a word that means nothing here, `Y` one with a capital.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

from sepaham import lexicon

Value = int | str | None

# A word may hold one apostrophe (Jum'at, Sya'ban), also as the entity that a broken export left behind.
_TOKEN = re.compile(
    r"(?:\s|&nbsp;|&\#160;)+"
    r"|\d+"
    r"|[sS]\.[dD]\b\.?|[sS]/[dD]\b\.?"
    r"|[^\W\d_]+(?:(?:['’‘`´ʼ]|&?\#0?39;|&rsquo;|&apos;)[^\W\d_]+)?"
    r"|&\#821[12];|&[mn]dash;|&\#x201[34];"
    r"|.",
    re.DOTALL,
)
_APOSTROPHE = re.compile(r"[^a-z]+(?:rsquo;|apos;|\d+;)?")
_DASHES = dict.fromkeys("-–—‐‑−", "-")
_QUOTES = dict.fromkeys("'’‘`´ʼ", "'")
_PUNCTUATION = {**_DASHES, **_QUOTES, "[": "(", "]": ")", "&": "&"} | {c: c for c in "(),./:;"}

# The lists of words that carry no value: here the class is all that matters.
_PLAIN = {
    "week_or_sunday": "G", "past": "L", "future": "F", "ago": "y", "will": "f", "coming": "c",
    "this": "I", "that": "i", "just": "X", "more": "g", "last": "l", "before": "s", "after": "b",
    "before_event": "{", "after_event": "}", "night": "N", "next_day": "n", "day_of": "d", "dini": "D",
    "day_name": "T", "until": "~", "with": "v", "and": "&", "each": "*", "clock": "J", "time_of": "K",
    "local": "k", "to": "o", "scales": "z", "decade_suffix": "V", "fiscal": "t",
    "number_sign": "#", "currency": "$", "hour_unit": "j", "vague": "%", "not_yet": "<", "long": ">",
    "new": "=", "hijri_first": "^",
}  # fmt: skip
_VALUED = {
    "dayparts": "P",
    "adverbs": "R",
    "one": "S",
    "divisions": "q",
    "numbers": "Q",
    "ordinals": "O",
    "zones": "Z",
}
_SCALES = {"belas": 1, "puluh": 10, "ribu": 1000}
_UNIT_CLASS = {"day": "h", "week": "w", "month": "B", "year": "A"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text in tokens: `classes[i]` and `values[i]` belong to `text[starts[i]:starts[i + 1]]`."""

    text: str
    classes: str
    values: list[Value]
    starts: list[int]

    def word(self, index: int) -> str:
        """Token `index` in lower case, empty outside of the text."""
        return self.raw(index).lower()

    def raw(self, index: int) -> str:
        """Token `index` as it stands in the text, empty outside of the text."""
        if not 0 <= index < len(self.classes):
            return ""
        return self.text[self.starts[index] : self.starts[index + 1]]


@cache
def words() -> dict[str, Any]:
    """The word lists of `resources/dates/words.toml`."""
    return lexicon.toml("dates/words.toml")


@cache
def word_set(name: str) -> frozenset[str]:
    """One of the lists under `[context]`, by which a builder judges the words around a chunk."""
    return frozenset(words()["context"][name])


@cache
def _tables() -> dict[str, tuple[str, Value]]:
    """Every known word with its class and value; where two lists hold a word, the earlier one wins."""
    table: dict[str, tuple[str, Value]] = {}
    for word, letter, value in _entries(words()):
        table.setdefault(word, (letter, value))
    return table


def _entries(lists: dict[str, Any]) -> Iterator[tuple[str, str, Value]]:
    """Words with class and value, the weightiest first."""
    yield from _ordered(lists)
    yield from ((word, "C", None) for word in lists["pasaran"])
    yield from ((word, "a", None) for word in lists["hijri_marks"])
    for key, letter in _VALUED.items():
        yield from ((word, letter, value) for word, value in lists[key].items())
    yield from ((word, _UNIT_CLASS.get(unit, "u"), unit) for word, unit in lists["units"].items())
    yield from ((word, "e", third) for word, third in lists["parts"].items())
    for key, letter in _PLAIN.items():
        yield from ((word, letter, _SCALES.get(word)) for word in lists["plain"][key])
    yield from ((word, "E", None) for word in lists["english"]["months"])
    named = lexicon.toml("dates/named.toml")
    yield from ((name.split()[0], "@", None) for name in (*named["bare"], *named["anniversary"]["names"]))


def _ordered(lists: dict[str, Any]) -> Iterator[tuple[str, str, Value]]:
    """Weekdays (valued from 0) and months (from 1), which the lists give in their order."""
    full = set(lists["full_months"])
    for number, spellings in enumerate(lists["weekdays"]):
        yield from ((word, "W", number) for word in spellings)
    for number, spellings in enumerate(lists["months"], 1):
        yield from ((word, "M" if word in full else "m", number) for word in spellings)
    for number, spellings in enumerate(lists["hijri_months"], 1):
        yield from ((word, "H", number) for word in spellings)


def _number(token: str) -> tuple[str, Value]:
    size = len(token)
    if size > 8:
        return "9", None
    return ("1" if size <= 2 else "4" if size == 4 else "8" if size in (7, 8) else "9"), int(token)


def _word(token: str) -> tuple[str, Value]:
    roman: int | None = words()["roman"].get(token)
    if roman is not None:
        return "r", roman
    lower = token.lower()
    known = _tables().get(lower)
    if known is None and not lower.isalpha():
        known = (
            ("~", None) if lower[0] == "s" and lower[1] in "./" else _tables().get(_APOSTROPHE.sub("", lower))
        )
    if known is not None:
        return known
    return ("Y" if token[0].isupper() else "x"), None


def _punctuation(token: str) -> tuple[str, Value]:
    if token.startswith("&") and len(token) > 1:
        return "-", None
    return _PUNCTUATION.get(token, "?"), None


def numbers(tokens: Tokens, start: int, end: int, classes: str) -> list[int]:
    """The numeric values of the tokens `start`..`end` whose class is one of `classes`, in order."""
    found = (tokens.values[i] for i in range(start, end) if tokens.classes[i] in classes)
    return [value for value in found if isinstance(value, int)]


def spoken(tokens: Tokens, start: int, end: int) -> int:
    """The number that the tokens `start`..`end` say in digits or words ("dua puluh lima", "dua ribu")."""
    whole = part = 0
    for i in range(start, end):
        kind, value = tokens.classes[i], tokens.values[i]
        if not isinstance(value, int) or kind not in "1Qz":
            continue
        if kind != "z":
            part += value
        elif value == 1000:
            whole, part = whole + 1000 * part, 0
        else:
            part = part + 10 if value == 1 else 10 * part
    return whole + part


def tokenize(text: str) -> Tokens:
    """The tokens of a text; together they cover it without gaps."""
    tokens = _TOKEN.findall(text)
    entries = list(map(_classify, tokens))
    return Tokens(
        text,
        "".join([entry[0] for entry in entries]),
        [entry[1] for entry in entries],
        list(accumulate(map(len, tokens), initial=0)),
    )


# Pure function of the token; the bound keeps memory flat over millions of articles.
@lru_cache(maxsize=1 << 13)
def _classify(token: str) -> tuple[str, Value]:
    """The class and value of a token."""
    first = token[0]
    if first.isspace() or token.startswith(("&nbsp;", "&#160;")):
        return " ", None
    if first.isdecimal():
        return _number(token)
    if first.isalpha():
        return _word(token)
    return _punctuation(token)
