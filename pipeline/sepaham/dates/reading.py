"""What a date expression says, before it is counted from an anchor: one frozen record of slots."""

from dataclasses import dataclass, fields, replace
from typing import Literal

Unit = Literal["day", "week", "month", "year", "decade", "octad", "century", "weekend", "season"]
# Year, month and day as far as they are written.
Written = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """Slots of an expression over the tokens `start`..`end` (half-open); an empty slot is None or False.

    first, last: written dates, two for a range; hijri: one of the Hijri calendar
    weekday: 0 for Monday, two for a range
    shift: units from the anchor; span: units that it lasts, up to (negative) or from the anchor
    toward: -1 the one before, 0 this one, 1 the next (lalu, ini, mendatang)
    part: first, middle or last third of the period
    nth: a division of the period: its unit, how many of it, which in order (-1 the last, 0 by `toward`)
    moment, clock: part of the day (TIMEX3 code), time of day
    from_event: units from a day that the text told before
    eve: `malam Jumat`, the night before the weekday
    every: a set of days; vague: known to be unknowable; swapped: the month stands before the day
    weak: no date unless something beside it says so
    """

    start: int
    end: int
    rule: str
    first: Written | None = None
    last: Written | None = None
    weekday: tuple[int, int] | None = None
    shift: tuple[Unit, int] | None = None
    toward: int | None = None
    part: int | None = None
    nth: tuple[Unit, int, int] | None = None
    span: tuple[Unit, int] | None = None
    hijri: Written | None = None
    moment: str | None = None
    clock: str | None = None
    from_event: tuple[Unit, int] | None = None
    eve: bool = False
    every: bool = False
    vague: bool = False
    swapped: bool = False
    weak: bool = False

    def filled(self) -> set[str]:
        """The names of the slots that hold something."""
        return {name for name in _SLOTS if (value := getattr(self, name)) is not None and value is not False}

    def over(self, start: int, end: int) -> "Reading":
        """The same reading over other tokens."""
        return replace(self, start=start, end=end)


_SLOTS = [field.name for field in fields(Reading) if field.name not in ("start", "end", "rule", "weak")]


def merged(left: Reading, right: Reading) -> Reading | None:
    """Both readings as one expression, or None where they speak of the same slot."""
    theirs = right.filled()
    if left.filled() & theirs:
        return None
    values = {name: getattr(right, name) for name in theirs}
    return replace(
        left, end=right.end, rule=f"{left.rule}+{right.rule}", weak=left.weak and right.weak, **values
    )
