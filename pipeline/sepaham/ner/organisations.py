"""Reads bodies by their heads and known names: governments, companies, agencies, counted groups."""

from sepaham.ner.bodies import read_body, read_company, read_short_form
from sepaham.ner.chunk import Chunk
from sepaham.ner.lists import words
from sepaham.ner.regions import capital_run, region_body
from sepaham.ner.text import Text


def read_organisation(text: Text, i: int, *, office: bool = False) -> Chunk | None:
    """A body that begins at word `i`; `office`: it stands inside an office, so a person may follow."""
    if head := text.head("org.government", i):
        return _government(text, i, head)
    if head := text.head("org.company", i):
        head = head + 1 if text.sign(head, ".") else head
        end = read_company(text, head, office=office)
        return Chunk("ORG", i, end, "company", 0.95) if end > head else None
    if head := text.head("org", i):
        end = read_body(text, head, office=office)
        alone = end == head and not text.tokens[i].acronym
        return None if alone else Chunk("ORG", i, end, "body")
    if (end := text.phrases.at("known", i)) and _written_as_name(text, i):
        return Chunk("ORG", i, read_short_form(text, end) if office else _known_end(text, end), "known")
    return None


def _written_as_name(text: Text, i: int) -> bool:
    """Short forms count in capitals only ("BI", not "Bi"), longer names with a capital."""
    word = text.tokens[i].text
    return word[0].isupper() and (len(word) > 3 or word.isupper())


def _known_end(text: Text, end: int) -> int:
    """ "OJK Jabar", "Kemenag Kota Bogor": a known body with its region."""
    head = text.head("gpe", end) or end
    if region := text.region(head):
        return region
    if text.capital(end) and text.tokens[end].lower in words("branches"):
        return read_body(text, end + 1, office=False)
    while True:
        if text.sign(end, "&") and text.capital(end + 1):
            end += 2
        elif text.capital(end) and not _other_name(text, end) and text.tokens[end].space:
            end += 1
        else:
            return end


def _other_name(text: Text, i: int) -> bool:
    """Another name begins, or a word of the headline."""
    kinds = ("role", "org", "known", "gpe", "fac", "title", "doc")
    return any(text.phrases.at(kind, i) for kind in kinds) or text.person(i) or text.headline(i)


def _government(text: Text, i: int, head: int) -> Chunk | None:
    bracket = text.bracket(head) or head
    end = region_body(text, bracket)
    if (
        not end
        and text.phrases.at("org.government", i)
        and text.tokens[i].lower not in ("pemerintah", "pemerintahan")
    ):
        end = capital_run(text, bracket, 3)
    inner = end - 3 if end and text.sign(end - 1, ")") and not text.sign(head, "(") else end
    return Chunk("ORG", i, inner or end, "government", 0.95) if end else None


def read_counted(text: Text, i: int) -> Chunk | None:
    """A counted group without names: "109 pemerintah daerah", "tujuh perguruan tinggi"."""
    end = (
        i + 1
        if text.tokens[i].text.isdigit() and len(text.tokens[i].text) <= 4
        else text.phrases.at("number", i)
    )
    end = text.phrases.at("counted", end) if end else 0
    return Chunk("ORG", i, end, "counted", 0.7) if end and not text.capital(end) else None
