"""Signing dates and ends of validity of the gold articles. Prints ids only, no text."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sepaham.dates import find_dates, resolve
from sepaham.records import DateValue


class Case(NamedTuple):
    """One date of one gold event: its words, its gold value, and the article that it stands in."""

    id: str
    text: str
    value: str | None
    body: str
    published: str | None
    planned: bool


def shared_prefix(value: str | None) -> str | None:
    """A value as the gold writes it: of an interval what its ends share."""
    if value is None or "/" not in value:
        return value
    first, last = value.split("/")
    return next((first[:width] for width in (10, 7, 4) if first[:width] == last[:width]), None)


def cases(folder: Path, field: str) -> Iterator[Case]:
    lines = (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    articles: dict[str, dict[str, Any]] = {article["id"]: article for article in map(json.loads, lines)}
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        article = articles[gold["id"]]
        body = f"{article['title']}\n\n{article['text']}" if article["title"] else article["text"]
        for event in gold["events"]:
            if event[field]:
                told = event[field]
                planned = event["status"] == "planned"
                yield Case(gold["id"], told["text"], told["value"], body, article["published"], planned)


def in_context(case: Case) -> DateValue | None:
    """What `find_dates` makes of the words where they stand, for words that hang on another date."""
    at = case.body.find(case.text)
    for date in find_dates(case.body, case.published):
        if date.start < at + len(case.text) and at < date.end and date.rule.startswith("context"):
            return date
    return None


def signing_value(case: Case) -> str | None:
    alone = resolve(case.text, case.published, planned=case.planned)
    if alone is not None and alone.value is not None:
        return shared_prefix(alone.value)
    found = in_context(case)
    return shared_prefix(found.value) if found else None


def accuracy(right: list[bool]) -> float:
    return sum(right) / len(right)


@pytest.mark.parametrize(("name", "floor"), [("written", 0.98), ("real", 0.97)])
def test_signing_dates(shared: Path, name: str, floor: float) -> None:
    results = [(case.id, signing_value(case) == case.value) for case in cases(shared / "gold" / name, "date")]
    wrong = sorted({identity for identity, right in results if not right})
    assert accuracy([right for _, right in results]) >= floor, wrong


@pytest.mark.parametrize(("name", "floor"), [("written", 0.95), ("real", 0.95)])
def test_ends_of_validity(shared: Path, name: str, floor: float) -> None:
    right = []
    for case in cases(shared / "gold" / name, "valid_until"):
        date = resolve(case.text, case.published, planned=True)
        right.append(date is not None and date.value is not None and date.value.split("/")[-1] == case.value)
    assert accuracy(right) >= floor


def is_found(case: Case) -> bool:
    """Whether the words are found exactly, or an expression that overlaps them has their value."""
    at = case.body.find(case.text)
    end = at + len(case.text)
    for date in find_dates(case.body, case.published):
        if (date.start, date.end) == (at, end):
            return True
        if date.start < end and at < date.end and shared_prefix(date.value) == case.value:
            return True
    return False


@pytest.mark.parametrize(("name", "floor"), [("written", 0.97), ("real", 0.97)])
def test_signing_dates_are_found(shared: Path, name: str, floor: float) -> None:
    assert accuracy([is_found(case) for case in cases(shared / "gold" / name, "date")]) >= floor
