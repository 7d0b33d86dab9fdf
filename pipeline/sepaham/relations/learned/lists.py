"""Bodies that stand in one list ("A, B dan C"): all of a list are bound, or none."""

from collections.abc import Sequence
from itertools import pairwise

from sepaham.relations.learned.parties import Candidate
from sepaham.relations.runs import BRACKET, SEPARATOR

Edges = set[tuple[int, int]]


def mates(text: str, bodies: Sequence[Candidate]) -> list[set[int]]:
    """For each body (by index) the others that stand in a list with it; offices do not count."""
    namings = sorted(
        (n.mention.start, n.mention.end, index)
        for index, body in enumerate(bodies)
        for n in body.namings
        if n.mention.label != "ROLE"
    )
    edges: Edges = {
        (min(one, two), max(one, two))
        for (_, end, one), (start, _, two) in pairwise(namings)
        if one != two and end < start and SEPARATOR.fullmatch(BRACKET.sub("", text[end:start]))
    }
    lists = {index: part for part in parts(set(range(len(bodies))), edges) for index in part}
    return [lists[index] - {index} for index in range(len(bodies))]


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
