"""The fitted numbers of the gate, `resources/gate/weights.toml`; `sepaham.training.gate` writes them."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp

from sepaham import lexicon
from sepaham.errors import ModelError
from sepaham.gate.cues import REACH, rules
from sepaham.gate.features import CAP, FEATURES, LEAD, NEAR

DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight a feature, in log odds; `threshold` is the least score (0 to 1) that passes."""

    values: tuple[float, ...]
    bias: float
    threshold: float

    def parts(self, features: Sequence[float]) -> dict[str, float]:
        """What each feature adds to the log odds, features that add nothing left out."""
        products = zip(FEATURES, self.values, features, strict=True)
        return {name: weight * value for name, weight, value in products if weight * value}

    def score(self, features: Sequence[float]) -> float:
        """The score, 0 to 1, to 4 decimals: a rank among articles, not the share of agreements in a dump."""
        return round(1 / (1 + exp(-self.bias - sum(self.parts(features).values()))), DECIMALS)


@cache
def shipped() -> Weights:
    """The weights that the package ships; raises ModelError when they don't fit this version's features."""
    data = lexicon.toml("gate/weights.toml")
    weights = data.get("weights")
    if not isinstance(weights, dict) or tuple(weights) != FEATURES:
        raise ModelError("resources/gate/weights.toml is of another version: install sepaham again")
    try:
        values = tuple(float(weights[name]) for name in FEATURES)
        return Weights(values, float(data["bias"]), float(data["threshold"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"resources/gate/weights.toml is damaged ({error!r}): install sepaham again"
        ) from error


def fingerprint() -> str:
    """SHA-256 of all that the weights were fitted on: cues, feature names and settings."""
    cues = [[rule.name, rule.group, rule.opens, rule.stems, rule.pattern.pattern] for rule in rules()]
    made_of = {"cues": cues, "features": FEATURES, "reach": REACH, "near": NEAR, "lead": LEAD, "cap": CAP}
    return hashlib.sha256(json.dumps(made_of, ensure_ascii=False).encode()).hexdigest()
