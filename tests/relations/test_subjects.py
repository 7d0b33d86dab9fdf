"""Phrases that may be the subject: behind the paper's name, with other ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.ner import tag
from sepaham.records import Article
from sepaham.relations.context import View
from sepaham.relations.learned.clauses import agreed
from sepaham.relations.wording import Phrase, next_to_papers, variants


def phrase(text, part):
    start = text.index(part)
    return Phrase(part, start, start + len(part), "subject_judged")


@pytest.mark.parametrize(
    ("text", "found", "wanted"),
    [
        (
            "MoU tentang pengawasan pangan antara otoritas kedua negara.",
            "pengawasan pangan antara otoritas kedua negara",
            "pengawasan pangan",
        ),
        (
            "Mereka meneken pengadaan kapal cepat yang ramah lingkungan; begitu kata bupati.",
            "pengadaan kapal cepat",
            "pengadaan kapal cepat yang ramah lingkungan",
        ),
    ],
)
def test_a_phrase_with_other_ends_may_be_the_subject(text, found, wanted):
    others = list(variants(text, phrase(text, found)))
    assert wanted in [p.text for p in others]
    assert all(text[p.start : p.end] == p.text for p in others)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kedua kepala menandatangani nota kesepahaman alih media naskah kuno.", ["alih media naskah kuno"]),
        ("Kedua kepala menandatangani nota kesepahaman dengan kampus.", []),
        ("Kedua kepala menandatangani nota kesepahaman itu.", []),
    ],
)
def test_what_stands_behind_the_paper_may_be_the_subject(text, wanted):
    document = tag(Article(article_id="a", text=text, published="2024-06-04"))
    papers = [m for m in document.mentions if m.label == "DOC"]
    assert papers
    assert [p.text for p in next_to_papers(View(document), papers)] == wanted


CUTS = [
    "pemanfaatan abu terbang",
    "pemanfaatan abu terbang sebagai penetral air asam",
    "pemanfaatan abu terbang sebagai penetral air asam tambang",
    "kerja sama strategis",
]


def test_the_subject_is_what_the_likely_phrases_agree_on():
    """The shortest cut was a little likelier than the longer ones, and was taken though they say the same."""
    assert agreed(CUTS, [0.5, 0.45, 0.45, 0.2]) == 1


@pytest.mark.parametrize(("chances", "expected"), [([0.1, 0.1, 0.1, 0.7], 3), ([0.86, 0.7, 0.7, 0.1], 0)])
def test_a_sure_or_much_likelier_phrase_stays(chances, expected):
    """ "pengelolaan sampah pasar" (.86) must not become "pengelolaan sampah pasar di Aula" (.71)."""
    assert agreed(CUTS, chances) == expected


@pytest.mark.parametrize("chances", [[], [0.0], [0.001, 0.009]])
def test_nothing_likely_is_no_subject(chances):
    assert agreed(CUTS[: len(chances)], chances) is None


@given(st.lists(st.tuples(st.text("ab -", max_size=9), st.floats(0, 1)), max_size=8))
def test_the_choice_is_one_of_the_phrases(items):
    found = agreed([phrase for phrase, _ in items], [chance for _, chance in items])
    assert found is None or items[found][1] >= 0.01
