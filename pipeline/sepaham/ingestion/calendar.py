"""Publication dates as content systems write them: ISO, unix time, and written out in Indonesian or English.

Only absolute dates; a time with a zone is turned into the day in Asia/Jakarta (UTC+7, without summer time).
Day comes before month in `26/04/2024`; what can only be month first is no date, since the rest of its dump
would be read wrongly.
"""

import math
import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

from sepaham import lexicon

JAKARTA = timezone(timedelta(hours=7))
_YEARS = range(1900, 2100)
_LONGEST = 200  # characters of a date field that are looked at
_TICKS = {16: 1e6, 13: 1e3, 12: 1e3, 19: 1e9}  # digits of a unix time -> ticks a second


@cache
def months() -> dict[str, int]:
    """Every spelling of a month, lower case, with its number."""
    words: dict[str, list[str]] = lexicon.toml("ingestion/published.toml")["months"]
    return {name: int(number) for number, names in words.items() for name in names}


def alternatives(words: list[str] | dict[str, int]) -> str:
    """A regular expression for any of the words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _zones() -> dict[str, int]:
    zones: dict[str, int] = lexicon.toml("ingestion/published.toml")["zones"]
    return zones


@cache
def _day_patterns() -> tuple[re.Pattern[str], ...]:
    month = alternatives(months())
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            r"(?<!\d)(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)",
            rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s./-]+(?P<name>{month})\b[\s.,/-]*(?P<y>\d{{4}}|\d\d(?![\d:.]))(?!\d)",
            rf"\b(?P<name>{month})\b\.?\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+(?P<y>\d{{4}})(?!\d)",
            r"(?<!\d)(?P<d>\d{1,2})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d)(?!\d)",
            r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?=$|[T\s_-]|\d{4}(?:\d\d)?Z?$)",
        )
    )


@cache
def _month_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<y>\d{{4}})[-/](?P<m>\d\d?)|(?P<m2>\d\d?)[-/](?P<y2>\d{{4}})|(?P<name>{alternatives(months())})\.?\s+(?P<y3>\d{{4}})"
        r"|(?P<y4>\d{4})",
        re.IGNORECASE,
    )


@cache
def _time_pattern() -> re.Pattern[str]:
    zone = alternatives(_zones())
    return re.compile(
        r"(?:T|at|pukul|jam|[\s,|·•/()-]){0,99}+(?P<h>\d{1,2})[:.]?(?P<min>\d\d)(?:[:.]?(?P<s>\d\d)(?:[.,]\d+)?)?"
        rf"\s{{0,20}}+(?P<half>[ap]\.?m\b\.?)?\s{{0,20}}+\(?(?:(?P<zone>{zone})(?![a-z]))?\s*(?P<offset>[+-]\d\d?(?::?\d\d)?)?",
        re.IGNORECASE,
    )


def parse_day(value: object) -> str | None:
    """The day in Asia/Jakarta, ISO; a month or a year where that is all there is; null where there is none.

    `value`: text, a unix time (seconds, milli-, micro- or nanoseconds; 0 is none), or `{"$date": ...}`.
    """
    if isinstance(value, str):
        return _from_text(value)
    if isinstance(value, dict) and len(value) == 1:
        key, inner = next(iter(value.items()))
        return parse_day(inner) if str(key).startswith("$") else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    return None


def _from_text(text: str) -> str | None:
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text).isoformat() if int(text[:4]) in _YEARS else None
        except ValueError:
            pass
    text = text[:_LONGEST].strip()
    if re.fullmatch(r"\d+(\.\d+)?", text, re.ASCII) and (
        found := _from_number(float(text) if "." in text else int(text))
    ):
        return found
    for pattern in _day_patterns():
        for match in pattern.finditer(text):
            if (day := day_of(match)) is not None:
                return _in_jakarta(day, text, match.end())
    return _month_or_year(text)


def day_of(match: re.Match[str]) -> date | None:
    """The day that a match with the groups y, d and m (or name) stands for; null if there is no such day."""
    groups = match.groupdict()
    month = months()[groups["name"].lower()] if groups.get("name") else int(groups["m"])
    year = int(groups["y"])
    if len(groups["y"]) == 2:
        year += 1900 if year >= 70 else 2000
    try:
        return date(year, month, int(groups["d"])) if year in _YEARS else None
    except ValueError:
        return None


def _in_jakarta(day: date, text: str, at: int) -> str:
    """The day, moved where a time with another zone follows."""
    time = _time_pattern().match(text, at)
    offset = _offset(time) if time else None
    if time is None or offset is None:
        return day.isoformat()
    hour = int(time["h"])
    if time["half"]:
        hour = hour % 12 + (12 if time["half"][0] in "pP" else 0)
    try:
        moment = datetime(
            day.year, day.month, day.day, hour, int(time["min"]), tzinfo=timezone(timedelta(minutes=offset))
        )
    except ValueError:
        return day.isoformat()
    return moment.astimezone(JAKARTA).date().isoformat()


def _offset(time: re.Match[str]) -> int | None:
    """Minutes east of Greenwich; null when no zone is given."""
    if time["offset"]:
        digits = time["offset"][1:].replace(":", "")
        hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
        return (hours * 60 + minutes) * (-1 if time["offset"][0] == "-" else 1)
    return _zones()[time["zone"].lower()] if time["zone"] else None


def _month_or_year(text: str) -> str | None:
    match = _month_pattern().fullmatch(text)
    if match is None:
        return None
    year = match["y"] or match["y2"] or match["y3"] or match["y4"]
    if int(year) not in _YEARS:
        return None
    if match["y4"]:
        return year
    month = months()[match["name"].lower()] if match["name"] else int(match["m"] or match["m2"])
    return f"{year}-{month:02d}" if 1 <= month <= 12 else None


def _from_number(number: int | float) -> str | None:
    """20240427 is a day, 2024 a year, 1714212000 a unix time."""
    if isinstance(number, float) and not math.isfinite(number):
        return None
    digits = str(int(number))
    if len(digits) in (4, 6, 8, 12, 14) and int(digits[:4]) in _YEARS:
        return _from_digits(digits)
    ticks = _TICKS.get(len(digits), 1.0 if len(digits) in (9, 10) else None)
    if ticks is None or number <= 0:
        return None
    moment = datetime.fromtimestamp(number / ticks, UTC).astimezone(JAKARTA)
    return moment.date().isoformat() if moment.year in _YEARS else None


def _from_digits(digits: str) -> str | None:
    try:
        if len(digits) == 4:
            return digits
        if len(digits) == 6:
            return f"{digits[:4]}-{digits[4:]}" if 1 <= int(digits[4:]) <= 12 else None
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).isoformat()
    except ValueError:
        return None
