"""Fits the screen: `python -m sepaham.training.relations.screen --shared FOLDER` (one minute, no encoder).

A lasso on words, so that the list is short enough to read. The bar is set on chances that were not learned
from the article: it stops a fixed share of the background news that reaches the screen and reports nothing.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import numpy as np
import numpy.typing as npt
import typer

from sepaham.cleaning import clean_article
from sepaham.gate import passes
from sepaham.ner import tag
from sepaham.records import Article
from sepaham.relations.context import View
from sepaham.relations.learned.judge import Features, Judge
from sepaham.relations.screen import asked, clues
from sepaham.relations.triggers import find_triggers
from sepaham.training.ner.corpora import FOLDS, fold_ids, fold_of
from sepaham.training.relations.background import labels, passing
from sepaham.training.relations.readings import gold_lines

WEIGHTS = Path("pipeline/sepaham/resources/relations/screen.json")
METRICS = Path("models/relations/screen_metrics.json")

SHARE = 0.5
"""Share of the background news without an agreement that the screen stops."""
_STRENGTH = 6.0  # inverse strength of the lasso, chosen on the folds with the weight below
_REAL = 3.0  # real reports count so many times: there are few, and a missed one is what costs
_LEAST = 6  # articles that a clue stands in
_NOTHING = 0.005  # weight below which a clue is dropped

_LATER = ("n11-", "n12-")  # labelled since: with n11 one report more of written/test is stopped
PARTS = ("real", "written", "more", "news", "background")
Floats = npt.NDArray[np.float64]


class Case(NamedTuple):
    """An article: what the screen sees, its part of the data, its fold, whether it reports an agreement."""

    clues: Features
    part: str
    fold: int
    reports: bool

    @property
    def weight(self) -> float:
        """Real reports weigh more."""
        return _REAL if self.part == "real" or (self.part in ("news", "background") and self.reports) else 1.0


def gathered(shared: Path) -> list[Case]:
    """The gold (never written/test) and the judged background news that reach the screen."""
    folds = {name: fold for fold in range(FOLDS) for name in fold_ids(shared, fold)}
    cases: list[Case] = []
    seen = set()
    for part, article, gold in gold_lines(shared):
        if article.article_id.startswith(_LATER):
            continue
        seen.add(article.article_id)
        cases += _case(article, part, folds[article.article_id], bool(gold["events"]))
    known = labels()
    for article in passing(shared):
        name = article.article_id
        if name in known and name not in seen:
            cases += _case(article, "background", fold_of(name), known[name])
    return cases


def _case(article: Article, part: str, fold: int, reports: bool) -> Iterator[Case]:
    view = View(tag(clean_article(article)[0]))
    triggers = find_triggers(view)
    if triggers and passes(article.body) and asked(view):
        yield Case(clues(view, triggers), part, fold, reports)


def fitted(cases: Sequence[Case]) -> Judge:
    """The screen of these articles, without a bar."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(name for case in cases for name in case.clues)
    common = [{n: value for n, value in case.clues.items() if counts[n] >= _LEAST} for case in cases]
    columns = DictVectorizer(sparse=False)
    x = columns.fit_transform(common)
    model = LogisticRegression(
        l1_ratio=1.0, C=_STRENGTH, solver="liblinear", class_weight="balanced", random_state=0, max_iter=1000
    )
    right = np.array([case.reports for case in cases])
    model.fit(x, right, sample_weight=np.array([case.weight for case in cases]))
    found = zip(columns.feature_names_, model.coef_[0], strict=True)
    weights = {name: round(float(weight), 2) for name, weight in found if abs(weight) > _NOTHING}
    return Judge(weights, round(float(model.intercept_[0]), 2))


def chances(cases: Sequence[Case]) -> Floats:
    """What the screen says of each article when it has not learned from the article's fold."""
    found = np.zeros(len(cases))
    for fold in range(FOLDS):
        judge = fitted([case for case in cases if case.fold != fold])
        for at, case in enumerate(cases):
            if case.fold == fold:
                found[at] = judge.chance(case.clues)
    return found


def bar_of(cases: Sequence[Case], said: Floats, share: float = SHARE) -> float:
    """The bar that stops this share of the background news without an agreement."""
    false = [c for case, c in zip(cases, said, strict=True) if case.part == "background" and not case.reports]
    return round(float(np.quantile(false, share)), 3)


def figures(cases: Sequence[Case], said: Floats, bar: float) -> dict[str, str]:
    """How many of each part are stopped by chances that were not learned from them."""
    found = {}
    for part in PARTS:
        for reports in (True, False):
            chosen = [c for k, c in zip(cases, said, strict=True) if (k.part, k.reports) == (part, reports)]
            if chosen:
                stopped = sum(chance < bar for chance in chosen)
                name = f"{part} {'with' if reports else 'without'} an agreement"
                found[name] = f"{stopped} of {len(chosen)}"
    return found


def main(
    shared: Annotated[Path, typer.Option(help="The folder with gold/ and news/.")] = Path("../shared"),
) -> None:
    """Fit the screen, and write it and what it stops by folds."""
    cases = gathered(shared)
    said = chances(cases)
    curve = {share: bar_of(cases, said, share) for share in (0.4, SHARE, 0.6, 0.7)}
    stopped = {str(share): figures(cases, said, bar) for share, bar in curve.items()}
    judge = fitted(cases)
    shown = {"bar": curve[SHARE], "bias": judge.bias, "weights": dict(sorted(judge.weights.items()))}
    WEIGHTS.write_text(json.dumps(shown, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    METRICS.write_text(json.dumps({"share": SHARE, "stopped_by_folds": stopped}, indent=1) + "\n")
    typer.echo(f"{len(cases)} articles, {len(judge.weights)} clues, bar {curve[SHARE]}")
    for part, count in stopped[str(SHARE)].items():
        typer.echo(f"  stopped, {part}: {count}")


if __name__ == "__main__":
    typer.run(main)
