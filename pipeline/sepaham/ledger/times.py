"""Days as numbers: bounds of dates of any precision, and the days on which a paper can have been signed."""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

Days = tuple[int, int]
"""First and last day, as proleptic Gregorian ordinals (`datetime.date.toordinal`)."""

_ISO = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)

FIRST, LAST = date.min.toordinal(), date.max.toordinal()
REPORTED_WITHIN = 45
PLANNED_WITHIN = 365
SLIPS_BY = 120
REMEMBERED_FOR = 5 * 366


@lru_cache(maxsize=1 << 16)
def bounds(iso: str | None) -> Days | None:
    """First and last day of an ISO day, month or year; None for null and for what is no date."""
    if not _ISO.fullmatch(iso or ""):
        return None
    try:
        parts = [int(part) for part in (iso or "").split("-")]
        match parts:
            case [year]:
                return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            case [year, month]:
                last = monthrange(year, month)[1]
                return date(year, month, 1).toordinal(), date(year, month, last).toordinal()
            case [year, month, day]:
                return (date(year, month, day).toordinal(),) * 2
    except ValueError:
        return None
    return None


def iso(day: int) -> str:
    """The ISO day of an ordinal."""
    return date.fromordinal(day).isoformat()


def common(days: Days) -> str | None:
    """The longest ISO prefix (day, month, year) that both ends share; None when the years differ."""
    first, last = iso(days[0]), iso(days[1])
    return next((first[:length] for length in (10, 7, 4) if first[:length] == last[:length]), None)


def windows(status: str, dated: Days | None, published: Days | None) -> tuple[Days, ...]:
    """The stretches of days in which the paper of a report can have been signed, for finding candidates.

    The stated date, and what the publication day allows: a signing is news for weeks, a plan comes true
    within a year, a paper that is put in force or ended may be years old. Nothing known: any day.
    """
    found = []
    if dated:
        slip = SLIPS_BY if status == "planned" else 0
        found.append((dated[0], min(dated[1] + slip, LAST)))
    if published:
        first, last = published
        match status:
            case "planned":
                guess = (first, min(last + PLANNED_WITHIN, LAST))
            case "implemented" | "ended":
                guess = (max(first - REMEMBERED_FOR, FIRST), last)
            case _:
                guess = (max(first - REPORTED_WITHIN, FIRST), last)
        if not dated or status in ("signed", "extended", "planned"):
            found.append(guess)
    return tuple(found) or ((FIRST, LAST),)


def apart(one: Days, other: Days) -> int:
    """Days between two stretches, 0 where they meet."""
    return max(one[0] - other[1], other[0] - one[1], 0)
