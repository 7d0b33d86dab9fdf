"""Durations of two dates: `2023-2028`, `1 Januari s/d 31 Desember 2024`, `Juli 2025 hingga Juni 2028`."""

import re
from datetime import date

from sepaham import lexicon
from sepaham.amounts.calendar import between, end_date, months_iso
from sepaham.amounts.context import Text, is_part_of_code
from sepaham.amounts.numbers import Number
from sepaham.amounts.ranges import connector
from sepaham.amounts.vocabulary import END, GAP, alternation
from sepaham.records import Amount

_CONTEXT = lexicon.toml("amounts/context.toml")
_MONTHS = {name: at for at, names in enumerate(_CONTEXT["months"].values(), 1) for name in names}
_MONTH = alternation(_MONTHS)
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_YEAR = r"(?:19|20)[0-9]{2}"
_JOIN = rf"{GAP}{alternation(_CONTEXT['connectors']['words'])}{GAP}(?:tanggal{GAP}|bulan{GAP}|tahun{GAP})?"
_WRITTEN = re.compile(
    rf"(?<![0-9])(?:(?P<day>{_DAY}){GAP})?(?P<month>{_MONTH})(?:{GAP}(?P<year>{_YEAR}))?"
    rf"{_JOIN}(?:(?P<to_day>{_DAY}){GAP})?(?P<to_month>{_MONTH}){GAP}(?P<to_year>{_YEAR})$"
)
_NUMERIC = re.compile(
    rf"(?<![0-9])(?P<day>{_DAY})(?P<s>[/.-])(?P<month>1[0-2]|0?[1-9])(?P=s)(?P<year>{_YEAR})"
    rf"{_JOIN}(?P<to_day>{_DAY})(?P=s)(?P<to_month>1[0-2]|0?[1-9])(?P=s)(?P<to_year>{_YEAR})$"
)
_SINCE = re.compile(
    rf"{GAP}{alternation(lexicon.toml('amounts/durations.toml')['since']['words'])}{GAP}(?:tanggal{GAP}|tahun{GAP})?"
    rf"(?:(?:(?P<day>{_DAY}){GAP})?(?P<month>{_MONTH}){GAP})?(?P<year>{_YEAR}){END}"
)
_REACH = 72  # two written dates with their connector
_LONGEST = 100  # years


def read_years(t: Text, first: Number) -> Amount | None:
    """`2023-2028`, `dari 2023 hingga tahun 2028`: the years between two years, at most a century."""
    if not first.is_year:
        return None
    begin = connector(t, first.start, first.end)
    last = _YEAR_AT.match(t.low, begin) if begin else None
    if not last or not 0 < int(last[1]) - int(first.raw) <= _LONGEST:
        return None
    return _period(t, first.start, last.end(), f"P{int(last[1]) - int(first.raw)}Y", last[1])


_YEAR_AT = re.compile(rf"(?:tahun{GAP})?({_YEAR}){END}(?![-/–.,]?[0-9])")


def read_dates(t: Text, end: int) -> Amount | None:
    """The period whose second date ends at `end`, its year."""
    begin = max(t.floor, end - _REACH)
    if not _HINT.search(t.low, begin, end):
        return None
    for pattern in (_WRITTEN, _NUMERIC):
        found = pattern.search(t.low, begin, end)
        if found and not is_part_of_code(t, found.start()):
            return _between_dates(t, found)
    return None


_HINT = re.compile(rf"(?:[-–—~]|[a-z0-9.]{GAP}(?:s[./]?d|sampai|hingga|to){END})")


def _between_dates(t: Text, found: re.Match[str]) -> Amount | None:
    month, to_month = _month(found["month"]), _month(found["to_month"])
    to_year = int(found["to_year"])
    if found["year"]:
        year = int(found["year"])
    else:
        later = (month, int(found["day"] or 0)) > (to_month, int(found["to_day"] or 32))
        year = to_year - later
    if bool(found["day"]) != bool(found["to_day"]):
        return None
    if not found["day"]:
        iso, ends = _between_months(year * 12 + month, to_year * 12 + to_month), f"{to_year}-{to_month:02}"
    else:
        first, last = _date(year, month, found["day"]), _date(to_year, to_month, found["to_day"])
        iso = between(first, last) if first and last else None
        ends = last.isoformat() if last else ""
    return _period(t, found.start(), found.end(), iso, ends) if iso else None


def _month(name: str) -> int:
    return _MONTHS.get(name) or int(name)


def _date(year: int, month: int, day: str) -> date | None:
    try:
        return date(year, month, int(day))
    except ValueError:
        return None


def _between_months(first: int, last: int) -> str | None:
    """Same month: whole years; else the last month counts (`Juli 2025 hingga Juni 2028` is P3Y)."""
    months = last - first
    if months <= 0 or months > _LONGEST * 12:
        return None
    return months_iso(months if months % 12 == 0 else months + 1)


def _period(t: Text, start: int, end: int, iso: str, ends: str) -> Amount:
    return Amount(
        start=start,
        end=end,
        text=t.text[start:end],
        kind="duration",
        iso=iso,
        ends=ends,
        rule="duration:two-dates",
    )


def end_from_start(t: Text, end: int, iso: str) -> str | None:
    """The end of a duration that runs from a stated date: `tiga tahun terhitung sejak 1 Juli 2024`."""
    found = _SINCE.match(t.low, end)
    if not found:
        return None
    start = found["year"]
    if found["month"]:
        start += f"-{_month(found['month']):02}"
    if found["day"]:
        if not _date(int(found["year"]), _month(found["month"]), found["day"]):
            return None
        start += f"-{int(found['day']):02}"
    return end_date(start, iso)
