"""Calendar arithmetic: anchors, periods and the Hijri calendar. Pure functions; no clock is read."""

import calendar
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

Grain = Literal["day", "month", "year", "none"]
_WIDTH: dict[Grain, int] = {"day": 10, "month": 7, "year": 4, "none": 0}


@dataclass(frozen=True, slots=True)
class Period:
    """The days `lower`..`upper`, both included; `grain` is the unit in which the expression speaks."""

    lower: date
    upper: date
    grain: Grain

    def iso(self) -> str | None:
        """The period in its grain: one ISO date if both ends share it, else `start/end`; or None."""
        width = _WIDTH[self.grain]
        if not width:
            return None
        first, last = self.lower.isoformat()[:width], self.upper.isoformat()[:width]
        return first if first == last else f"{first}/{last}"


def day(value: date) -> Period:
    """One day."""
    return Period(value, value, "day")


def month(year: int, number: int) -> Period:
    """A calendar month; `number` may run over the year's end either way."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Period(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]), "month")


def years(first: int, last: int) -> Period:
    """The calendar years `first`..`last`."""
    return Period(date(first, 1, 1), date(last, 12, 31), "year")


def months(year: int, first: int, last: int) -> Period:
    """The calendar months `first`..`last` of a year."""
    return Period(month(year, first).lower, month(year, last).upper, "month")


def week(anchor: date, offset: int) -> Period:
    """The week from Monday to Sunday that lies `offset` weeks from the one of `anchor`."""
    monday = shifted(anchor, 7 * offset - anchor.weekday())
    return Period(monday, shifted(monday, 6), "day")


def shifted(anchor: date, count: int) -> date:
    """`count` days later, kept inside the calendar."""
    ordinal = min(max(anchor.toordinal() + count, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(ordinal)


def shifted_years(anchor: date, count: int) -> int:
    """The year `count` years later, kept inside the calendar."""
    return min(max(anchor.year + count, MINYEAR + 1), MAXYEAR - 1)


def shifted_months(anchor: date, count: int) -> Period:
    """The month `count` months later, kept inside the calendar."""
    number = min(max(anchor.year * 12 + anchor.month - 1 + count, (MINYEAR + 1) * 12), (MAXYEAR - 1) * 12)
    return month(number // 12, number % 12 + 1)


def make_date(year: int, number: int, day_of_month: int) -> date | None:
    """The date, or None where the calendar has none."""
    try:
        return date(year, number, day_of_month)
    except ValueError:
        return None


def third(period: Period, part: int) -> Period:
    """The first, middle or last third (1, 2, 3) of a period; its grain stays, so its value does."""
    length = (period.upper - period.lower).days + 1
    if length < 3:
        return period
    if period.grain == "year":
        year, last = period.lower.year, period.upper.year
        if year == last:
            bounds = months(year, 4 * part - 3, 4 * part)
            return Period(bounds.lower, bounds.upper, "year")
    if period.grain == "month" and length <= 31:
        low = period.lower.replace(day=10 * part - 9)
        high = period.upper if part == 3 else period.lower.replace(day=10 * part)
        return Period(low, high, "month")
    low = period.lower + timedelta(days=length * (part - 1) // 3)
    return Period(low, period.lower + timedelta(days=length * part // 3 - 1), period.grain)


def hull(first: Period, second: Period) -> Period:
    """Both periods in one, in the finest calendar unit that they share; `none` if they share no year."""
    if first == second:
        return first
    lower, upper = min(first.lower, second.lower), max(first.upper, second.upper)
    grain: Grain = "none"
    if lower.year == upper.year:
        grain = "month" if lower.month == upper.month else "year"
    return Period(lower, upper, grain)


def parse_anchor(published: str | None) -> Period | None:
    """A publication date (`2024-05-15`, `2024-05`, `2024`; longer stamps are cut) as a period, or None."""
    text = (published or "").strip()[:10]
    try:
        numbers = [int(part) for part in text.split("-")]
    except ValueError:
        return None
    if not numbers or not MINYEAR + 1 <= numbers[0] <= MAXYEAR - 1 or len(numbers) > 3:
        return None
    if len(numbers) == 1:
        return years(numbers[0], numbers[0])
    if not 1 <= numbers[1] <= 12:
        return None
    if len(numbers) == 2:
        return month(numbers[0], numbers[1])
    exact = make_date(*numbers)
    return day(exact) if exact else None


def from_hijri(year: int, number: int, day_of_month: int) -> date:
    """The Gregorian day of a Hijri date in the tabular calendar, which sightings may differ from by a day.

    Source: Reingold and Dershowitz, Calendrical Calculations, the arithmetic Islamic calendar.
    """
    ordinal = (
        day_of_month + 29 * (number - 1) + number // 2 + 354 * (year - 1) + (3 + 11 * year) // 30 + 227014
    )
    return date.fromordinal(ordinal)
