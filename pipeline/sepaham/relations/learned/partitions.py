"""Which parties of an article stand together: the likely ways to part them into agreements, each weighed as a
whole; the rules of `events` propose, the judge decides."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from sepaham.relations.learned import events, members, units
from sepaham.relations.learned.joint import Look
from sepaham.relations.learned.judge import Features, Judge, Judges
from sepaham.relations.learned.parties import Candidate
from sepaham.relations.learned.partition_features import Ground, Partition

LEAST = 3
"""Parties from which there is more than one way."""
_ALWAYS = Judge({}, 0.0, bar=0.0)


class Way(NamedTuple):
    """One way to part the parties (by index), what proposes it, and what the judge sees of it."""

    proposed: str
    groups: list[list[int]]
    features: Features


class Parted(NamedTuple):
    """The parties of an article in its order, those of each agreement (by index), and who went at the third
    look; then who was left, and the ways to part these that were weighed, the chosen one first."""

    parties: list[Candidate]
    groups: list[list[int]]
    gone: list[members.Gone]
    named: list[Candidate]
    ways: list[Way]


def bound(look: Look, judges: Judges) -> Parted:
    """Who is bound by which agreement."""
    named, ruled, gone = members.bound(look, judges)
    found = ranked(look, named, ruled, judges)
    groups = found[0].groups
    kept = sorted({n for group in groups for n in group})
    renumbered = [[kept.index(n) for n in group] for group in groups]
    return Parted([named[n] for n in kept], renumbered, gone, named, found)


def ranked(look: Look, parties: Sequence[Candidate], ruled: Partition, judges: Judges) -> list[Way]:
    """The ways to part the parties, the likeliest first; `ruled` is what the rules say."""
    return sorted(ways(look, parties, ruled, judges), key=lambda way: -judges["partition"].odds(way.features))


def ways(look: Look, parties: Sequence[Candidate], ruled: Partition, judges: Judges) -> list[Way]:
    """The ways to part the parties, that of the rules first."""
    named = possible(look, parties, ruled)
    if len(named) == 1:
        return [Way(kind, groups, {}) for kind, groups in named]
    ground = Ground(look, parties, judges)
    return [Way(kind, groups, ground.features(kind, groups)) for kind, groups in named]


def possible(look: Look, parties: Sequence[Candidate], ruled: Partition) -> list[tuple[str, list[list[int]]]]:
    """What may be: as the rules say; one agreement of all; several, as sentences bind the parties, with those
    that they leave out or without; what one sentence binds alone; one party with each of the others."""
    count = len(parties)
    found = [("rules", [list(group) for group in ruled])]
    if not LEAST <= count <= events.MOST_PARTIES:
        return found
    bound = [sorted(one) for one in events.parting(events.statements(look.reading, parties), count)]
    more = [("whole", [list(range(count))]), ("several", events.groups(look.reading, parties, _ALWAYS))]
    more += [("told", bound)] if bound else []
    more += [("told_once", [one]) for one in bound]
    more += [("hub", [sorted((hub, n)) for n in range(count) if n != hub]) for hub in range(count)]
    for kind, sides in more:
        if any(units.alone(parties, group) for group in sides):
            continue
        groups = units.parted(parties, sides)
        alike = any(sorted(groups) == sorted(other) for _, other in found)
        if not alike and all(len(group) > 1 for group in groups):
            found.append((kind, groups))
    return found


def shares(found: Sequence[Way], judge: Judge) -> list[float]:
    """How likely each way is among the others."""
    odds = [judge.odds(way.features) for way in found]
    raised = [math.exp(one - max(odds)) for one in odds]
    return [one / sum(raised) for one in raised]
