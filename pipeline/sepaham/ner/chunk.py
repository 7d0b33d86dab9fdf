"""A name as the grammar reads it, over words and not yet over characters."""

from dataclasses import dataclass

from sepaham.records import Label


@dataclass(frozen=True, slots=True)
class Chunk:
    """A name over tokens `start`..`end`; `source` names the rule, `confidence` how far it can be trusted."""

    label: Label
    start: int
    end: int
    source: str
    confidence: float = 0.9
