"""Articles through extraction into the ledger: 18 on 8 agreements, and the 40 of the sample dump."""

import csv
import json
from pathlib import Path

import pytest

from sepaham.batch import Settings, run
from sepaham.ledger import build
from sepaham.training.ledger.quality import quality

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def sources(tmp_path_factory) -> list[dict[str, str]]:
    out = tmp_path_factory.mktemp("out")
    inputs = (str(DATA / "ledger" / "articles.jsonl"), str(DATA / "gold" / "articles.jsonl"))
    run(Settings(inputs=inputs, out=out))
    build([out], out)
    with (out / "ledger_sources.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_groups_of_extracted_agreements(sources):
    """An article of the dump reports agreements that no other article does: each is a group of its own."""
    told = (DATA / "ledger" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    cluster = {row["id"]: row["cluster"] for row in map(json.loads, told)}
    reports = [row for row in sources if row["role"] != "copy"]
    gold = {r["agreement_id"]: cluster.get(r["article_id"], r["agreement_id"]) for r in reports}
    result = quality(gold, {r["agreement_id"]: r["ledger_id"] for r in reports})
    assert len({r["article_id"] for r in reports if r["article_id"] in cluster}) >= 16
    assert len({r["article_id"] for r in reports if r["article_id"] not in cluster}) >= 15
    assert result.f1 >= 0.95, result
    assert result.merge_precision >= 0.98
    assert result.merged_pairs >= 9


def test_no_article_is_in_an_entry_twice(sources):
    pairs = [(row["ledger_id"], row["article_id"]) for row in sources]
    assert len(pairs) == len(set(pairs))
