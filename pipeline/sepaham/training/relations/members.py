"""Fits the third look at the parties, on agreements that are put together by chances of the second look which
were not learned from the article."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sepaham.relations.learned import members, units
from sepaham.relations.learned.judge import Judge, Judges
from sepaham.training.relations.fit import fit, with_trees
from sepaham.training.relations.joint import Second
from sepaham.training.relations.rows import Row

# Who goes by mistake is missed with a tie to every other party; who stays by mistake is but one too many.
_BAR = 0.3


def fit_members(seconds: Sequence[Second], judges: Judges) -> Judge:
    """The judge of members; `judges` have their bars. Articles of all sources count the same."""
    found = [row for one in seconds for row in rows(one, judges)]
    return replace(with_trees(fit(found), found), bar=_BAR)


def rows(one: Second, judges: Judges) -> Iterator[Row]:
    """The parties of every agreement of a fit size. Of two that are one gold party the less likely is wrong,
    and the other teaches nothing: it is right, but stands beside its double."""
    item, look = one.item, one.copied()
    if not item.events or not look.bodies or not look.reading.triggers:
        return
    named, groups = units.bound(look, judges)
    for group in groups:
        if not members.LEAST <= len(group) <= members.MOST:
            continue
        bodies = [named[n] for n in group]
        gold = [item.gold_party(body) for body in bodies]
        found = members.features(look, bodies, judges, len(groups))
        for n, (own, features) in enumerate(zip(gold, found, strict=True)):
            twins = [k for k, other in enumerate(gold) if own is not None and other is own and k != n]
            better = any((bodies[k].chance, -k) > (bodies[n].chance, -n) for k in twins)
            if better or not twins:
                yield Row(features, own is not None and not better)
