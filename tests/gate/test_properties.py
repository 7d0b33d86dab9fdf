"""The gate on any text at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.gate import judge, passes

CUES = [
    "menandatangani",
    "MoU",
    "nota",
    "kesepahaman",
    "kerja",
    "sama",
    "perjanjian",
    "PKS",
    "meneken",
    "hibah",
]
AGAINST = ["klub", "pemain", "SK", "terdakwa", "kontrak"]
GLUE = [
    "bupati",
    "dan",
    "dengan",
    "di",
    ".",
    ",",
    "\n\n",
    "“",
    "(",
    ")",
    "tanda",
    "tangan",
    "bersama",
    "İ",
    "\u00a0",
    "",
]
WORDS = st.sampled_from([*CUES, *AGAINST, *GLUE])
TEXTS = st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join))
# Letters and words without any cue; the gap keeps words of the text from reaching over into it.
GAP = " Hujan turun sepanjang sore dan jalan di depan pasar lama tergenang setinggi mata kaki." * 2
SIGNED = "Keduanya menandatangani nota kesepahaman kerja sama."


@given(TEXTS)
def test_never_raises_and_both_verbs_agree(text):
    result = judge(text)
    assert result.passed == passes(text)
    assert result.passed == (bool(result.cues) and result.score >= result.threshold)
    assert 0 <= result.score <= 1
    for cue in result.cues:
        assert text[cue.start : cue.end] == cue.text
        assert cue.start < cue.end


@given(TEXTS, st.integers(1, 20))
def test_words_that_are_no_cue_change_nothing_behind(text, times):
    assert judge(text + GAP * times) == judge(text + GAP)
    assert judge(text + GAP).score == judge(text + " ").score


@given(TEXTS)
def test_a_signing_told_behind_never_lowers_the_score(text):
    assert judge(text + GAP + SIGNED).score >= judge(text + GAP).score


@given(st.lists(WORDS).map(" ".join))
def test_capitals_do_not_matter(text):
    low, high = judge(text.lower().replace("i̇", "i")), judge(text.lower().replace("i̇", "i").upper())
    assert low.score == high.score


UNITS = ["a", " ", "İ", "n\n", "m.o.", "perjan", "memorandu", "tandatangan", "kesepakatan"]
PHRASES = ["tanda ", "nota ", "kerja ", "pks ", "perjanjian ", "menandatangani mou ", "komitmen bersama "]


@pytest.mark.parametrize("unit", UNITS + PHRASES)
def test_a_megabyte_of_anything_is_read(unit):
    text = (unit * 1_000_000)[:1_000_000]
    assert judge(text).passed == passes(text)
