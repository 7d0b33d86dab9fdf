"""The kind of a body: what the registry says, else what its name says."""

import re
from functools import cache

from sepaham import lexicon
from sepaham.records import Kind
from sepaham.relations.bodies import Body


@cache
def _rules() -> list[tuple[Kind, re.Pattern[str]]]:
    rules = lexicon.toml("relations/kinds.toml")["rule"]
    return [(rule["kind"], re.compile("|".join(rule["words"]), re.IGNORECASE)) for rule in rules]


def kind_of(body: Body) -> Kind:
    """The body's kind (GUIDELINE); a name that no rule knows is taken for a company."""
    if body.link.kind:
        return body.link.kind
    for name in [body.name, *body.texts]:
        for kind, pattern in _rules():
            if pattern.search(name):
                return kind
    return "company"
