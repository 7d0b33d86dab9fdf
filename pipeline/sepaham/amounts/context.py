"""The text under the scanner and the words around a number: qualifiers, labels, years, names."""

import re
from dataclasses import dataclass, field
from typing import Literal

from sepaham import lexicon
from sepaham.amounts.numbers import Number
from sepaham.amounts.vocabulary import GAP, alternation, lower, squeeze

Qualifier = Literal["min", "max", "approx", "range", "between"]

_CONTEXT = lexicon.toml("amounts/context.toml")
_BEFORE: dict[str, Qualifier] = {
    phrase: qualifier for qualifier, phrases in _CONTEXT["before"].items() for phrase in phrases
}
_AFTER: dict[str, Qualifier] = {
    phrase: qualifier
    for qualifier, phrases in _CONTEXT["after"].items()
    if qualifier != "compares"
    for phrase in phrases
}
_AFTER_NUMBER = re.compile(
    rf"(?:{GAP}|-)({alternation(_AFTER)})(?!{GAP}{alternation(_CONTEXT['after']['compares'])})"
)
_LABELS = frozenset(_CONTEXT["labels"]["words"])
_MONTH_NAMES = frozenset(name for names in _CONTEXT["months"].values() for name in names)
_YEAR_CUES = frozenset(_CONTEXT["years"]["before"]) | _MONTH_NAMES
_NAMES = tuple(_CONTEXT["names"]["phrases"])
_OPENING = "([{\"'“‘«‹"
_REACH = 64  # characters that four words before a number take at most
_GLUE = "/#@=\\_"


@dataclass(slots=True)
class Text:
    """A text and its lower-cased copy; `floor` is the end of the last expression found."""

    text: str
    published: str | None = None
    low: str = ""
    floor: int = 0
    shared: dict[str, str] = field(default_factory=dict)
    _before: tuple[int, list[str]] = (-1, [])

    def __post_init__(self) -> None:
        """Lower-cases once; the copy has the same offsets."""
        self.low = lower(self.text)

    def before(self, start: int) -> list[str]:
        """Up to four lower-cased words before a position, opening brackets and quotes taken off."""
        if self._before[0] != start:
            words = self.low[max(0, start - _REACH) : start].split()[-4:]
            self._before = start, [stripped for word in words if (stripped := word.lstrip(_OPENING))]
        return self._before[1]

    def follows_amount(self, start: int) -> bool:
        """Whether an amount stands right before: `Rp 5 miliar setahun`, `5 ton lebih sehari`."""
        near = self.floor > 0 and start - self.floor < 16
        return near and self.low[self.floor : start].strip() in ("", "lebih")

    def is_capital(self, start: int) -> bool:
        """Whether the word at a position has a capital letter first."""
        return self.text[start : start + 1].isupper()


def qualifier_before(words: list[str]) -> Qualifier | None:
    """What the words right before a number make of it; the longest phrase counts (`tidak lebih dari`)."""
    for count in (3, 2, 1):
        if len(words) >= count and (found := _BEFORE.get(" ".join(words[-count:]))):
            return found
    return None


def qualifier(t: Text, start: int, end: int, *, ranged: bool, vague: bool = False) -> Qualifier | None:
    """How an amount at `start`..`end` is meant: `range`, or what the words before or after it say."""
    if ranged:
        return "range"
    before = qualifier_before(t.before(start))
    if before and before != "between":
        return before
    after = _AFTER_NUMBER.match(t.low, end)
    if after and not t.low.startswith("kali", end - 4):  # `lima kali lebih besar` compares
        return _AFTER[squeeze(after[1])]
    return "approx" if vague else None


def is_part_of_code(t: Text, start: int) -> bool:
    """Whether a number is glued to what stands before: `B20`, `10/G/2023`, `ke-5`, `0812-3456`."""
    before = t.text[start - 1 : start] if start else ""
    if not before:
        return False
    if before.isalnum() or before in _GLUE:
        return True
    earlier = t.text[start - 2 : start - 1] if start > 1 else ""
    if before in "-–—":
        return earlier.isalnum() or earlier in ")/-"
    return before in ".,:" and earlier.isdigit()


def is_label(words: list[str]) -> bool:
    """Whether the word before makes the number a name: `Nomor 5`, `kelas 3`, `pukul 10`, `salah satu`."""
    return bool(words) and words[-1] in _LABELS


def is_calendar_year(number: Number, words: list[str]) -> bool:
    """Whether four digits are a year: after a month, `tahun`, `pada`, `sejak` and the like."""
    return number.is_year and bool(words) and words[-1] in _YEAR_CUES


def is_name_of_one(t: Text, number: Number, unit_start: int) -> bool:
    """`Program Satu Rekening`, `Satu Data`: names of programmes, told by their capitals."""
    return number.spelled == 1 and t.is_capital(number.start) and t.is_capital(unit_start)


def is_bad_integer(number: Number) -> bool:
    """A telephone or file number, no count: a leading zero, or seven bare digits that are not round."""
    raw = number.raw
    if not raw.isdigit() or number.scaled:
        return False
    return (len(raw) > 2 and raw[0] == "0") or (len(raw) > 6 and raw[-3:] != "000")


def is_ordinal(t: Text, words: list[str], unit_start: int) -> bool:
    """`HUT ke 79 Kabupaten ...` is an ordinal, `dikirim ke 15 desa` a count: the capital decides."""
    return bool(words) and words[-1] == "ke" and t.is_capital(unit_start)


def is_proper_name(t: Text, number: Number, unit_start: int, unit_end: int) -> bool:
    """Whether number and place name something: `Kabupaten Lima Puluh Kota`, `SMPN 2 Kecamatan Bukit`."""
    if not t.is_capital(unit_start) or t.text[unit_start:unit_end].isupper():
        return False
    if t.low[number.start : unit_end] in _NAMES:
        return True
    previous = t.text[max(0, number.start - _REACH) : number.start].split()[-1:]
    if not previous or not previous[0][-1].isalnum() or not previous[0][0].isupper():
        return False
    capital_number = not number.raw and t.is_capital(number.start)
    following = t.text[unit_end : unit_end + 2].strip()
    return capital_number or following[:1].isupper()
