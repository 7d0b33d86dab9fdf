"""Every phrase in context means what `phrases.txt` says, and nothing else is found beside it.

The tables of `docs/amounts.md` are made of them: `python tests/amounts/test_phrases.py` writes them anew.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from sepaham.amounts import find_amounts
from sepaham.records import Amount

PUBLISHED = "2024-04-27"
GROUPS = {
    "money": ("Money", 75),
    "duration": ("Durations", 60),
    "quantity": ("Quantities", 45),
    "words": ("Number words", 20),
    "trap": ("Traps", 60),
}
PAGE = Path(__file__).parents[2] / "docs" / "amounts.md"
MARKS = "<!-- generated from tests/amounts/phrases.txt -->", "<!-- end of generated part -->"


@dataclass(frozen=True)
class Case:
    group: str
    sentence: str
    expected: tuple[str, ...]


def cases() -> list[Case]:
    lines = (Path(__file__).parent / "phrases.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.replace("⏎", "\n").split(" | ") for line in lines if " | " in line and line[0] != "#"]
    return [
        Case(group, sentence, () if expected == "-" else tuple(expected.split(" ; ")))
        for group, sentence, expected in rows
    ]


CASES = cases()


def describe(amount: Amount) -> str:
    """An amount in the notation of `phrases.txt`."""
    upper = "" if amount.upper is None else f"..{amount.upper}"
    ends = f" until {amount.ends}" if amount.ends else ""
    meaning = {
        "money": f"{amount.unit} {amount.amount}{upper}",
        "duration": f"{amount.iso}{upper}{ends}",
        "quantity": f"{amount.amount}{upper} {amount.unit}",
    }[amount.kind]
    return f"{amount.text} => {meaning}" + (f" {amount.qualifier}" if amount.qualifier else "")


def found_in(case: Case) -> tuple[str, ...]:
    return tuple(describe(amount) for amount in find_amounts(case.sentence, PUBLISHED))


def tables() -> str:
    """The generated part of the page: how many are right, then every phrase with what is read."""
    lines = ["| group | sentences | read right |", "|---|---|---|"]
    for group, (title, _) in GROUPS.items():
        chosen = [case for case in CASES if case.group == group]
        right = sum(found_in(case) == case.expected for case in chosen)
        lines.append(f"| {title} | {len(chosen)} | {right} |")
    for group, (title, _) in GROUPS.items():
        lines += ["", f"### {title}", "", "| sentence | reading |", "|---|---|"]
        for case in CASES:
            if case.group == group:
                reading = "; ".join(found_in(case)).replace(" => ", " → ") or "nothing"
                lines.append(f"| {case.sentence} | {reading} |".replace("\n", " ⏎ "))
    return "\n".join(lines)


@pytest.mark.parametrize("case", CASES, ids=[case.sentence for case in CASES])
def test_phrase_means_what_is_written_beside_it(case):
    assert found_in(case) == case.expected


@pytest.mark.parametrize(("group", "least"), [(group, least) for group, (_, least) in GROUPS.items()])
def test_there_are_enough_phrases(group, least):
    assert sum(case.group == group for case in CASES) >= least


def test_no_phrase_stands_twice_and_every_group_is_known():
    assert len({case.sentence for case in CASES}) == len(CASES) >= 200
    assert {case.group for case in CASES} == set(GROUPS)


def test_page_shows_what_is_read_today():
    page = PAGE.read_text(encoding="utf-8")
    shown = page.split(MARKS[0])[1].split(MARKS[1])[0].strip()
    assert shown == tables(), "run `python tests/amounts/test_phrases.py`"


if __name__ == "__main__":
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(MARKS[0])
    PAGE.write_text(
        f"{head}{MARKS[0]}\n\n{tables()}\n\n{MARKS[1]}{rest.partition(MARKS[1])[2]}", encoding="utf-8"
    )
