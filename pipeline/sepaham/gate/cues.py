"""Finds the words that speak for or against an agreement; the words stand in `resources/gate/cues.toml`."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, get_args

from sepaham import lexicon
from sepaham.errors import ModelError

Group = Literal["signing", "instrument", "paper", "cooperation", "decree", "sport", "court"]
GROUPS: tuple[Group, ...] = get_args(Group)
REACH = 96
"""A cue starts and ends within so many code points of its stem; patterns run nowhere else."""


class Hit(NamedTuple):
    """A cue found at half-open code-point offsets: `name` is the cue's, `group` its group."""

    start: int
    end: int
    group: Group
    name: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One cue: its patterns are tried only around its literal stems.

    An article must show at least one cue that `opens`; the others only weigh in.
    """

    name: str
    group: Group
    opens: bool
    stems: tuple[str, ...]
    pattern: re.Pattern[str]


@cache
def rules() -> tuple[Rule, ...]:
    """All cues in the order of the file; raises ModelError when one of them is damaged."""
    try:
        return tuple(_rule(entry) for entry in lexicon.toml("gate/cues.toml")["cue"])
    except (KeyError, re.error) as error:
        raise ModelError(f"resources/gate/cues.toml is damaged ({error!r}): install sepaham again") from error


def _rule(entry: dict[str, object]) -> Rule:
    group, stems, patterns = entry["group"], entry["stems"], entry["patterns"]
    if group not in GROUPS or not isinstance(stems, list) or not isinstance(patterns, list):
        raise ModelError(f"resources/gate/cues.toml: cue {entry['name']!r} is damaged: install sepaham again")
    return Rule(
        str(entry["name"]), group, entry.get("opens") is True, tuple(stems), re.compile("|".join(patterns))
    )


@cache
def _openers() -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if rule.opens)


@cache
def _others() -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if not rule.opens)


def lowered(text: str) -> str:
    """`text` in lower case with every offset kept (İ alone would grow to two code points)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def find_cues(text: str) -> list[Hit]:
    """All cues of `text` by offset, none when it holds no cue that opens; linear in the text's length."""
    low = lowered(text)
    hits = _hits(low, _openers())
    if not hits:
        return []
    return sorted(hits + _hits(low, _others()))


def _hits(low: str, chosen: tuple[Rule, ...]) -> list[Hit]:
    hits: list[Hit] = []
    for rule in chosen:
        for start, end in _windows(low, rule.stems):
            # A match that is cut off at the window's end is none: whole ones end well before.
            matches = (m for m in rule.pattern.finditer(low, start, end) if m.end() < end or end == len(low))
            hits += [Hit(m.start(), m.end(), rule.group, rule.name) for m in matches]
    return hits


def _windows(low: str, stems: tuple[str, ...]) -> list[tuple[int, int]]:
    """REACH to both sides of every stem, merged where they touch: most articles hold none, few hold many."""
    places = [at for stem in stems if stem in low for at in _places(low, stem)]
    windows: list[tuple[int, int]] = []
    for at in sorted(places):
        start, end = max(0, at - REACH), min(len(low), at + REACH)
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


def _places(low: str, stem: str) -> list[int]:
    places = []
    at = low.find(stem)
    while at >= 0:
        places.append(at)
        at = low.find(stem, at + len(stem))
    return places
