"""The currency beside a number: a sign before it (`Rp`, `US$`, `SGD`) or a name after it (`dolar AS`)."""

import re
from dataclasses import dataclass

from sepaham import lexicon
from sepaham.amounts.context import Text
from sepaham.amounts.vocabulary import GAP, NO_LETTER, alternation, squeeze

_DATA = lexicon.toml("amounts/currencies.toml")
_CODES: dict[str, str] = {row["code"].lower(): row["code"] for row in _DATA["currency"]}
_BEFORE = {phrase: row["code"] for row in _DATA["currency"] for phrase in row["before"]} | _CODES
_AFTER = {phrase: row["code"] for row in _DATA["currency"] for phrase in row["after"]} | _CODES
_SHARED = {word: row for row in _DATA["shared"].values() for word in row["words"]}
_STRICT = frozenset(
    [*_DATA["strict_names"], *(row["code"].lower() for row in _DATA["currency"] if row.get("strict"))]
)
_ANY_CASE = frozenset(("idr", "usd"))

_SIGN = alternation(_BEFORE, NO_LETTER)
_ENDING = re.compile(rf"({_SIGN}){GAP}$")
_STARTING = re.compile(rf"({_SIGN}){GAP}(?=[0-9a-z])")
_NAME = re.compile(rf"{GAP}({alternation((*_AFTER, *_SHARED))})(?!{GAP}[0-9])")
_TAILS = frozenset(phrase[-3:] for phrase in _BEFORE if phrase not in _CODES or phrase in _ANY_CASE)
_LAST = frozenset(phrase[-1] for phrase in _BEFORE if not phrase[-1].isalpha())
_REACH = 16  # the longest sign with its blanks


@dataclass(frozen=True, slots=True)
class Sign:
    """A currency beside a number: span, ISO 4217 code, and whether the number must have a scale (juta)."""

    start: int
    end: int
    code: str
    strict: bool
    confidence: float = 1.0


def sign_before(t: Text, start: int) -> Sign | None:
    """The currency sign that ends right before a number."""
    if not _may_be_sign(t.text[max(t.floor, start - _REACH) : start].replace("&nbsp;", " ").rstrip()[-3:]):
        return None
    found = _ENDING.search(t.low, max(t.floor, start - _REACH), start)
    if not found or not _stands_alone(t.text, found.start()):
        return None
    phrase = squeeze(found[1])
    if phrase in _CODES and phrase not in _ANY_CASE and not t.text[found.start(1) : found.end(1)].isupper():
        return None
    confidence = 0.9 if phrase == "$" else 1.0  # mostly the US dollar
    return Sign(found.start(), start, _BEFORE[phrase], phrase in _STRICT, confidence)


def _may_be_sign(tail: str) -> bool:
    """A cheap look at the last letters, which spares most numbers the search."""
    if not tail or tail[-1] in _LAST or tail[-1].isupper():
        return bool(tail)
    low = tail.lower()
    return low in _TAILS or low[-2:] in _TAILS


def _stands_alone(text: str, at: int) -> bool:
    """Whether a word starts here, even where the blank before it is lost: `senilaiRp 5 miliar`."""
    return at == 0 or not text[at - 1].isalnum() or (text[at].isupper() and text[at - 1].islower())


def sign_at(low: str, at: int) -> tuple[str, int] | None:
    """The code of the sign at a position and where its number starts."""
    found = _STARTING.match(low, at)
    return (_BEFORE[squeeze(found[1])], found.end()) if found else None


def name_after(t: Text, end: int) -> Sign | None:
    """The currency that stands right after a number."""
    found = _NAME.match(t.low, end)
    if not found:
        return None
    phrase = squeeze(found[1])
    if phrase in _CODES and not t.text[found.start(1) : found.end(1)].isupper():
        return None
    shared = phrase in _SHARED
    code = _shared_code(t, phrase) if shared else _AFTER[phrase]
    confidence = 0.8 if shared else 1.0
    return Sign(found.start(1), found.end(), code, phrase in _STRICT, confidence) if code else None


def _shared_code(t: Text, word: str) -> str:
    """The code of a name that several countries use, by the first of them that the text names."""
    if word not in t.shared:
        row = _SHARED[word]
        named = [(at, code) for country, code in row["countries"].items() if (at := t.low.find(country)) >= 0]
        t.shared[word] = min(named)[1] if named else str(row["otherwise"])
    return t.shared[word]
