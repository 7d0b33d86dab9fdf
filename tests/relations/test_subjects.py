"""Phrases that may be the subject: behind the paper's name, with other ends."""

import pytest

from sepaham.ner import tag
from sepaham.records import Article
from sepaham.relations.context import View
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
