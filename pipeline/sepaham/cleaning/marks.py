"""Boilerplate anywhere in a line: advertisement marks, captions' brackets, signatures, rows of buttons."""

import re
from collections.abc import Iterator
from functools import cache

from sepaham.cleaning.edits import Edit
from sepaham.cleaning.words import Finder, alternatives, forms, words
from sepaham.lexicon import choice

_SHORTCODE = (
    r"\[/?(?:[Gg]ambas|caption|gallery|embed|video|audio|playlist|(?:su|vc)_\w{1,20})\b[^\[\]\n]{0,200}\]"
)
_PHOTO_FILE = (
    r"\bIMG[-_ ]?\d{8}[-_ ]WA\d{1,6}(?:\.[A-Za-z]{3,4})?|\bIMG_\d{4,8}(?:_\d{6})?(?:\.[A-Za-z]{3,4})?"
)
_SITE_CREDIT = r"\(\s?[A-Za-z][\w.-]{2,24}\.(?:com|co\.id|id|net|tv|COM|ID)\s?/\s?[A-Z][^()\n]{1,60}\)"
_SIGNED = re.compile(r"\(([^()\n\s]{1,30})\)")
_INITIALS = re.compile(r"[A-Za-z][\w-]{1,13}(?:/[A-Za-z][\w-]{1,13}){1,3}|[a-z]{2,4}\d{0,2}|[A-Z]{2,3}")
_ENDS = '.!?…"”’)]*'
_LONGEST_TAGS = 900
_TAGS_TAIL = re.compile(r"(?:\s{1,20}+[a-z0-9&'-]{1,30}){1,60}\s{0,99}+\Z")
_NETWORKS = ("acebook", "ACEBOOK", "hatsapp", "hatsApp", "HATSAPP")
_BUTTON = re.compile(r"[^\s|•·]+")
_TWICE = re.compile(r"Video: ([^\n]{10,160}?)\s*Video: \1")
_COPYRIGHT = re.compile(
    r"(?<!\w)(?:(?:Copyright|COPYRIGHT|Hak [Cc]ipta|Foto|FOTO)\s*[©®]|©)\s?[^\n]{0,100}|^®[^\n]{0,100}",
    re.MULTILINE,
)
_RESERVED = re.compile(r"(?:[Rr]eserved|RESERVED|[Dd]ilindungi(?: undang-undang)?)\.?")
_COPYRIGHT_END = re.compile(r"(?<=[A-Za-z.] \d{4})(?=\s+[A-Z\"“][a-z])|[.!?](?=\s|$)|$")


@cache
def _anywhere() -> Finder:
    source, found = alternatives("marks", "sources"), forms(words("marks", "phrases"))
    bracket = (
        rf"[(\[](?:(?:{source})\s?[:./|@©][^()\[\]\n]{{0,120}}|(?:{alternatives('marks', 'alone')}))[)\]]"
    )
    phrases = rf"(?:{choice(found)})[<«>]{{0,4}}\.?"
    caption = rf"(?P<caption>{bracket}|{_SITE_CREDIT}|{_PHOTO_FILE})"
    pattern = rf"(?P<advertisement>{phrases})|(?P<widget>{_SHORTCODE})|{caption}"
    return Finder(pattern, [*found, "(", "[", "IMG"])


def find_marks(text: str) -> list[Edit]:
    """The marks of a text, in the order of the rules."""
    found_marks = (found for found in _anywhere().finditer(text) if not _is_dateline(text, found))
    edits = [Edit(*found.span(), "", found.lastgroup or "") for found in found_marks]
    if "(" in text:
        edits += _signatures(text)
    if "©" in text or "®" in text:
        edits += _copyrights(text)
    if "Video: " in text:
        edits += (Edit(*found.span(), "", "teaser") for found in _TWICE.finditer(text))
    return edits + list(_share_rows(text))


def _is_dateline(text: str, found: re.Match[str]) -> bool:
    """ "Jakarta (ANTARA) - ": the agency in a dateline, not under a picture."""
    return found.lastgroup == "caption" and text[found.end() : found.end() + 3].lstrip()[:1] in tuple("-–—")


def _signatures(text: str) -> Iterator[Edit]:
    """ "(red)", "(nda/red)" behind the last sentence of a paragraph, with a row of small tags at the end."""
    for found in _SIGNED.finditer(text):
        stroke, known = "/" in found[1], found[1] in words("marks", "signatures")
        if not (known or _INITIALS.fullmatch(found[1])):
            continue
        rest = text[found.end() : found.end() + _LONGEST_TAGS]
        tags = _TAGS_TAIL.match(rest) if stroke and len(rest) < _LONGEST_TAGS else None
        if tags:
            yield Edit(found.start(), found.end() + tags.end(), "", "signature")
        elif _signs(text, found.start(), rest, anywhere=known or stroke):
            yield Edit(*found.span(), "", "signature")


def _signs(text: str, start: int, rest: str, *, anywhere: bool) -> bool:
    """The bracket stands behind a sentence and ends the line (not `anywhere`), or is alone on its line."""
    last = rest.lstrip(" \t\r.")[:1] in ("", "\n")
    before = text[max(0, start - 3) : start].rstrip(" \t\r")
    if not before or before[-1] == "\n":
        return last
    return before[-1] in _ENDS and (last or anywhere)


def _copyrights(text: str) -> Iterator[Edit]:
    for found in _COPYRIGHT.finditer(text):
        line = found.group()
        end = _RESERVED.search(line) or _COPYRIGHT_END.search(line, line.find(" ") + 1)
        yield Edit(found.start(), found.start() + (end.end() if end else len(line)), "", "copyright")


def _share_rows(text: str) -> Iterator[Edit]:
    """Three and more names of networks and buttons in a row without commas: no prose writes them so."""
    if not any(part in text for part in _NETWORKS):
        return
    row: list[re.Match[str]] = []
    for word in _BUTTON.finditer(text):
        if word.group().lower() in words("widgets", "share"):
            row.append(word)
            continue
        yield from _share_row(row)
        row = []
    yield from _share_row(row)


def _share_row(row: list[re.Match[str]]) -> Iterator[Edit]:
    if sum(word.group().lower() in words("widgets", "networks") for word in row) >= 2 and len(row) >= 3:
        yield Edit(row[0].start(), row[-1].end(), "", "share")
