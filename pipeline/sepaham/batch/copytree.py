"""Who copied whom: the members of a family of copies, in the order of their dates."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sepaham.batch.sketch import Sketch, likeness

_LOOKED_AT = 20
"""Earlier members that a copy is compared with: the first twenty hold the original."""


class Member(NamedTuple):
    """One of several copies; `seq` is its place in the input."""

    seq: int
    article_id: str
    digest: int
    sketch: Sketch | None


class Place(NamedTuple):
    """Where a member stands: the root of its family, the member it was likeliest copied from, how similar.

    The root was copied from none.
    """

    seq: int
    root: str
    copied_from: str | None
    similarity: float | None


def date_order(published: str | None) -> str:
    """What to sort members by: of a month the last day counts, and a missing date comes last."""
    return (published or "9999").ljust(len("2024-04-27"), "~")


def places(members: Iterable[Member]) -> Iterator[Place]:
    """The place of every member; they come in the order of their dates, those of a day in that of the input.

    The root is the first; each other member was copied from the most similar one of those before it.
    """
    earlier: list[Member] = []
    for member in members:
        if not earlier:
            yield Place(member.seq, member.article_id, None, None)
        else:
            alike = [_similarity(member, other) for other in earlier]
            source = earlier[alike.index(max(alike))]
            yield Place(member.seq, earlier[0].article_id, source.article_id, max(alike))
        if len(earlier) < _LOOKED_AT:
            earlier.append(member)


def _similarity(one: Member, two: Member) -> float:
    """From 0 to 1, three digits; 1 for the same text."""
    if one.digest == two.digest:
        return 1.0
    if one.sketch is None or two.sketch is None:
        return 0.0
    return round(likeness(one.sketch, two.sketch).similarity, 3)
