"""Abbreviations that an article explains itself: "Universitas Sam Ratulangi (Unsrat)" defines Unsrat.

Method: Schwartz & Hearst (2003), with the syllables of Indonesian acronyms: the letters must run through
the long form in order, and every word of it that is no connector must give at least one.
"""

import re
from collections.abc import Iterator

from sepaham.lexicon import toml
from sepaham.registry.places import read_region
from sepaham.registry.text import key, plain, words

_BRACKET = re.compile(r"\(\s{0,9}([^()\n]{2,60}?)\s{0,9}\)")
_RUN = re.compile(r"[A-Z][\w'’-]{0,60}(?:,? (?:dan |di |untuk )?[A-Z][\w'’-]{0,60})+")
_SENTENCE_END = re.compile(r"[.!?;:]\s+(?=[A-Z\"“])|\n|[“”\"]")
_PLACE_AFTER = re.compile(r"\s{1,50}+((?:[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+){0,4})")
_CONNECTORS = frozenset(
    ("dan", "di", "untuk", "dari", "pada", "of", "and", "the", "for", "in", "ke", "serta")
)
_COMPANY = ("PT", "CV", "PT.", "CV.", "Perum", "UD")
_MAX_WORDS = 14


def defined(text: str) -> dict[str, str]:
    """Key of an abbreviation -> its long form, as the text explains them in brackets; the first one wins."""
    found: dict[str, str] = {}
    for match in _BRACKET.finditer(text):
        before = _SENTENCE_END.split(text[max(0, match.start() - 200) : match.start()])[-1]
        for short, long in _readings(plain(match[1]), plain(before).split(" ")):
            if not key(long).startswith(key(short)):
                found.setdefault(key(short), _with_place(long, text[match.end() :]))
    return found


def _with_place(long: str, after: str) -> str:
    """The long form with the place behind the bracket: "Institut Seni Indonesia (ISI) Padangpanjang".

    A region there always belongs to the body ("Badan Pusat Statistik (BPS) Kabupaten Bima"); any other name
    only where the body is none without it.
    """
    found = _PLACE_AFTER.match(after)
    if not found:
        return long
    if key(long) in toml("registry/forms.toml")["incomplete"]["names"]:
        return f"{long} {found[1]}"
    place = found[1].split(" ")
    for end in range(len(place), 0, -1):
        if read_region(words(" ".join(place[:end]))):
            return f"{long} {' '.join(place[:end])}"
    return long


def _readings(inside: str, before: list[str]) -> Iterator[tuple[str, str]]:
    """The pairs (abbreviation, long form) of a bracket: inside it or, "KPK (Komisi ...)", before it."""
    if _is_short(inside):
        long = _long_form(inside, before[-_MAX_WORDS:])
        if long:
            yield inside, long
    elif before and _is_short(before[-1]) and _fits(_letters(before[-1]), inside.split(" ")):
        yield before[-1], inside


def _is_short(name: str) -> bool:
    """Whether a phrase looks like an abbreviation: one to three short words with capitals."""
    parts = name.split(" ")
    capitals = sum(c.isupper() for c in name)
    return (
        len(parts) <= 3
        and 2 <= len(name) <= 25
        and capitals >= 1
        and name[0].isupper()
        and not name.isdigit()
    )


def _letters(short: str) -> str:
    return "".join(c for c in short.casefold() if c.isalnum())


def _content(parts: list[str]) -> list[str]:
    return ["".join(c for c in p.casefold() if c.isalnum()) for p in parts if p.casefold() not in _CONNECTORS]


def _long_form(short: str, before: list[str]) -> str | None:
    """The shortest run of words at the end of `before` that gives the letters, initials before syllables."""
    letters = _letters(short)
    for test in (initials, _fits, _fits_but_one):
        for start in range(len(before) - 1, -1, -1):
            run = before[start:]
            if run[0][:1].isupper() and test(letters, run):
                return _joined(before, start)
    return None


def _joined(before: list[str], start: int) -> str:
    if start and before[start - 1] in _COMPANY:
        start -= 1
    return " ".join(before[start:]).strip(" ,")


def initials(letters: str, parts: list[str]) -> bool:
    """Whether the first letters of the words spell the abbreviation, connectors counted or not."""
    content = "".join(word[:1] for word in _content(parts))
    return letters in (content, "".join(p[:1].casefold() for p in parts)) and len(parts) > 1


def _fits(letters: str, parts: list[str]) -> bool:
    """Whether the letters run through the words in order, each content word giving at least one."""
    content = [word for word in _content(parts) if word]
    if len(content) < 2 or len(letters) < len(content) or content[0][:1] != letters[:1]:
        return False
    return _consume(letters, content)


def _fits_but_one(letters: str, parts: list[str]) -> bool:
    """As `_fits`, with one later word that gives no letter: PERSI leaves out "Seluruh"."""
    content = [word for word in _content(parts) if word]
    if len(content) < 4 or len(letters) < len(content) - 1 or content[0][:1] != letters[:1]:
        return False
    return any(_consume(letters, content[:i] + content[i + 1 :]) for i in range(1, len(content)))


def _consume(letters: str, content: list[str]) -> bool:
    """Whether `letters` splits into non-empty subsequences of the words in turn (reachable end positions)."""
    ends = {0}
    for word in content:
        reached = set()
        for start in ends:
            taken, place = start, 0
            while taken < len(letters) and (place := word.find(letters[taken], place) + 1):
                taken += 1
                reached.add(taken)
        ends = reached
    return len(letters) in ends


def spelled_by(text: str) -> dict[str, list[str]]:
    """Initials -> the runs of three to seven capitalised words that they stand for, in the text's order."""
    found: dict[str, list[str]] = {}
    for run in _RUN.finditer(text):
        parts = run[0].split()
        for start in range(len(parts) - 2):
            for end in range(start + 3, min(len(parts), start + 9) + 1):
                piece = parts[start:end]
                if piece[-1].casefold() in _CONNECTORS or piece[0].casefold() in _CONNECTORS:
                    continue
                initials = "".join(word[:1] for word in _content(piece))
                long = " ".join(piece).strip(",")
                if 3 <= len(initials) <= 7 and long not in found.setdefault(initials, []):
                    found[initials].append(long)
    return found
