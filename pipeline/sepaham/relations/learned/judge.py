"""A judge: the chance that a candidate fills a slot, from named features; linear, some with trees beside."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

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


class Forest:
    """Trees as arrays, all of them gone down together: one step for all trees instead of one for each.

    A node is a number; a leaf's children are itself, so that who has arrived stays.
    """

    def __init__(self, trees: Iterable[Tree]) -> None:
        """Lay the nodes of the trees side by side."""
        self._names: dict[str, int] = {}
        self._nodes: list[tuple[int, float, int, int, float]] = []
        self._deepest = 0
        self._roots = np.array([self._laid(tree, 0) for tree in trees], dtype=np.intp)
        names, steps, lows, highs, values = zip(*self._nodes, strict=True)
        self._name, self._step, self._value = np.array(names), np.array(steps), np.array(values)
        self._low, self._high = np.array(lows), np.array(highs)

    def _laid(self, tree: Tree, depth: int) -> int:
        self._deepest = max(self._deepest, depth)
        place = len(self._nodes)
        if not isinstance(tree, Branch):
            self._nodes.append((0, 0.0, place, place, tree))
            return place
        self._nodes.append((0, 0.0, 0, 0, 0.0))
        name = self._names.setdefault(tree.feature, len(self._names))
        low, high = self._laid(tree.low, depth + 1), self._laid(tree.high, depth + 1)
        self._nodes[place] = (name, tree.step, low, high, 0.0)
        return place

    def odds(self, features: Features) -> float:
        """The sum of the log odds of all trees; exact, so the same on every machine."""
        values = np.array([features.get(name, 0.0) for name in self._names] or [0.0])
        at = self._roots
        for _ in range(self._deepest):
            at = np.where(values[self._name[at]] <= self._step[at], self._low[at], self._high[at])
        return math.fsum(self._value[at].tolist())


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
            total = (total + self._forest.odds(features)) / 2
        return total

    @cached_property
    def _forest(self) -> Forest:
        return Forest(self.trees)

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
    return _judges(lexicon.json_object("relations/judges.json"))


def read_judges(path: Path) -> Judges:
    """The judges in a file like it."""
    return _judges(json.loads(path.read_text(encoding="utf-8")))


def _judges(items: Mapping[str, Any]) -> Judges:
    return {
        name: Judge(item["weights"], item["bias"], item["bar"], _trees(item.get("trees", [])))
        for name, item in items.items()
    }
