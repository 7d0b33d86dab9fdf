"""The far end of a range: `10-15 persen`, `antara 5 dan 10 hektare`, `dua hingga tiga tahun`."""

import re

from sepaham import lexicon
from sepaham.amounts.context import Text
from sepaham.amounts.numbers import Number, read_number, share_scale
from sepaham.amounts.vocabulary import GAP, alternation

_CONNECTORS = lexicon.toml("amounts/context.toml")["connectors"]
_CONNECTOR = re.compile(rf"{GAP}{alternation(_CONNECTORS['words'])}{GAP}")
_AND = re.compile(rf"{GAP}{alternation(_CONNECTORS['between'])}{GAP}")


def connector(t: Text, start: int, end: int) -> int | None:
    """Where the far end starts after `-`, `hingga`, `s/d` at `end`; `dan` connects only what `antara` opened.

    `start` is where the near end of the range begins.
    """
    found = _CONNECTOR.match(t.low, end)
    if found:
        return found.end()
    found = _AND.match(t.low, end)
    return found.end() if found and t.before(start)[-1:] == ["antara"] else None


def rises(lower: Number, upper: Number, *, whole: bool = True) -> bool:
    """Whether two numbers make a range from low to high."""
    low, high = lower.value(whole=whole), upper.value(whole=whole)
    return low is not None and high is not None and low < high


def range_before_unit(t: Text, number: Number) -> Number | None:
    """The upper end of a range that has one unit behind it: `10-15 persen`, `dua hingga tiga tahun`."""
    begin = connector(t, number.start, number.end)
    upper = read_number(t.low, begin) if begin else None
    return upper if upper and rises(share_scale(number, upper), upper, whole=False) else None
