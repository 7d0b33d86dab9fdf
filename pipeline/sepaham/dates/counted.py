"""Counts relative readings from a day: `pekan lalu`, `Senin depan`, `tiga tahun ke depan`."""

from datetime import date

from sepaham.dates import days
from sepaham.dates.days import Period
from sepaham.dates.reading import Reading, Unit

_YEARS: dict[Unit, int] = {"year": 1, "decade": 10, "octad": 8, "century": 100}


def count(reading: Reading, at: date, planned: bool | None) -> Period | None:
    """The period that a reading without a written date means on the day `at`; None if it means none."""
    if reading.weekday:
        start = _weekday((reading.weekday[0] - reading.eve) % 7, reading, at, planned)
        return Period(start, days.shifted(start, (reading.weekday[1] - reading.weekday[0]) % 7), "day")
    if reading.shift:
        period = shift(at, *reading.shift)
        return parted(reading, period) if period else None
    if reading.span:
        return _span(at, *reading.span)
    if reading.nth and reading.toward is not None:
        this_year = reading.nth[2] != 0
        return (
            parted(reading, days.years(at.year, at.year))
            if this_year
            else _division(at, reading.nth[1], reading.toward)
        )
    if reading.moment and reading.toward is not None:
        return days.day(at)
    return None


def parted(reading: Reading, period: Period) -> Period | None:
    """The part or the division of a period that a reading names, else the period itself."""
    if reading.nth:
        divided = _nth(period, reading.nth)
        return days.third(divided, reading.part) if divided and reading.part else divided
    return days.third(period, reading.part) if reading.part else period


def _weekday(number: int, reading: Reading, at: date, planned: bool | None) -> date:
    back = (at.weekday() - number) % 7
    if reading.shift:
        return _weekday_near(number, at, *reading.shift)
    if reading.toward == 0:
        return days.shifted(days.week(at, 0).lower, number)
    if reading.toward == -1:
        return days.shifted(at, -(back or 7))
    if reading.toward == 1:
        return days.shifted(at, 7 - back)
    return days.shifted(at, (7 - back) % 7 if planned else -back)


def _weekday_near(number: int, at: date, unit: Unit, count: int) -> date:
    """The weekday beside a relative day or week: `Rabu pekan lalu`, `Rabu kemarin`, `Senin besok`."""
    if unit != "day":
        return days.shifted(days.week(at, count).lower if unit in ("week", "weekend") else at, number)
    if count < 0:
        told = days.shifted(at, count)
        return days.shifted(told, -((told.weekday() - number) % 7))
    if count > 0:
        return days.shifted(at, 7 - (at.weekday() - number) % 7)
    # The paper says "today" of a day beside the one that stands as its date.
    return days.shifted(at, (number - at.weekday() + 3) % 7 - 3)


def shift(at: date, unit: Unit, count: int) -> Period | None:
    """The day, week, month or year that lies `count` units from the one of `at`."""
    if unit == "day":
        return days.day(days.shifted(at, count))
    if unit == "week":
        return days.week(at, count)
    if unit == "weekend":
        saturday = days.shifted(days.week(at, count).lower, 5)
        return Period(saturday, days.shifted(saturday, 1), "day")
    if unit == "month":
        return days.shifted_months(at, count)
    if unit not in _YEARS:
        return None
    year = days.shifted_years(at, _YEARS[unit] * count)
    if unit == "decade" and count in (-1, 0, 1):
        return days.years(year // 10 * 10, year // 10 * 10 + 9)
    return days.years(year, year)


def _span(at: date, unit: Unit, count: int) -> Period | None:
    """The stretch from the anchor over `count` units, in the unit that is spoken of."""
    if unit in ("day", "week"):
        there = days.shifted(at, count * (7 if unit == "week" else 1))
        return Period(min(at, there), max(at, there), "day")
    if unit == "month":
        near, far = days.shifted_months(at, 0), days.shifted_months(at, count)
    elif unit in _YEARS:
        year = days.shifted_years(at, _YEARS[unit] * count)
        near, far = days.years(at.year, at.year), days.years(year, year)
    else:
        return None
    return Period(min(far.lower, near.lower), max(far.upper, near.upper), near.grain)


def _division(at: date, size: int, toward: int) -> Period:
    """The semester or quarter before, of, or after the day."""
    each = 12 // size
    year, number = divmod(at.year * each + (at.month - 1) // size + toward, each)
    return days.months(min(max(year, 2), 9998), number * size + 1, (number + 1) * size)


def _nth(period: Period, nth: tuple[Unit, int, int]) -> Period | None:
    unit, size, ordinal = nth
    if unit == "month" and period.grain == "year":
        ordinal = 12 // size if ordinal == -1 else ordinal
        if size * ordinal > 12:
            return None
        return days.months(period.lower.year, size * (ordinal - 1) + 1, size * ordinal)
    if unit not in ("week", "day") or period.grain not in ("month", "year"):
        return None
    length = size * (7 if unit == "week" else 1)
    if ordinal == -1:
        return Period(days.shifted(period.upper, 1 - length), period.upper, "day")
    low = days.shifted(period.lower, length * (ordinal - 1))
    if low > period.upper:
        return None
    return Period(low, min(days.shifted(low, length - 1), period.upper), "day")
