"""Repairs of single characters: HTML tags and entities, mojibake, invisible characters and odd spaces."""

import html
import re
from collections.abc import Iterator
from functools import cache

import ftfy

from sepaham.cleaning.edits import Edit
from sepaham.cleaning.words import words

_ENTITY = re.compile(r"&(?:amp;){0,3}(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_OPENING = re.compile(r"<!--|<(script|style)\b", re.IGNORECASE)
_CLOSING = {
    "": re.compile("-->"),
    "script": re.compile("</script>", re.IGNORECASE),
    "style": re.compile("</style>", re.IGNORECASE),
}
_MAX_HIDDEN = 20_000
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_SPACE = re.compile(r"[\u00a0\u2000-\u200a\u202f\u3000]")
# Leading bytes of UTF-8 read as Windows-1252, with a following byte; and controls that no one types.
_MOJIBAKE = re.compile(r"[ÂÃÄÅâðï][\u0080-\u00ff\u0152-\u0192\u02c6\u02dc\u2013-\u2122]|[\u0080-\u009f]")
_BLANKS = " \t\r\n"
_MAX_TOKEN = 120
_FIXES = ftfy.TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    fix_line_breaks=False,
    remove_terminal_escapes=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)


@cache
def _tags() -> re.Pattern[str]:
    names = "|".join(sorted(words("html", "block") | words("html", "inline"), key=len, reverse=True))
    opening, closing = "(?:<|&lt;)", "(?:>|&gt;)"
    attributes = r"(?:\s(?:[^<>&]|&(?!lt;|gt;)){0,400})?"
    return re.compile(rf"{opening}/?({names}){attributes}/?{closing}", re.IGNORECASE)


def repairs(text: str) -> list[Edit]:
    """What has to be replaced so that the text reads as it was written, in order, without overlaps."""
    edits: list[Edit] = []
    if "<" in text or "&" in text:
        edits += _hidden_html(text)
        edits += _visible_tags(text)
        edits += _entities(text)
    if not text.isascii():
        edits += _mojibake(text)
        edits += (Edit(*found.span(), "", "invisible") for found in _INVISIBLE.finditer(text))
        edits += (Edit(*found.span(), " ", "") for found in _SPACE.finditer(text))
    return _outermost(edits)


def _outermost(edits: list[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _hidden_html(text: str) -> Iterator[Edit]:
    """Comments, scripts and styles with their content, where their end stands not too far off."""
    position, ends = 0, dict.fromkeys(_CLOSING, -1)
    while found := _OPENING.search(text, position):
        kind, position = (found[1] or "").lower(), found.end()
        if 0 <= ends[kind] < position or ends[kind] == -1:  # looked for once: linear work
            closing = _CLOSING[kind].search(text, position)
            ends[kind] = closing.end() if closing else len(text) + _MAX_HIDDEN
        if ends[kind] - position <= _MAX_HIDDEN and ends[kind] <= len(text):
            position = ends[kind]
            yield Edit(found.start(), position, "", "html")


def _visible_tags(text: str) -> Iterator[Edit]:
    for found in _tags().finditer(text):
        yield Edit(*found.span(), "\n" if found[1].lower() in words("html", "block") else "", "html")


def _entities(text: str) -> Iterator[Edit]:
    for found in _ENTITY.finditer(text):
        new = old = found.group()
        while (unescaped := html.unescape(new)) != new:
            new = unescaped
        if new != old:
            yield Edit(*found.span(), _SPACE.sub(" ", _INVISIBLE.sub("", new)), "")


def _mojibake(text: str) -> Iterator[Edit]:
    """Words with broken characters, each mended by itself, so that whole ones beside it stay as they are."""
    position = 0
    while found := _MOJIBAKE.search(text, position):
        start, position = _token(text, found.start(), position)
        token = text[start:position]
        fixed = ftfy.fix_text_segment(token, _FIXES)
        if fixed != token:
            yield _difference(start, token, _SPACE.sub(" ", _INVISIBLE.sub("", fixed)))


def _token(text: str, at: int, low: int) -> tuple[int, int]:
    start, end = at, at + 1
    while start > max(low, at - _MAX_TOKEN) and text[start - 1] not in _BLANKS:
        start -= 1
    while end < min(len(text), at + _MAX_TOKEN) and text[end] not in _BLANKS:
        end += 1
    return start, end


def _difference(start: int, old: str, new: str) -> Edit:
    """The edit without the letters that both begin and end with."""
    left = 0
    while left < min(len(old), len(new)) and old[left] == new[left]:
        left += 1
    right = 0
    while right < min(len(old), len(new)) - left and old[-1 - right] == new[-1 - right]:
        right += 1
    return Edit(start + left, start + len(old) - right, new[left : len(new) - right], "")
