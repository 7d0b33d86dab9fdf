"""Resolves written dates: completes a missing year or month and checks the weekday beside them."""

from datetime import date

from sepaham.dates import days
from sepaham.dates.counted import parted
from sepaham.dates.days import Period
from sepaham.dates.reading import Reading, Written

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
# What would lie almost a year back, but only days ahead, lies ahead even if it is told as past.
_GRACE = 31
# Days around publication in which a date without a year is taken for this year's whatever its weekday.
_FRESH = 31


def whole(reading: Reading) -> Period | None:
    """The period of a reading whose year is written; None where the calendar has none."""
    period = _both(reading.first, reading.last) if reading.first else None
    return parted(reading, period) if period else None


def _both(first: Written, last: Written | None) -> Period | None:
    low = _period(first)
    high = _period(last) if last else low
    if low is None or high is None or low.lower > high.upper:
        return None
    return Period(low.lower, high.upper, low.grain)


def _period(written: Written) -> Period | None:
    year, month, day = written
    if year is None or not 1 < year < 9999:
        return None
    if month is None:
        return days.years(year, year)
    if day is None:
        return days.month(year, month)
    exact = days.make_date(year, month, day)
    return days.day(exact) if exact else None


def contradiction(reading: Reading, period: Period) -> str | None:
    """What the weekday beside a date says against it, with both readings; None if they agree."""
    if not reading.weekday or period.grain != "day":
        return None
    for day, number in ((period.lower, reading.weekday[0]), (period.upper, reading.weekday[1])):
        if (number - day.weekday()) % 7 > reading.eve:
            return f"{day} is {WEEKDAYS[day.weekday()]}, the weekday written is {WEEKDAYS[number]}"
    return None


def repaired(reading: Reading, period: Period, anchor: Period | None) -> Period | None:
    """The date with another month or year that has the weekday and lies in the week up to publication.

    GUIDELINE, "Weekday against date": only then the written date gives way.
    """
    if anchor is None or anchor.grain != "day" or not reading.weekday or period.lower != period.upper:
        return None
    told = period.lower
    for back in range(8):
        other = days.shifted(anchor.upper, -back)
        if other.day != told.day or other.weekday() != reading.weekday[0]:
            continue
        if other.year == told.year or other.month == told.month:
            return days.day(other)
    return None


def inferred(reading: Reading, at: date, planned: bool | None) -> Period | None:
    """A written date without its year, or without year and month, counted from the day `at`."""
    candidates = _agreeing(reading, _candidates(reading, at), at)
    if not candidates:
        return None
    if reading.toward is not None:
        return _strictly(candidates, at, reading.toward)
    if planned:
        return min((p for p in candidates if p.upper >= at), key=_start, default=None)
    nearest = min(candidates, key=lambda period: (_distance(period, at), period.lower))
    if planned is None or _distance(nearest, at) <= _GRACE:
        return nearest
    return max((p for p in candidates if p.lower <= at), key=_start, default=None)


def _agreeing(reading: Reading, candidates: list[Period], at: date) -> list[Period]:
    """The candidates that the weekday fits; but in fresh news rather the weekday is wrong than the year."""
    if not reading.weekday or not candidates:
        return candidates
    fitting = [period for period in candidates if contradiction(reading, period) is None]
    nearest = min(candidates, key=lambda period: _distance(period, at))
    return (
        candidates
        if not fitting or (nearest not in fitting and _distance(nearest, at) <= _FRESH)
        else fitting
    )


def _strictly(candidates: list[Period], at: date, toward: int) -> Period | None:
    """The nearest candidate before (-1), around (0) or after (1) the day."""
    months = candidates[0].grain != "day"
    if toward == -1:
        return max((p for p in candidates if (p.upper if months else p.lower) < at), key=_start, default=None)
    if toward == 1:
        return min((p for p in candidates if (p.lower if months else p.upper) > at), key=_start, default=None)
    return min(candidates, key=lambda period: (_distance(period, at), period.lower))


def _start(period: Period) -> date:
    return period.lower


def _distance(period: Period, at: date) -> int:
    if period.lower <= at <= period.upper:
        return 0
    return (period.lower - at).days if period.lower > at else (at - period.upper).days


def _candidates(reading: Reading, at: date) -> list[Period]:
    assert reading.first
    _, month, day = reading.first
    if month is None:
        return _months_around(reading, at)
    far = 4 if reading.weekday or (month == 2 and day == 29) else 1
    around = range(-far, far + 1)
    if reading.shift and reading.shift[0] == "year":
        around = range(reading.shift[1], reading.shift[1] + 1)
    found = []
    for offset in around:
        year = days.shifted_years(at, offset)
        last = reading.last
        if last:
            last = (year + (last[1] is not None and last[1] < month), *last[1:])
        if period := _both((year, month, day), last):
            found.append(period)
    return found


def _months_around(reading: Reading, at: date) -> list[Period]:
    """A bare day of the month in this month and those beside it."""
    assert reading.first
    around = range(-2, 3)
    if reading.shift and reading.shift[0] == "month":
        around = range(reading.shift[1], reading.shift[1] + 1)
    found = []
    for offset in around:
        month = days.shifted_months(at, offset).lower
        last = (month.year, month.month, reading.last[2]) if reading.last else None
        if period := _both((month.year, month.month, reading.first[2]), last):
            found.append(period)
    return found
