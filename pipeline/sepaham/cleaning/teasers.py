"""Pointers to other articles: "Baca juga:" with its headline, and lists of related headlines."""

import re
from collections.abc import Iterator
from functools import cache

from sepaham.cleaning.edits import Edit
from sepaham.cleaning.lines import line_rule, stands_free
from sepaham.cleaning.titles import MAX_LENGTH, is_glued, title_end
from sepaham.cleaning.words import Finder, alternatives, forms, words
from sepaham.lexicon import choice

_LONGEST_TITLE = 170
_MOST_TITLES = 10
_WINDOW = 600  # characters behind an opener in which its line is looked for
_QUOTES = {"'": "'", '"': '"', "“": "”", "‘": "’"}
_BULLET = re.compile(r"\s{0,50}+(?:[-–—•*▪●◦»›>]|\d{1,2}[.)])\s*")
_FULL_STOP = re.compile(r"(?<!\w)(\w+)\.[\"”]?\s+(?=[A-Z\"“])")
_EMPTY = " \t\r:-–—•*|»›>«‹<[]()"


@cache
def _openers() -> Finder:
    plain, colon = (forms(words("teasers", key)) for key in ("plain", "colon"))
    sure = rf"(?P<sure>(?:{choice(plain)}|{choice(colon)})\s?[:：])"
    bare = rf"(?P<plain>{choice(plain)})(?![\w-])|(?P<head>{choice(colon)})(?=[ \t\r]*(?:\n|\Z))"
    return Finder(rf"(?<![\w-])(?:{sure}|{bare})", plain + colon)


def find_teasers(text: str, stops: list[int]) -> Iterator[Edit]:
    """The teasers of a text; `stops` are the offsets at which another widget begins, in order."""
    position = at = 0
    for found in _openers().finditer(text):
        if found.start() < position or not _may_open(text, found):
            continue
        while at < len(stops) and stops[at] < found.end():
            at += 1
        end = _end(text, found, stops[at] if at < len(stops) else len(text))
        if end is not None:
            yield Edit(found.start(), end, "", "teaser")
            position = end


def _may_open(text: str, found: re.Match[str]) -> bool:
    if found.lastgroup == "head":
        return not text[text.rfind("\n", 0, found.start()) + 1 : found.start()].strip(_EMPTY)
    if found.lastgroup == "sure" and "juga" in found.group().lower():
        return True
    return stands_free(text, found.start())


def _end(text: str, found: re.Match[str], mark: int) -> int | None:
    """Where the teaser ends; None when this is none, or its end can't be judged."""
    window = min(len(text), found.end() + _WINDOW)
    newline = text.find("\n", found.end(), window)
    line_end = newline if newline >= 0 else window
    stop = min(line_end, mark)
    head = text[found.end() : stop]
    if not head.strip(_EMPTY):
        if stop < line_end or line_end == len(text):
            return stop
        return _list_end(text, line_end)
    start = found.end() + len(head) - len(head.lstrip(_EMPTY))
    if text[start].islower():
        return None
    if quoted := _quoted_end(text, start, stop):
        return quoted
    following = _openers().search(text, start, min(stop, start + MAX_LENGTH))
    if following and following.lastgroup == "sure":
        stop = line_end = following.start()
    title = _is_title(text, start, stop)
    if found.lastgroup != "sure" and not _is_label(found, text[start:stop], whole=title and stop == line_end):
        return None
    if title:
        return stop
    glued = found.start() > 0 and not text[found.start() - 1].isspace()
    return title_end(text, start, stop, glued=glued)


def _quoted_end(text: str, start: int, stop: int) -> int | None:
    """A headline in quotes ends with them: "Simak Video 'Gubernur ...':"."""
    closing = _QUOTES.get(text[start])
    if closing is None:
        return None
    end = text.find(closing, start + 1, min(stop, start + _LONGEST_TITLE))
    if end < 0:
        return None
    behind = _behind().match(text, end + 1, stop)
    end = behind.end() if behind else end + 1
    rest = text[end:stop].lstrip()
    return end if not rest or rest[0] in ".[(" or rest[0].isupper() else None


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"(?:\s+(?:{alternatives('teasers', 'behind')}))?\s?:?")


def _is_label(found: re.Match[str], head: str, *, whole: bool) -> bool:
    """Without a colon: the opener is written as labels are, or a headline fills the rest of the line."""
    first = head.strip(_EMPTY)[:1]
    if not (first.isupper() or first.isdigit() or first in "\"“'‘"):
        return False
    return whole or found.group().split()[-1][:1].isupper()


def _is_title(text: str, start: int, stop: int) -> bool:
    """`text[start:stop]` can be a headline and nothing else."""
    bare = text[start:stop].strip()
    if not 0 < len(bare) <= _LONGEST_TITLE or bare[-1] in ".,":
        return False
    if any(_ends_sentence(found[1]) for found in _FULL_STOP.finditer(bare)):
        return False
    return not is_glued(text, start, stop)


def _ends_sentence(word: str) -> bool:
    return len(word) > 2 and word.lower() not in words("titles", "honorific")


def _list_end(text: str, line_end: int) -> int | None:
    """The end of the headlines on the lines below an opener: up to a blank line or a line of prose.

    Lists at the end of the text may have blank lines between their headlines; so may lists with bullets.
    """
    end, first_block, blank, count = line_end, 0, False, 0
    bullets = False
    for start, stop in _lines(text, line_end + 1):
        line = text[start:stop]
        if not line.strip():
            blank = blank or count > 0
            continue
        marked = _BULLET.match(line)
        if count >= _MOST_TITLES or not (_is_title(text, start, stop) or line_rule(line)):
            break
        if blank and not first_block and not (bullets and marked):
            first_block = end
        bullets = bullets or bool(marked and marked.group().strip())
        blank, count, end = False, count + 1, stop
    else:
        return end
    return first_block or end


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    while start <= len(text):
        newline = text.find("\n", start)
        stop = newline if newline >= 0 else len(text)
        yield start, stop
        start = stop + 1
