"""Reads the places inside and behind names: regions, runs of capitalised words, areas."""

from sepaham.ner.chunk import Chunk
from sepaham.ner.lists import tails
from sepaham.ner.text import Text
from sepaham.records import Label


def region_body(text: Text, i: int) -> int:
    """The index after the region that a bupati or gubernur leads: "Kabupaten Garut", "Sumsel"; 0: none."""
    k = text.head("gpe", i) or i
    end = text.region(k)
    if not end and k > i:
        end = capital_run(text, k, 3)
    if not end and text.phrases.at("known", i) and text.capital(i):
        end = text.phrases.at("known", i)
    if end and (bracket := text.bracket(end)):
        return bracket
    return with_parent(text, end) if end else end


def with_parent(text: Text, end: int) -> int:
    """The index after a region above that follows without a comma: "... | Propinsi Sulawesi Selatan"."""
    while text.capital(end) and (head := text.phrases.at("gpe", end)) and (region := text.region(head)):
        end = region
    return end


def capital_run(text: Text, start: int, longest: int) -> int:
    """The index after up to `longest` capitalised words that open no other name; 0 when there is none."""
    end = start
    while end - start < longest and text.capital(end) and not text.person(end) and not text.head("role", end):
        if text.headline(end):
            break
        end += 1
    return end if end > start else 0


def read_place(text: Text, i: int) -> Chunk | None:
    """A country, region or town that begins at word `i`, with or without its level."""
    head = text.head("gpe", i)
    if head:
        end = text.region(head) or capital_run(text, head, 3)
        return Chunk("GPE", i, end, "place_head", 0.9) if end else None
    if (end := text.region(i)) and not _part_of_name(text, i, end):
        label: Label = "GPE" if text.phrases.at("region", i) or text.phrases.at("country", i) else "LOC"
        return Chunk(label, i, end, "place", 0.85)
    return None


def _part_of_name(text: Text, i: int, end: int) -> bool:
    """A place name that opens a longer name: "Garuda Indonesia", "Bali United"."""
    return (
        text.capital(end) and text.tokens[end].lower in tails("org") | tails("fac") and text.tokens[end].space
    )


def read_area(text: Text, i: int) -> Chunk | None:
    """A street, river, island or the like that begins at word `i`."""
    head = text.head("loc", i) if text.capital(i) else 0
    if head and text.sign(head, "."):
        head += 1
    end = head
    while end and end - head < 3 and text.capital(end) and not text.head("role", end):
        end += 1
    end = end if end > head else 0
    return Chunk("LOC", i, end, "area", 0.8) if end else None
