"""Finds training texts that are equal or nearly equal to a test text."""

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"\w+")


def shingles(text: str, length: int) -> frozenset[tuple[str, ...]]:
    """The runs of `length` words, lower case, without punctuation; the whole text where it has fewer
    words."""
    words = tuple(_WORD.findall(text.lower()))
    if len(words) <= length:
        return frozenset([words]) if words else frozenset()
    return frozenset(words[n : n + length] for n in range(len(words) - length + 1))


class NearCopies:
    """The test texts; `holds(text)` says whether a text shares most of its words' runs with one of them.

    The share is taken of the shorter text, so that an article which holds a test sentence is a copy too,
    and so is a sentence out of a test article.
    """

    def __init__(self, tests: Iterable[str], length: int = 5, share: float = 0.5) -> None:
        """Index the test texts."""
        self._length, self._share = length, share
        self._sizes: list[int] = []
        self._where: dict[tuple[str, ...], list[int]] = {}
        for number, text in enumerate(tests):
            runs = shingles(text, length)
            self._sizes.append(len(runs))
            for run in runs:
                self._where.setdefault(run, []).append(number)

    def holds(self, text: str) -> bool:
        """Whether the text is nearly the same as, part of, or holds a test text."""
        runs = shingles(text, self._length)
        common = Counter(number for run in runs for number in self._where.get(run, ()))
        return any(n >= self._share * min(len(runs), self._sizes[number]) for number, n in common.items())
