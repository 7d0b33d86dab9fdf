"""The words before a place that say which body is meant: "Pemkab", "Kota", "Pj Wali Kota"."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from sepaham.lexicon import toml
from sepaham.records import Level

Group = Literal["government", "place", "title"]
_LONGEST = 4


@dataclass(frozen=True, slots=True)
class Form:
    """What a phrase says of the region after it; `level` is null where it leaves the level open ("Pemda")."""

    group: Group
    level: Level | None


@cache
def _phrases() -> dict[str, Form]:
    data = toml("registry/forms.toml")
    groups: tuple[Group, ...] = ("government", "place", "title")
    return {
        phrase: Form(group, None if level == "any" else level)
        for group in groups
        for level, phrases in data[group].items()
        for phrase in phrases
    }


@cache
def _acting() -> frozenset[str]:
    return frozenset(toml("registry/forms.toml")["acting"]["forms"])


def prefix(parts: list[str]) -> tuple[Form, list[str]] | None:
    """The longest form at the start of a name and the words after it; null when there is none."""
    for length in range(min(_LONGEST, len(parts)), 0, -1):
        form = _phrases().get(" ".join(parts[:length]))
        if form:
            return form, parts[length:]
    return None


def without_acting(parts: list[str]) -> list[str]:
    """The words without "Pj", "Plt", "pelaksana tugas" and the like in front."""
    for length in (2, 1):
        if len(parts) > length and " ".join(parts[:length]) in _acting():
            return without_acting(parts[length:])
    return parts


@cache
def _leaders() -> frozenset[str]:
    return frozenset(toml("registry/forms.toml")["leader"]["forms"])


def leader(parts: list[str]) -> int:
    """How many words at the start are a title or the like before a body ("Rektor", "pihak"); 0 for none."""
    for length in range(min(_LONGEST, len(parts)), 0, -1):
        if " ".join(parts[:length]) in _leaders():
            return length
    return 0


def lone(parts: list[str]) -> Form | None:
    """The form that a name consists of, without a region: "pemkab", "Pj Wali Kota", "pemda setempat".

    Not "pemerintah" alone: that is the central government as often as not.
    """
    parts = without_acting(parts)
    if len(parts) > 1 and parts[-1] in ("setempat", "tersebut", "itu", "ini"):
        parts = parts[:-1]
    found = prefix(parts)
    return found[0] if found and not found[1] and " ".join(parts) != "pemerintah" else None
