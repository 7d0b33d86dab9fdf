"""Which reports are worth comparing: those that share two parties, or one and more, in the same time.

A block holds the reports under one key; within it, a sweep over the days pairs those whose stretches meet.
What a report is compared with is bounded, so that the work grows with the number of reports, not its square.
"""

from array import array
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from sepaham.ledger.reports import Body, Report
from sepaham.ledger.times import Days, windows

PAIRED = 8
"""Parties of a report that are paired for keys; a ceremony of a hundred is found by any two of them."""

NARROW = 62
"""Days that a stretch may have where the key holds one party only."""

NEIGHBOURS = 60
"""Reports that one is compared with in a block, those that begin nearest before it."""

STEMS = 3
LOOSE = 4

Ints = npt.NDArray[np.int64]


class _Rows:
    """One row a key, stretch and report; keys become numbers as they come."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self._columns = (array("q"), array("q"), array("q"), array("q"))

    def add(self, key: str, days: Days, report: int) -> int:
        number = self.numbers.setdefault(key, len(self.numbers))
        row = (number, days[0], days[1], report)
        for column, value in zip(self._columns, row, strict=True):
            column.append(value)
        return number

    def shared(self) -> Ints:
        """The rows whose key has several reports, sorted by key, first day, last day, report."""
        table = np.column_stack([np.frombuffer(column, dtype=np.int64) for column in self._columns])
        counts = np.bincount(table[:, 0], minlength=1)
        table = table[counts[table[:, 0]] > 1]
        return table[np.lexsort(table.T[::-1])]


def candidates(reports: Sequence[Report]) -> Iterator[tuple[int, int]]:
    """Pairs (i, j), i < j, of places in `reports` that may be of one agreement; each pair once.

    `reports` must be sorted by key: the result then hangs on nothing but their content. A pair is given out
    in the first block that both are in, so that no set of all pairs is kept.
    """
    if not reports:
        return
    rows = _Rows()
    keys = [_enter(rows, number, report) for number, report in enumerate(reports)]
    table = rows.shared()
    if not len(table):
        return
    starts = np.flatnonzero(np.diff(table[:, 0], prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(table)], strict=True):
        key = int(table[start, 0])
        block = table[start:end, 1:].tolist()
        found = {(min(a, b), max(a, b)) for a, b in _sweep(block) if a != b}
        yield from sorted(pair for pair in found if _first_shared(keys[pair[0]], keys[pair[1]]) == key)


def _first_shared(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return next(key for key in one if key in other)


def _sweep(block: list[list[int]]) -> Iterator[tuple[int, int]]:
    active: list[list[int]] = []
    for row in block:
        active = [item for item in active if item[1] >= row[0]][-NEIGHBOURS:]
        for item in active:
            yield item[2], row[2]
        active.append(row)


def _enter(rows: _Rows, number: int, report: Report) -> tuple[int, ...]:
    """Enter a report under its keys, and give the keys, those of two parties first."""
    spans = windows(report.status, report.dated, report.published)
    found = [rows.add(key, span, number) for key in _double(report) for span in spans]
    hull = (min(first for first, _ in spans), max(last for _, last in spans))
    if hull[1] - hull[0] <= NARROW:
        found += [rows.add(key, hull, number) for key in _single(report)]
    if report.dated and report.dated[0] == report.dated[1]:
        found += [rows.add(f"d{report.dated[0]}|{name}", report.dated, number) for name in _names(report)]
    if len(report.number) > 5:
        found.append(rows.add(f"n|{report.number}", hull, number))
    return tuple(dict.fromkeys(found))


def _names(report: Report) -> list[str]:
    bodies = report.bodies[:PAIRED]
    return sorted({body.key for body in bodies} | {body.owner for body in bodies if body.owner})


def _double(report: Report) -> list[str]:
    """Two parties by name, or by a word where they have no code: "Astra Otoparts", "PT Astra Otoparts"."""
    names = _names(report)
    loose = [(body, _longest(body)) for body in report.bodies[:PAIRED] if not body.code]
    known = {
        (name, word)
        for body, words in loose
        for word in words
        for name in names
        if name not in (body.key, body.owner)
    }
    unknown = {
        (min(a, b), max(a, b))
        for (_, one), (_, other) in combinations(loose[:LOOSE], 2)
        for a in one
        for b in other
    }
    by_name = [f"p|{a}|{b}" for a, b in combinations(names, 2)]
    return by_name + [f"w|{a}|{b}" for a, b in sorted(known)] + [f"v|{a}|{b}" for a, b in sorted(unknown)]


def _longest(body: Body) -> list[str]:
    return sorted(body.words, key=lambda w: (-len(w), w))[:2]


def _single(report: Report) -> list[str]:
    """A party with what it is about, or with who signed."""
    stems = sorted(report.topic, key=lambda w: (-len(w), w))[:STEMS]
    people = [name for name in report.people if " " in name][:STEMS]
    clues = [*(f"t|{stem}" for stem in stems), *(f"s|{person}" for person in people)]
    return [f"{clue}|{name}" for name in _names(report) for clue in clues]
