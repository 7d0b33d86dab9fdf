"""One value out of what several sources say: a vote for each of them, and what lost stays visible."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """What one report says: `rank` is the place of the report, the leading one first."""

    origin: str
    rank: int
    value: T


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """The value that won, the sources for it and those that say any, and each other value's sources."""

    value: T
    votes: int
    of: int
    others: tuple[tuple[T, int], ...] = ()


def choose(
    said: Sequence[Said[T]], same: Callable[[T], Hashable], weight: Callable[[T], float] = lambda _: 0.0
) -> Choice[T] | None:
    """The value of the most sources; of equals the one of more `weight`, then that of the leading report.

    `same` gives the key under which two values are one. A source votes once, with what its leading report
    says: copies of one text are one source. None where nobody says anything.
    """
    by_key: dict[Hashable, list[Said[T]]] = {}
    for item in first_of_each(said):
        by_key.setdefault(same(item.value), []).append(item)
    if not by_key:
        return None
    ordered = sorted(by_key.values(), key=lambda g: (-len(g), -weight(_best(g, weight).value), g[0].rank))
    winner, *rest = ordered
    others = tuple((_best(group, weight).value, len(group)) for group in rest)
    return Choice(_best(winner, weight).value, len(winner), sum(map(len, ordered)), others)


def _best(group: Sequence[Said[T]], weight: Callable[[T], float]) -> Said[T]:
    return min(group, key=lambda item: (-weight(item.value), item.rank))


def first_of_each(said: Iterable[Said[T]]) -> list[Said[T]]:
    """What the leading report of every source says, in the order of the reports."""
    found: dict[str, Said[T]] = {}
    for item in sorted(said, key=lambda item: item.rank):
        found.setdefault(item.origin, item)
    return list(found.values())


def sources(said: Iterable[Said[T]]) -> int:
    """The number of independent sources among reports."""
    return len({item.origin for item in said})
