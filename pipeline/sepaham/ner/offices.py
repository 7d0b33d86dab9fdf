"""Reads offices: "Pj", "Wakil", the head, and the body or region that is led."""

from sepaham.ner.bodies import read_body, read_short_form
from sepaham.ner.chunk import Chunk
from sepaham.ner.lists import words
from sepaham.ner.organisations import read_organisation
from sepaham.ner.regions import read_place, region_body, with_parent
from sepaham.ner.text import Text


def _role_head(text: Text, i: int) -> tuple[int, bool]:
    """The index after "Pj", "Wakil" and the head of an office (0: none), and whether it leads a region."""
    k = text.phrases.at("acting", i) if text.capital(i) else 0
    before = text.phrases.at("before", k or i) if text.capital(k or i) else 0
    begin = before or k or i
    end = text.head("role", begin)
    if not end and before:
        begin = k or i
        end = text.head("role", begin)
    if end:
        return end, bool(text.phrases.at("role.government", begin) == end)
    # "Pj Kabupaten Sidenreng Rappang": the office itself is left out.
    return (k, True) if k and (text.head("gpe", k) or text.region(k)) else (0, False)


def read_office(text: Text, i: int) -> list[Chunk]:
    """An office that begins at word `i` and the bodies and places inside it; nothing when none begins."""
    head, government = _role_head(text, i)
    if not head or text.tokens[i].lower in words("common") or text.head("org", i) > head:
        return []
    head = _more_heads(text, head)
    end = _office_end(text, i, head, government=government)
    if not end or end == head:
        end = text.bracket(head) or head
    inner = [chunk for chunk in _inner(text, head, end) if chunk.end <= end]
    return [Chunk("ROLE", i, end, "role"), *inner]


def _office_end(text: Text, i: int, head: int, *, government: bool) -> int:
    """The index after the body of an office: a region, a village, none, or any other body."""
    if government:
        return region_body(text, head)
    if any(text.phrases.at("role.alone", k) == head for k in range(i, head)):
        return head
    if any(text.phrases.at("role.village", k) == head for k in range(i, head)):
        return _village_end(text, head)
    return read_body(text, head, office=True)


def _village_end(text: Text, start: int) -> int:
    """A village that no list knows: up to a known given name or a comma, else the half of the run."""
    end = start
    while (
        end < len(text)
        and text.capital(end)
        and not text.person(end)
        and not text.head("gpe", end)
        and end - start < 6
    ):
        end += 1
    known = end < len(text) and (text.person(end) or text.sign(end, ",(") or text.head("gpe", end))
    if not known and end - start > 1:
        end = start + (end - start) // 2
    return with_parent(text, end) if end > start else end


def _more_heads(text: Text, end: int) -> int:
    """One office of several heads: "Founder serta CEO", "Chief Executive Officer (CEO)"."""
    bracket = text.bracket(end)
    if bracket and bracket - end == 3 and text.phrases.at("role", end + 1):
        end = bracket
    while (
        end + 1 < len(text)
        and text.tokens[end].lower in words("offices_joining")
        and (step := text.head("role", end + 1))
        and not text.phrases.at("role.government", end + 1)
    ):
        end = step
    return end


def _inner(text: Text, start: int, end: int) -> list[Chunk]:
    """The bodies and places inside an office."""
    found: list[Chunk] = []
    i = start
    while i < end:
        chunk = read_organisation(text, i, office=True) or read_place(text, i)
        if not chunk and text.capital(i) and text.tokens[i].acronym and not text.phrases.at("role", i):
            chunk = Chunk("ORG", i, min(end, read_short_form(text, i + 1)), "acronym", 0.6)
        if chunk and chunk.end <= end:
            found.append(chunk)
        i = chunk.end if chunk else i + 1
    return found
