"""No word that the gold needs is ever cut out of an article."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sepaham.cleaning import Cleaned, clean_article
from sepaham.records import Article

Event = dict[str, list[dict[str, object]]]


def needed(event: Event) -> Iterator[str]:
    """Every text of an event that is copied letter for letter from its article."""
    for party in event["parties"]:
        yield from party["texts"]
        for person in party["signatories"]:
            yield from (person[key] for key in ("name", "role") if person[key])
    for person in event.get("witnesses") or []:
        yield from (person[key] for key in ("name", "role") if person[key])
    yield from (event[key] for key in ("agreement_text", "subject") if event.get(key))
    for key in ("date", "venue", "value", "duration", "valid_until"):
        if event.get(key) and event[key].get("text"):
            yield event[key]["text"]
    yield from event["commitments"]


def survives(text: str, cleaned: Cleaned) -> bool:
    """One of the places where the text stands is untouched (or it stands nowhere as it is)."""
    at, found = cleaned.source.find(text), False
    while at >= 0:
        found = True
        if not any(cut.start < at + len(text) and at < cut.end for cut in cleaned.removed):
            return True
        at = cleaned.source.find(text, at + 1)
    return not found


def rows(file: Path) -> Iterator[dict[str, object]]:
    return map(json.loads, file.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("part", ["written", "real"])
def test_no_gold_span_is_removed(shared, part):
    articles = {row["id"]: row for row in rows(shared / "gold" / part / "articles.jsonl")}
    checked, lost = 0, []
    for gold in rows(shared / "gold" / part / "gold.jsonl"):
        row = articles[gold["id"]]
        article = Article(article_id=row["id"], title=row.get("title") or None, text=row["text"])
        _, cleaned = clean_article(article)
        for event in gold["events"]:
            for text in needed(event):
                checked += 1
                if not survives(text, cleaned):
                    lost.append(gold["id"])
    assert checked > 1_000
    assert lost == []
