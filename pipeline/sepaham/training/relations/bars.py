"""The chance from which a judge says yes: where F1 over the gold is highest, misses counted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from sepaham.relations.learned import clauses, events, parties
from sepaham.relations.learned.judge import Judge
from sepaham.training.relations.rows import Row, Worked

Judged = tuple[float, bool, float]
"""A chance, whether it is right, and how much it counts."""
_LEASTS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)


def best_bar(judged: Iterable[Judged], gold: float) -> float:
    """The bar of the highest F1; `gold` is the weight of what there is to be found."""
    best, bar, right, said = 0.0, 0.5, 0.0, 0.0
    ranked = sorted(judged, reverse=True)
    for n, (chance, is_right, weight) in enumerate(ranked, 1):
        said += weight
        right += weight * is_right
        f1 = 2 * right / (said + gold)
        if f1 > best:
            following = ranked[n][0] if n < len(ranked) else 0.0
            best, bar = f1, (chance + following) / 2
    return round(bar, 3)


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
    for slot, count in _MANY.items():
        every = [pair for i in agreements for pair in judged_rows(judges[slot], i.base[slot], i.weight)]
        bars[slot] = best_bar(every, sum(count(item) * item.weight for item in agreements))
    words = [pair for item in agreements for pair in _words(judges["commitment"], item)]
    bars["commitment"] = best_bar(words, sum(weight for _, right, weight in words if right))
    people = [
        (signer.chance, item.signs(signer), item.weight) for item in agreements for signer in item.signers
    ]
    bars["signer_joint"] = best_bar(people, sum(_signers(item) * item.weight for item in agreements))
    bars["party_joint"], least = _party_bars(agreements)
    bars["together"] = _together_bar(judges["together"], agreements)
    for slot, bar in bars.items():
        found[slot] = replace(found[slot], bar=bar)
    found["second_party"] = Judge({}, 0.0, least)
    return found


def _together_bar(judge: Judge, worked: Sequence[Worked]) -> float:
    """The bar with which most articles are split into as many agreements as they have."""
    best, bar = -1.0, 0.5
    for tried in (n / 100 for n in range(20, 81, 5)):
        right = 0.0
        for item in worked:
            bound = sorted((c for c in item.parties if item.bound(c)), key=lambda c: c.first)
            if len(bound) > 1:
                found = events.groups(item.reading, bound, replace(judge, bar=tried))
                right += item.weight * (len(found) == len(item.events))
        if right > best:
            best, bar = right, tried
    return bar


def _words(judge: Judge, item: Worked) -> list[Judged]:
    chances = map(float, clauses.word_chances(item.reading, judge))
    return [(c, right, item.weight) for c, right in zip(chances, item.in_commitment(), strict=True)]


def _party_bars(worked: Sequence[Worked]) -> tuple[float, float]:
    """The bar, and the lower one that the two likeliest bodies of an article need."""
    gold = sum(item.weight * len({p.name for e in item.events for p in e.parties}) for item in worked)
    best, bars = 0.0, (0.5, 0.3)
    for bar in (n / 100 for n in range(20, 86, 3)):
        for least in _LEASTS:
            if least > bar:
                continue
            chosen = [(item, parties.choose(item.parties, bar, least)) for item in worked]
            right = sum(
                item.weight * len({id(item.gold_of[id(c)]) for c in cs if item.bound(c)})
                for item, cs in chosen
            )
            f1 = 2 * right / (sum(item.weight * len(cs) for item, cs in chosen) + gold)
            if f1 > best:
                best, bars = f1, (bar, least)
    return bars


def _signers(item: Worked) -> int:
    return sum(len(party.people) for event in item.events for party in event.parties)


def _papers(kind: str) -> Callable[[Worked], int]:
    return lambda item: sum(row.right for row in item.base[kind])


_MANY = {"field": _papers("field"), "type": _papers("type")}
