"""Label scores -> spans: the best of all possible sequences; confidences; spaCy annotations."""

from itertools import product

import numpy as np
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from sepaham.ner import bio
from sepaham.ner.annotate import annotate
from sepaham.ner.bio import best_labels, mentions, spans, words_of
from sepaham.records import Mention


def possible(labels):
    """Whether every I- stands behind B- or I- of its type."""
    return all(
        label == 0 or label % 2 or before in (label, label - 1)
        for before, label in zip((0, *labels), labels, strict=False)
    )


@settings(max_examples=150)
@given(hnp.arrays(np.float32, st.tuples(st.integers(1, 6), st.just(5)), elements=st.integers(-9, 9)))
def test_no_possible_sequence_is_better(scores):
    rows = np.arange(len(scores))
    found = best_labels(scores)
    assert possible(found.tolist())
    best = max(
        scores[rows, list(path)].sum() for path in product(range(5), repeat=len(scores)) if possible(path)
    )
    assert scores[rows, found].sum() == best


def test_an_inside_label_does_not_begin_an_entity():
    # Word by word the best labels are I, I: no entity begins so.
    scores = np.array([[0, 1, 3], [0, 0, 3]], dtype=np.float32)
    assert best_labels(scores).tolist() == [1, 2]


def test_only_as_many_words_as_need_it_are_decided_anew(monkeypatch):
    # The O before the stray I- becomes an I- itself, so that the O before that one must be asked too.
    scores = np.tile(np.array([[9, 0, 0]], dtype=np.float32), (60, 1))
    scores[28], scores[29], scores[30] = [0, 9, 0], [3, 0, 2.9], [0, 2, 9]
    asked, decide = [], bio._viterbi
    monkeypatch.setattr(bio, "_viterbi", lambda rows, begun: asked.append(len(rows)) or decide(rows, begun))
    assert best_labels(scores)[27:32].tolist() == [0, 1, 2, 2, 0]
    assert len(asked) == 2
    assert max(asked) == 4


def test_neighbouring_entities_of_one_type_stay_two():
    assert list(spans(np.array([1, 2, 1, 0, 3, 4, 1]))) == [(0, 2, 0), (2, 3, 0), (4, 6, 1), (6, 7, 0)]


def test_no_words_no_labels():
    assert best_labels(np.zeros((0, 5), dtype=np.float32)).tolist() == []


def test_words_leave_no_sign_out():
    text = "Rp1,5 M,PT.Maju—‘Jaya’\u0000 26/04/24\u2003é"
    assert "".join(text[a:b] for a, b in words_of(text)) == "".join(text.split())


def test_the_confidence_is_that_of_the_weakest_word():
    text = "Andi Ony hadir"
    chances = np.array([[0.1, 0.8, 0.1], [0.3, 0.1, 0.6], [0.9, 0.05, 0.05]], dtype=np.float32)
    (found,) = mentions(text, words_of(text), np.log(chances), ("PER",), "test")
    assert (found.text, found.label, found.confidence, found.source) == ("Andi Ony", "PER", 0.6, "test")


def test_types_that_are_not_shown_leave_no_mention():
    scores = np.log(np.array([[0.1, 0.8, 0.1]], dtype=np.float32))
    assert not list(mentions("Jawa", [(0, 4)], scores, (None,), "test"))


def test_docs_hold_entities_inside_their_roles():
    text = "Bupati Sleman Rini hadir"
    found = [
        Mention(start=0, end=13, label="ROLE", text="Bupati Sleman"),
        Mention(start=7, end=13, label="GPE", text="Sleman"),
        Mention(start=14, end=18, label="PER", text="Rini"),
    ]
    doc = annotate(spacy.blank("xx")(text), found)
    assert [(e.text, e.label_) for e in doc.ents] == [("Sleman", "GPE"), ("Rini", "PER")]
    assert [(r.text, r.label_) for r in doc.spans["roles"]] == [("Bupati Sleman", "ROLE")]
