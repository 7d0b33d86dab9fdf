"""Reads one number of running text: digits or words, a repetition in brackets, scales, and ranges of two."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from sepaham import lexicon
from sepaham.amounts.digits import parse_digits
from sepaham.amounts.vocabulary import GAP, NO_LETTER, alternation, squeeze
from sepaham.amounts.words import STARTS, read_words

_NUMBERS = lexicon.toml("amounts/numbers.toml")

_WORD_POWERS: dict[str, int] = {
    word + suffix: scale["power"]
    for scale in _NUMBERS["scales"].values()
    for word in scale["words"]
    for suffix in ("", "an")
}
_SHORT: dict[str, int] = _NUMBERS["abbreviations"]["anywhere"]
_MONEY: dict[str, int] = _SHORT | _NUMBERS["abbreviations"]["money"]
_FOREIGN: dict[str, int] = _MONEY | _NUMBERS["abbreviations"]["foreign"]
_ENGLISH = frozenset(_NUMBERS["english"]["words"])

DIGITS_TAIL = r"[0-9]*+(?:[.,][0-9]++)*+"
DIGITS = rf"[0-9]{DIGITS_TAIL}"
_DIGITS = re.compile(DIGITS)
_WORDS = re.compile(STARTS)
_BRACKET = re.compile(GAP + r"\(\s?")
_CLOSE = re.compile(r"\s?\)")
_NEXT = re.compile(rf"{GAP}({DIGITS})")


@dataclass(frozen=True, slots=True)
class Scales:
    """The words that multiply a number in one surrounding, and the expression that finds them."""

    powers: Mapping[str, int]
    pattern: re.Pattern[str]


def _scales(short: Mapping[str, int]) -> Scales:
    words = alternation(_WORD_POWERS, NO_LETTER)  # `Rp 1 juta3. Paket` is a list that lost its line breaks
    return Scales({**_WORD_POWERS, **short}, re.compile(rf"{GAP}({words}|{alternation(short)})"))


ANYWHERE, RUPIAH, FOREIGN = _scales(_SHORT), _scales(_MONEY), _scales(_FOREIGN)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands: `raw` digits or the `spelled` value, times `scale`, plus `rest` (500 juta).

    `doubt` is set when a repetition in brackets says another number, `vague` by `jutaan`.
    """

    start: int
    end: int
    raw: str
    spelled: Decimal | None = None
    scale: int = 1
    rest: Decimal = Decimal(0)
    english: bool = False
    scaled: bool = False
    doubt: bool = False
    vague: bool = False

    def value(self, *, whole: bool, english: bool = False) -> Decimal | None:
        """The value; `whole` says that fractions make no sense here (people, money without a scale)."""
        bare = self.spelled
        if bare is None:
            bare = parse_digits(self.raw, whole=whole and not self.scaled, english=english or self.english)
        return None if bare is None else bare * self.scale + self.rest

    @property
    def is_year(self) -> bool:
        """Four bare digits that can be a year, 1900 to 2099."""
        return len(self.raw) == 4 and self.raw[:2] in ("19", "20") and not self.scaled


def read_number(low: str, start: int, scales: Scales = ANYWHERE) -> Number | None:
    """The number that starts exactly at `start`, with its bracket and scales, or None."""
    number = _bare(low, start)
    if number is None:
        return None
    number = _with_bracket(low, number)
    number = _with_scale(low, number, scales)
    return _with_rest(low, number, scales) if number.scaled and number.raw else number


def _bare(low: str, start: int) -> Number | None:
    digits = _DIGITS.match(low, start)
    if digits:
        return Number(start, digits.end(), digits[0])
    if not _WORDS.match(low, start):
        return None
    words = read_words(low, start)
    return None if words is None else Number(start, words.end, "", words.value, scaled=words.scaled)


def _with_bracket(low: str, number: Number) -> Number:
    """`3 (tiga)`, `lima (5)`: the bracket is part of the number when it holds a number of the other kind."""
    opened = _BRACKET.match(low, number.end)
    inner = _bare(low, opened.end()) if opened else None
    closed = _CLOSE.match(low, inner.end) if inner else None
    if inner is None or closed is None or bool(inner.raw) == bool(number.raw):
        return number
    return replace(number, end=closed.end(), doubt=inner.value(whole=True) != number.value(whole=True))


def _with_scale(low: str, number: Number, scales: Scales) -> Number:
    found = scales.pattern.match(low, number.end)
    if not found or (number.scaled and not number.raw):
        return number
    word = squeeze(found[1])
    scale = 10 ** scales.powers[word]
    vague = word.endswith("an")
    return replace(number, end=found.end(), scale=scale, scaled=True, english=word in _ENGLISH, vague=vague)


def _with_rest(low: str, number: Number, scales: Scales) -> Number:
    """`1 miliar 500 juta`: a second number with a smaller scale is added, once or twice."""
    ceiling = number.scale
    for _ in range(2):
        following = _NEXT.match(low, number.end)
        scaled = following and scales.pattern.match(low, following.end())
        if not following or not scaled:
            break
        scale = 10 ** scales.powers[squeeze(scaled[1])]
        part = parse_digits(following[1], whole=False)
        if scale >= ceiling or part is None or part * scale >= ceiling:
            break
        number = replace(number, end=scaled.end(), rest=number.rest + part * scale)
        ceiling = scale
    return number


def share_scale(lower: Number, upper: Number) -> Number:
    """The lower end with the upper end's scale where it has none: `10-15 miliar`."""
    if lower.scaled or not upper.scaled or not upper.raw:
        return lower
    return replace(lower, scale=upper.scale, scaled=True, english=upper.english)
