"""The official urusan pemerintahan (UU 23/2014) of an agreement, by its words and fields."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from sepaham.lexicon import csv_rows
from sepaham.registry.text import key as folded

MOST = 3


class Urusan(NamedTuple):
    """One of the affairs: its official name and group, the fields that it covers, the words that show it."""

    name: str
    group: str
    fields: frozenset[str]
    words: re.Pattern[str]


@cache
def affairs() -> tuple[Urusan, ...]:
    """All affairs, in the order of the law."""
    return tuple(
        Urusan(
            row["name"],
            row["group"],
            frozenset(filter(None, row["fields"].split("|"))),
            re.compile(rf"\b(?:{row['words']})\b"),
        )
        for row in csv_rows("ledger/urusan.csv")
    )


def urusan(fields: Sequence[str], subject: str | None, commitments: Sequence[str]) -> tuple[str, ...]:
    """The affairs that an agreement is about, surest first, at most three; none where nothing shows one.

    The words of the subject count double. Where the words show none, the fields of cooperation decide.
    """
    title, rest = folded(subject or ""), folded(" . ".join(commitments))
    hits = [(2 * _hits(a, title) + _hits(a, rest) + bool(a.fields & set(fields)), a) for a in affairs()]
    shown = sorted((hit for hit in hits if hit[0] > 1), key=lambda hit: -hit[0])
    if not shown:
        shown = [hit for hit in hits if hit[0]]
    return tuple(affair.name for _, affair in shown[:MOST])


def _hits(affair: Urusan, text: str) -> int:
    return len(set(affair.words.findall(text)))
