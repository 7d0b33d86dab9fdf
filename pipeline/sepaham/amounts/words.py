"""Indonesian number words (terbilang), both ways: `dua puluh lima` and 25, up to ten to the fifteenth."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from sepaham import lexicon
from sepaham.amounts.vocabulary import END, GAP, tails

LIMIT = 10**15

_DATA = lexicon.toml("amounts/numbers.toml")
_DIGITS: dict[str, int] = _DATA["digits"]
_WHOLES: dict[str, int] = _DATA["wholes"]
_FRACTIONS: dict[str, Decimal] = {name: Decimal(value) for name, value in _DATA["fractions"].items()}
_SCALES: dict[str, int] = {
    word: 10 ** scale["power"] for scale in _DATA["scales"].values() for word in scale["words"]
}
_SCALE_NAMES = sorted(((10 ** scale["power"], name) for name, scale in _DATA["scales"].items()), reverse=True)
_DIGIT_NAMES = {value: name for name, value in _DIGITS.items()}
_TENS = {"puluh", "belas"}
_PIECES = (*_DIGITS, *_WHOLES, *_SCALES, *_TENS, "ratus", *(f"se{scale}" for scale in _SCALES))
_GLUED = re.compile("(?:" + "|".join(sorted(_PIECES, key=len, reverse=True)) + ")")
_LEAST_OF_THOUSANDS = 10**9  # thousands are counted of miliar and triliun, never of ribu and juta

# A run of number words starts with one of these, alone or with more written on to it (`duapuluh`).
_STARTS = (
    *_DIGITS,
    *_WHOLES,
    *(f"se{scale}" for scale in _SCALES),
    *(name for name in _FRACTIONS if " " not in name),
)
_ALTERNATIVES = "|".join(_STARTS)
_MORE = "|".join((*_TENS, "ratus", *_SCALES))
STARTS = rf"(?:{_ALTERNATIVES})(?:{_MORE})*+{END}"

# The same, for a scanner that has matched the first character, one of INITIALS, already.
INITIALS = "".join(sorted({word[0] for word in _STARTS}))
STARTS_TAILS = rf"{tails(_STARTS)}(?:{_MORE})*+{END}"
# A hyphen ends a number word only before another one: `satu-dua tahun`, but not `satu-satunya`.
_TOKEN = re.compile(rf"{GAP}([a-z]+){END}(?!-(?!(?:{_ALTERNATIVES}){END})[a-z])")


@dataclass(frozen=True, slots=True)
class WordNumber:
    """A number read from words: its value, its end, and whether a scale (juta, miliar) is part of it."""

    value: Decimal
    end: int
    scaled: bool


@cache
def _split(word: str) -> tuple[str, ...]:
    """The number words that a word is made of (`duapuluh` -> dua, puluh); empty when it is none."""
    if word in _PIECES or word in _FRACTIONS or word in ("koma", "tiga perempat", "perempat"):
        return (word,)
    pieces = tuple(_GLUED.findall(word))
    return pieces if len(pieces) > 1 and "".join(pieces) == word else ()


def read_words(low: str, start: int) -> WordNumber | None:
    """The longest number that the words at `start` of lower-cased text spell, or None."""
    reader = _Reader(low, start)
    value = reader.number()
    end = reader.end()
    return None if value is None or end is None else WordNumber(value, end, reader.scaled)


class _Reader:
    """Recursive descent over the number words from a position on, split only as far as they are looked at.

    `at` is the first word that was not used.
    """

    def __init__(self, low: str, start: int) -> None:
        self._low = low
        self._words: list[str] = []
        self._ends: list[int | None] = []  # where each word ends; None inside what is written together
        self._next: int | None = start
        self.at = 0
        self.scaled = False

    def _peek(self, ahead: int = 0) -> str:
        index = self.at + ahead
        while len(self._words) <= index and self._next is not None:
            self._split_next(self._next)
        return self._words[index] if index < len(self._words) else ""

    def _split_next(self, position: int) -> None:
        token = _TOKEN.match(self._low, position)
        pieces = _split(token[1]) if token else ()
        self._next = token.end() if token and pieces else None
        if pieces:
            self._words.extend(pieces)
            self._ends.extend([None] * (len(pieces) - 1) + [self._next])

    def end(self) -> int | None:
        """Where the words used so far end; None inside a word, or when none was used."""
        return self._ends[self.at - 1] if self.at else None

    def number(self) -> Decimal | None:
        """group scale group scale ..., the scales falling; a fraction may stand before the only scale."""
        fraction = self._fraction()
        if fraction is not None:
            return self._scaled(fraction)
        total, ceiling = Decimal(0), LIMIT * 10
        found = False
        while (step := self._step(ceiling)) is not None:
            value, scale, last = step
            total += value * scale
            found, ceiling = True, scale
            if last or scale == 1:
                break
        if not found:
            return None
        return total * self._thousandfold() if 1000 <= total < 10**6 else total

    def _thousandfold(self) -> int:
        """The scale after a number of thousands: `dua ribu lima ratus triliun`."""
        scale = _SCALES.get(self._peek(), 1)
        if scale < _LEAST_OF_THOUSANDS:
            return 1
        self.at += 1
        return scale

    def _step(self, ceiling: int) -> tuple[Decimal, int, bool] | None:
        """One group with its scale (1 for none) below `ceiling`; the flag says that nothing may follow."""
        before = self.at
        word = self._peek()
        if word.startswith("se") and _SCALES.get(word[2:], ceiling) < ceiling:
            self.at, self.scaled = self.at + 1, True
            return Decimal(1), _SCALES[word[2:]], False
        group = self._group()
        if group is None:
            return None
        value, last = self._with_fraction(Decimal(group)) if ceiling > LIMIT else (Decimal(group), False)
        scale = _SCALES.get(self._peek(), 0)
        if not scale:
            return value, 1, last
        if scale >= ceiling and ceiling == 1000 and scale >= _LEAST_OF_THOUSANDS:
            return value, 1, True
        if scale >= ceiling or value == 0:
            self.at = before
            return None
        self.at, self.scaled = self.at + 1, True
        return value, scale, last

    def _group(self) -> int | None:
        """0 to 999."""
        total = self._hundreds()
        tens = self._tens()
        if tens is None and total == 0:
            if self._peek() == "nol":
                self.at += 1
                return 0
            return None
        return total + (tens or 0)

    def _hundreds(self) -> int:
        if self._peek() == "seratus":
            self.at += 1
            return 100
        if self._peek(1) == "ratus" and (digit := _DIGITS.get(self._peek(), 0)):
            self.at += 2
            return digit * 100
        return 0

    def _tens(self) -> int | None:
        word = self._peek()
        if word in ("sepuluh", "sebelas"):
            self.at += 1
            return _WHOLES[word]
        digit = _DIGITS.get(word, 0)
        if not digit:
            return None
        if self._peek(1) == "belas":
            self.at += 2
            return 10 + digit
        if self._peek(1) != "puluh":
            if self._peek(1) == "ratus":
                return None
            self.at += 1
            return digit
        self.at += 2
        unit = _DIGITS.get(self._peek(), 0)
        if not unit or self._peek(1) in ("ratus", "puluh", "belas"):
            return digit * 10
        self.at += 1
        return digit * 10 + unit

    def _fraction(self) -> Decimal | None:
        if self._peek() == "tiga" and self._peek(1) == "perempat":
            self.at += 2
            return _FRACTIONS["tiga perempat"]
        value = _FRACTIONS.get(self._peek())
        if value is not None:
            self.at += 1
        return value

    def _with_fraction(self, whole: Decimal) -> tuple[Decimal, bool]:
        """`satu setengah`, `dua koma tujuh lima`: the number and whether a fraction was there."""
        if self._peek() == "koma" and self._peek(1) in _DIGITS:
            self.at += 1
            decimals = ""
            while self._peek() in _DIGITS:
                decimals += str(_DIGITS[self._peek()])
                self.at += 1
            return whole + Decimal(f"0.{decimals}"), True
        if self._peek() == "setengah":
            self.at += 1
            return whole + _FRACTIONS["setengah"], True
        return whole, False

    def _scaled(self, value: Decimal) -> Decimal:
        scale = _SCALES.get(self._peek(), 1)
        if scale > 1:
            self.at, self.scaled = self.at + 1, True
        return value * scale


def parse_number_words(phrase: str) -> int | Decimal | None:
    """The number that a phrase spells (`seratus dua puluh lima ribu` -> 125000), or None when it spells none.

    Whole numbers come as int, others (`dua koma lima`, `satu setengah`) as Decimal; `minus` in front negates.
    Press spellings are read too: `sejuta`, `duapuluh lima`, `1` is no number word.
    """
    low = phrase.strip().lower()
    negative = low.startswith("minus ")
    low = low.removeprefix("minus ").lstrip()
    number = read_words(low, 0)
    if number is None or number.end != len(low):
        return None
    value = -number.value if negative else number.value
    return int(value) if value == value.to_integral_value() else value


def number_words(number: int) -> str:
    """The words of a whole number from -10^15 to 10^15 (1_250_000 -> `satu juta dua ratus lima puluh ribu`).

    Raises ValueError beyond that.
    """
    if abs(number) > LIMIT:
        raise ValueError(f"{number} is beyond 10^15, for which the press has no words")
    if number < 0:
        return f"minus {number_words(-number)}"
    if number == 0:
        return _DIGIT_NAMES[0]
    words: list[str] = []
    for scale, name in _SCALE_NAMES:
        count, number = divmod(number, scale)
        if count:
            words.append("seribu" if (count, name) == (1, "ribu") else f"{_below_thousand(count)} {name}")
    if number:
        words.append(_below_thousand(number))
    return " ".join(words)


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [] if not hundreds else ["seratus" if hundreds == 1 else f"{_DIGIT_NAMES[hundreds]} ratus"]
    tens, unit = divmod(rest, 10)
    if rest in (10, 11):
        words.append("sepuluh" if rest == 10 else "sebelas")
    elif tens == 1:
        words.append(f"{_DIGIT_NAMES[unit]} belas")
    else:
        words.extend([f"{_DIGIT_NAMES[tens]} puluh"] if tens else [])
        words.extend([_DIGIT_NAMES[unit]] if unit else [])
    return " ".join(words)
