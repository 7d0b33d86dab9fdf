"""Fits the matcher: `python -m sepaham.training.ledger.fit [GOLD]` (default data/ledger).

A logistic regression over the pairs of the half "fit" that share a party or a signatory, with weights
that may not point the wrong way: what speaks for one agreement never below 0, what speaks against it never
above. Near misses are rare among a few agreements, so each one also gets a sibling of the same parties at
another time, and one of another partner on the same day. Real articles say less than written ones, so every
pair is seen again with groups of its figures blanked. The threshold is the middle of the stretch on which
the groups of the fit half and its siblings score best with at least 98 of 100 merges right. The half "held"
is only scored.
"""

import csv
import random
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import typer

from sepaham.ledger.clusters import clusters
from sepaham.ledger.compare import AGAINST, FEATURES, features
from sepaham.ledger.folders import open_folders
from sepaham.ledger.matcher import DECIMALS, Matcher, excluded
from sepaham.ledger.reports import Body, Report
from sepaham.ledger.times import Days, iso
from sepaham.training.ledger.quality import Quality, quality

WEIGHTS = Path("pipeline/sepaham/resources/ledger/matcher.toml")
SEED, BLANKED, SHARE = 11, 6, 0.25
L2, STEPS, RATE = 0.001, 6000, 0.5
SHIFT = (120, 800)
PRECISE = 0.98
THRESHOLDS = tuple(n / 100 for n in range(20, 96))

GROUPS = (
    ("same_day", "near_day", "days_meet", "day_clash", "windows_apart"), ("venue", "venue_clash"),
    ("city_clash",), ("topic", "topic_clash"), ("document", "document_clash"),
    ("signatory", "signatory_clash"), ("year_clash",), ("published_near",), ("number", "number_clash"),
    ("same_text",),
)  # fmt: skip
"""Figures that are unknown together; the parties are always known."""

Floats = npt.NDArray[np.float64]


