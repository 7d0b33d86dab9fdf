"""Resolves what hangs on another date of the same text: `sehari sebelumnya`, the day of a clock time, and
the year of `Jumat (15/2)` where nothing says when the text appeared.

Every rule that is set here begins with `context`: the words of the expression alone do not give its value.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from sepaham.dates import counted, days
from sepaham.dates.days import Period
from sepaham.dates.lexer import Tokens
from sepaham.dates.reading import Reading
from sepaham.dates.resolution import Meaning

Resolved = tuple[Reading, Meaning]

# A clock time belongs to the day right before it ("Senin (3/6), mulai pukul 10.00 WIB").
_BESIDE = re.compile(r",? ?(?:[xY] ){0,2}")
# The day may be told right after ("Dua hari berselang, Rabu (11/10/2023)").
_EXPLAINED = re.compile(r", ?| \(| & ")


def in_context(tokens: Tokens, found: list[Resolved], anchor: Period | None) -> Iterator[Resolved]:
    """The readings with their meanings, those that hang on another date resolved."""
    told: Period | None = None
    before: Resolved | None = None
    years = frozenset() if anchor else _years(found)
    for index, (reading, meaning) in enumerate(found):
        if reading.from_event and meaning.period is None:
            after = found[index + 1] if index + 1 < len(found) else None
            reading, meaning = _hanging(tokens, reading, told, after)
        elif reading.clock and before and _is_day(*before) and _gap(tokens, before[0], reading, _BESIDE):
            reading, meaning = replace(reading, rule="context: clock"), before[1]
        elif years and meaning.period is None:
            reading, meaning = _in_year(reading, meaning, years)
        if _tells_day(reading, meaning, anchor):
            told = meaning.period
        before = (reading, meaning)
        yield before


def _years(found: list[Resolved]) -> frozenset[int]:
    """The years that a text without a day of publication names, and the one after the last of them: reports
    tell of the past."""
    named = {m.period.lower.year for r, m in found if m.period and r.first and r.first[0] is not None}
    return frozenset(named | {max(named) + 1} if named else named)


def _in_year(reading: Reading, meaning: Meaning, years: frozenset[int]) -> Resolved:
    """A day without a year is in the only one of these in which it falls on its weekday."""
    if not (reading.first and reading.weekday) or reading.last or reading.weekday[0] != reading.weekday[1]:
        return reading, meaning
    _, month, number = reading.first
    if month is None or number is None:
        return reading, meaning
    dated = (days.make_date(year, month, number) for year in years)
    right = [day for day in dated if day and day.weekday() == reading.weekday[0]]
    if len(right) != 1:
        return reading, meaning
    return replace(reading, rule="context: year"), Meaning(days.day(right[0]), "inferred")


def _hanging(tokens: Tokens, reading: Reading, told: Period | None, after: Resolved | None) -> Resolved:
    """What counts from an event: the day that is told right after it, else counted from the day before it."""
    named = replace(reading, rule=f"context: {reading.rule}")
    if after and _is_day(*after) and _gap(tokens, reading, after[0], _EXPLAINED):
        return named, after[1]
    period = _from_told(reading, told) if told else None
    return (named, Meaning(period, "relative")) if period else (reading, Meaning())


def _gap(tokens: Tokens, left: Reading, right: Reading, pattern: re.Pattern[str]) -> bool:
    return right.start - left.end <= 8 and bool(pattern.fullmatch(tokens.classes, left.end, right.start))


def _is_day(reading: Reading, meaning: Meaning) -> bool:
    return reading.clock is None and meaning.period is not None and meaning.period.grain == "day"


def _from_told(reading: Reading, told: Period) -> Period | None:
    assert reading.from_event
    unit, count = reading.from_event
    if unit != "day":
        return counted.shift(told.lower, unit, count)
    if reading.nth and count > (told.upper - told.lower).days:
        # "hari kelima" of something that is not known to last so long.
        return None
    return days.day(days.shifted(told.lower, count))


def _tells_day(reading: Reading, meaning: Meaning, anchor: Period | None) -> bool:
    """Whether later words may be counted from this: a day with weekday or date, not after publication."""
    if meaning.period is None or meaning.period.grain != "day" or reading.rule.startswith("context"):
        return False
    if anchor and meaning.period.lower > anchor.upper:
        return False
    return reading.weekday is not None or reading.first is not None
