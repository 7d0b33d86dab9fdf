"""The host that signs a paper of its own with each of the others, where three or more parties meet."""

from sepaham.relations.parties import Candidate
from sepaham.relations.patterns import grammar
from sepaham.relations.triggers import Trigger

_MANY = grammar(r"\b<parties.many>\s+(?:buah\s+|naskah\s+|dokumen\s+)?<parties.many_papers>")


def find_hub(triggers: list[Trigger], parties: list[Candidate]) -> int | None:
    """The index of the hub, or None: one subject of the signing, several partners, several papers."""
    if len(parties) < 3:
        return None
    first = [i for i, c in enumerate(parties) if c.first]
    many = any(_MANY.search(t.sentence.text) for t in triggers[:3]) or len(parties) > 5
    return first[0] if len(first) == 1 and many else None
