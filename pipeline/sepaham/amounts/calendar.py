"""Plain calendar arithmetic on ISO dates of any precision, and ISO 8601 durations."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_ISO_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_ORDER = ("Y", "M", "W", "D", "TH", "TM", "TS")

Parts = tuple[Decimal, str]


def end_date(start: str, iso: str) -> str | None:
    """The ISO date on which a duration from `start` is over: 2024-04-27 and P3Y give 2027-04-27.

    `start` is an ISO day, month or year, and so is the end. None when the duration is finer than the date (a
    month and P10D), has a fraction or hours, or leaves the calendar. 29 February becomes 28 February.
    """
    known, lasting = _ISO_DATE.fullmatch(start), _ISO_DURATION.fullmatch(iso)
    if not known or not lasting:
        return None
    years, months, weeks, days = (int(part or 0) for part in lasting.groups())
    year, month, day = (int(part) if part else None for part in known.groups())
    if year is None or years > 9999 or months > 99999 or weeks > 99999 or days > 999999:
        return None
    if month is None:
        return None if months % 12 or weeks or days else _year(year + years + months // 12)
    if not 1 <= month <= 12 or (day and day > monthrange(year, month)[1]):
        return None
    total = year * 12 + month - 1 + years * 12 + months
    year, month = divmod(total, 12)
    if day is None:
        return None if weeks or days or not _year(year) else f"{year:04}-{month + 1:02}"
    return _day(year, month + 1, day, weeks * 7 + days)


def _year(year: int) -> str | None:
    return f"{year:04}" if year <= 9999 else None


def _day(year: int, month: int, day: int, days: int) -> str | None:
    if year > 9999:
        return None
    try:
        return (date(year, month, min(day, monthrange(year, month)[1])) + timedelta(days)).isoformat()
    except (ValueError, OverflowError):
        return None


def iso_duration(parts: Iterable[Parts]) -> str | None:
    """The ISO 8601 duration of counted units (`Y M W D TH TM TS`): 2.5 Y is P2Y6M, 1.5 TH is PT1H30M.

    Weeks beside other units become days, as ISO 8601 wants. None when nothing is left.
    """
    totals: dict[str, Decimal] = {}
    for count, designator in parts:
        whole, rest = divmod(count, 1)
        smaller, factor = {"Y": ("M", 12), "TH": ("TM", 60), "TM": ("TS", 60)}.get(designator, ("", 0))
        if rest and smaller and (rest * factor) % 1 == 0:
            totals[smaller] = totals.get(smaller, Decimal(0)) + rest * factor
            count = whole
        totals[designator] = totals.get(designator, Decimal(0)) + count
    totals = {designator: total for designator, total in totals.items() if total}
    if "W" in totals and len(totals) > 1:
        totals["D"] = totals.get("D", Decimal(0)) + totals.pop("W") * 7
    if not totals:
        return None
    days = "".join(f"{_plain(totals[d])}{d}" for d in _ORDER[:4] if d in totals)
    times = "".join(f"{_plain(totals[d])}{d[1]}" for d in _ORDER[4:] if d in totals)
    return f"P{days}" + (f"T{times}" if times else "")


def _plain(count: Decimal) -> str:
    text = f"{count:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def between(first: date, last: date) -> str | None:
    """The whole years or months from one day to another, the last day in or out; else None.

    1 January to 31 December 2024 is P1Y, 8 March 2025 to 8 March 2029 P4Y, 1 January to 30 June P6M.
    """
    for stop in (last, last + timedelta(1)) if last < date.max else (last,):
        months = (stop.year - first.year) * 12 + stop.month - first.month
        if months > 0 and stop.day == first.day:
            return months_iso(months)
    return None


def months_iso(months: int) -> str:
    """`P2Y` for 24 months, `P6M` for 6."""
    return f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"
