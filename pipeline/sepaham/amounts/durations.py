"""Durations of a number and a unit of time: `3 (tiga) tahun`, `36 bulan`, `dua setengah tahun`, `setahun`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sepaham import lexicon
from sepaham.amounts.calendar import end_date, iso_duration
from sepaham.amounts.context import Text, is_label, qualifier
from sepaham.amounts.digits import plain
from sepaham.amounts.numbers import Number, read_number
from sepaham.amounts.periods import end_from_start
from sepaham.amounts.ranges import connector
from sepaham.amounts.vocabulary import END, GAP, alternation, squeeze, tails
from sepaham.records import Amount

_DATA = lexicon.toml("amounts/durations.toml")
_CONTEXT = lexicon.toml("amounts/context.toml")
_UNITS = {word: row for row in _DATA["unit"] for word in row["words"]}
_RANK = {row["unit"]: rank for rank, row in enumerate(_DATA["unit"])}


def _after(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"{GAP}{alternation(phrases)}")


_UNIT = re.compile(rf"{GAP}({alternation(_UNITS)})")
_SUFFIX = re.compile(rf"{GAP}{alternation(_DATA['suffixes']['words'])}")
_HALF = re.compile(rf"{GAP}setengah{END}")
_POINT = _after(_DATA["point"]["after"])
_MORE = _after(["lagi"])
_REPEATED = _after(_DATA["repeated"]["after"])
_AHEAD = _after(_DATA["ahead"]["after"])
_CALENDAR = {
    "tahun": re.compile(rf"{GAP}(?:[12][0-9]{{3}}|ke-?[0-9]){END}"),
    "bulan": _after(name for names in _CONTEXT["months"].values() for name in names),
    "hari": _after(_CONTEXT["weekdays"]["words"]),
    "minggu": re.compile(rf"{GAP}(?:\(|(?:pagi|siang|sore|petang|malam|dini|lalu){END})"),
}
_RULES = (
    ("sentence", _after(_DATA["sentence"]["after"])),
    ("past", _after(_DATA["past"]["after"])),
    ("offset", _after(_DATA["offset"]["after"])),
)
_BEFORE_RULES = {word: rule for rule in ("age", "sentence") for word in _DATA[rule]["before"]}
_EXTENDS = frozenset(_DATA["point"]["extends"])
_LASTING = frozenset(_DATA["lasting"]["before"]) | _EXTENDS
_REPEATS = frozenset(_DATA["repeated"]["before"])
_RATES = frozenset(_DATA["repeated"]["rate"])
_JOIN = re.compile(rf"{GAP}(?:dan{GAP}|,{GAP})?(?=[0-9a-z])")
_TIMES = re.compile(rf"([0-9]{{1,3}})\s?[x×]\s?([0-9]{{1,3}})(?={GAP}(?:jam|hari|menit){END})")
_MOST = 10**10  # units of time; the universe is younger in years
_SINGLE = re.compile(rf"se({alternation(_UNITS)})(?!-)")

# `setahun`, `sebulan`: the scanner looks for these beside numbers.
SINGLES_TAILS = tails(f"se{word}" for word in _UNITS if " " not in word) + END


@dataclass(slots=True)
class _Reading:
    """A duration while it is read: counted units, the last unit's name, where it ends."""

    parts: list[tuple[Decimal, str]]
    unit: str
    end: int


def read_duration(t: Text, number: Number, upper: Number | None) -> Amount | None:
    """The duration of a number (or a range up to `upper`) that a unit of time follows."""
    reading = _component(t, number, (upper or number).end)
    words = t.before(number.start)
    if reading is None or number.is_year or is_label(words) or (words and words[-1] in ("ke", *_REPEATS)):
        return None
    highest = _count(upper, reading.unit) if upper else None
    if upper is None:
        further = _further(t, number, reading)
        if further:
            highest, reading.end = further
        else:
            _compound(t, reading)
    return _duration(t, number.start, reading, words, highest, doubt=number.doubt)


def read_single(t: Text, start: int) -> Amount | None:
    """`setahun`, `sebulan`: one unit of time, unless it is a rate (`dua kali setahun`)."""
    found = _SINGLE.match(t.low, start)
    words = t.before(start)
    if not found or (words and (words[-1] in _RATES or words[-1] in _REPEATS)) or t.follows_amount(start):
        return None
    row = _UNITS[found[1]]
    parts = [(Decimal(row["factor"]), str(row["designator"]))]
    reading = _Reading(parts, row["unit"], found.end())
    half = _HALF.match(t.low, reading.end)
    if half:
        reading.parts, reading.end = [(row["factor"] * Decimal("1.5"), row["designator"])], half.end()
    return _duration(t, start, reading, words, None, doubt=False)


