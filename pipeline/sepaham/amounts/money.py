"""Sums of money: the currency before the number (`Rp 1,2 T`), after it (`300 juta dolar AS`), or implied."""

import re

from sepaham import lexicon
from sepaham.amounts.context import Text, qualifier
from sepaham.amounts.currency import Sign, name_after, sign_at, sign_before
from sepaham.amounts.digits import plain
from sepaham.amounts.numbers import FOREIGN, RUPIAH, Number, Scales, read_number, share_scale
from sepaham.amounts.ranges import connector, rises
from sepaham.amounts.vocabulary import GAP, alternation
from sepaham.records import Amount

_IMPLIED = lexicon.toml("amounts/context.toml")["implied"]
_CUES = frozenset(_IMPLIED["cues"])
_ENDS_SUM = re.compile(rf"\s{{0,50}}+(?:[.,;:)\]!?\"”]|$|{alternation(_IMPLIED['before'])})")
_LEAST_IMPLIED = 10**6
_DASH = re.compile(r"[.,][-–—=]{1,2}(?![0-9])")
_OPENED = re.compile(rf"{GAP}\(\s?(?:terbilang:?\s)?")
_CLOSED = re.compile(r"\s?\)")


def read_money(t: Text, start: int) -> Amount | None:
    """The sum whose number starts at `start`, its currency sign before it."""
    sign = sign_before(t, start)
    if sign is None:
        return None
    scales = RUPIAH if sign.code == "IDR" else FOREIGN
    number = read_number(t.low, start, scales)
    if number is None or (sign.strict and not number.scaled):
        return None
    end = _finish(t, number.end, sign.code)
    upper = _upper(t, number, end, sign, scales)
    if upper:
        number, end = share_scale(number, upper), _finish(t, upper.end, sign.code)
    return _money(t, (sign.start, end), sign, number, upper, "sign-before")


def money_after(t: Text, number: Number, upper: Number | None) -> Amount | None:
    """The sum of a number (or a range up to `upper`) that a currency name follows."""
    last = upper or number
    sign = name_after(t, last.end)
    if sign is None or (sign.strict and not last.scaled):
        return None
    end = sign.end
    if upper is None and (further := _further(t, number, sign)):
        upper, end = further
    return _money(t, (number.start, end), sign, number, upper, "name-after")


def implied_money(t: Text, number: Number, upper: Number | None) -> Amount | None:
    """`anggaran sebesar 1,2 miliar`: rupiah, when a word for money stands before and the sum ends there."""
    value, end = number.value(whole=False), (upper or number).end
    if not number.scaled or value is None or value < _LEAST_IMPLIED:
        return None
    cues = (word.removesuffix("nya") for word in t.before(number.start))
    if not _CUES.intersection(cues) or not _ENDS_SUM.match(t.low, end):
        return None
    sign = Sign(number.start, end, "IDR", strict=False, confidence=0.7)
    return _money(t, (number.start, end), sign, number, upper, "implied")


def _upper(t: Text, number: Number, end: int, sign: Sign, scales: Scales) -> Number | None:
    """The upper end of a range: `Rp 10-15 miliar`, `Rp10 miliar hingga Rp15 miliar`."""
    begin = connector(t, sign.start, end)
    if begin is None:
        return None
    signed = sign_at(t.low, begin)
    if signed and signed[0] != sign.code:
        return None
    upper = read_number(t.low, signed[1] if signed else begin, scales)
    if upper is None or (not signed and _is_apart(number, upper)):
        return None
    return upper if rises(share_scale(number, upper), upper) else None


def _is_apart(number: Number, upper: Number) -> bool:
    """Whether a bare second number is something else: `Rp 3 triliun sampai 2030`, `Rp 5.000 hingga 2025`."""
    return (number.scaled and not upper.scaled) or (upper.is_year and "." in number.raw)


def _further(t: Text, number: Number, sign: Sign) -> tuple[Number, int] | None:
    """`5 juta rupiah hingga 10 juta rupiah`: the upper end in the same currency."""
    begin = connector(t, number.start, sign.end)
    upper = read_number(t.low, begin) if begin else None
    second = name_after(t, upper.end) if upper else None
    if upper is None or second is None or second.code != sign.code or not rises(number, upper):
        return None
    return upper, second.end


def _finish(t: Text, end: int, code: str) -> int:
    """The end of a sum with its `,-` and a currency name that repeats the sign (`Rp 5 juta rupiah`)."""
    dash = _DASH.match(t.low, end)
    end = dash.end() if dash else end
    again = name_after(t, end)
    return again.end if again and again.code == code else end


def _repeated(t: Text, end: int, number: Number, code: str) -> int:
    """The end of a sum with its repetition in brackets: `Rp 5.000.000 (lima juta rupiah)`."""
    opened = _OPENED.match(t.low, end)
    if not opened:
        return end
    signed = sign_at(t.low, opened.end())
    inner = read_number(t.low, signed[1] if signed else opened.end(), RUPIAH)
    if inner is None or inner.value(whole=True) != number.value(whole=True):
        return end
    name = name_after(t, inner.end)
    codes = {found for found in (signed[0] if signed else None, name.code if name else None) if found}
    closed = _CLOSED.match(t.low, name.end if name else inner.end)
    return closed.end() if closed and codes <= {code} else end


def _money(
    t: Text, span: tuple[int, int], sign: Sign, number: Number, upper: Number | None, rule: str
) -> Amount | None:
    value = number.value(whole=True)
    highest = upper.value(whole=True) if upper else None
    if value is None:
        return None
    start, end = span[0], _repeated(t, span[1], upper or number, sign.code)
    doubt = number.doubt or bool(upper and upper.doubt)
    return Amount(
        start=start,
        end=end,
        text=t.text[start:end],
        kind="money",
        amount=plain(value),
        upper=None if highest is None else plain(highest),
        unit=sign.code,
        qualifier=qualifier(t, start, end, ranged=upper is not None, vague=number.vague),
        rule=f"money:{rule}",
        confidence=min(sign.confidence, 0.6) if doubt else sign.confidence,
    )
