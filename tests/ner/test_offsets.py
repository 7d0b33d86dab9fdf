"""Gold of articles that cannot be published: sealed to offsets, opened by whoever has the article."""

import json
from pathlib import Path

import pytest

from sepaham.errors import InputError
from sepaham.training.files import article_of, json_lines
from sepaham.training.offsets import NEWS, news_gold, opened, sealed

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
GOLD = ROOT / "data/gold"


def test_sealed_gold_opens_to_what_it_was():
    for folder, name in ((GOLD, "sample.jsonl"), (GOLD / "more", "gold.jsonl")):
        articles = {a["id"]: a for a in json_lines(folder / "articles.jsonl")}
        for line in json_lines(folder / name):
            closed = json.loads(json.dumps(sealed(articles[line["id"]], line)))
            assert opened(articles[line["id"]], closed) == line


def test_a_sealed_line_holds_no_words_of_the_article():
    article = {"id": "a", "title": "Judul", "text": "Pemkot Palu dan Untad meneken nota kesepahaman."}
    event = {
        "parties": [{"name": "Pemerintah Kota Palu", "kind": "local_government", "texts": ["Pemkot Palu"]}]
    }
    line = {"id": "a", "is_mou": True, "events": [event], "mentions": [["ORG", "Untad"]]}
    closed = sealed(article, line)
    start = article_of(article).body.index("Untad")
    assert closed["mentions"] == [["ORG", ["@", start, start + 5]]]
    assert closed["events"][0]["parties"][0]["texts"] == [["@", 7, 18]]
    assert closed["events"][0]["parties"][0]["name"] == "Pemerintah Kota Palu"
    assert closed["events"][0]["parties"][0]["kind"] == "local_government"


def test_another_text_is_refused():
    article = {"id": "a", "title": None, "text": "Pemkot Palu"}
    closed = sealed(article, {"id": "a", "is_mou": False, "events": [], "mentions": [["GPE", "Palu"]]})
    with pytest.raises(InputError, match="article a has another text"):
        opened(article | {"text": "Pemkot Palu."}, closed)


def test_labelled_news_opens():
    if not SHARED.exists():
        pytest.skip("needs ../shared")
    found = list(news_gold(SHARED, ROOT / NEWS))
    assert len(found) == sum(1 for _ in json_lines(ROOT / NEWS))
    for article, line in found:
        assert all(form in article_of(article).body for _, form in line["mentions"])


def test_no_labelled_news_without_the_news(tmp_path):
    assert list(news_gold(tmp_path, ROOT / NEWS)) == []
