"""Cuts Indonesian news into sentences: abbreviations, glued sentences, quotes, bullets, wrapped lines."""

import re
from functools import cache

from sepaham import lexicon
from sepaham.records import Span

# A possible end: closing punctuation with its quotes or brackets, a line break, or a bullet.
_END = re.compile(r"(?P<stop>[.!?…]+[\"”’')\]]*)|(?P<line>\n\s*)|(?P<bullet>[•▪●◦])")
_WORD_BEFORE = re.compile(r"(?<![\w.’'-])[\w.’'-]*\Z")
_LIST_NUMBER = re.compile(r"(?:^|[\s:;.,])\(?\d{1,2}\Z|(?:^|\s)[a-h]\Z")
_LOOK_BACK = 40


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(lexicon.toml("ner/sentences.toml")[key])


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]` in order, as offsets into `text`, without surrounding white space.

    Works where sentences are glued ("kerja sama.Bupati"), where no line break stands in the text, and
    where lines are wrapped; never cuts after "PT.", "S.Kom." or inside "Rp1.500.000".
    """
    stop = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    for found in _END.finditer(text, start, stop):
        cut = _cut(text, found, begin, stop)
        if cut is not None:
            _keep(text, begin, cut, spans)
            begin = cut
    _keep(text, begin, stop, spans)
    return spans


def _keep(text: str, begin: int, end: int, spans: list[Span]) -> None:
    piece = text[begin:end]
    left = begin + len(piece) - len(piece.lstrip())
    right = begin + len(piece.rstrip())
    if left < right:
        spans.append(Span(start=left, end=right))


def _cut(text: str, found: re.Match[str], begin: int, stop: int) -> int | None:
    """Where the sentence ends at a candidate, or None where it goes on."""
    if found.lastgroup == "bullet":
        return found.start()
    if found.lastgroup == "line":
        return None if _wrapped(text, found, begin, stop) else found.end()
    return found.end() if _ends_sentence(text, found, stop) else None


def _wrapped(text: str, found: re.Match[str], begin: int, stop: int) -> bool:
    """A single line break inside a sentence: the next line goes on in lower case."""
    before, after = text[max(begin, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
    return found.group().count("\n") == 1 and before not in (".", "!", "?", ":", ";", "") and after.islower()


def _ends_sentence(text: str, found: re.Match[str], stop: int) -> bool:
    after = text[found.end() : min(stop, found.end() + 24)]
    if not after.strip():
        return True
    if not after[0].isspace():
        return _glued(text, found, after)
    following = after.lstrip()
    if found.group()[-1] in "\"”’'" and following.split(maxsplit=1)[0].strip(",").lower() in _words(
        "attribution"
    ):
        return False
    if following[0].islower() or following[0] in ",;":
        return False
    if found.group()[0] == "." and len(found.group()) == 1:
        return not _abbreviated(text, found.start(), following)
    return True


def _abbreviated(text: str, dot: int, following: str) -> bool:
    """The full stop at `dot` belongs to an abbreviation, an initial, a degree or a list number."""
    before = text[max(0, dot - _LOOK_BACK) : dot]
    if _LIST_NUMBER.search(before):
        return True
    found = _WORD_BEFORE.search(before)
    word = found.group() if found else ""
    short = word.rsplit("-", 1)[-1].lower()
    if short in _words("maybe"):
        return not following[0].isupper() and following[0] not in '"“'
    return short in _words("abbreviations") or (len(word) == 1 and word.isupper()) or _degree(word)


def _degree(word: str) -> bool:
    """ "S.Kom", "M.Pd.I": capitals with stops between."""
    parts = word.split(".")
    return len(parts) > 1 and all(p[:1].isupper() and len(p) <= 5 for p in parts)


def _glued(text: str, found: re.Match[str], after: str) -> bool:
    """A sentence ends without a space: "kerja sama.Bupati"; not "S.Kom", "1.500", "Kompas.com"."""
    if found.group()[0] != "." or len(found.group()) > 1:
        return after[0].isupper() or after[0] in '"“'
    if after[0] in '"“‘':
        return True
    before = text[max(0, found.start() - _LOOK_BACK) : found.start()]
    word = re.split(r"[\s(\"“,;]", before)[-1]
    if len(word) < 2 or word.lower() in _words("abbreviations") or _degree(word):
        return False
    if before[-1:].isdigit() and after[0].isdigit():
        return False
    return after[0].isupper() and (after[1:2].islower() or after[1:2].isspace() or before[-1:].islower())
