"""The host that signs a paper of its own with each of the others, where three or more parties meet."""

from sepaham.relations.parties import Candidate
from sepaham.relations.patterns import grammar
from sepaham.relations.triggers import Trigger

_MANY = grammar(r"\b<parties.many>\s+(?:buah\s+|naskah\s+|dokumen\s+)?<parties.many_papers>")

_PLENTY = 5  # with more parties one paper for all is rare


def find_hub(triggers: list[Trigger], parties: list[Candidate]) -> int | None:
    """The index of the hub, or None: one subject of the signing, several partners, several papers."""
    if len(parties) < 3:
        return None
    first = [i for i, c in enumerate(parties) if c.first]
    return first[0] if len(first) == 1 and many(triggers, len(parties)) else None


def many(triggers: list[Trigger], parties: int) -> bool:
    """Whether so many parties, or what the article says, make for several papers."""
    return any(_MANY.search(t.sentence.text) for t in triggers[:3]) or parties > _PLENTY
