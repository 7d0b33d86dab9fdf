"""A third look at the parties, once it is known who stands together: which of an agreement's parties is none.

Of three or more that are each likely by themselves one is often the other side of another, or a bystander.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from sepaham.relations.kinds import kind_of
from sepaham.relations.learned import events, units
from sepaham.relations.learned.chances import logit
from sepaham.relations.learned.joint import Look
from sepaham.relations.learned.judge import Features, Judges
from sepaham.relations.learned.kinship import Member, closest, member
from sepaham.relations.learned.lists import mates
from sepaham.relations.learned.parties import Candidate
from sepaham.relations.names import normal

LEAST, MOST = 3, 6
"""Parties of an agreement that are looked at: of two both stay, and long lists are bound as a whole."""
_EVEN = 0.5
_UNSIGNED = 0.3  # chance below which nobody signs for a party
_OF_ARTICLE = ("apart_any", "counted", "turns", "ordinals", "kinds", "papers", "statements", "all")
_OF_PARTY = ("party_max", "office_only", "place_only", "title", "known", "trigger", "first")


class Gone(NamedTuple):
    """A body that is no party of an agreement after all, and what the judge saw of it."""

    candidate: Candidate
    features: dict[str, float]


class Bound(NamedTuple):
    """The parties of an article in its order, those of each agreement (by index), and who went."""

    parties: list[Candidate]
    groups: list[list[int]]
    gone: list[Gone]


def bound(look: Look, judges: Judges) -> Bound:
    """Who is bound by which agreement, by all three looks."""
    named, groups = units.bound(look, judges)
    gone: list[Gone] = []
    kept = [_kept(look, named, group, judges, len(groups), gone) for group in groups]
    left = sorted({n for group in kept for n in group})
    return Bound([named[n] for n in left], [[left.index(n) for n in group] for group in kept], gone)


def _kept(
    look: Look,
    named: Sequence[Candidate],
    group: Sequence[int],
    judges: Judges,
    count: int,
    gone: list[Gone],
) -> list[int]:
    """The group without the least likely below the bar, one after another."""
    kept, judge = list(group), judges["member"]
    while LEAST <= len(kept) <= MOST:
        found = features(look, [named[n] for n in kept], judges, count)
        chances = [(judge.chance(own), n) for n, own in enumerate(found) if not _signs_for_itself(own)]
        chance, least = min(chances, default=(judge.bar, 0))
        if chance >= judge.bar:
            break
        gone.append(Gone(named[kept.pop(least)], found[least]))
    return kept


def _signs_for_itself(own: Features) -> bool:
    """A company beside its kin, each with a signer: it is a legal person, however alike the names are."""
    return own.get("kin_both_signed", 0.0) > _EVEN and any(own.get(f"kind_{k}") for k in units.OWN_PERSONS)


def features(look: Look, group: Sequence[Candidate], judges: Judges, count: int) -> list[dict[str, float]]:
    """What the judge of members sees of each party of an agreement, one of `count` of the article."""
    reading = look.reading
    at = {id(body): n for n, body in enumerate(look.bodies)}
    listed = mates(reading.view.text, look.bodies)
    members = _members(look, group, [at[id(c)] for c in group])
    places = frozenset(w for m in reading.mentions if m.label == "GPE" for w in normal(m.text).split())
    told = events.statements(reading, group)
    article = events.several_features(reading, told, len(group))
    common = {f"article_{name}": article[name] for name in _OF_ARTICLE}
    common |= {"size": float(len(group)), "agreements": float(count)}
    common |= {"told_of_all": float(any(len(one) == len(group) for one in told))}
    found = []
    for n, own in enumerate(group):
        mated = sum(at[id(c)] in listed[at[id(own)]] for c in group if c is not own)
        kin = closest(reading, members, n, places)
        found.append(
            {
                **common,
                **{name: own.features[name] for name in _OF_PARTY},
                **_among(members, n),
                **_together(look, group, n, judges),
                **{f"kin_{name}": value for name, value in kin.items()},
                "kin": float(bool(kin)),
                f"kind_{kind_of(own.body)}": 1.0,
                "times": math.log1p(len(own.namings)),
                "words": float(min(8, len(own.body.name.split()))),
                "mates": math.log1p(mated),
                "told": float(sum(n in one for one in told)),
                "told_without": float(sum(n not in one for one in told)),
            }
        )
    return found


def _members(look: Look, group: Sequence[Candidate], at: Sequence[int]) -> list[Member]:
    """The parties with the chances that somebody signs for them; `at` are their places among the bodies."""
    signs = [look.signs(n) for n in at]
    best = [max(of_all) for of_all in zip(*signs, strict=True)]
    owned = [max((s for s, top in zip(own, best, strict=True) if s >= top), default=0.0) for own in signs]
    return [
        member(look.reading, candidate, max(sign, default=0.0), own)
        for candidate, sign, own in zip(group, signs, owned, strict=True)
    ]


def _among(members: Sequence[Member], n: int) -> dict[str, float]:
    """The chances of a party, and that somebody signs for it, among those of the others."""
    own, others = members[n], [m for k, m in enumerate(members) if k != n]
    chances = sorted((m.candidate.chance for m in others), reverse=True)
    signs = sorted((m.sign for m in others), reverse=True)
    mean = sum(signs) / len(signs)
    return {
        "chance": logit(own.candidate.chance),
        "chance_second": logit(chances[1]),
        "chance_least": logit(chances[-1]),
        "least": float(own.candidate.chance <= chances[-1]),
        "sign": own.sign,
        "own": own.own,
        "sign_second": signs[1],
        "sign_least": signs[-1],
        "sign_mean": mean,
        "unsigned": mean if own.sign < _UNSIGNED else 0.0,
        "titles": sum(m.candidate.features["title"] for m in others) / len(others),
        "alike": sum(kind_of(m.candidate.body) == kind_of(own.candidate.body) for m in others) / len(others),
    }


def _together(look: Look, group: Sequence[Candidate], n: int, judges: Judges) -> dict[str, float]:
    """How likely one agreement binds a party and each of the others."""
    judge = judges["together"]
    pairs = [
        events.pair_features(look.reading, group[n], other, len(group))
        for k, other in enumerate(group)
        if k != n
    ]
    chances = sorted((judge.chance(pair) for pair in pairs), reverse=True)
    return {
        "bound_top": chances[0],
        "bound_second": chances[1],
        "bound_mean": sum(chances) / len(chances),
    }
