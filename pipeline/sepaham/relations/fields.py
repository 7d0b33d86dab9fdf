"""The fields of an agreement: whose words stand in its subject, commitments and signing sentences."""

import re
from functools import cache
from typing import get_args

from sepaham import lexicon
from sepaham.records import Field

# A second or third field needs this share of the first one's points.
_SHARE = 0.55
_MOST = 2


@cache
def _patterns() -> dict[Field, re.Pattern[str]]:
    table = lexicon.toml("relations/fields.toml")
    known: tuple[Field, ...] = get_args(Field)
    return {
        field: re.compile(rf"(?<!\w)(?:{'|'.join(table[field])})", re.IGNORECASE)
        for field in known
        if field in table
    }


def counted(text: str) -> dict[Field, int]:
    """How many different words of each field stand in a text."""
    return {field: len({m.lower() for m in pattern.findall(text)}) for field, pattern in _patterns().items()}


def find_fields(telling: str, around: str) -> tuple[Field, ...]:
    """One or two fields, the surest first, else "other"; `telling` counts double against `around`."""
    told, near = counted(telling), counted(around)
    points = {field: 2 * told[field] + near[field] for field in told}
    ranked = sorted((field for field in points if points[field]), key=lambda field: (-points[field], field))
    if not ranked:
        return ("other",)
    best = points[ranked[0]]
    return tuple(field for field in ranked[:_MOST] if points[field] >= _SHARE * best)
