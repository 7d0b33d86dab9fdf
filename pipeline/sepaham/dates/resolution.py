"""Gives each `Reading` its meaning: a period, what it was counted from and what contradicts it."""

from dataclasses import dataclass

from sepaham.dates import counted, days, written
from sepaham.dates.days import Period
from sepaham.dates.reading import Reading
from sepaham.dates.written import WEEKDAYS
from sepaham.records import Basis


@dataclass(frozen=True, slots=True)
class Meaning:
    """A period (None if it cannot be known), how it was found and what speaks against it."""

    period: Period | None = None
    basis: Basis = "explicit"
    conflict: str | None = None
    anchored: bool = False


def resolve(reading: Reading, anchor: Period | None, planned: bool | None) -> Meaning:
    """The meaning of a reading; `anchor` is the period of publication, `planned` as in `dates.resolve`."""
    if reading.vague or reading.every:
        return Meaning()
    if reading.from_event and not reading.weekday:
        year = reading.first[0] if reading.first else None
        return Meaning(days.years(year, year)) if year else Meaning()
    if reading.first:
        return _written(reading, anchor, planned)
    if reading.hijri:
        return _hijri(reading)
    return _relative(reading, anchor, planned) if anchor else Meaning()


def _relative(reading: Reading, anchor: Period, planned: bool | None) -> Meaning:
    first, second = (counted.count(reading, at, planned) for at in (anchor.lower, anchor.upper))
    if first is None or second is None:
        return Meaning()
    conflict = None
    if (
        reading.weekday
        and reading.shift
        and reading.shift[0] == "day"
        and reading.rule.startswith(("day", "today"))
    ):
        conflict = _wrong_day(reading.weekday[0], days.shifted(anchor.lower, reading.shift[1]).weekday())
    return Meaning(days.hull(first, second), "relative", conflict, anchored=True)


def _wrong_day(number: int, other: int) -> str | None:
    """`hari ini, Jumat` in the paper of a Saturday."""
    if number == other:
        return None
    return f"the relative day is {WEEKDAYS[other]}, the weekday written is {WEEKDAYS[number]}"


def _written(reading: Reading, anchor: Period | None, planned: bool | None) -> Meaning:
    assert reading.first
    if reading.first[0] is not None:
        meaning = _explicit(reading, anchor)
    elif anchor is None:
        return Meaning()
    else:
        meaning = _inferred(reading, anchor, planned)
    if meaning.conflict is None and meaning.period and anchor:
        return Meaning(
            meaning.period, meaning.basis, _wrong_shift(reading, meaning.period, anchor), meaning.anchored
        )
    return meaning


def _explicit(reading: Reading, anchor: Period | None) -> Meaning:
    period = written.whole(reading)
    if period is None:
        return Meaning()
    conflict = written.contradiction(reading, period)
    if reading.swapped:
        swap = f"the month stands first in {period.lower}"
        return (
            Meaning(period, "explicit", swap)
            if reading.weekday and not conflict
            else Meaning(conflict=conflict)
        )
    better = written.repaired(reading, period, anchor) if conflict else None
    if better:
        return Meaning(better, "inferred", conflict, anchored=True)
    return Meaning(period, "explicit", conflict)


def _inferred(reading: Reading, anchor: Period, planned: bool | None) -> Meaning:
    first, second = (written.inferred(reading, at, planned) for at in (anchor.lower, anchor.upper))
    if first is None or second is None:
        return Meaning()
    period = counted.parted(reading, days.hull(first, second))
    if period is None:
        return Meaning()
    conflict = written.contradiction(reading, period)
    better = written.repaired(reading, period, anchor) if conflict else None
    return Meaning(better or period, "inferred", conflict, anchored=True)


def _wrong_shift(reading: Reading, period: Period, anchor: Period) -> str | None:
    """`kemarin (3/6)` in the paper of 5 June: the written date wins."""
    if (
        not reading.shift
        or not reading.rule.startswith(("day", "today"))
        or anchor.grain != "day"
        or period.grain != "day"
        or reading.last
    ):
        return None
    told = counted.shift(anchor.lower, *reading.shift)
    if told is None or told.lower <= period.lower <= told.upper or told.grain != "day":
        return None
    return f"the date written is {period.iso()}, the relative expression means {told.iso()}"


def _hijri(reading: Reading) -> Meaning:
    """Bounds of a Hijri date: sightings differ from the tabular calendar by a day, so the day stays open."""
    assert reading.hijri
    year, month, day = reading.hijri
    if year is None or not 1 <= year <= 1600 or not 1 <= (day or 1) <= 30:
        return Meaning()
    low = days.from_hijri(year, month or 1, day or 1)
    high = low if day else days.from_hijri(year + 1, 1, 1)
    if month and not day:
        high = days.shifted(low, 29)
    lower, upper = days.shifted(low, -1), days.shifted(high, 1)
    return Meaning(days.hull(days.day(lower), days.day(upper)))
