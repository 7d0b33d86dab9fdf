"""Copies of examples as careless sources print them: in another case, with glued sentences or lines."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from sepaham.training.ner.examples import Example

Kind = Literal["plain", "lower", "upper", "glued"]


def recased(example: Example, change: Callable[[str], str]) -> Example:
    """The example with another case; unchanged where that would move offsets."""
    text = change(example.text)
    return replace(example, text=text) if len(text) == len(example.text) else example


def glued(example: Example, draw: random.Random) -> Example:
    """The example with most line breaks and some spaces after full stops lost, spans moved along."""
    kept: list[int] = []
    for n, c in enumerate(example.text):
        after_stop = c == " " and n > 0 and example.text[n - 1] in '.?!”"' and draw.random() < 0.3
        if after_stop or (c == "\n" and draw.random() < 0.8):
            continue
        kept.append(n)
    moved = {old: new for new, old in enumerate(kept)}

    def span(start: int, end: int) -> tuple[int, int] | None:
        inside = [moved[n] for n in range(start, end) if n in moved]
        return (inside[0], inside[-1] + 1) if inside else None

    flat = [(*s, kinds) for a, b, kinds in example.flat if (s := span(a, b))]
    roles = None if example.roles is None else tuple(s for a, b in example.roles if (s := span(a, b)))
    facts = example.facts and replace(
        example.facts,
        spans=tuple((*s, slot) for a, b, slot in example.facts.spans if (s := span(a, b))),
        papers=tuple(s for a, b in example.facts.papers if (s := span(a, b))),
    )
    text = "".join(example.text[n] for n in kept)
    return replace(example, text=text, flat=tuple(flat), roles=roles, facts=facts)


@dataclass(frozen=True)
class Copies:
    """Which share of the examples is seen as a careless copy of each kind."""

    lower: float
    upper: float
    glued: float

    def drawn(self, draw: random.Random) -> Kind:
        """A kind, by these shares."""
        chance = draw.random()
        if chance < self.lower:
            return "lower"
        if chance < self.lower + self.upper:
            return "upper"
        if chance < self.lower + self.upper + self.glued:
            return "glued"
        return "plain"


def augmented(example: Example, draw: random.Random, copies: Copies) -> Example:
    """The example itself or, by these shares, a careless copy of it."""
    match copies.drawn(draw):
        case "lower":
            return recased(example, str.lower)
        case "upper":
            return recased(example, str.upper)
        case "glued":
            return glued(example, draw)
        case "plain":
            return example
