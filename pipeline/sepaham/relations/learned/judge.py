"""A judge: the chance that a candidate fills a slot, from named features; linear, some with trees beside."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sepaham import lexicon
from sepaham.relations.learned.chances import logit

Features = Mapping[str, float]


@dataclass(frozen=True)
class Branch:
    """A node of a tree: `low` where the feature is at most `step`, else `high`; leaves are log odds."""

    feature: str
    step: float
    low: "Tree"
    high: "Tree"


Tree = Branch | float


def leaf(tree: Tree, features: Features) -> float:
    """The log odds that a tree adds."""
    while isinstance(tree, Branch):
        tree = tree.low if features.get(tree.feature, 0.0) <= tree.step else tree.high
    return tree


@dataclass(frozen=True)
class Judge:
    """Logistic regression: `weights` by feature name, `bias`, and the chance from which it says yes.

    Where there are boosted `trees`, their log odds and those of the regression are averaged.
    """

    weights: Mapping[str, float]
    bias: float
    bar: float = 0.5
    trees: tuple[Tree, ...] = ()

    def odds(self, features: Features) -> float:
        """The log odds of yes; features that were not seen in training count nothing."""
        total = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        if self.trees:
            total = (total + sum(leaf(tree, features) for tree in self.trees)) / 2
        return total

    def chance(self, features: Features) -> float:
        """The probability of yes."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.odds(features)))))

    def reasons(self, features: Features, most: int = 3) -> list[tuple[str, float]]:
        """The features that moved the regression most, with the log odds that each added."""
        moved = [(name, self.weights.get(name, 0.0) * value) for name, value in features.items()]
        return sorted((m for m in moved if m[1]), key=lambda m: -abs(m[1]))[:most]


Judges = Mapping[str, Judge]
_SURE = "sure_"  # the judge that turns the chance of a slot into its confidence


def calibrated(judges: Judges, slot: str, chance: float, around: Features) -> float:
    """How often a slot that was given this chance is right in the gold (Platt scaling); `around` is what its
    whole record is like, see `record_features`."""
    known = judges.get(_SURE + slot)
    return known.chance({**around, "chance": logit(chance)}) if known else chance


def record_features(told: float, agreements: int) -> Features:
    """What bears on all cells of a record: the chance that there is an agreement, and whether it is one of
    several in its article."""
    return {"told": logit(told), "several": float(agreements > 1)}


def read_tree(raw: Any) -> Tree:
    """A tree from JSON: `[feature, step, low, high]`, or the log odds of a leaf."""
    if not isinstance(raw, list):
        return float(raw)
    feature, step, low, high = raw
    return Branch(feature, float(step), read_tree(low), read_tree(high))


def written_tree(tree: Tree) -> Any:
    """A tree as JSON; `read_tree` reads it."""
    if not isinstance(tree, Branch):
        return tree
    return [tree.feature, tree.step, written_tree(tree.low), written_tree(tree.high)]


def _trees(lines: Iterable[str]) -> tuple[Tree, ...]:
    """Trees from their lines: one on each, so that the file can be read and compared."""
    return tuple(read_tree(json.loads(line)) for line in lines)


@cache
def judges() -> Judges:
    """The shipped judges by slot, from resources/relations/judges.json."""
    items = lexicon.json_object("relations/judges.json")
    return {
        name: Judge(item["weights"], item["bias"], item["bar"], _trees(item.get("trees", [])))
        for name, item in items.items()
    }
