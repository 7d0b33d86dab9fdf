"""What the whole text says about its words: who speaks (people), what belongs to a company's name."""

from dataclasses import dataclass, field

from sepaham.ner.lists import Phrases, given_names, words
from sepaham.ner.tokens import Token

_NAME_LENGTH = 4
_STRONG_TAILS = (
    "corporation",
    "ltd",
    "group",
    "grup",
    "foundation",
    "tbk",
    "holding",
    "technology",
    "energy",
    "international",
)


@dataclass(frozen=True, slots=True)
class Cues:
    """Words that the text uses for people (`people`), for bodies (`bodies`), in small letters (`small`),
    or with a capital where no sentence begins (`inside`)."""

    people: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    small: set[str] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)


def find_cues(tokens: list[Token], phrases: Phrases) -> Cues:
    """Read the cues of a text once, before its names are read."""
    cues = Cues()
    for i, token in enumerate(tokens):
        if token.text.islower():
            cues.small.add(token.text)
        elif i and token.capital and tokens[i - 1].text[-1].isalnum():
            cues.inside.add(token.text)
            if token.acronym and tokens[i - 1].text.islower() and not _behind_office(phrases, i):
                cues.bodies.update(
                    text for text in _run(tokens, phrases, i + 1)[:2] if text.lower() not in words("topics")
                )
        freely = i + 1 if token.lower in words("named_freely") else phrases.at("org.company", i)
        if freely and token.capital and not _behind_office(phrases, i):
            cues.bodies.update(_run(tokens, phrases, freely))
        if token.lower in words("speech") or (phrases.at("title", i) and token.capital):
            cues.people.update(_speaker(tokens, phrases, phrases.at("title", i) or i + 1))
        if token.lower in words("speaks") and i and _could_be_person(tokens, phrases, i - 1):
            cues.people.add(tokens[i - 1].text)
        if token.capital and token.lower in _STRONG_TAILS and i:
            cues.bodies.update(_run_before(tokens, i))
    cues.people.difference_update(cues.bodies)
    return cues


def _behind_office(phrases: Phrases, i: int) -> bool:
    """An office stands right before: a person may follow the company ("Dirut Perum Bulog Budi ...")."""
    return any(phrases.at("role", k) for k in range(max(0, i - 4), i))


def _run(tokens: list[Token], phrases: Phrases, start: int) -> list[str]:
    """The capitalised words of a name from `start`, up to an office or a title."""
    end = start
    while end < len(tokens) and tokens[end].capital and end - start < 6:
        if phrases.at("role", end) or phrases.at("title", end):
            break
        end += 1
    return [token.text for token in tokens[start:end]]


def _run_before(tokens: list[Token], end: int) -> list[str]:
    """The capitalised words that lead up to a company's last word: "FL Technics | Indonesia"."""
    start = end
    while start and end - start < 4 and tokens[start - 1].capital and tokens[start].space:
        start -= 1
    run = [token.text for token in tokens[start:end]]
    return run if not any(text in given_names() or text.lower() in words("common") for text in run) else []


def _could_be_person(tokens: list[Token], phrases: Phrases, i: int) -> bool:
    token = tokens[i]
    if not token.capital or token.acronym or token.lower in words("common") or token.lower in words("topics"):
        return False
    return not any(
        phrases.at(kind, i) for kind in ("role", "org", "known", "region", "country", "gpe", "title")
    )


def _speaker(tokens: list[Token], phrases: Phrases, start: int) -> list[str]:
    end = start
    while end < len(tokens) and end - start < _NAME_LENGTH and _could_be_person(tokens, phrases, end):
        end += 1
    return [token.text for token in tokens[start:end]]
