"""The suite of phrases: every marked expression is found exactly and has its value; no trap is touched."""

import runpy
from pathlib import Path
from typing import Any

import pytest

from sepaham.dates import find_dates, resolve

DATA = runpy.run_path(str(Path(__file__).with_name("phrase_data.py")))
load = DATA["load"]


def ident(entry: dict[str, Any]) -> str:
    return f"{entry['topic']}: {entry['text'][:60]}"


@pytest.mark.parametrize("entry", load("phrases"), ids=ident)
def test_phrase_in_context(entry: dict[str, Any]) -> None:
    found = find_dates(entry["text"], entry["published"])
    told = [(date.start, date.end, date.value) for date in found]
    expected = [(*span, value) for span, value in zip(entry["spans"], entry["values"], strict=True)]
    assert told == expected, [(date.text, date.value, date.rule) for date in found]
    options = dict(entry["options"])
    assert (found[0].conflict is not None) == options.pop("conflict", False)
    for name, value in options.items():
        assert getattr(found[0], name) == value


@pytest.mark.parametrize("entry", load("traps"), ids=ident)
def test_trap_is_no_date(entry: dict[str, Any]) -> None:
    for start, end in entry["spans"]:
        touching = [
            d for d in find_dates(entry["text"], entry["published"]) if d.start < end and start < d.end
        ]
        assert touching == []


@pytest.mark.parametrize("entry", load("planned"), ids=ident)
def test_planned_is_the_next_such_day(entry: dict[str, Any]) -> None:
    date = resolve(entry["text"], entry["published"], planned=True)
    assert date is not None
    assert date.value == entry["values"][0]


def test_the_suite_is_as_large_as_it_says() -> None:
    counts = DATA["counts"]()
    assert sum(counts.values()) - counts["traps"] >= 550
    assert counts["relative"] >= 150
    assert counts["traps"] >= 60


def test_table_in_the_documentation_counts_the_phrases() -> None:
    text = DATA["DOCUMENT"].read_text(encoding="utf-8").split(DATA["BEGIN"])[1].split(DATA["END"])[0]
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.strip().splitlines()[2:]]
    counts = DATA["counts"]()
    assert [int(row[1]) for row in cells] == [*counts.values(), sum(counts.values())]
    assert all(row[1] == row[2] for row in cells), (
        "the suite is right in every phrase, so the table must say so"
    )
