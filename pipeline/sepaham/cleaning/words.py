"""The word lists of `resources/cleaning/`, ready for use."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from sepaham import lexicon

_HEAD = 3


@cache
def words(name: str, key: str) -> frozenset[str]:
    """The list `key` of `resources/cleaning/<name>.toml`."""
    return frozenset(lexicon.toml(f"cleaning/{name}.toml")[key])


def alternatives(name: str, key: str) -> str:
    """The list as a pattern, longest first, any white space between words."""
    return lexicon.choice(sorted(words(name, key), key=lambda word: (-len(word), word)))


class Finder:
    """Finds a pattern in a long text fast: it is tried only where one of its beginnings stands.

    A pattern that opens with a look-behind or a long choice is tried by `re` at every letter, which costs 20
    times as much.
    """

    def __init__(self, pattern: str, beginnings: Iterable[str]) -> None:
        """`beginnings`: what every match begins with, letter for letter; three letters are enough."""
        heads = sorted({beginning[:_HEAD] for beginning in beginnings})
        self._heads = re.compile("|".join(map(re.escape, heads)))
        self._pattern = re.compile(pattern)
        self.match = self._pattern.match

    def finditer(self, text: str, start: int = 0, stop: int | None = None) -> Iterator[re.Match[str]]:
        """The matches in order, without overlaps, as `re.Pattern.finditer` gives them."""
        end = len(text) if stop is None else stop
        while head := self._heads.search(text, start, end):
            found = self._pattern.match(text, head.start(), end)
            if found:
                yield found
            start = max(found.end() if found else 0, head.start() + 1)

    def search(self, text: str, start: int = 0, stop: int | None = None) -> re.Match[str] | None:
        """The first match."""
        return next(self.finditer(text, start, stop), None)


def forms(phrases: Iterable[str]) -> list[str]:
    """The phrases as written, with one capital in front, with capitals, all in capitals; longest first."""
    written = {form for p in phrases for form in (p, p[:1].upper() + p[1:], p.title(), p.upper())}
    return sorted(written, key=lambda form: (-len(form), form))
