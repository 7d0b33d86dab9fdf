"""Builders of what is counted from a day or divides a period: `dua hari lalu`, `semester pertama`."""

import re
from typing import cast

from sepaham.dates.builders import is_sunday
from sepaham.dates.lexer import Tokens, numbers, spoken, word_set
from sepaham.dates.reading import Reading, Unit

# A unit after a number is a length ("58 tahun itu"), but not after "tanggal 10" or "semester 1".
_COUNTED = re.compile(r"(?<![Tq] )[14Q%] $|[14Q\w]-$")
_UNITS: dict[str, Unit] = {"h": "day", "w": "week", "G": "week", "B": "month", "A": "year"}


def _count(tokens: Tokens, start: int, end: int) -> int | None:
    """The number at the head of an expression; None for "beberapa" and "dua atau tiga"."""
    classes = tokens.classes[start:end]
    if any(sign in classes for sign in "%-&~"):
        return None
    return 1 if classes[0] == "S" else spoken(tokens, start, end)


def _unit(tokens: Tokens, start: int, end: int) -> Unit | None:
    for i in range(start, end):
        kind, value = tokens.classes[i], tokens.values[i]
        if kind in _UNITS:
            return _UNITS[kind]
        if kind in "Su" and isinstance(value, str):
            return cast(Unit, value)
    return None


def _direction(tokens: Tokens, start: int, end: int) -> int | None:
    """-1, 0 or 1 for lalu, ini and mendatang; None for itu, sebelumnya and berikutnya."""
    for i in range(start, end):
        kind, value = tokens.classes[i], tokens.values[i]
        if kind == "R" and isinstance(value, int):
            return value
        if kind in "LIFc":
            return {"L": -1, "I": 0}.get(kind, 1)
    return None


