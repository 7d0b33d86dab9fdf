"""The judge of articles: does this one report an agreement? Its bar weighs recall against false rows."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from sepaham.relations.learned.judge import Judge
from sepaham.training.ner.corpora import FOLDS
from sepaham.training.relations.bars import Judged, best_bar
from sepaham.training.relations.fit import fit, with_trees
from sepaham.training.relations.rows import Row

BUDGET = 21
"""False rows that the background news (42,282 articles) may give: 5 per 10,000."""

_AIM = 0.85  # share of the budget that is aimed at: on news of no known fold a bar lets more pass
_RIDGE = 0.1  # from 0.03 to 0.3 F1 on gold moves by 0.012 at most, up here and down there
_DEAREST = 0.05  # F1 on gold that keeping to the budget may cost


class Case(NamedTuple):
    """An article: what the judge sees, its fold, whether it is of the background news and of the gold."""

    row: Row
    fold: int
    news: bool
    gold: bool


def fit_article(cases: Sequence[Case]) -> Judge:
    """The judge with its bar, which is chosen on chances that were not learned from the article."""
    folds = sorted({case.fold for case in cases})
    judged: list[tuple[Case, float]] = []
    for fold in folds:
        judge = _fitted([case for case in cases if case.fold != fold])
        judged += [(case, judge.chance(case.row.features)) for case in cases if case.fold == fold]
    gold = [(chance, case.row.right, case.row.weight) for case, chance in judged if case.gold]
    false = [chance for case, chance in judged if case.news and not case.row.right]
    bar = article_bar(gold, false, round(_AIM * BUDGET * len(folds) / FOLDS))
    return replace(_fitted(cases), bar=bar)


def _fitted(cases: Sequence[Case]) -> Judge:
    rows = [case.row for case in cases]
    return with_trees(fit(rows, _RIDGE), rows)


def article_bar(gold: Sequence[Judged], false: Sequence[float], budget: int) -> float:
    """The bar that keeps false rows of background news in the budget, or comes as near to it as `_DEAREST`
    lets it; the bar of the best F1 on gold where that keeps to the budget already."""
    every = sum(weight for _, right, weight in gold if right)
    plain = best_bar(gold, every)
    ranked = sorted(false, reverse=True)
    strict = round(ranked[budget] + 0.001, 3) if len(ranked) > budget else 0.0
    if strict <= plain:
        return plain
    least = _f1(gold, every, plain) - _DEAREST
    bars = sorted({strict, *(round(chance + 0.001, 3) for chance in ranked if plain < chance < strict)})
    return max((bar for bar in bars if _f1(gold, every, bar) >= least), default=plain)


def _f1(judged: Sequence[Judged], gold: float, bar: float) -> float:
    said = [(right, weight) for chance, right, weight in judged if chance >= bar]
    return 2 * sum(w for right, w in said if right) / (sum(w for _, w in said) + gold)
