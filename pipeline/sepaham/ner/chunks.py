"""Reads the names of a text from left to right: offices, people, bodies, facilities, places, papers."""

from sepaham.ner.chunk import Chunk
from sepaham.ner.lists import words
from sepaham.ner.offices import read_office
from sepaham.ner.organisations import read_counted, read_organisation
from sepaham.ner.plain import read_facility, read_person_name, read_plain_name
from sepaham.ner.regions import read_area, read_place
from sepaham.ner.text import Text

# The first that reads a name at a word wins.
_READERS = (
    read_counted,
    read_person_name,
    read_facility,
    read_organisation,
    read_place,
    read_area,
    read_plain_name,
)


def read_chunks(text: Text) -> list[Chunk]:
    """All names of a text in order; a ROLE may hold the ORG, GPE or FAC of its body."""
    chunks: list[Chunk] = []
    i = 0
    while i < len(text):
        found = _read(text, i)
        chunks.extend(found)
        i = max([i + 1, *(chunk.end for chunk in found)])
    return [chunk for chunk in _people_by_office(text, chunks) if chunk.label != "DOC"]


def _people_by_office(text: Text, chunks: list[Chunk]) -> list[Chunk]:
    """A weak guess right behind an office, or before ", <office>", is the person who holds it."""
    offices = {chunk.end: chunk for chunk in chunks if chunk.label == "ROLE"}
    begins = {chunk.start for chunk in chunks if chunk.label == "ROLE"}
    result = []
    for chunk in chunks:
        behind = offices.get(chunk.start) or (
            offices.get(chunk.start - 1) if text.sign(chunk.start - 1, ",") else None
        )
        before = chunk.end + 1 in begins and (
            text.sign(chunk.end, ",(") or text.tokens[chunk.end].lower in words("holds")
        )
        if chunk.source == "capitals" and chunk.end - chunk.start <= 5 and (behind or before):
            chunk = Chunk("PER", chunk.start, chunk.end, "office", 0.75)
        result.append(chunk)
    return result


def _read(text: Text, i: int) -> list[Chunk]:
    if found := read_office(text, i):
        return found
    if (end := text.phrases.at("doc", i)) and not text.head("org", i):
        return [Chunk("DOC", i, end, "instrument")]
    for reader in _READERS:
        if chunk := reader(text, i):
            return [chunk]
    return []