def read_product(t: Text, start: int) -> Amount | None:
    """`2x24 jam`: forty-eight hours."""
    found = _TIMES.match(t.low, start)
    if not found:
        return None
    product = Number(start, found.end(), "", Decimal(found[1]) * Decimal(found[2]))
    reading = _component(t, product, product.end)
    return _duration(t, start, reading, t.before(start), None, doubt=False) if reading else None


def _component(t: Text, number: Number, end: int) -> _Reading | None:
    """The unit at `end`, counted by `number`; words never stand glued to it."""
    found = _UNIT.match(t.low, end)
    if not found or (found.start(1) == end and not number.raw):
        return None
    row = _UNITS[squeeze(found[1])]
    value = _count(number, row["unit"])
    if not value:
        return None
    end = found.end()
    half = _HALF.match(t.low, end) if value == value.to_integral_value() else None
    if half:
        value, end = value + Decimal("0.5"), half.end()
    return _Reading([(value * row["factor"], row["designator"])], row["unit"], end)


def _count(number: Number, unit: str) -> Decimal | None:
    decimal = bool(_UNITS[unit].get("decimal"))
    value = number.value(whole=not decimal, english=decimal)
    return value if value is not None and value <= _MOST else None


def _compound(t: Text, reading: _Reading) -> None:
    """`2 tahun 6 bulan`: shorter units that follow are added."""
    for _ in range(3):
        joined = _JOIN.match(t.low, reading.end)
        number = read_number(t.low, joined.end()) if joined else None
        part = _component(t, number, number.end) if number else None
        if part is None or _RANK[part.unit] <= _RANK[reading.unit]:
            return
        reading.parts += part.parts
        reading.unit, reading.end = part.unit, part.end


def _further(t: Text, number: Number, reading: _Reading) -> tuple[Decimal, int] | None:
    """`3 tahun sampai 5 tahun`: the upper end of a range whose both ends have the unit."""
    begin = connector(t, number.start, reading.end)
    upper = read_number(t.low, begin) if begin else None
    part = _component(t, upper, upper.end) if upper else None
    if upper is None or part is None or part.unit != reading.unit:
        return None
    value, low = _count(upper, reading.unit), _count(number, reading.unit)
    return (value, part.end) if value is not None and low is not None and value > low else None


def _duration(
    t: Text, start: int, reading: _Reading, words: list[str], highest: Decimal | None, *, doubt: bool
) -> Amount | None:
    suffix = _SUFFIX.match(t.low, reading.end)
    end = suffix.end() if suffix else reading.end
    iso = iso_duration(reading.parts)
    if iso is None or _is_date(t, reading.unit, end, words) or _REPEATED.match(t.low, end):
        return None
    rule, ends = _rule(t, end, words), None
    ahead = _AHEAD.match(t.low, end)
    if ahead:
        end, rule = ahead.end(), "ahead"
        ends = end_date(t.published, iso) if t.published and highest is None else None
    elif highest is None:
        ends = end_from_start(t, end, iso)
    simple = len(reading.parts) == 1
    row = _UNITS[reading.unit]
    return Amount(
        start=start,
        end=end,
        text=t.text[start:end],
        kind="duration",
        amount=plain(reading.parts[0][0] / row["factor"]) if simple else None,
        upper=None if highest is None else plain(highest),
        unit=reading.unit if simple else None,
        iso=iso,
        ends=ends,
        qualifier=qualifier(t, start, end, ranged=highest is not None),
        rule=f"duration:{rule}",
        confidence=0.6 if doubt else 1.0,
    )


def _is_date(t: Text, unit: str, end: int, words: list[str]) -> bool:
    """A point in time (`lima tahun silam`), or part of a date or title (`Nomor 5 Tahun 2014`)."""
    before = words[-1] if words else ""
    calendar = _CALENDAR.get(unit)
    if calendar and before not in _LASTING and calendar.match(t.low, end):
        return True
    if _MORE.match(t.low, end) and (before in _EXTENDS):
        return False
    return bool(_POINT.match(t.low, end))


def _rule(t: Text, end: int, words: list[str]) -> str:
    for rule, pattern in _RULES:
        if pattern.match(t.low, end):
            return rule
    return next((_BEFORE_RULES[word] for word in reversed(words) if word in _BEFORE_RULES), "number-unit")
