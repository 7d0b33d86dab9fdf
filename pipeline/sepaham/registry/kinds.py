"""The kind of a body that the registry does not hold, by the first words of its name."""

from functools import cache

from sepaham.lexicon import toml
from sepaham.records import Kind

_LONGEST = 5
_COMPANY_ENDS = frozenset(
    ("tbk", "ltd", "inc", "corp", "corporation", "llc", "gmbh", "bhd", "limited", "plc", "co", "company")
)


@cache
def _heads() -> dict[str, Kind]:
    groups: dict[Kind, list[str]] = toml("registry/kinds.toml")  # type: ignore[assignment]  # a test checks the keys
    return {head: kind for kind, heads in groups.items() for head in heads}


def is_generic(parts: list[str]) -> bool:
    """Whether a name is nothing but the head of a kind: "rumah sakit", "Yayasan", "fakultas"."""
    return " ".join(parts) in _heads()


def kind_of(parts: list[str]) -> Kind | None:
    """The kind that the longest known beginning of a name tells; null when it tells none."""
    for length in range(min(_LONGEST, len(parts)), 0, -1):
        kind = _heads().get(" ".join(parts[:length]))
        if kind:
            return kind
    if parts and parts[-1] in _COMPANY_ENDS:
        return "company"
    return "education" if "university" in parts else None
