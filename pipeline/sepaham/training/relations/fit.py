"""Fits a judge: a logistic regression, and boosted trees beside it where a slot needs them."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sepaham.relations.learned.judge import Branch, Judge, Tree
from sepaham.training.relations.rows import Row

RIDGE = 0.3  # inverse strength of the ridge, chosen on the folds
_SURE = 30.0  # log odds of a judge that has only seen one answer
_DRAWS = 3  # sets of trees, each on other draws of rows and features: one alone is a matter of luck
_CLOSE = 1e-10  # gradient at which the fit stops: far below what shows in the digits that are written
_BOOST: dict[str, Any] = {
    "n_estimators": 100,
    "learning_rate": 0.08,
    "max_leaf_nodes": 8,
    "max_depth": None,
    "min_samples_leaf": 15,
    "max_features": 0.3,
    "subsample": 0.7,
}


def fit(rows: Sequence[Row], ridge: float = RIDGE) -> Judge:
    """The judge of one slot, its bar at 0.5; `ridge` is the inverse strength of the ridge.

    Where all rows have the same answer, so has the judge.
    """
    # Imported here: whoever only moves shipped judges (`adapt`) needs no scikit-learn.
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    names = sorted({name for row in rows for name in row.features})
    x = np.array([[row.features.get(name, 0.0) for name in names] for row in rows])
    y = np.array([row.right for row in rows])
    if len(set(y.tolist())) < 2:
        return Judge({}, _SURE if y.any() else -_SURE)
    weight = np.array([row.weight for row in rows])
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=ridge, solver="newton-cholesky", tol=_CLOSE).fit(
        scaler.transform(x), y, sample_weight=weight
    )
    scale = np.where(scaler.scale_ == 0, 1.0, scaler.scale_)
    weights = model.coef_[0] / scale
    bias = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    return Judge({n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}, round(bias, 4))


def with_trees(judge: Judge, rows: Sequence[Row]) -> Judge:
    """The judge with boosted trees beside its regression; the same rows give the same trees."""
    from sklearn.ensemble import GradientBoostingClassifier

    names = sorted({name for row in rows for name in row.features})
    x = np.array([[row.features.get(name, 0.0) for name in names] for row in rows], dtype=np.float32)
    y = np.array([row.right for row in rows])
    weight = np.array([row.weight for row in rows])
    prior = float(np.average(y, weights=weight))
    trees: list[Tree] = []
    for draw in range(_DRAWS):
        model = GradientBoostingClassifier(**_BOOST, random_state=draw).fit(x, y, sample_weight=weight)
        trees += [_tree(estimator.tree_, names) for estimator in model.estimators_[:, 0]]
    return replace(judge, trees=(round(math.log(prior / (1 - prior)), 4), *trees))


def _tree(fitted: Any, names: Sequence[str], node: int = 0) -> Tree:
    low, high = int(fitted.children_left[node]), int(fitted.children_right[node])
    if low == high:  # both are -1 at a leaf
        odds = float(fitted.value[node, 0, 0])
        return round(float(_BOOST["learning_rate"]) * odds / _DRAWS, 5)
    feature, step = names[fitted.feature[node]], float(np.float32(fitted.threshold[node]))
    return Branch(feature, round(step, 6), _tree(fitted, names, low), _tree(fitted, names, high))
