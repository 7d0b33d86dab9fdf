"""The gate on gold and on real background news; skipped where the data is not at hand."""

import json
from itertools import islice
from pathlib import Path

import pytest

from sepaham.gate import passes
from sepaham.gate.weights import shipped
from sepaham.records import Article
from sepaham.training import gate as training
from sepaham.training.files import json_lines

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
pytestmark = pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="needs ../shared/gold")
CONFIG = training.read_config(ROOT / "models/gate/config.toml")
BACKGROUND = SHARED / "news/background.jsonl.gz"


def body(row: dict) -> str:
    title = (row["title"] or "").strip() and row["title"]
    return Article(article_id=row["id"], title=title or None, text=row["text"]).body


def agreements(name: str) -> dict[str, str]:
    folder = SHARED / "gold" / name
    labels = {row["id"]: row["is_mou"] for row in json_lines(folder / "gold.jsonl")}
    return {row["id"]: body(row) for row in json_lines(folder / "articles.jsonl") if labels[row["id"]]}


def recall(texts: list[str]) -> float:
    return sum(map(passes, texts)) / len(texts)


def test_recall_on_real_articles():
    texts = list(agreements("real").values())
    assert len(texts) > 90
    assert recall(texts) >= 0.985


def test_recall_on_written_articles_without_their_headline():
    texts = [text.split("\n\n", 1)[-1] for text in agreements("written").values()]
    assert recall(texts) >= 0.97


def test_recall_on_the_written_test_split():
    test = json.loads((SHARED / "gold/written/splits.json").read_text(encoding="utf-8"))["test"]
    texts = agreements("written")
    assert recall([texts[name] for name in test if name in texts]) >= 0.985


@pytest.mark.skipif(not BACKGROUND.is_file(), reason="needs ../shared/news")
def test_pass_rate_on_background_news():
    passed = [passes(body(row)) for row in islice(json_lines(BACKGROUND), 0, None, 4)]
    assert len(passed) > 10_000
    assert 0.001 < sum(passed) / len(passed) <= 0.03


@pytest.mark.skipif(not BACKGROUND.is_file(), reason="needs ../shared/news")
def test_cross_validation_on_a_tenth_of_the_background():
    data = training.load(SHARED, CONFIG, every=10)
    passed = training.out_of_fold(data, training.fold_weights(data, CONFIG), CONFIG.pass_budget)
    found = training.shares(data, passed, ("real", "written", "background"))
    assert found["real_recall"] >= 0.985
    assert found["written_recall"] >= 0.985
    assert found["background_pass_rate"] <= 0.03


@pytest.mark.slow
@pytest.mark.skipif(not BACKGROUND.is_file(), reason="needs ../shared/news")
def test_cross_validation_says_what_the_card_says():
    data = training.load(SHARED, CONFIG)
    passed = training.out_of_fold(data, training.fold_weights(data, CONFIG), CONFIG.pass_budget)
    metrics = json.loads((ROOT / "models/gate/metrics.json").read_text(encoding="utf-8"))
    assert training.shares(data, passed, ("real", "written", "background")) == metrics["cross_validation"]
    assert training.fit(data, data.fold >= 0, CONFIG) == shipped()
