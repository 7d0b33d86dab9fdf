"""Articles with teasers about agreements of others: their bodies never become parties."""

import tomllib
from pathlib import Path

import pytest

from sepaham.cleaning import clean, restore
from sepaham.extraction import extract

ARTICLES = tomllib.loads((Path(__file__).parent / "teasers.toml").read_text(encoding="utf-8"))["article"]


def foreign(text: str, names: list[str]) -> list[str]:
    return [
        form
        for agreement in extract(text)
        for party in agreement.parties
        for form in (party.name, *party.texts)
        if any(name in form for name in names)
    ]


def test_there_are_thirty():
    assert len(ARTICLES) >= 30
    assert all(name in article["text"] for article in ARTICLES for name in article["foreign"])


@pytest.mark.parametrize("article", ARTICLES, ids=range(len(ARTICLES)))
def test_no_foreign_party(article):
    cleaned = clean(article["text"])
    assert [name for name in article["foreign"] if name in cleaned.text] == []
    assert all(party in cleaned.text for party in article["parties"])
    assert foreign(cleaned.text, article["foreign"]) == []


def test_the_rest_is_still_found():
    found = [clean(article["text"]) for article in ARTICLES]
    with_parties = [cleaned for cleaned in found if any(a.parties for a in extract(cleaned.text))]
    assert len(with_parties) >= 24


def test_quotes_are_raw_slices_of_the_original():
    for article in ARTICLES:
        cleaned = clean(article["text"])
        for agreement in extract(cleaned.text):
            restored = restore(agreement, cleaned)
            for item in (*restored.commitments, *restored.evidence):
                if item.start is not None:
                    text = item.text if hasattr(item, "text") else item.quote
                    assert article["text"][item.start : item.end] == text