def read_gold(folder: Path) -> tuple[list[Report], dict[str, str], dict[str, str]]:
    """The reports of a gold folder, and for each agreement_id its agreement and its half."""
    with (folder / "clusters.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    reports = open_folders([folder]).reports
    return (
        reports,
        {r["agreement_id"]: r["cluster"] for r in rows},
        {r["agreement_id"]: r["half"] for r in rows},
    )


def pairs(reports: list[Report], gold: dict[str, str]) -> tuple[Floats, Floats]:
    """The figures of all pairs that share a party or signatory, one a row; 1 for those of one agreement."""
    rows, labels = [], []
    for one, other in combinations(reports, 2):
        shared = set(one.people) & set(other.people) or {b.key for b in one.bodies} & {
            b.key for b in other.bodies
        }
        if shared and not excluded(one, other):
            rows.append(features(one, other))
            labels.append(float(gold[one.agreement_id] == gold[other.agreement_id]))
    return np.array(rows), np.array(labels)


def siblings(reports: list[Report], gold: dict[str, str], seed: int) -> tuple[list[Report], dict[str, str]]:
    """Reports of agreements that are near misses of the given ones, and the agreement of each by its id."""
    chance = random.Random(seed)  # noqa: S311
    of: dict[str, list[Report]] = {}
    for report in reports:
        of.setdefault(gold[report.agreement_id], []).append(report)
    made, labels = [], {}
    names = sorted(of)
    for name in names:
        days = chance.randint(*SHIFT) * chance.choice((-1, 1))
        taken = {body for report in of[name] for body in report.bodies}
        other = chance.choice([b for n in names if (b := of[n][0].bodies[-1]) not in taken])
        for report in of[name]:
            for kind, near in (("later", _shifted(report, days)), ("partner", _partnered(report, other))):
                item = _renamed(near, kind)
                made.append(item)
                labels[item.agreement_id] = f"{name}~{kind}"
    return made, labels


def _renamed(report: Report, kind: str) -> Report:
    name = f"{report.agreement_id}~{kind}"
    meta = replace(
        report.meta, article_id=f"{report.meta.article_id}~{kind}", origin=f"{report.meta.origin}~{kind}"
    )
    number = f"{report.number}{kind}" if report.number else ""
    return replace(report, key=f"{report.key}~{kind}", agreement_id=name, meta=meta, number=number)


def _shifted(report: Report, days: int) -> Report:
    def later(span: Days | None) -> Days | None:
        return (span[0] + days, span[1] + days) if span else None

    published = later(report.published)
    meta = replace(report.meta, published=iso(published[0]) if published else None)
    return replace(report, dated=later(report.dated), published=published, meta=meta)


def _partnered(report: Report, other: Body) -> Report:
    return replace(report, bodies=(*report.bodies[:1], other), people=report.people[:1])


def blanked(x: Floats, y: Floats, seed: int) -> tuple[Floats, Floats]:
    """The pairs and copies of them in which each group of figures is missing with a fixed chance."""
    chance = random.Random(seed)  # noqa: S311  no secret hangs on it
    places = [[FEATURES.index(name) for name in group] for group in GROUPS]
    copies = [x]
    for _ in range(BLANKED):
        copy = x.copy()
        for row in copy:
            for place in places:
                if chance.random() < SHARE:
                    row[place] = 0.0
        copies.append(copy)
    return np.vstack(copies), np.tile(y, BLANKED + 1)


def fit(x: Floats, y: Floats) -> tuple[Floats, float]:
    """Weights and bias by projected gradient descent; both answers weigh the same in all."""
    sign = np.array([-1.0 if name in AGAINST else 1.0 for name in FEATURES])
    share = np.where(y > 0, 0.5 / y.sum(), 0.5 / (1 - y).sum())
    weights, bias = np.zeros(len(FEATURES)), 0.0
    for _ in range(STEPS):
        error = share * (1 / (1 + np.exp(-(x @ weights + bias))) - y)
        weights -= RATE * (x.T @ error + L2 * weights)
        weights = np.where(weights * sign < 0, 0.0, weights)
        bias -= RATE * float(error.sum())
    return weights, bias


def found(reports: list[Report], matcher: Matcher) -> dict[str, int]:
    """agreement_id -> its group."""
    groups = clusters(reports, matcher)
    return {reports[n].agreement_id: number for number, group in enumerate(groups) for n in group}


def measure(reports: list[Report], gold: dict[str, str], matcher: Matcher) -> Quality:
    """The quality of the groups of these reports."""
    return quality({r.agreement_id: gold[r.agreement_id] for r in reports}, found(reports, matcher))


def threshold(reports: list[Report], gold: dict[str, str], values: tuple[float, ...], bias: float) -> float:
    """The middle of the thresholds with the best F1 (to 2 decimals) that merge precisely enough."""
    tried = [(t, measure(reports, gold, Matcher(values, bias, t))) for t in THRESHOLDS]
    best = max((q.merge_precision >= PRECISE, round(q.f1, 2)) for _, q in tried)
    good = [t for t, q in tried if (q.merge_precision >= PRECISE, round(q.f1, 2)) == best]
    return round((good[0] + good[-1]) / 2, 2)


def train(folder: Path) -> tuple[Matcher, dict[str, Quality]]:
    """The matcher fitted on the half "fit" of a gold folder, and what it scores on either half and on all."""
    reports, gold, half = read_gold(folder)
    parts = {name: [r for r in reports if half[r.agreement_id] == name] for name in ("fit", "held")}
    near, labels = siblings(parts["fit"], gold, SEED)
    shown, answers = sorted([*parts["fit"], *near], key=lambda r: r.key), {**gold, **labels}
    weights, bias = fit(*blanked(*pairs(shown, answers), SEED))
    values = tuple(round(float(w), DECIMALS) + 0.0 for w in weights)
    bias = round(bias, DECIMALS)
    matcher = Matcher(values, bias, threshold(shown, answers, values, bias))
    return matcher, {name: measure(part, gold, matcher) for name, part in {**parts, "all": reports}.items()}


def as_toml(matcher: Matcher) -> str:
    """The matcher as the resource file that the package ships."""
    head = (
        "# Written by `python -m sepaham.training.ledger.fit`. Log odds of one agreement for each figure.\n\n"
    )
    lines = [f"{name} = {value}" for name, value in zip(FEATURES, matcher.values, strict=True)]
    return (
        f"{head}bias = {matcher.bias}\nthreshold = {matcher.threshold}\n\n[weights]\n"
        + "\n".join(lines)
        + "\n"
    )


def main(
    gold: Annotated[
        Path, typer.Argument(help="Folder with agreements.jsonl, articles.csv, clusters.csv.")
    ] = Path("data/ledger"),
) -> None:
    """Fit, write the weights and show what they score."""
    matcher, scores = train(gold)
    WEIGHTS.write_text(as_toml(matcher), encoding="utf-8", newline="\n")
    for name, q in scores.items():
        sys.stdout.write(
            f"{name:5} B-cubed P {q.precision:.3f} R {q.recall:.3f} F1 {q.f1:.3f}, "
            f"merges right {q.right_pairs} of {q.merged_pairs}\n"
        )


if __name__ == "__main__":
    typer.run(main)
