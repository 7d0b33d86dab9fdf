"""Fits the judges: one logistic regression for each slot, and the bar that gives the best F1."""

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from sepaham.relations.learned.judge import Judge
from sepaham.training.relations.bars import with_bars
from sepaham.training.relations.rows import Row, Rows, Told, Worked

_C = 0.3  # inverse strength of the ridge, chosen on the folds


def fit(rows: Sequence[Row]) -> Judge:
    """The judge of one slot, its bar at 0.5."""
    names = sorted({name for row in rows for name in row.features})
    x = np.array([[row.features.get(name, 0.0) for name in names] for row in rows])
    y = np.array([row.right for row in rows])
    weight = np.array([row.weight for row in rows])
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=_C, max_iter=2000).fit(scaler.transform(x), y, sample_weight=weight)
    scale = np.where(scaler.scale_ == 0, 1.0, scaler.scale_)
    weights = model.coef_[0] / scale
    bias = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    return Judge({n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}, round(bias, 4))


def fit_all(worked: Sequence[Worked], background: Sequence[Told] = ()) -> dict[str, Judge]:
    """All judges; that of articles builds on that of the parties, and learns from background news too."""
    rows: Rows = {}
    for item in worked:
        for slot, found in item.base.items():
            rows.setdefault(slot, []).extend(found)
    judges = {slot: fit(found) for slot, found in rows.items()}
    told = [item.article_row(judges["party"]) for item in worked]
    news = [item.row(judges["party"]) for item in background]
    judges["article"] = fit([*told, *news])
    return with_bars(judges, worked, news)
