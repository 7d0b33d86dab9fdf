"""Names as keys: what stays of a name when case, punctuation and typography are taken away."""

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

MAX_NAME = 300  # characters; longer than any official name, so that a pasted paragraph costs nothing
_WORD = re.compile(r"\w+(?:['’‘`´ʼ]\w+)*|&")
_PLAIN_WORD = re.compile(r"\w+")
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_BRACKET = re.compile(r"\s{0,50}+[(\[]([^()\[\]]*)[)\]]?")
_COMPANY_ENDS = (
    "Pte",
    "Pte.",
    "Ltd",
    "Ltd.",
    "Co.",
    "Co.,",
    "Sdn",
    "Inc",
    "Inc.",
    "LLC",
    "Pty",
    "GmbH",
    "B.V.",
)
_KEPT_BRACKETS = frozenset(("persero", "perseroda", "tbk"))


def plain(name: str) -> str:
    """The name as read: entities resolved, one form of each character, spaces single, invisible ones out."""
    if "&" in name:
        name = html.unescape(name)
    if not name.isascii():
        name = unicodedata.normalize("NFKC", name)
        name = "".join(c for c in name if unicodedata.category(c) != "Cf")
    return " ".join(name.split())


def _fold(word: str) -> str:
    return "dan" if word == "&" else _APOSTROPHES.sub("", word).casefold()


def words(name: str) -> list[str]:
    """The case-folded words of a name: "Pemkab. Tojo Una-Una" -> pemkab, tojo, una, una; & is "dan"."""
    text = plain(name).casefold()
    if "&" in text:
        text = text.replace("&", " dan ")
    if not text.isascii() or "'" in text or "`" in text:
        text = _APOSTROPHES.sub("", text)
    return _PLAIN_WORD.findall(text)


def key(name: str) -> str:
    """The words of a name joined by one space: equal for two spellings of one name."""
    return " ".join(words(name))


def squash(parts: list[str]) -> str:
    """Words without the spaces between them: "Gunung Kidul" and "Gunungkidul" are one."""
    return "".join(parts)


def without_brackets(name: str) -> str:
    """The name without bracketed parts: "Pemerintah Kota (Pemkot) Denpasar"; "(Persero)" stays."""
    cut = _BRACKET.sub(lambda m: m[0] if _stays(m) else " ", name)
    return re.sub(r" ([,.])", r"\1", " ".join(cut.split()))


def _stays(bracket: re.Match[str]) -> bool:
    """Whether a bracket belongs to the name: "(Persero)", or the middle one of "X (Y) Pte Ltd"."""
    after = bracket.string[bracket.end() :].split()
    return bracket[1].strip(" .").casefold() in _KEPT_BRACKETS or bool(after and after[0] in _COMPANY_ENDS)


@dataclass(frozen=True)
class Name:
    """A name with the way back from its folded words to the letters as printed."""

    text: str

    @cached_property
    def _found(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self.text))

    @cached_property
    def words(self) -> list[str]:
        """The case-folded words."""
        return [_fold(match[0]) for match in self._found]

    def between(self, at: int) -> str:
        """What stands between the word `at` and the one before it: a space, a hyphen, a comma and a space."""
        return self.text[self._found[at - 1].end() : self._found[at].start()] if at else ""

    def printed(self, start: int, end: int | None = None) -> str:
        """The letters of the words from `start` up to `end` (default: to the end of the name), as printed."""
        if start >= len(self._found) or (end is not None and end <= start):
            return ""
        stop = len(self.text) if end is None or end >= len(self._found) else self._found[end - 1].end()
        return self.text[self._found[start].start() : stop].strip(" ,;:-–")


def read_name(name: str) -> Name:
    """The name without entities, brackets and quotation marks around it."""
    return Name(without_brackets(plain(name)).strip(" \"“”'‘’.,;:-–"))
