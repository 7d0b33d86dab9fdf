"""Reads names that no list knows: people by their given names, facilities, runs of capitalised words."""

from sepaham.ner.chunk import Chunk
from sepaham.ner.lists import tails, words
from sepaham.ner.names import read_person, skip_titles
from sepaham.ner.text import Text


def read_person_name(text: Text, i: int) -> Chunk | None:
    """A name behind a title, or one that begins with a given name or a word used for a person."""
    titled = text.capital(i) and skip_titles(text, i) > i
    if not titled and (not text.person(i) or text.region(i) or text.head("org", i)):
        return None
    start, end = read_person(text, i)
    if end == start or (not titled and end == start + 1 and _opens_sentence(text, start)):
        return None
    if not titled and text.tokens[end - 1].lower in tails("org") | tails("fac"):
        return None
    return Chunk("PER", start, end, "title" if titled else "given_name", 0.9)


def _opens_sentence(text: Text, i: int) -> bool:
    """A single word that is capital only because a sentence begins with it."""
    token = text.tokens[i]
    return token.start in text.opens and token.text not in text.cues.people and token.lower in text.cues.small


def read_facility(text: Text, i: int) -> Chunk | None:
    """A facility that begins at word `i`: surely behind "di", else only by a strong head."""
    head = text.head("fac", i)
    if not head:
        return None
    placed = i > 0 and text.tokens[i - 1].lower in words("placed")
    if not placed and (text.head("org", i) or text.tokens[i].lower in words("weak_facilities")):
        return None
    end = _facility_end(text, head)
    if end == head and (head == i + 1 or not text.tokens[i].capital):
        return None
    return Chunk("FAC", i, end, "facility", 0.85)


def _facility_end(text: Text, start: int) -> int:
    """Words of a facility's name: capitals, numbers, "&" and "and" between capitals."""
    end = start
    while end < len(text) and end - start < 12:
        token = text.tokens[end]
        joins = token.lower in words("facility_joining") and text.capital(end + 1)
        if not (token.capital or text.numeral(end) or joins):
            break
        leads = text.head("role", end) and not text.head("role.government", end)
        other = text.headline(end) or text.head("org.company", end)
        if token.lower in words("days") or token.lower in words("months") or leads or other:
            break
        end += 1
    return end


def read_plain_name(text: Text, i: int) -> Chunk | None:
    """A run of capitalised words: a body by its last word or short form, else a weak guess."""
    if not text.capital(i) or text.tokens[i].lower in words("common") | words("days") | words("months"):
        return None
    if text.headline(i) or text.in_paper(i):
        return None
    end = _plain_end(text, i)
    tokens = text.tokens[i:end]
    if (len(tokens) == 1 and _no_name(text, i)) or _common_words(text, i, end):
        return None
    last = tokens[-1].lower
    if last in tails("fac"):
        return Chunk("FAC", i, end, "tail", 0.7)
    if last in tails("org") and len(tokens) > 1:
        return Chunk("ORG", i, end, "tail", 0.8)
    if any(token.text in text.cues.people for token in tokens):
        return Chunk("PER", i, end, "speaker", 0.7)
    if tokens[0].acronym:
        return Chunk("ORG", i, end, "acronym", 0.6)
    return Chunk("ORG", i, end, "capitals", 0.4)


def _no_name(text: Text, i: int) -> bool:
    """A single word that is no name: it opens a sentence, is a letter, a degree, or a number's unit."""
    token = text.tokens[i]
    if len(token.text) < 2 or token.lower.rstrip(".") in words("after") or text.phrases.at("title", i):
        return True
    if token.text.upper() in words("terms"):
        return True
    opening = token.start in text.opens or (i > 0 and not text.tokens[i - 1].text[-1].isalnum())
    return opening and not token.acronym and token.text not in text.cues.inside | text.cues.people


def _common_words(text: Text, start: int, end: int) -> bool:
    """A term and no name: all its words are fields or stand small in the text ("Literasi Keuangan")."""
    known = words("topics") | words("common") | text.cues.small
    return all(token.lower in known and not token.acronym for token in text.tokens[start:end])


def _plain_end(text: Text, start: int) -> int:
    end = start + 1
    while end < len(text) and end - start < 10:
        joins = text.tokens[end].lower in words("plain_joining") and text.capital(end + 1)
        joins = joins or (
            text.sign(end, ",")
            and end + 1 < len(text)
            and text.tokens[end + 1].lower in words("company_forms")
        )
        if joins and text.tokens[end].text == "-" and (text.tokens[end].space or text.region(end + 1)):
            break
        initial = text.sign(end, ".") and len(text.tokens[end - 1].text) == 1 and text.capital(end + 1)
        if not joins and not initial and not _goes_on_plain(text, end):
            break
        end += 1
    return end


def _goes_on_plain(text: Text, i: int) -> bool:
    if not text.capital(i) or any(text.head(kind, i) for kind in ("role", "gpe", "org.company", "title")):
        return False
    return text.tokens[i].lower not in words("days") | words("months") and not text.headline(i)
