"""Gold articles as training examples: mentions on every occurrence, and what their agreements say."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sepaham.training.files import Json, article_of, json_lines
from sepaham.training.ner.examples import Example, Facts, LabelTable


def occurrences(text: str, form: str) -> Iterator[tuple[int, int]]:
    """Every place where a form stands as whole words."""
    for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
        yield match.span()


def projected(
    body: str, mentions: list[list[str]]
) -> tuple[list[tuple[int, int, str]], list[tuple[int, int]]]:
    """Gold mentions (label, form) on every occurrence, longest form first: flat spans, and ROLE spans of
    their own."""
    taken = bytearray(len(body))
    flat: list[tuple[int, int, str]] = []
    roles: list[tuple[int, int]] = []
    for label, form in sorted(mentions, key=lambda item: -len(item[1])):
        for start, end in occurrences(body, form):
            if label == "ROLE":
                if not any(a < end and start < b for a, b in roles):
                    roles.append((start, end))
            elif not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                flat.append((start, end, label))
    return sorted(flat), sorted(roles)


def facts_of(body: str, gold: dict[str, Any]) -> Facts:
    """The slots of all agreements of an article as spans, and what its papers are."""
    spans = {span for event in gold["events"] for span in _spans(body, event)}
    papers = {
        (start, end)
        for label, form in gold["mentions"]
        if label == "DOC"
        for start, end in occurrences(body, form)
    }
    for event in gold["events"]:
        papers |= set(occurrences(body, event["agreement_text"] or "\0"))
    events = gold["events"]
    return Facts(
        spans=tuple(sorted(spans)),
        papers=tuple(sorted(papers)),
        states=tuple(sorted({event["status"] for event in events})) or ("none",),
        fields=tuple(sorted({field for event in events for field in event["fields"]})),
        doc_types=tuple(sorted({kind for event in events for kind in event["doc_types"]})),
    )


def _spans(body: str, event: dict[str, Any]) -> Iterator[tuple[int, int, str]]:
    for slot, form in _forms(event):
        for start, end in occurrences(body, form):
            yield start, end, slot


def _forms(event: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for party in event["parties"]:
        yield from (("party", form) for form in party["texts"])
        for person in party["signatories"]:
            yield from (("signer", form) for form in (person["name"], person["role"]) if form)
    for person in event["witnesses"]:
        yield from (("witness", form) for form in (person["name"], person["role"]) if form)
    yield from (("commitment", form) for form in event["commitments"])
    if event["subject"]:
        yield "subject", event["subject"]
    for slot in ("date", "venue", "value", "duration", "valid_until"):
        if event[slot] and event[slot]["text"]:
            yield slot, event[slot]["text"]


def from_gold(folder: Path, table: LabelTable, ids: frozenset[str] | None = None) -> Iterator[Example]:
    """Whole articles of a gold folder (`articles.jsonl`, `gold.jsonl`), those of `ids` where given.

    A line without mentions was made of corrections: its agreements are known, of its names nothing is.
    """
    articles = {article["id"]: article for article in json_lines(folder / "articles.jsonl")}
    lines = (gold for gold in json_lines(folder / "gold.jsonl") if ids is None or gold["id"] in ids)
    yield from from_pairs(((articles[gold["id"]], gold) for gold in lines), table)


def from_pairs(pairs: Iterable[tuple[Json, Json]], table: LabelTable) -> Iterator[Example]:
    """Whole articles, given with their gold lines."""
    for article, gold in pairs:
        body = article_of(article).body
        flat, roles = projected(body, gold["mentions"])
        labels = tuple((start, end, (label,)) for start, end, label in flat)
        named = bool(gold["mentions"])
        marked = table.marked("gold") if named else frozenset()
        facts = facts_of(body, gold)
        yield Example(body, labels, tuple(roles) if named else None, marked, "gold", gold["id"], facts)
