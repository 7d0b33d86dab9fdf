"""The verbs of the stage: from text to `DateValue` records."""

import re
from dataclasses import replace
from typing import Literal

from sepaham.dates import foreign, resolution
from sepaham.dates.context import in_context
from sepaham.dates.days import parse_anchor
from sepaham.dates.lexer import Tokens, tokenize
from sepaham.dates.reading import Reading
from sepaham.dates.resolution import Meaning
from sepaham.dates.scanner import readings
from sepaham.records import DateValue

Timex = Literal["DATE", "TIME", "DURATION", "SET"]

# No phrase worth a call of dateparser is longer.
_LONGEST = 60


def find_dates(text: str, published: str | None = None) -> list[DateValue]:
    """Every date expression of a text, resolved against `published`; in order, not overlapping.

    `published` is an ISO day, month or year, or None. Offsets count code points of `text`; no text raises.
    A rule that begins with `context` used words outside of the span, so `resolve` may not repeat its value.
    """
    tokens, anchor = tokenize(text), parse_anchor(published)
    found = [(reading, resolution.resolve(reading, anchor, None)) for reading in readings(tokens)]
    return [_record(tokens, *pair, published) for pair in in_context(tokens, found, anchor)]


def resolve(phrase: str, published: str | None = None, *, planned: bool | None = None) -> DateValue | None:
    """The meaning of one date phrase, or None when it is no date.

    `planned` says on which side of `published` a day without year or month lies: True the next one, False
    the last one; None, as in `find_dates`, the last weekday and the nearest year.
    """
    tokens, anchor = tokenize(phrase), parse_anchor(published)
    found = readings(tokens, loose=True) or _last_resort(tokens)
    if not found:
        return None
    meanings = [(reading, resolution.resolve(reading, anchor, planned)) for reading in found]
    best, meaning = max(meanings, key=lambda pair: _weight(*pair))
    clock = next((reading.clock for reading in found if reading.clock), None)
    best = replace(best, start=0, end=len(tokens.classes), clock=clock)
    return _record(tokens, best, meaning, published)


def _last_resort(tokens: Tokens) -> list[Reading]:
    """What dateparser makes of a short phrase in which the grammar finds nothing; only a full date counts."""
    if len(tokens.text) > _LONGEST or "4" not in tokens.classes or not re.search("[MmxYE]", tokens.classes):
        return []
    found = foreign.parse(tokens.text, "day", "month", "year")
    if found is None:
        return []
    return [Reading(0, len(tokens.classes), "dateparser", first=(found.year, found.month, found.day))]


def _weight(reading: Reading, meaning: Meaning) -> tuple[int, int, int]:
    grain = ("none", "year", "month", "day").index(meaning.period.grain) if meaning.period else -1
    return grain, reading.end - reading.start, -reading.start


def _record(tokens: Tokens, reading: Reading, meaning: Meaning, published: str | None) -> DateValue:
    start, end = tokens.starts[reading.start], tokens.starts[reading.end]
    period = meaning.period
    return DateValue(
        start=start,
        end=end,
        text=tokens.text[start:end],
        value=period.iso() if period else None,
        precision=period.grain if period else "none",
        timex=_timex(reading),
        lower=period.lower.isoformat() if period else None,
        upper=period.upper.isoformat() if period else None,
        basis=meaning.basis,
        rule=reading.rule,
        anchor=published if meaning.anchored else None,
        time=reading.clock or reading.moment,
        confidence=_confidence(reading, meaning),
        conflict=meaning.conflict,
    )


def _timex(reading: Reading) -> Timex:
    if reading.every:
        return "SET"
    if reading.span:
        return "DURATION"
    return "TIME" if reading.clock or reading.moment else "DATE"


def _confidence(reading: Reading, meaning: Meaning) -> float:
    """A rank, not a probability: how often the form is what it looks like and means what it says."""
    if meaning.conflict:
        return 0.7
    if reading.rule.startswith("context"):
        return 0.6
    if reading.weak or (reading.rule in ("year", "month") and reading.end - reading.start == 1):
        return 0.75
    if meaning.basis == "inferred":
        return 0.95 if reading.weekday else 0.85
    return 0.9 if meaning.basis == "relative" else 0.98
