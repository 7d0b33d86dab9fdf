"""Days that have a name, and the names of the Hijri months."""

import re
from functools import cache

from sepaham import lexicon
from sepaham.dates.days import from_hijri, make_date
from sepaham.dates.lexer import Tokens, Value
from sepaham.dates.reading import Reading, Written

_ORDINAL = re.compile(r" ?\bke ?- ?(\d{1,3})\b")
_YEAR = re.compile(r",? (?:A )?4(?: ?a)?(?![/.,]\d|\w)")
_ROMAN = {"I": 1, "V": 5, "X": 10}
_JOINED = {
    ("rabiul", "awal"): 3, ("rabiul", "awwal"): 3, ("rabiul", "akhir"): 4, ("rabiul", "tsani"): 4,
    ("jumadil", "awal"): 5, ("jumadil", "ula"): 5, ("jumadil", "awwal"): 5, ("jumadil", "akhir"): 6,
    ("jumadil", "tsani"): 6,
}  # fmt: skip


@cache
def _names() -> dict[str, str]:
    table = lexicon.toml("dates/named.toml")
    return {f"hari {name}": day for name, day in table["days"].items()} | dict(table["bare"])


@cache
def _anniversary_pattern() -> re.Pattern[str]:
    names = "|".join(lexicon.toml("dates/named.toml")["anniversary"]["names"])
    return re.compile(rf"(?:{names})\b[^.,()]{{0,60}}?\bke ?- ?\d+|hari jadi\b")


def roman(text: str) -> int | None:
    """The number that a Roman numeral up to XXXIX writes, None for other text."""
    if not text or set(text) - set(_ROMAN):
        return None
    digits = [_ROMAN[c] for c in text]
    return sum(-d if d < max(digits[i:]) else d for i, d in enumerate(digits))


def hijri_month(tokens: Tokens, start: int, end: int) -> int | None:
    """The number of the Hijri month among the tokens."""
    for i in range(start, end):
        value = tokens.values[i]
        if tokens.classes[i] == "H" and isinstance(value, int):
            return value
        if tokens.classes[i] == "^":
            return _JOINED.get((tokens.word(i), tokens.word(i + 2)))
    return None


def read(tokens: Tokens, start: int, end: int) -> Reading | None:
    """The named day that starts at token `start`; the longest name wins."""
    for stop in range(end, start, -1):
        name = re.sub(r"\s+", " ", tokens.text[tokens.starts[start] : tokens.starts[stop]].lower())
        plain = _ORDINAL.sub("", name).strip()
        day = _names().get(plain) if name == name.strip() else None
        if day is not None:
            ordinal = _ORDINAL.search(name)
            founded = lexicon.toml("dates/named.toml")["founded"].get(plain) if ordinal else None
            return _named(
                tokens, start, stop, day, founded + int(ordinal[1]) if ordinal and founded else None
            )
    match = _anniversary_pattern().match(tokens.text[tokens.starts[start] : tokens.starts[end]].lower())
    if not match:
        return None
    reach = tokens.starts[start] + match.end()
    stop = next(i for i in range(start, end + 1) if tokens.starts[i] >= reach)
    return Reading(start, stop, "anniversary", vague=True)


def _named(tokens: Tokens, start: int, stop: int, day: str, year: Value) -> Reading:
    """A named day with the year that may follow it: a Hijri year if it is marked so, else one of ours."""
    islamic = day.startswith("h-")
    month, number = (int(part) for part in day.removeprefix("h-").split("-"))
    match = _YEAR.match(tokens.classes, stop) if year is None else None
    if match:
        year = tokens.values[tokens.classes.index("4", stop)]
    if not isinstance(year, int) or not 1300 <= year <= 2100:
        return _dated(start, stop, (None, month, number), islamic)
    if match is None:
        return _dated(start, stop, (year, month, number), islamic)
    if islamic and not match.group().endswith("a"):
        year = _hijri_year(year, month)
    return _dated(start, match.end(), (year, month, number), islamic)


def _dated(start: int, stop: int, written: Written, islamic: bool) -> Reading:
    if islamic:
        return Reading(start, stop, "named", hijri=written)
    return Reading(start, stop, "named", first=written)


def _hijri_year(year: int, month: int) -> int:
    """The Hijri year whose month begins in a Gregorian year; the later one where two do."""
    guess = (year - 621) * 33 // 32
    return max(hijri for hijri in range(guess - 2, guess + 3) if from_hijri(hijri, month, 1).year <= year)


def weekday_of(written: Written | None) -> int | None:
    """The weekday (0 for Monday) of a full date, None if the calendar has no such day."""
    if written is None or None in written:
        return None
    exact = make_date(written[0] or 0, written[1] or 0, written[2] or 0)
    return exact.weekday() if exact else None
