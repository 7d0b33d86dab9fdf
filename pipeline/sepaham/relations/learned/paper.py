"""Whether there is an agreement at all, what became of it, and its kinds."""

import math
from collections.abc import Iterable

from sepaham.gate import amounts
from sepaham.ner.slots import DOC_TYPES, STATES
from sepaham.relations.learned.chances import logit
from sepaham.relations.learned.parties import Candidate
from sepaham.relations.learned.reading import Reading
from sepaham.relations.status import find_status
from sepaham.relations.when import find_date
from sepaham.relations.wording import doc_types

_TOP = 4


def _states(reading: Reading) -> list[dict[str, float]]:
    return [reading.chances.states(p.start, p.end) for p in reading.papers]


def _mean_top(values: Iterable[float], most: int = _TOP) -> float:
    kept = sorted(values, reverse=True)[:most]
    return sum(kept) / len(kept) if kept else 0.0


def article_features(reading: Reading, parties: list[Candidate]) -> dict[str, float]:
    """Does the article report an agreement? `parties` are judged, the likeliest first."""
    told = [1 - s["none"] for s in _states(reading)]
    top = reading.triggers[0] if reading.triggers else None
    chances = [c.chance for c in parties[:3]] + [0.0] * 3
    cues = {f"gate {name}": amount for name, amount in amounts(reading.view.document.article.body).items()}
    return cues | {
        "told_max": logit(max(told, default=0.0)),
        "told_mean": logit(_mean_top(told, 99)),
        "told_top": logit(_mean_top(told)),
        "no_paper": float(not told),
        "papers": math.log1p(len(told)),
        "trigger": top.score if top else 0.0,
        "triggers": math.log1p(len(reading.triggers)),
        "signing": float(any(t.act in ("active", "passive", "nominal") for t in reading.triggers[:3])),
        "title": float(any(t.sentence.in_title for t in reading.triggers)),
        "party_1": logit(chances[0]),
        "party_2": logit(chances[1]),
        "party_3": logit(chances[2]),
        "signer": logit(float(reading.chances.column("signer").max()) if reading.chances.words else 0.0),
        "date": logit(
            max(
                (reading.chances.of(d.start, d.end, "date") for d in reading.view.document.dates), default=0.0
            )
        ),
        "commitment": math.log1p(float(reading.chances.column("commitment").sum()) / 10),
        "subject": math.log1p(float(reading.chances.column("subject").sum()) / 5),
        "long": math.log(max(200, len(reading.view.text)) / 2000),
    }


def state_features(reading: Reading) -> dict[str, dict[str, float]]:
    """What became of the paper: features for each status."""
    told = _states(reading)
    weights = [1 - s["none"] for s in told]
    total = sum(weights)
    rule = None
    if reading.triggers:
        found = find_date(reading.view, reading.triggers)
        rule, _ = find_status(reading.view, reading.triggers, found.date if found else None)
    first = reading.papers[0] if reading.papers else None
    titled = [s for s, p in zip(told, reading.papers, strict=True) if p.end <= reading.view.title_end]
    made = {}
    for state in STATES[1:]:
        mean = sum(s[state] * w for s, w in zip(told, weights, strict=True)) / total if total else 0.0
        made[state] = {
            f"{state}_mean": logit(mean),
            f"{state}_max": logit(max((s[state] for s in told), default=0.0)),
            f"{state}_first": logit(told[0][state] if first else 0.0),
            f"{state}_title": logit(titled[0][state]) if titled else 0.0,
            f"{state}_rule": float(rule == state),
            f"{state}_bias": 1.0,
        }
    return made


def type_features(reading: Reading) -> dict[str, dict[str, float]]:
    """Kinds of the paper, by name: the encoder's chance, the rules' word."""
    papers = [reading.chances.paper(p.start, p.end) for p in reading.papers]
    weights = [1.001 - s["none"] for s in _states(reading)]
    total = sum(weights)
    ruled = doc_types(reading.view, reading.triggers) if reading.triggers else ()
    made = {}
    for name in DOC_TYPES:
        chances = [p[f"type_{name}"] for p in papers]
        mean = sum(c * w for c, w in zip(chances, weights, strict=True)) / total if total else 0.0
        made[name] = {
            "mean": logit(mean),
            "max": logit(max(chances, default=0.0)),
            "rule": float(name in ruled),
            f"rule_type_{name}": float(name in ruled),
        }
    best = max(features["mean"] for features in made.values())
    for features in made.values():
        features["behind"] = features["mean"] - best
    return made