def ago(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`dua hari yang lalu`, `setahun silam`, `tiga hari lagi`, `sehari sebelumnya`, `beberapa waktu lalu`."""
    count, unit = _count(tokens, start, end), _unit(tokens, start, end)
    classes = tokens.classes[start:end]
    if unit == "season":
        return None
    if count is None or unit is None:
        return Reading(start, end, "vague", vague=True)
    if re.search("[sb{}]", classes) or tokens.word(end - 1) == "kemudian":
        if "{" in classes or "}" in classes:
            end = _event_end(tokens, start, end)
        back = "s" in classes or "{" in classes
        return Reading(start, end, "from event", from_event=(unit, -count if back else count))
    past = "L" in classes
    return Reading(start, end, "ago" if past else "ahead", shift=(unit, -count if past else count))


def _event_end(tokens: Tokens, start: int, end: int) -> int:
    """Where `sehari sebelum peresmian` ends: a preposition after `sebelum` names no event."""
    at = next(i for i in range(start, end) if tokens.classes[i] in "{}")
    return at + 1 if tokens.word(at + 2) in word_set("leads") else end


def span(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`tiga tahun terakhir`, `lima tahun ke depan`, `dua pekan mendatang`."""
    count, unit = _count(tokens, start, end), _unit(tokens, start, end)
    if unit in (None, "season") or tokens.word(end - 1) == "nanti":
        return None
    if count is None:
        return Reading(start, end, "vague", vague=True)
    return Reading(start, end, "span", span=(unit, -count if tokens.classes[end - 1] == "l" else count))


def first_of(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`enam bulan pertama`, `dua pekan pertama`."""
    count, unit, ordinal = _count(tokens, start, end), _unit(tokens, start, end), tokens.values[end - 1]
    if count is None or unit is None or not isinstance(ordinal, int):
        return None
    return Reading(start, end, "first of", nth=(unit, count, ordinal))


def turn(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`pekan pertama`, `semester II-2024`, `kuartal II/2026`, `kuartal akhir`, `triwulan ke-3`."""
    year = numbers(tokens, start, end, "4")
    ordinals = numbers(tokens, start + 1, end, "O1re")
    ordinal = -1 if not ordinals or "e" in tokens.classes[start:end] else ordinals[0]
    size = tokens.values[start]
    if not year and tokens.word(start) in word_set("halves"):
        return None
    unit: Unit = "month" if isinstance(size, int) else "week"
    most = 12 // size if isinstance(size, int) else 5
    if ordinal != -1 and not 1 <= ordinal <= most:
        return None
    first = (year[0], None, None) if year and 1900 <= year[0] <= 2100 else None
    return Reading(start, end, "turn", nth=(unit, size if isinstance(size, int) else 1, ordinal), first=first)


def nth_day(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`hari kedua forum`: counted from the first day of an event that was told before."""
    ordinal = numbers(tokens, start, end, "O")[0]
    if tokens.word(start + 4) in word_set("leads"):
        end = start + 3
    year = numbers(tokens, start, end, "4")
    first = (year[0], None, None) if year else None
    return Reading(
        start, end, "from event", from_event=("day", ordinal - 1), first=first, nth=("day", 1, ordinal)
    )


def unit(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`pekan lalu`, `bulan ini`, `tahun depan`, `hari itu`, `semester depan`."""
    kind, direction = tokens.classes[start], _direction(tokens, start, end)
    name = _unit(tokens, start, end)
    if name == "season" and direction is not None:
        return Reading(start, end, "vague", vague=True)
    counted = bool(_COUNTED.search(tokens.classes[max(start - 4, 0) : start]))
    if counted or tokens.word(start - 2) in word_set("lengths"):
        return None
    if direction is None:
        return _that(tokens, start, end, name)
    if kind == "q":
        return Reading(
            start, end, "turn", nth=("month", sum(numbers(tokens, start, end, "q")), 0), toward=direction
        )
    if kind == "G" and _sunday_in_sentence(tokens, start):
        return Reading(start, end, "context: weekday", weekday=(6, 6), toward=max(-1, min(1, direction)))
    if name is None or (kind == "h" and tokens.classes[end - 1] in "LFc"):
        return None
    return Reading(start, end, name, shift=(name, direction))


def _that(tokens: Tokens, start: int, end: int, name: Unit | None) -> Reading | None:
    """`hari itu`, `tahun sebelumnya`: the period of a day that was told before, or beside it."""
    if name is None:
        return None
    return Reading(
        start, end, "from event", from_event=(name, {"i": 0, "s": -1}.get(tokens.classes[end - 1], 1))
    )


def _sunday_in_sentence(tokens: Tokens, at: int) -> bool:
    """`pada Minggu lalu` is a Sunday; `Minggu lalu` at the head of a sentence or in a title is a week."""
    if tokens.raw(at + 2)[0].isupper() or not is_sunday(tokens, at):
        return False
    return (
        tokens.classes[at - 1] == " " and tokens.classes[at - 2].isalpha() and "\n" not in tokens.raw(at - 1)
    )


def weekend(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`akhir pekan lalu`, `awal pekan ini`; without a direction it can be any."""
    part, direction = sum(numbers(tokens, start, end, "e")), _direction(tokens, start, end)
    if direction is None:
        return Reading(start, end, "vague", vague=True)
    if part == 3:
        return Reading(start, end, "weekend", shift=("weekend", direction))
    return Reading(start, end, "part of week", shift=("week", direction), part=part)


def bare_unit(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`akhir tahun`, `awal bulan`: this year's, this month's."""
    name: Unit = "year" if tokens.classes[end - 1] == "A" else "month"
    return Reading(start, end, name, shift=(name, 0), part=numbers(tokens, start, end, "e")[0])


def part(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`awal`, `pertengahan`, `akhir` before a period."""
    return Reading(start, end, "part", part=numbers(tokens, start, end, "e")[0], weak=True)


def toward(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`lalu`, `mendatang`, `ini`, `itu` after a day or month."""
    direction = _direction(tokens, start, end)
    if direction is not None:
        return Reading(start, end, "toward", toward=max(-1, min(1, direction)), weak=True)
    if tokens.classes[start] == "i":
        return Reading(start, end, "that", from_event=("day", 0), weak=True)
    return None


def every(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`setiap Sabtu`, `tiap tanggal 5`: a set of days, which has no value."""
    return Reading(start, end, "set", every=True)
