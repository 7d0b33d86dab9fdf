"""Quality as a pinned number: F1 floors by slot, bound to the gold file that they were measured on.

A floors file is TOML with one table a gold set:

    [sample]
    gold_sha256 = "…"
    [sample.f1]
    party = 0.71
"""

import tomllib
from collections.abc import Mapping
from math import floor
from typing import Any

from sepaham.errors import ConfigurationError
from sepaham.evaluation.files import PathLike, read_text
from sepaham.evaluation.report import Scores
from sepaham.records import Record


class Floors(Record):
    """The least F1 by slot on the gold file with this SHA-256."""

    gold_sha256: str
    f1: dict[str, float]


def read_floors(path: PathLike, name: str) -> Floors:
    """The floors of one gold set; ConfigurationError when the file holds none for it."""
    try:
        sets = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path} is no TOML ({error}): mend that line") from error
    table = sets.get(name)
    if not isinstance(table, dict):
        raise ConfigurationError(
            f"{path} has no floors for {name!r} ({', '.join(sets) or 'it is empty'}): {_MEASURE}"
        )
    return _floors(table, f"{path}, [{name}]")


_MEASURE = "measure them and write the output of format_floors there"


def _floors(table: Mapping[str, Any], where: str) -> Floors:
    sha256, f1 = table.get("gold_sha256"), table.get("f1")
    if not isinstance(sha256, str) or not isinstance(f1, dict) or not f1:
        raise ConfigurationError(
            f"{where} needs gold_sha256 and a table f1 with at least one slot: {_MEASURE}"
        )
    for slot, least in f1.items():
        if not isinstance(least, int | float) or not 0 <= least <= 1:
            raise ConfigurationError(f"{where}: floor of {slot} is {least!r}: an F1 from 0 to 1 is expected")
    return Floors(gold_sha256=sha256, f1=f1)


def check_floors(scores: Scores, floors: Floors) -> list[str]:
    """What falls short of the floors, one line each; empty when all hold.

    Scores of another gold file than the floors' own are a fault: they cannot be compared. So is a floor for a
    slot that was not scored.
    """
    if scores.gold_sha256 != floors.gold_sha256:
        return [
            f"the gold file has SHA-256 {scores.gold_sha256}, the floors are of {floors.gold_sha256}: "
            "measure again and say in the commit why the gold changed"
        ]
    faults = []
    for slot, least in floors.f1.items():
        if slot not in scores.slots:
            faults.append(
                f"{slot}: has a floor of {least} but no score: take the floor out or score the slot"
            )
        elif (f1 := scores.slots[slot].f1) < least:
            faults.append(
                f"{slot}: F1 {f1} is below its floor {least}: mend it, or lower the floor with a reason"
            )
    return faults


def format_floors(name: str, scores: Scores) -> str:
    """A table for the floors file: the F1 of every slot that the gold holds, rounded down to 3 digits."""
    rows = [f"{slot} = {_down(score.f1)}" for slot, score in scores.slots.items() if score.gold]
    return "\n".join([f"[{name}]", f'gold_sha256 = "{scores.gold_sha256}"', f"[{name}.f1]", *rows]) + "\n"


def _down(f1: float) -> float:
    # Scores have 4 digits: count in ten-thousandths, so that no binary fraction tips the floor below.
    return floor(round(f1 * 10_000) / 10) / 1000
