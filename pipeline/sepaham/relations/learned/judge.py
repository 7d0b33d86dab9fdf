"""A linear judge: the chance that a candidate fills a slot, from named features."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sepaham import lexicon
from sepaham.relations.learned.chances import logit

Features = Mapping[str, float]


@dataclass(frozen=True)
class Judge:
    """Logistic regression: `weights` by feature name, `bias`, and the chance from which it says yes."""

    weights: Mapping[str, float]
    bias: float
    bar: float = 0.5

    def chance(self, features: Features) -> float:
        """The probability of yes; features that were not seen in training count nothing."""
        total = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def reasons(self, features: Features, most: int = 3) -> list[tuple[str, float]]:
        """The features that moved the judgement most, with the log odds that each added."""
        moved = [(name, self.weights.get(name, 0.0) * value) for name, value in features.items()]
        return sorted((m for m in moved if m[1]), key=lambda m: -abs(m[1]))[:most]


Judges = Mapping[str, Judge]
_SURE = "sure_"  # the judge that turns the chance of a slot into its confidence


def calibrated(judges: Judges, slot: str, chance: float) -> float:
    """How often a slot that was given this chance is right in the gold (Platt scaling)."""
    known = judges.get(_SURE + slot)
    return known.chance({"chance": logit(chance)}) if known else chance


@cache
def judges() -> Judges:
    """The shipped judges by slot, from resources/relations/judges.json."""
    items = lexicon.json_object("relations/judges.json")
    return {name: Judge(item["weights"], item["bias"], item["bar"]) for name, item in items.items()}
