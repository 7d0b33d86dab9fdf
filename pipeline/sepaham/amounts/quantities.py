"""Percentages, areas and other measures, and counts of things (`250 unit rumah`), with their unit."""

import re

from sepaham import lexicon
from sepaham.amounts.context import (
    Text,
    is_calendar_year,
    is_label,
    is_name_of_one,
    is_ordinal,
    is_proper_name,
    qualifier,
)
from sepaham.amounts.digits import plain
from sepaham.amounts.numbers import Number, read_number
from sepaham.amounts.ranges import connector, rises
from sepaham.amounts.vocabulary import GAP, alternation, squeeze
from sepaham.records import Amount

_DATA = lexicon.toml("amounts/units.toml")
_UNITS: dict[str, str] = {
    word: row["unit"] for row in _DATA["measure"] for word in (*row["words"], *row.get("exact", []))
}
_EXACT = frozenset(word for row in _DATA["measure"] for word in row.get("exact", []))
_PLACES = frozenset(_DATA["counts"]["places"])
_MEASURE = re.compile(rf"{GAP}({alternation(_UNITS)})")
_COUNT = re.compile(rf"{GAP}({alternation(word for words in _DATA['counts'].values() for word in words)})")
_RATES = frozenset(("per", "tiap", "setiap", "/"))


def read_measure(t: Text, number: Number, upper: Number | None) -> Amount | None:
    """A number with a unit of measure; a percentage may be negative."""
    found = _MEASURE.match(t.low, (upper or number).end)
    if not found:
        return None
    word = squeeze(found[1])
    if word in _EXACT and t.text[found.start(1) : found.end(1)] != word:
        return None
    unit, words = _UNITS[word], t.before(number.start)
    if is_calendar_year(number, words) or (is_label(words) and unit != "%"):
        return None
    return _quantity(t, number, upper, found, "percent" if unit == "%" else "measure")


def read_count(t: Text, number: Number, upper: Number | None) -> Amount | None:
    """A number of people, places or things from the word list."""
    found = _COUNT.match(t.low, (upper or number).end)
    if not found:
        return None
    words, noun = t.before(number.start), found.start(1)
    if is_label(words) or is_calendar_year(number, words) or is_ordinal(t, words, noun):
        return None
    if (words and words[-1] in _RATES) or is_name_of_one(t, number, noun):
        return None
    if found[1].split()[0] in _PLACES and is_proper_name(t, number, noun, found.end()):
        return None
    return _quantity(t, number, upper, found, "count")


def _unit(found: re.Match[str]) -> str:
    word = squeeze(found[1])
    return _UNITS.get(word, word)


def _sign(t: Text, start: int) -> tuple[int, bool]:
    """Where the amount starts and whether it is negative: `minus 5 persen`, `-0,3%`."""
    if t.low[max(0, start - 6) : start] == "minus ":
        return start - 6, True
    glued = t.low[start - 1 : start] in ("-", "−") if start else False
    lone = start < 2 or t.text[start - 2].isspace() or t.text[start - 2] == "("
    return (start - 1, True) if glued and lone else (start, False)


def _far_end(t: Text, number: Number, found: re.Match[str], *, whole: bool) -> tuple[Number, int] | None:
    """`5 persen hingga 7 persen`: the upper end of a range whose both ends have the unit."""
    begin = connector(t, number.start, found.end())
    upper = read_number(t.low, begin) if begin else None
    again = found.re.match(t.low, upper.end) if upper else None
    if upper is None or again is None or _unit(again) != _unit(found):
        return None
    return (upper, again.end()) if rises(number, upper, whole=whole) else None


def _quantity(
    t: Text, number: Number, upper: Number | None, found: re.Match[str], kind: str
) -> Amount | None:
    whole, unit, end = kind == "count", _unit(found), found.end()
    start, negative = _sign(t, number.start) if unit in ("%", "°C") else (number.start, False)
    if upper is None and (far := _far_end(t, number, found, whole=whole)):
        upper, end = far
    value, highest = number.value(whole=whole), upper.value(whole=whole) if upper else None
    if value is None or (whole and value == 0):
        return None
    return Amount(
        start=start,
        end=end,
        text=t.text[start:end],
        kind="quantity",
        amount=plain(-value if negative else value),
        upper=None if highest is None else plain(highest),
        unit=unit,
        qualifier=qualifier(t, start, end, ranged=highest is not None, vague=number.vague),
        rule=f"quantity:{kind}",
        confidence=0.6 if number.doubt else 1.0,
    )
