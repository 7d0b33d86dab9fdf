"""The map from the cleaned copy back to the original, over made-up mixtures of news and boilerplate."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.cleaning import clean, clean_article
from sepaham.cleaning.edits import Edit, apply
from sepaham.records import Article

PIECES = [
    "Bupati Sleman menandatangani nota kesepahaman dengan Rektor UGM.",
    "Naskah itu berlaku tiga tahun",
    "Baca juga: Pemkab Bantul Teken MoU dengan UMY",
    "Baca juga:\n- Judul Satu Dua\n- Judul Tiga\n",
    "ADVERTISEMENT",
    "SCROLL TO CONTINUE WITH CONTENT",
    "(Foto: Humas)",
    "(nda/red)",
    "<p>",
    "</p>",
    "<b>",
    "&nbsp;",
    "&amp;quot;",
    "â€œbaikâ€\u009d",
    "17 kmÂ²",
    "\u00a0",
    "\u200b",
    "\ufeff",
    "Editor: Ayu Sari",
    "Copyright © ANTARA 2024",
    "Facebook Twitter WhatsApp",
    "Halaman 1 2 3 Selanjutnya",
    "Tonton juga Video 'Judul':",
    "kata.Bupati",
    "😀",
    "é",
    "\n",
    "\n\n",
    " ",
    ". ",
    "<!--",
    "-->",
    "&#",
    "…",
]
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=14).map("".join)


@given(TEXTS)
def test_the_map_is_monotone_and_points_at_the_same_letters(text):
    cleaned = clean(text)
    last = 0
    for at, letter in enumerate(cleaned.text):
        start, end = cleaned.original(at, at + 1)
        assert last <= start < end <= len(text)
        last = start
        if end - start == 1 and text[start].isalnum() and ord(text[start]) < 0x80 and letter.isalnum():
            assert text[start] == letter
    assert cleaned.original(0, 0)[0] <= len(text)


@given(TEXTS, st.data())
def test_a_span_maps_to_where_its_letters_map(text, data):
    cleaned = clean(text)
    start = data.draw(st.integers(0, len(cleaned.text)))
    end = data.draw(st.integers(start, len(cleaned.text)))
    low, high = cleaned.original(start, end)
    assert 0 <= low <= high <= len(text)
    if start < end:
        assert low == cleaned.original(start, start + 1)[0]
        assert high == cleaned.original(end - 1, end)[1]


@given(TEXTS)
def test_what_is_removed_and_what_is_kept_make_the_original(text):
    cleaned = clean(text)
    assert cleaned.source == text
    ends = [(cut.start, cut.end) for cut in cleaned.removed]
    assert ends == sorted(ends)
    assert all(one[1] <= two[0] for one, two in pairwise(ends))
    assert all(cut.rule for cut in cleaned.removed)


@given(st.text(max_size=20), TEXTS)
def test_the_copy_of_an_article_maps_to_its_body(title, text):
    article = Article(article_id="a", title=title or None, text=text)
    copy, cleaned = clean_article(article)
    assert copy.body == cleaned.text
    assert cleaned.source == article.body
    assert (copy.article_id, copy.published) == (article.article_id, article.published)


def test_offsets_outside_of_the_copy_are_refused():
    cleaned = clean("Baca juga: Judul Berita Lain")
    with pytest.raises(ValueError, match="is not in a text"):
        cleaned.original(0, len(cleaned.text) + 1)


def test_a_letter_for_several_gives_all_of_them():
    cleaned = clean("Caf&eacute; Rasa")
    at = cleaned.text.index("é")
    assert cleaned.text == "Café Rasa"
    assert cleaned.source[slice(*cleaned.original(at, at + 1))] == "&eacute;"


def test_a_span_over_a_cut_holds_what_was_cut():
    cleaned = clean("Wali Kota Palu (Foto: Humas) meneken naskah.")
    assert cleaned.text == "Wali Kota Palu meneken naskah."
    assert cleaned.source[slice(*cleaned.original(10, 22))] == "Palu (Foto: Humas) meneken"


def test_edits_that_overlap_are_made_one():
    cleaned = apply("abcdefgh", [Edit(4, 7, "", "two"), Edit(1, 5, "\n", "one")])
    assert cleaned.text == "a\nh"
    assert [(cut.start, cut.end, cut.rule) for cut in cleaned.removed] == [(1, 7, "one")]
    assert cleaned.original(1, 2) == (1, 7)
