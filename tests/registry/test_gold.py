"""Party names and levels of the gold, given its texts and the article; measured where it is at hand."""

import importlib.util
import json
from pathlib import Path

import pytest

from sepaham.registry import canonical_name

GOLD = Path(__file__).parents[3] / "shared" / "gold"
needs_gold = pytest.mark.skipif(
    not GOLD.is_dir(), reason="the gold lies outside the repository (../shared/gold)"
)


def _score():
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _measure(folder, ids=None):
    """(whether each party's name is right, whether each regional party's level is right)."""
    score = _score()
    articles = {article["id"]: article for article in _lines(GOLD / folder / "articles.jsonl")}
    names, levels = [], []
    for row in _lines(GOLD / folder / "gold.jsonl"):
        article = articles[row["id"]]
        body = f"{article['title']}\n\n{article['text']}" if article.get("title") else article["text"]
        for event in row["events"] if ids is None or row["id"] in ids else []:
            on = (event.get("date") or {}).get("value") or article.get("published")
            for party in event["parties"]:
                name, link = canonical_name(party["texts"], context=body, on=on)
                names.append(score.norm(name) == score.norm(party["name"]))
                if party["kind"] == "local_government" and score.level(party):
                    levels.append(link.level == score.level(party))
    return names, levels


def _share(right):
    return sum(right) / len(right)


@needs_gold
@pytest.mark.parametrize(("split", "floor"), [("test", 0.92), ("dev", 0.90), ("train", 0.92)])
def test_party_names_of_the_written_gold(split, floor):
    ids = set(json.loads((GOLD / "written" / "splits.json").read_text(encoding="utf-8"))[split])
    names, _ = _measure("written", ids)
    assert len(names) > 100
    assert _share(names) >= floor


@needs_gold
def test_party_names_of_the_real_gold():
    names, _ = _measure("real")
    assert len(names) > 200
    assert _share(names) >= 0.90


@needs_gold
def test_levels_of_all_regional_parties():
    levels = _measure("written")[1] + _measure("real")[1]
    assert len(levels) > 200
    assert _share(levels) >= 0.99
