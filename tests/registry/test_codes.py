"""The code layer of the written gold: its integrity, and the share of codes that the registry gets right."""

import csv
import json
import re
from pathlib import Path

import pytest

from sepaham.registry import canonical_name

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "pipeline/sepaham/resources/registry"
REGION = re.compile(r"(?:kemendagri|dprd):([\d.]+)|[a-z]+:[a-z0-9-]+\.(\d\d(?:\.\d\d)?)$")


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


LAYER = {
    row["id"]: {item["party"]: item["code"] for item in row["codes"]}
    for row in lines(ROOT / "data/gold/written_codes.jsonl")
}
CODES = {code for parties in LAYER.values() for code in parties.values() if code}


def column(path, name):
    with path.open(encoding="utf-8", newline="") as file:
        return {row[name] for row in csv.DictReader(file)}


def test_every_code_is_a_row_a_region_or_an_office_of_a_region():
    ids = set().union(*(column(path, "id") for path in (RESOURCES / "organisations").glob("*.csv")))
    regions = column(RESOURCES / "regions.csv", "code")
    for code in CODES - ids:
        found = REGION.match(code)
        numbered = re.fullmatch(r"tni:(?:korem|kodim|lantamal)\.(?:\d{3,4}|[ivx]+)", code)
        assert numbered or (found and (found[1] or found[2]) in regions), code


def test_the_layer_labels_every_party_of_the_written_gold_once(shared):
    for row in lines(shared / "gold/written/gold.jsonl"):
        names = [party["name"] for event in row["events"] for party in event["parties"]]
        assert list(LAYER[row["id"]]) == list(dict.fromkeys(names)), row["id"]


def test_regional_governments_are_coded_by_their_official_name(shared):
    with (RESOURCES / "regions.csv").open(encoding="utf-8", newline="") as file:
        code_of = {f"Pemerintah {row['form']} {row['name']}": row["code"] for row in csv.DictReader(file)}
    checked = 0
    for parties in LAYER.values():
        for name, code in parties.items():
            if name in code_of:
                assert code == f"kemendagri:{code_of[name]}", name
                checked += 1
    assert checked > 190


def accuracy(shared, split):
    """The share of parties whose code (or its absence) is right, given the gold's texts and the article."""
    folder = shared / "gold/written"
    ids = set(json.loads((folder / "splits.json").read_text(encoding="utf-8"))[split])
    articles = {article["id"]: article for article in lines(folder / "articles.jsonl")}
    right = []
    for row in lines(folder / "gold.jsonl"):
        article = articles[row["id"]]
        body = f"{article['title']}\n\n{article['text']}" if article.get("title") else article["text"]
        for event in row["events"] if row["id"] in ids else []:
            on = (event.get("date") or {}).get("value") or article.get("published")
            for party in event["parties"]:
                _, link = canonical_name(party["texts"], context=body, on=on)
                right.append(link.code == LAYER[row["id"]][party["name"]])
    assert len(right) > 150
    return sum(right) / len(right)


@pytest.mark.parametrize(("split", "floor"), [("test", 0.95), ("dev", 0.97), ("train", 0.97)])
def test_codes_of_the_written_gold(shared, split, floor):
    assert accuracy(shared, split) >= floor
