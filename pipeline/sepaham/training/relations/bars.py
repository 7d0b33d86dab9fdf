"""The chance from which a judge says yes: where F1 over the gold is highest, misses counted."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from sepaham.relations.learned import clauses, parties
from sepaham.relations.learned.judge import Judge
from sepaham.training.relations.rows import Row, Worked

Judged = tuple[float, bool, float]
"""A chance, whether it is right, and how much it counts."""
_BARS = tuple(n / 100 for n in range(10, 91, 2))
_WIDTH = 0.08  # how far bars tell of one another
_LEASTS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)


def best_bar(judged: Iterable[Judged], gold: float) -> float:
    """The bar around which F1 is highest; `gold` is the weight of what there is to be found."""
    ranked = sorted(judged, reverse=True)
    chances = np.array([chance for chance, _, _ in ranked])
    weights = np.array([weight for _, _, weight in ranked])
    right = np.cumsum(weights * np.array([is_right for _, is_right, _ in ranked]))
    said = np.cumsum(weights)
    above = [int(np.searchsorted(-chances, -bar, side="right")) for bar in _BARS]
    f1 = [2 * right[n - 1] / (said[n - 1] + gold) if n else 0.0 for n in above]
    return peak(dict(zip(_BARS, f1, strict=True)))


def peak(scores: Mapping[float, float]) -> float:
    """The bar around which scores are highest: next to a lucky one the others are low."""

    def around(bar: float) -> float:
        near = {b: math.exp(-(((b - bar) / _WIDTH) ** 2)) for b in scores}
        return sum(near[b] * scores[b] for b in scores) / sum(near.values())

    return max(scores, key=around)


def judged_rows(judge: Judge, rows: Iterable[Row], weight: float) -> list[Judged]:
    """The chance of every row beside the answer."""
    return [(judge.chance(row.features), row.right, weight) for row in rows]


def with_bars(judges: Mapping[str, Judge], worked: Sequence[Worked]) -> dict[str, Judge]:
    """The judges with their bars, chosen on the articles that they were fitted on; those of the second look
    on the chances that `fit_joint` left on bodies and people, which were not learned from the article.
    `fit_single` has given the judges of date, venue and subject theirs."""
    found = dict(judges)
    bars: dict[str, float] = {}
    agreements = [item for item in worked if item.events]
    kinds = [pair for i in agreements for pair in judged_rows(judges["type"], i.base["type"], i.weight)]
    bars["type"] = best_bar(kinds, sum(weight for _, right, weight in kinds if right))
    words = [pair for item in agreements for pair in _words(judges["commitment"], item)]
    bars["commitment"] = best_bar(words, sum(weight for _, right, weight in words if right))
    people = [
        (signer.chance, item.signs(signer), item.weight) for item in agreements for signer in item.signers
    ]
    bars["signer_joint"] = best_bar(people, sum(_signers(item) * item.weight for item in agreements))
    bars["party_joint"], least = _party_bars(agreements)
    for slot, bar in bars.items():
        found[slot] = replace(found[slot], bar=bar)
    found["second_party"] = Judge({}, 0.0, least)
    return found


def _words(judge: Judge, item: Worked) -> list[Judged]:
    chances = map(float, clauses.word_chances(item.reading, judge))
    return [(c, right, item.weight) for c, right in zip(chances, item.in_commitment(), strict=True)]


def _party_bars(worked: Sequence[Worked]) -> tuple[float, float]:
    """The bar, and the lower one that the two likeliest bodies of an article need."""
    gold = sum(item.weight * len({p.name for e in item.events for p in e.parties}) for item in worked)
    found: dict[float, dict[float, float]] = {}
    for least in _LEASTS:
        for bar in _BARS:
            if least > bar:
                continue
            chosen = [(item, parties.choose(item.parties, bar, least)) for item in worked]
            right = sum(
                item.weight * len({id(item.gold_of[id(c)]) for c in cs if item.bound(c)})
                for item, cs in chosen
            )
            said = sum(item.weight * len(cs) for item, cs in chosen)
            found.setdefault(least, {})[bar] = 2 * right / (said + gold)
    bar_of = {least: peak(scores) for least, scores in found.items()}
    least = peak({least: found[least][bar] for least, bar in bar_of.items()})
    return bar_of[least], least


def _signers(item: Worked) -> int:
    return sum(len(party.people) for event in item.events for party in event.parties)
