"""A text too long to be read whole: its head and the surroundings of the cues stay, offsets map back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.excerpt import MAX_CHARS, RULE, excerpt
from sepaham.gate import passes

PLAIN = "Harga cabai rawit di Pasar Lama naik sejak awal pekan karena pasokan dari lereng gunung berkurang.\n"
SIGNING = (
    "Wali Kota Madiun dan Rektor Unipma menandatangani nota kesepahaman pengelolaan sampah di Balai Kota. "
)
TALK = "Keduanya sudah lama bekerja sama dalam banyak hal, kata juru bicara pemerintah kota itu kemarin. "


def kept(cleaned, text):
    """The parts of the original that are in the copy, in order."""
    at, parts = 0, []
    for removed in cleaned.removed:
        parts.append(text[at : removed.start])
        at = removed.end
    return [*parts, text[at:]]


def test_text_within_the_bound_comes_back_whole():
    text = (PLAIN * 1100)[:MAX_CHARS]
    whole = excerpt(text)
    assert (whole.text, whole.changed, whole.removed) == (text, False, ())
    assert whole.original(5, 90_000) == (5, 90_000)
    assert excerpt(text + ".").changed


@pytest.mark.parametrize("place", [0, 2000, 100_000, 479_000, 500_000])
def test_signing_anywhere_is_kept_with_its_surroundings(place):
    text = PLAIN * (place // len(PLAIN)) + SIGNING + PLAIN * ((500_000 - place) // len(PLAIN))
    cut = excerpt(text)
    assert len(cut.text) <= MAX_CHARS
    at = cut.text.index(SIGNING.strip())
    start, end = cut.original(at, at + len(SIGNING.strip()))
    assert text[start:end] == SIGNING.strip()
    around = cut.text[max(0, at - 700) : at] + cut.text[at + len(SIGNING) : at + len(SIGNING) + 700]
    assert around.count(PLAIN.strip()) >= min(place, 700) // len(PLAIN) - 1
    assert passes(cut.text)


def test_head_is_kept():
    text = "Judul Berita\n\n" + PLAIN * 5000
    cut = excerpt(text)
    assert cut.text.startswith("Judul Berita\n\n" + PLAIN * 100)
    assert len(kept(cut, text)[0]) > 20_000


def test_better_places_go_first():
    """Forty thousand characters of mere talk don't push out one signing that stands behind them."""
    text = PLAIN * 100 + (TALK + PLAIN * 30) * 100 + SIGNING + PLAIN * 1000
    cut = excerpt(text, 20_000)
    assert SIGNING.strip() in cut.text
    assert TALK in cut.text


def test_what_is_left_out_is_told_and_joins_no_sentences():
    text = PLAIN * 2000 + SIGNING + PLAIN * 2000
    cut = excerpt(text, 10_000)
    assert [removed.rule for removed in cut.removed] == [RULE, RULE]
    assert cut.text == "\n\n".join(kept(cut, text))
    first, middle, last = kept(cut, text)
    assert text.startswith(first)
    assert SIGNING in middle
    assert last == ""
    assert all(line in ("", PLAIN.strip(), SIGNING + PLAIN.strip()) for line in cut.text.split("\n"))


def test_text_full_of_cues_fills_the_room():
    cut = excerpt(SIGNING * 20_000)
    assert 0.95 * MAX_CHARS < len(cut.text) <= MAX_CHARS


def test_one_word_without_end():
    cut = excerpt("x" * 300_000)
    assert len(cut.text) <= MAX_CHARS
    assert excerpt("nota kesepahaman" * 30_000).text.startswith("nota kesepahamannota")


@given(
    st.lists(st.sampled_from([PLAIN, SIGNING, TALK, "x" * 700, "\n\n", "MoU ", "İ", " "]), max_size=80),
    st.integers(60, 9000),
)
def test_never_more_than_asked_and_every_letter_maps_back(parts, room):
    text = "".join(parts)
    cut = excerpt(text, room)
    assert len(cut.text) <= room
    assert not text or cut.changed == (len(text) > room)
    pieces = kept(cut, text)
    at = 0
    for number, piece in enumerate(pieces):
        assert cut.text[at : at + len(piece)] == piece
        if piece:
            start, end = cut.original(at, at + len(piece))
            assert text[start:end] == piece
        at += len(piece) + 2 * (number < len(pieces) - 1)
    assert at == len(cut.text)
