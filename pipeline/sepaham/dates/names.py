"""Days that are part of a name: `Universitas Sebelas Maret`, `Jalan 17 Agustus`, `Mandailing Natal`."""

import re
from collections.abc import Iterable
from functools import cache

from sepaham.dates.lexer import Tokens, words
from sepaham.dates.reading import Reading
from sepaham.lexicon import choice

_BEFORE = 60  # characters: no name is longer before its day


def in_name(tokens: Tokens, reading: Reading) -> bool:
    """Whether the words right before a date that is told by nothing else make it the end of a name."""
    pattern = _patterns().get(reading.rule)
    if pattern is None:
        return False
    start = tokens.starts[reading.start]
    before = tokens.text[max(0, start - _BEFORE) : start]
    return pattern.search(before) is not None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """By the rule of the date, what stands before it in a name."""
    lists = words()["named_after"]
    institutions = rf"(?i:(?:{choice(lists['institutions'])})\.?(?: +(?:{choice(lists['between'])}))*)"
    places = _capital(lists["places"])
    return {
        "day month": re.compile(rf"\b(?:{institutions}|{places}) +\Z"),
        "weekday": re.compile(rf"\b{_capital(lists['markets'])} +\Z"),
        "named": re.compile(rf"\b{_capital(lists['feasts'])} +\Z"),
    }


def _capital(found: Iterable[str]) -> str:
    """Any of these words, written with a capital."""
    return rf"(?=[A-Z])(?i:{choice(found)})\.?"
