"""Finds every sum, duration and quantity of a text in one pass."""

import re

from sepaham.amounts.after import families_after
from sepaham.amounts.context import Text, is_bad_integer, is_part_of_code
from sepaham.amounts.durations import SINGLES_TAILS, read_duration, read_product, read_single
from sepaham.amounts.money import implied_money, money_after, read_money
from sepaham.amounts.numbers import DIGITS_TAIL, Number, read_number, share_scale
from sepaham.amounts.periods import read_dates, read_years
from sepaham.amounts.quantities import read_count, read_measure
from sepaham.amounts.ranges import range_before_unit
from sepaham.amounts.words import INITIALS, STARTS_TAILS
from sepaham.records import Amount

# A class of first characters up front lets the matcher skip most of the text; the tails look back at it.
_START = re.compile(
    rf"[0-9{INITIALS}](?:(?<=[0-9]){DIGITS_TAIL}|(?<![^\W_].)(?:{STARTS_TAILS}|{SINGLES_TAILS}))"
)


def find_amounts(text: str, published: str | None = None) -> list[Amount]:
    """Every sum, duration and quantity of a text; in order, not overlapping.

    `published` is the ISO day, month or year from which `tiga tahun ke depan` gets its end.
    """
    t = Text(text, published)
    found: list[Amount] = []
    done = 0
    for match in _START.finditer(t.low):
        start, end = match.span()
        if start < done:
            continue
        amount, done = _read(t, start, end)
        if amount:
            found.append(amount)
            t.floor = done = amount.end
    return found


def _read(t: Text, start: int, end: int) -> tuple[Amount | None, int]:
    """The amount whose number starts at `start` (the token ends at `end`), and where to go on without one."""
    amount = read_money(t, start) or (read_dates(t, end) if _ends_in_year(t.low, start, end) else None)
    if amount or is_part_of_code(t, start):
        return amount, end
    number = read_number(t.low, start)
    if number is None:
        return read_single(t, start), end
    if is_bad_integer(number):
        return None, number.end
    upper = range_before_unit(t, number)
    amount = None
    if upper:
        number_of_range = share_scale(number, upper)
        amount = _with_unit(t, number_of_range, upper) or implied_money(t, number_of_range, upper)
    return amount or _with_unit(t, number, None) or _without_unit(t, number), number.end


def _ends_in_year(low: str, start: int, end: int) -> bool:
    return low[end - 4 : end - 2] in ("19", "20") and (end - start == 4 or low[end - 5] == ".")


def _with_unit(t: Text, number: Number, upper: Number | None) -> Amount | None:
    """What the word after the number (or after the range's upper end) makes of it."""
    families = families_after(t.low, (upper or number).end)
    amount = None
    if "measure" in families:
        amount = read_measure(t, number, upper)
    if amount is None and "duration" in families:
        amount = read_duration(t, number, upper)
    if amount is None and "money" in families:
        amount = money_after(t, number, upper)
    if amount is None and "count" in families:
        amount = read_count(t, number, upper)
    return amount


def _without_unit(t: Text, number: Number) -> Amount | None:
    return read_years(t, number) or read_product(t, number.start) or implied_money(t, number, None)


def resolve_amount(phrase: str, published: str | None = None) -> Amount | None:
    """The meaning of one phrase (`Rp 1,2 T`, `3 (tiga) tahun`), or None; of several amounts the longest."""
    return max(find_amounts(phrase, published), key=lambda amount: amount.end - amount.start, default=None)
