"""Puts learned mentions right by what the same words are elsewhere in the article: "Danang" is no office
where "Danang Aji" is a person; "Raden Intan" is nobody where "UIN Raden Intan" is a body."""

import re
from collections import Counter
from collections.abc import Sequence

from sepaham.ner.lists import find_phrases, words
from sepaham.ner.neighbours import cut
from sepaham.ner.tokens import tokenise
from sepaham.records import Mention

_LAST_WORD = re.compile(r"(?:(?<=\s)|\A)([A-Z][\w’'-]{0,40})\s\Z")
_LONGEST = 42  # characters of a word and the space behind it


def elsewhere(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of a text with these faults mended; in the order in which they come."""
    bodies = {m.text for m in mentions if m.label in ("ORG", "GPE")}
    longer = sorted(name for name in bodies if " " in name)
    people = [m for m in mentions if m.label == "PER"]
    given = {word for m in people for word in m.text.split() if " " in m.text}
    taken = {m.start for m in people}
    called = Counter(m.text for m in people)
    found: list[Mention] = []
    for mention in mentions:
        if mention.label == "ROLE" and mention.text in given and mention.start not in taken:
            mention = mention if _office(mention.text) else mention.model_copy(update={"label": "PER"})
        elif mention.label == "PER" and (
            (end := _of_a_body(text, mention, longer))
            or (called[mention.text] == 1 and (end := _ends_a_body(text, mention, found, longer)))
        ):
            found = [_longer(text, m, mention.start, end) for m in found]
            begin = end + len(text[end : mention.end]) - len(text[end : mention.end].lstrip())
            if text[begin : mention.end].lower() in words("before") | {""}:
                continue
            mention = cut(text, mention, begin, mention.end)
        elif mention.label == "GPE" and mention.text.lower() in words("lands"):
            mention = mention.model_copy(update={"label": "LOC"})
        elif mention.label == "PER" and _opens_a_body(mention.text, bodies):
            mention = mention.model_copy(update={"label": "ORG"})
        elif (begun := _begun(text, found, mention)) and called[begun.text] > 1:
            found.remove(begun)
            mention = cut(text, mention, begun.start, mention.end)
        found.append(mention)
    return found


def _begun(text: str, found: Sequence[Mention], mention: Mention) -> Mention | None:
    """The word of a name right before the rest of it: "Bimo | Anindita Kusumo"; no title."""
    last = next((m for m in reversed(found) if m.label == "PER"), None)
    if mention.label != "PER" or last is None or text[last.end : mention.start] != " " or " " in last.text:
        return None
    return None if last.text.lower().rstrip(".") in words("before") or _office(last.text) else last


def _office(word: str) -> bool:
    """A word that names an office by itself, as "Bupati" does."""
    return bool(find_phrases(tokenise(word)).at("role", 0))


def _of_a_body(text: str, person: Mention, bodies: Sequence[str]) -> int:
    """Where the words end that are those of a body, with the one before them: "UIN | Raden Intan"; 0 for
    none."""
    before = _LAST_WORD.search(text, max(0, person.start - _LONGEST), person.start)
    if not before or before[1].lower().rstrip(".") in words("before") or _office(before[1]):
        return 0
    spaces = [n for n, sign in enumerate(person.text) if sign == " "]
    for end in [len(person.text), *reversed(spaces)]:
        name = f"{before[1]} {person.text[:end]}"
        if any(f" {name} " in f" {body} " for body in bodies):
            return person.start + end
    return 0


def _ends_a_body(text: str, person: Mention, found: Sequence[Mention], bodies: Sequence[str]) -> int:
    """Where the words end that stand right behind an office or a body, and end the name of a body elsewhere:
    "Kepala Madrasah Aliyah | Nurul Iman", where there is a "Ponpes Nurul Iman"; 0 for none."""
    behind = any(
        m.label in ("ROLE", "ORG") and text[m.end : person.start] == " " and " " in m.text for m in found
    )
    ends = " " in person.text and any(body.endswith(f" {person.text}") for body in bodies)
    return person.end if behind and ends else 0


def _opens_a_body(name: str, bodies: set[str]) -> bool:
    """Several words that are a body elsewhere, where also a longer one begins with them: "Van Rijn"."""
    return " " in name and name in bodies and any(body.startswith(f"{name} ") for body in bodies)


def _longer(text: str, mention: Mention, start: int, end: int) -> Mention:
    """An office or body that ends before these words, with them."""
    ends_here = mention.label in ("ROLE", "ORG", "GPE") and text[mention.end : start] == " "
    return cut(text, mention, mention.start, end) if ends_here else mention
