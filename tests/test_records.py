"""Records: frozen, checked, and a JSON round trip loses nothing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sepaham.records import Agreement, Article, Commitment, Document, Evidence, Party, Span, json_schema

words = st.text(min_size=1, max_size=20)
parties = st.builds(Party, name=words, kind=st.just("company"), texts=st.lists(words, max_size=3).map(tuple))
agreements = st.builds(
    Agreement,
    agreement_id=words,
    article_id=words,
    status=st.sampled_from(["signed", "planned"]),
    doc_types=st.just(("mou",)),
    parties=st.lists(parties, max_size=3).map(tuple),
    commitments=st.builds(Commitment, start=st.just(0), end=st.integers(0, 9), text=words).map(
        lambda c: (c,)
    ),
    confidence=st.dictionaries(words, st.floats(0, 1)),
    evidence=st.builds(Evidence, field=words, quote=st.none() | words).map(lambda e: (e,)),
)


@given(agreements)
def test_json_round_trip(agreement: Agreement) -> None:
    assert Agreement.model_validate_json(agreement.model_dump_json()) == agreement


@given(st.builds(Article, article_id=words, text=st.text(), title=st.none() | words))
def test_document_round_trip_and_body(article: Article) -> None:
    document = Document(article=article, sentences=(Span(start=0, end=len(article.text)),))
    assert Document.model_validate_json(document.model_dump_json()) == document
    assert article.body.endswith(article.text)
    assert (article.body == article.text) == (not article.title)


def test_records_are_frozen_and_closed() -> None:
    article = Article(article_id="a", text="b")
    with pytest.raises(ValidationError, match="frozen"):
        article.text = "c"
    with pytest.raises(ValidationError, match="extra"):
        Article(article_id="a", text="b", titel="c")


def test_a_span_does_not_run_backwards() -> None:
    with pytest.raises(ValidationError, match="runs backwards"):
        Span(start=3, end=2)


def test_the_schema_names_every_slot_of_a_gold_event() -> None:
    schema = json_schema()
    json.dumps(schema)
    keys = schema["$defs"]["Agreement"]["properties"].keys()
    assert keys >= {
        "status", "doc_types", "agreement_text", "subject", "parties", "hub", "witnesses", "date", "venue",
        "commitments", "fields", "value", "duration", "valid_until", "agreement_id", "article_id",
        "confidence", "evidence",
    }  # fmt: skip
