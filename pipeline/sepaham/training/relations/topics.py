"""Fits the judges of fields: few words each, so that they can be read, by a lasso on the words of the gold.

They need no encoder, so what they are worth is seen on any article that they have not learned from.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from sepaham.relations.learned.judge import Features, Judge
from sepaham.training.relations.rows import Row, Worked, joined

_STRENGTH = 0.8  # inverse strength of the lasso: on the folds more words do not help
_LEAST = 3  # agreements that a word stands in
_NOTHING = 0.005  # weight below which a word is dropped


def fit_topics(worked: Sequence[Worked]) -> dict[str, Judge]:
    """`field_<name>` for every field that the articles tell of; for a field that they do not, never."""
    found = joined(item.topics for item in worked)
    names = _names(row.features for row in next(iter(found.values()), ()))
    return {slot: _fitted(rows, names) for slot, rows in found.items()}


def _names(told: Iterable[Features]) -> list[str]:
    counts = Counter(name for features in told for name in features)
    return sorted(name for name, count in counts.items() if count >= _LEAST)


def _fitted(rows: Sequence[Row], names: Sequence[str]) -> Judge:
    # Imported here: whoever only moves shipped judges (`adapt`) needs no scikit-learn.
    from sklearn.linear_model import LogisticRegression

    right = np.array([row.right for row in rows])
    if not _LEAST <= right.sum() < len(right):
        return Judge({}, -30.0)
    x = np.array([[row.features.get(name, 0.0) for name in names] for row in rows])
    model = LogisticRegression(l1_ratio=1.0, C=_STRENGTH, solver="liblinear", random_state=0, max_iter=1000)
    model.fit(x, right, sample_weight=np.array([row.weight for row in rows]))
    weights = {n: round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) > _NOTHING}
    return Judge(weights, round(float(model.intercept_[0]), 3))
