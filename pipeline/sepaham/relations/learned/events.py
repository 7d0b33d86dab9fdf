"""Several agreements in one article: which parties stand together, and which sentences tell of which."""

import math
from collections.abc import Sequence

from sepaham.relations.learned.judge import Judge
from sepaham.relations.learned.parties import Candidate
from sepaham.relations.learned.reading import Reading

_MOST_PARTIES = 14  # with more, an article is a list of partners of one ceremony
_LIKELY = 0.3  # a date from this chance on counts as one of a signing
Edges = set[tuple[int, int]]


def pair_features(reading: Reading, one: Candidate, two: Candidate, count: int) -> dict[str, float]:
    """Are two parties, of `count`, bound by the same agreement?"""
    a, b = ({n.sentence for n in c.namings} for c in (one, two))
    shared = a & b
    told = set(reading.trigger_score)
    titles = {s.index for s in reading.view.sentences if s.in_title}
    dates = {
        d.value
        for d in reading.view.document.dates
        if reading.chances.of(d.start, d.end, "date") > _LIKELY and d.value
    }
    return {
        "shared": math.log1p(len(shared)),
        "shared_any": float(bool(shared)),
        "shared_told": float(bool(shared & told)),
        "shared_title": float(bool(shared & titles)),
        "apart": math.log1p(min(abs(x - y) for x in a for y in b)),
        "told_apart": math.log1p(min((abs(x - y) for x in a & told for y in b & told), default=9)),
        "two": float(count == 2),
        "count": math.log1p(count),
        "dates": float(min(3, len(dates))),
        "triggers": math.log1p(len(told)),
        "same_kind": float(one.body.link.level == two.body.link.level != "none"),
        "listed": float(abs(one.first - two.first) < 120),
    }


def groups(reading: Reading, parties: Sequence[Candidate], judge: Judge) -> list[list[int]]:
    """The parties (by index) of each agreement, in the order of the article; a host may be in several.

    Parties that are not bound together are agreements of their own; so are the partners of one host, where
    no two of them are bound.
    """
    count = len(parties)
    if not 2 < count <= _MOST_PARTIES:
        return [list(range(count))]
    edges: Edges = {
        (i, j)
        for i in range(count)
        for j in range(i + 1, count)
        if judge.chance(pair_features(reading, parties[i], parties[j], count)) >= judge.bar
    }
    whole = parts(set(range(count)), edges)
    pairs = [part for part in whole if len(part) > 1]
    if not pairs:
        return [list(range(count))]
    # A party that nothing binds goes with the first agreement: better one too many there than a row of one.
    pairs[0] |= set(range(count)) - set().union(*pairs)
    found = [group for part in pairs for group in _by_host(part, edges)]
    return [sorted(group) for group in found]


def parts(nodes: set[int], edges: Edges) -> list[set[int]]:
    """Connected parts in the order of their first node."""
    left, found = set(nodes), []
    while left:
        part, todo = set(), [min(left)]
        while todo:
            node = todo.pop()
            if node in part:
                continue
            part.add(node)
            todo += [b if a == node else a for a, b in edges if node in (a, b) and {a, b} <= nodes]
        found.append(part)
        left -= part
    return found


def _by_host(part: set[int], edges: Edges) -> list[set[int]]:
    """The part as it is, or split where one host holds it together."""
    if len(part) > 2:
        for host in sorted(part):
            others = parts(part - {host}, edges)
            bound = all(any(tuple(sorted((host, n))) in edges for n in other) for other in others)
            if len(others) > 1 and bound:
                return [other | {host} for other in others]
    return [part]


def homes(
    reading: Reading, parties: Sequence[Candidate], found: Sequence[Sequence[int]]
) -> list[frozenset[int]]:
    """The sentences (by number) of each agreement: where its own parties are named, and what follows.

    A sentence that names parties of several is one of each; what stands before any is one of all.
    """
    own = [
        {n.sentence for i in group if sum(i in other for other in found) == 1 for n in parties[i].namings}
        for group in found
    ]
    result: list[set[int]] = [set() for _ in found]
    last = list(range(len(found)))
    for sentence in reading.view.sentences:
        here = [n for n, places in enumerate(own) if sentence.index in places]
        if here and not sentence.in_title:
            last = here
        for n in here or last:
            result[n].add(sentence.index)
    return [frozenset(places) for places in result]
