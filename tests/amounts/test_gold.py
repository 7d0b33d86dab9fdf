"""Sums and durations of the gold articles; of the test split only figures are shown, never texts."""

import json
from dataclasses import dataclass

import pytest

from sepaham.amounts import find_amounts

FLOOR = 0.95


@dataclass(frozen=True)
class Row:
    part: str
    split: str
    right: bool


def spans(text, phrase):
    at = text.find(phrase)
    while at >= 0:
        yield at, at + len(phrase)
        at = text.find(phrase, at + 1)


def rows(folder, part, field):
    def lines(name):
        with (folder / name).open(encoding="utf-8") as opened:
            return [json.loads(line) for line in opened]

    articles = {article["id"]: article for article in lines("articles.jsonl")}
    path = folder / "splits.json"
    splits = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    split_of = {name: split for split, names in splits.items() if isinstance(names, list) for name in names}
    for gold in lines("gold.jsonl"):
        article = articles[gold["id"]]
        text = f"{article['title']}\n\n{article['text']}" if article.get("title") else article["text"]
        for event in gold["events"]:
            if event[field]:
                found = find_amounts(text, article.get("published"))
                here = [
                    amount
                    for start, end in spans(text, event[field]["text"])
                    for amount in found
                    if amount.start < end and start < amount.end
                ]
                yield Row(part, split_of.get(gold["id"], "all"), agrees(here, field, event[field]))


def agrees(here, field, gold):
    if field == "duration":
        return any(amount.iso == gold["iso"] for amount in here if amount.kind == "duration")
    return any((amount.amount, amount.unit) == (gold["amount"], gold["currency"]) for amount in here)


@pytest.mark.parametrize("field", ["value", "duration"])
def test_gold_values_are_read(shared, field, record_property):
    scored = [row for part in ("written", "real") for row in rows(shared / "gold" / part, part, field)]
    for part, split in sorted({(row.part, row.split) for row in scored}):
        chosen = [row.right for row in scored if (row.part, row.split) == (part, split)]
        record_property(f"{field} {part} {split}", f"{sum(chosen)}/{len(chosen)}")
        print(f"{field} {part} {split}: {sum(chosen)} of {len(chosen)}")
    for part in ("written", "real"):
        chosen = [row.right for row in scored if row.part == part]
        assert sum(chosen) / len(chosen) >= FLOOR, f"{field} of {part}: {sum(chosen)} of {len(chosen)}"
    test = [row.right for row in scored if row.split == "test"]
    assert sum(test) / len(test) >= FLOOR
