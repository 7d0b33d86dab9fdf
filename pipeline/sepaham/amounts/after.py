"""What the word after a number can be: one dictionary look-up decides which grammar is tried."""

import re
from collections.abc import Iterable
from typing import Literal

from sepaham import lexicon
from sepaham.amounts.vocabulary import GAP

Family = Literal["money", "measure", "count", "duration"]

_WORD = re.compile(rf"{GAP}([^\W\d_]+|[%$€£¥₩₹°])")


def _families() -> dict[str, frozenset[Family]]:
    """First word of every phrase that can follow a number -> what it may begin."""
    currencies = lexicon.toml("amounts/currencies.toml")
    units = lexicon.toml("amounts/units.toml")
    phrases: dict[Family, Iterable[str]] = {
        "money": [
            *(phrase for row in currencies["currency"] for phrase in (*row["after"], row["code"].lower())),
            *(word for row in currencies["shared"].values() for word in row["words"]),
        ],
        "measure": [word for row in units["measure"] for word in (*row["words"], *row.get("exact", []))],
        "count": [word for group in units["counts"].values() for word in group],
        "duration": [word for row in lexicon.toml("amounts/durations.toml")["unit"] for word in row["words"]],
    }
    found: dict[str, set[Family]] = {}
    for family, words in phrases.items():
        for phrase in words:
            first = _WORD.match(phrase)
            assert first, f"resources/amounts: {phrase!r} cannot follow a number"
            found.setdefault(first[1], set()).add(family)
    return {word: frozenset(families) for word, families in found.items()}


_FAMILIES = _families()
_NONE: frozenset[Family] = frozenset()


def families_after(low: str, end: int) -> frozenset[Family]:
    """Which kinds of amount the word after position `end` can begin."""
    word = _WORD.match(low, end)
    return _FAMILIES.get(word[1], _NONE) if word else _NONE
