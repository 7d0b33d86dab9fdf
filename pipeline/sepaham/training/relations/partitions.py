"""Fits the judge of who stands together: of all ways to part the parties of an article that is the best by
which the agreements are most like those of the gold."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sepaham.relations.learned import members, partitions
from sepaham.relations.learned.judge import Features, Judge, Judges
from sepaham.training.relations.joint import Second

# Chosen on the folds, where values around them give much the same.
_RIDGE = 3.0
_SHARP = 0.6  # how much worse a way may be to be nearly as good
_STEPS = 30
_CLOSE = 1e-9
Values = npt.NDArray[np.float64]


class Compared(NamedTuple):
    """The ways to part the parties of one article, and how like the gold each is."""

    ways: list[Features]
    likeness: list[float]


def fit_partitions(seconds: Sequence[Second], judges: Judges) -> Judge:
    """The judge of partitions; `judges` are the others, with their bars. A choice knows no bias, no bar."""
    found = [one for second in seconds for one in compared(second, judges)]
    return fit_choice(found)


def compared(one: Second, judges: Judges) -> Iterator[Compared]:
    """The ways of an article with an agreement, where there are several."""
    item, look = one.item, one.copied()
    if not item.events or not look.bodies or not look.reading.triggers:
        return
    named, ruled, _ = members.bound(look, judges)
    ways = partitions.ways(look, named, ruled, judges)
    if len(ways) > 1:
        gold = [item.gold_party(body) for body in named]
        names = [party.name if party else None for party in gold]
        bound = [{party.name for party in event.parties} for event in item.events]
        likeness = [like([[names[n] for n in g] for g in w.groups], bound) for w in ways]
        yield Compared([way.features for way in ways], likeness)


def like(found: Sequence[Sequence[str | None]], gold: Sequence[set[str]]) -> float:
    """How like the gold agreements are, 0 to 4: F1 of parties, of pairs, of agreements, and of those that are
    right as a whole. `found` has None for a body that is no party."""
    pairs: list[tuple[int, int]] = []
    ranked = sorted(
        (
            (len(gold[b].intersection(own)), -len(own), a, b)
            for a, own in enumerate(found)
            for b in range(len(gold))
        ),
        reverse=True,
    )
    for shared, _, a, b in ranked:
        if shared and not any(a == one or b == two for one, two in pairs):
            pairs.append((a, b))
    common = [len(gold[b].intersection(found[a])) for a, b in pairs]
    whole = sum(n == len(found[a]) == len(gold[b]) for n, (a, b) in zip(common, pairs, strict=True))
    mine, theirs = [len(own) for own in found], [len(own) for own in gold]
    return (
        _f1(sum(common), sum(mine), sum(theirs))
        + _f1(*(sum(n * (n - 1) // 2 for n in sizes) for sizes in (common, mine, theirs)))
        + _f1(len(pairs), len(found), len(gold))
        + _f1(whole, len(found), len(gold))
    )


def _f1(right: int, found: int, gold: int) -> float:
    return 2 * right / (found + gold) if found + gold else 1.0


def fit_choice(found: Sequence[Compared]) -> Judge:
    """A multinomial choice: the odds of a way are linear in its features, and its share among all ways of the
    article is to be that of how like the gold it is. By Newton's steps with a ridge."""
    names = sorted({name for one in found for way in one.ways for name in way})
    ways = [np.array([[way.get(name, 0.0) for name in names] for way in one.ways]) for one in found]
    if not ways:
        return Judge({}, 0.0)
    spread = np.concatenate(ways).std(axis=0)
    scale = np.where(spread > 1e-6, spread, np.inf)  # a constant tells no ways apart
    shares = [_shares(np.array(one.likeness) / _SHARP) for one in found]
    weights = _solved([x / scale for x in ways], shares)
    return Judge({n: round(float(w), 4) for n, w in zip(names, weights / scale, strict=True)}, 0.0)


def _shares(odds: Values) -> Values:
    raised = np.exp(odds - odds.max())
    shares: Values = raised / raised.sum()
    return shares


def _solved(ways: Sequence[Values], wanted: Sequence[Values]) -> Values:
    weights: Values = np.zeros(ways[0].shape[1])
    for _ in range(_STEPS):
        slope, curve = _RIDGE * weights, _RIDGE * np.eye(len(weights))
        for x, share in zip(ways, wanted, strict=True):
            given = _shares(x @ weights)
            middle = given @ x
            slope += x.T @ (given - share)
            curve += (x.T * given) @ x - np.outer(middle, middle)
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < _CLOSE:
            break
    return weights
