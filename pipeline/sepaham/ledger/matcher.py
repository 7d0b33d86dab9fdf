"""The fitted numbers of the matcher; `sepaham.training.ledger` writes resources/ledger/matcher.toml."""

from dataclasses import dataclass
from functools import cache
from math import exp

from sepaham.errors import ModelError
from sepaham.ledger.compare import FEATURES, features
from sepaham.ledger.reports import Report
from sepaham.lexicon import toml

DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Matcher:
    """A logistic regression: a weight for each figure; `threshold` is the least score of one agreement."""

    values: tuple[float, ...]
    bias: float
    threshold: float

    def rate(self, figures: tuple[float, ...]) -> float:
        """The score of a pair's figures, to 4 decimals."""
        odds = self.bias + sum(w * x for w, x in zip(self.values, figures, strict=True) if x)
        return round(1 / (1 + exp(-max(-60.0, min(60.0, odds)))), DECIMALS)

    def score(self, one: Report, other: Report) -> float:
        """How surely two reports are of one agreement; 0 where they cannot be, whatever else is alike."""
        return 0.0 if excluded(one, other) else self.rate(features(one, other))


def excluded(one: Report, other: Report) -> bool:
    """Two agreements of one article, or budget papers of two years: both are alike in all else."""
    if one.meta.article_id == other.meta.article_id and one.meta.origin == other.meta.origin:
        return True
    years = set(one.years), set(other.years)
    return one.budget and other.budget and all(years) and years[0].isdisjoint(years[1])


@cache
def shipped() -> Matcher:
    """The matcher that the package ships; raises ModelError when it does not fit this version's figures."""
    data = toml("ledger/matcher.toml")
    try:
        values = tuple(float(data["weights"][name]) for name in FEATURES)
        return Matcher(values, float(data["bias"]), float(data["threshold"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(
            f"resources/ledger/matcher.toml does not fit this version ({error!r}): install sepaham again"
        ) from error
