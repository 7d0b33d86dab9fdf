"""Reads a person's name: titles before it and degrees after it are left out."""

from sepaham.ner.lists import given_names, words
from sepaham.ner.text import Text

_LONGEST = 6
_MOST_TITLES = 24


def skip_titles(text: Text, start: int) -> int:
    """The index after all titles at `start` ("Prof. Dr. Ir. H."), their full stops and commas."""
    i = start
    while i - start < _MOST_TITLES and text.capital(i) and (end := text.phrases.at("title", i)):
        i = end
        while text.sign(i, ".") or (text.sign(i, ",") and text.phrases.at("title", i + 1)):
            i += 1
    return i


def skip_degrees(text: Text, start: int) -> int:
    """The index after degrees at `start` (", S.H., M.Si"), or `start` where none stands."""
    i = start
    while True:
        k = i + 1 if text.sign(i, ",") else i
        if k >= len(text) or text.tokens[k].lower.rstrip(".") not in words("after") or not text.capital(k):
            return i
        i = k + 1
        if text.sign(i, ".") and (text.sign(i + 1, ",") or not text.capital(i + 1)):
            i += 1


def read_person(text: Text, start: int) -> tuple[int, int]:
    """The bounds of a person's name from `start`, its titles skipped; an empty range when none is there."""
    begin = skip_titles(text, start)
    i = begin
    while i < len(text) and i - begin < _LONGEST:
        step = _name_step(text, i, begin)
        if step == i:
            break
        i = step
    return begin, i


def _name_step(text: Text, i: int, begin: int) -> int:
    token = text.tokens[i]
    if i > begin and token.lower in words("name_inside") and (text.capital(i + 1) or token.capital):
        return i + 1
    if i > begin and token.text in ("-", "'", "’") and not token.space and text.capital(i + 1):
        return i + 1
    if not token.capital or (i > begin and token.lower.rstrip(".") in words("after")):
        return i
    if len(token.text) == 1 and i > begin - 1:
        return i + 2 if text.sign(i + 1, ".") else i + 1
    if token.lower in words("days") or token.lower in words("months"):
        return i
    if _opens_other(text, i) and not (i > begin and text.person(i)):
        return i
    return i + 1


def _opens_other(text: Text, i: int) -> bool:
    """The word opens an office, body or place, or is only capital because it opens a sentence."""
    if any(text.head(kind, i) for kind in ("role", "org", "known", "fac", "gpe")):
        return True
    word = text.tokens[i]
    if word.text in text.cues.people or word.text in given_names():
        return False
    return word.lower in words("common") or word.lower in text.cues.small
