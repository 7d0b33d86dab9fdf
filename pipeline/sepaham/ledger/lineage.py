"""Which paper follows which: LoI -> kesepakatan bersama -> PKS, and the longer term of an earlier paper.

Worked out before the facts are merged, from what matching knows of the reports, so that it needs no texts.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, NamedTuple

from sepaham.ledger.compare import alike
from sepaham.ledger.law import paper
from sepaham.ledger.reports import Body, Report
from sepaham.ledger.words import general_stems

How = Literal["follows", "extends"]

RANKS = {"loi": 0, "mou": 1, "mou_pks": 1, "pks": 2}
OTHER = 3
WITHIN = 5 * 366
LOOK_BACK = 40
SAME_TOPIC = 0.2
FEW_STEMS = 3
PAIRED = 8


@dataclass(frozen=True, slots=True)
class Heading:
    """What is known of an entry before its facts are merged; `members` are reports, the leading first.

    `since` is the first day of the date, else of the first publication (ordinal; None if neither is known).
    """

    ledger_id: str
    members: tuple[int, ...]
    lead: Report
    since: int | None
    docs: frozenset[str]
    topic: frozenset[str]
    extended: bool
    planned: bool


class Link(NamedTuple):
    """The earlier entry that an entry comes from, and how."""

    earlier: str
    how: How


class Fit(NamedTuple):
    """How an entry follows another: the nearest paper in rank first, then the nearest topic, then in time."""

    how: How
    rank: int
    topic: float
    nearness: int


@dataclass(frozen=True)
class Lineage:
    """Links by the later entry; `roots` names the first paper of each line, an entry without links itself."""

    links: dict[str, Link]
    later: dict[str, tuple[str, ...]]

    def root(self, ledger_id: str) -> str:
        """The first paper of the line that an entry is in."""
        seen = {ledger_id}
        while (link := self.links.get(ledger_id)) and link.earlier not in seen:
            ledger_id = link.earlier
            seen.add(ledger_id)
        return ledger_id


def lineage(headings: Sequence[Heading]) -> Lineage:
    """The links between entries; the order of the headings makes no difference."""
    links: dict[str, Link] = {}
    later: dict[str, set[str]] = defaultdict(set)
    for heading, earlier in _earlier(headings):
        found = [(fit, other) for other in earlier if (fit := _fit(heading, other))]
        if found:
            fit, best = max(
                found, key=lambda item: (item[0].how == "extends", *item[0][1:], item[1].ledger_id)
            )
            links[heading.ledger_id] = Link(best.ledger_id, fit.how)
            later[best.ledger_id].add(heading.ledger_id)
    return Lineage(links, {key: tuple(sorted(ids)) for key, ids in later.items()})


def _earlier(headings: Sequence[Heading]) -> Iterator[tuple[Heading, list[Heading]]]:
    """Each entry with those before it that share two of its parties, the nearest few of each pair."""
    dated = sorted((h for h in headings if h.since is not None), key=_order)
    by_pair: dict[tuple[str, str], list[Heading]] = defaultdict(list)
    for heading in dated:
        pairs = _pairs(heading.lead.bodies)
        near = {h.ledger_id: h for pair in pairs for h in by_pair[pair][-LOOK_BACK:]}
        if near:
            yield heading, [near[key] for key in sorted(near)]
        for pair in pairs:
            by_pair[pair].append(heading)


def _order(heading: Heading) -> tuple[int, int, str]:
    """By day; of one day the umbrella paper before the PKS under it."""
    assert heading.since is not None, "only dated ones are put in order"
    return heading.since, RANKS.get(paper(sorted(heading.docs), None), OTHER), heading.ledger_id


def _pairs(bodies: Sequence[Body]) -> list[tuple[str, str]]:
    """Two parties, a part under its body's name too: the PKS of a Dinas follows the MoU of its region."""
    names = {body.key for body in bodies[:PAIRED]} | {b.owner for b in bodies[:PAIRED] if b.owner}
    return list(combinations(sorted(names), 2))


def _fit(later: Heading, earlier: Heading) -> Fit | None:
    """How well an entry follows an earlier one, None if it does not."""
    assert later.since is not None, "only dated ones are compared"
    assert earlier.since is not None, "only dated ones are compared"
    gap = later.since - earlier.since
    share = _shared_topic(later.topic, earlier.topic)
    if gap > WITHIN or earlier.planned or share is None or not _same_parties(later, earlier):
        return None
    mine, theirs = (RANKS.get(paper(sorted(h.docs), None), OTHER) for h in (later, earlier))
    if later.extended:
        return Fit("extends", theirs, share, -gap) if mine == theirs and gap > 0 else None
    return Fit("follows", theirs, share, -gap) if theirs < mine < OTHER else None


def _shared_topic(later: frozenset[str], earlier: frozenset[str]) -> float | None:
    """The share of stems in common; 0 where one says too little, None where both speak of other things.

    An umbrella paper on everything (tridharma, pembangunan daerah) covers any later one.
    """
    few = min(len(later), len(earlier))
    if few < FEW_STEMS:
        return 0.0
    share = len(later & earlier) / min(few, 12)
    return share if share >= SAME_TOPIC or earlier & general_stems() else None


def _same_parties(later: Heading, earlier: Heading) -> bool:
    """Whether each party of the shorter list is in the longer one, as itself or as a part of it."""
    short, long = sorted((later.lead.bodies, earlier.lead.bodies), key=len)
    return len(short) > 1 and all(any(alike(a, b) for b in long) for a in short)
