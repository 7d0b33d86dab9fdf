"""Dates, times, sums, durations and quantities of a text as plain records, for use without the rest."""

import json
import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sepaham.amounts import find_amounts
from sepaham.dates import find_dates
from sepaham.errors import InputError
from sepaham.records import Amount, DateValue

_PUBLISHED = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_KINDS = {"DATE": "date", "SET": "date", "TIME": "time", "DURATION": "duration"}
_SHAPE = 'give one JSON object a line: {"text": "...", "published": "2024-04-27"}'


def normalize(text: str, published: str | None = None) -> list[dict[str, Any]]:
    """Every date, time, sum, duration and quantity of a text, in order, not overlapping.

    `published` (ISO day, month or year) is what relative dates are counted from. A record has the keys
    `text`, `start`, `end` (half-open, code points), `kind` (date, time, money, duration, quantity),
    `value` (ISO 8601 for dates, times and durations; null where it cannot be known), `amount` (a JSON
    number), `currency` (ISO 4217, money), `unit` (quantities), `rule` and `conflict`; what a kind does
    not have is null.
    Where two readings overlap, a sum wins over everything, a date over a quantity and over a duration
    that its two ends make (`2023-2028`), a counted duration (`lima tahun ke depan`) over the days that it
    covers.
    Raises InputError when `published` is no ISO date.
    """
    _check_published(published)
    records = [
        *((_rank_of_date(found), _date(found)) for found in find_dates(text, published)),
        *((_rank_of_amount(found), _amount(found)) for found in find_amounts(text, published)),
    ]
    return _without_overlaps(records)


def normalize_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """`normalize` for JSON lines: an object with `text` and perhaps `published` a line, blank lines skipped.

    The records carry `line` too, the number of their line from 1. A line that is no such object raises
    InputError with its number and what is wrong with it; what came before has been yielded.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            text, published = _read_line(line)
            found = normalize(text, published)
        except InputError as error:
            raise InputError(f"line {number}: {error}") from error
        for record in found:
            yield {**record, "line": number}


def _read_line(line: str) -> tuple[str, str | None]:
    try:
        given = json.loads(line.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"this is no JSON ({error}); {_SHAPE}") from error
    if not isinstance(given, dict):
        raise InputError(f"this is JSON but no object; {_SHAPE}")
    text, published = given.get("text"), given.get("published")
    if not isinstance(text, str):
        raise InputError(f"`text` is missing or no string; {_SHAPE}")
    if published is not None and not isinstance(published, str):
        raise InputError(f"`published` is no string; {_SHAPE}")
    return text, published or None


def _check_published(published: str | None) -> None:
    """Raises InputError unless `published` is null or an ISO day, month or year that exists."""
    if published is None:
        return
    if _PUBLISHED.fullmatch(published):
        year, month, day = (*map(int, published.split("-")), 1, 1)[:3]
        try:
            date(year, month, day)
            return
        except ValueError:
            pass
    raise InputError(
        f"published is {published!r}, no date: give 2024-04-27, a month (2024-04) or a year (2024)"
    )


def _rank_of_date(found: DateValue) -> int:
    return 2 if found.timex == "DURATION" else 4


def _rank_of_amount(found: Amount) -> int:
    if found.kind == "money":
        return 5
    if found.kind == "quantity":
        return 2
    return 1 if found.rule == "duration:two-dates" else 3


def _date(found: DateValue) -> dict[str, Any]:
    value = found.value
    if found.timex == "TIME" and found.time:
        value = f"{found.value or ''}T{found.time}"
    return _record(found, _KINDS[found.timex], value=value, conflict=found.conflict)


def _amount(found: Amount) -> dict[str, Any]:
    if found.kind == "duration":
        return _record(found, "duration", value=found.iso)
    if found.kind == "money":
        return _record(found, "money", amount=found.amount, currency=found.unit)
    return _record(found, "quantity", amount=found.amount, unit=found.unit)


def _record(found: DateValue | Amount, kind: str, **values: Any) -> dict[str, Any]:
    span = {"text": found.text, "start": found.start, "end": found.end, "kind": kind}
    empty = dict.fromkeys(("value", "amount", "currency", "unit"))
    return {**span, **empty, "rule": found.rule, "conflict": None, **values}


def _without_overlaps(ranked: list[tuple[int, dict[str, Any]]]) -> list[dict[str, Any]]:
    """The records of highest rank, then the longest; what they overlap is dropped."""
    kept: list[tuple[int, int]] = []
    records: dict[int, dict[str, Any]] = {}
    for _, record in sorted(
        ranked, key=lambda row: (-row[0], row[1]["start"] - row[1]["end"], row[1]["start"])
    ):
        start, end = record["start"], record["end"]
        at = bisect_left(kept, (start, end))
        clear_before = at == 0 or kept[at - 1][1] <= start
        clear_after = at == len(kept) or end <= kept[at][0]
        if clear_before and clear_after:
            insort(kept, (start, end))
            records[start] = record
    return [records[start] for start, _ in kept]
