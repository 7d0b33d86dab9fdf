"""Digits and number words, both ways."""

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.amounts import number_words, parse_number_words
from sepaham.amounts.digits import parse_digits, plain

LIMIT = 10**15


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (101, "seratus satu"),
        (110, "seratus sepuluh"),
        (111, "seratus sebelas"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1_000, "seribu"),
        (1_001, "seribu satu"),
        (2_000, "dua ribu"),
        (10_000, "sepuluh ribu"),
        (11_111, "sebelas ribu seratus sebelas"),
        (100_000, "seratus ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (1_250_000, "satu juta dua ratus lima puluh ribu"),
        (10**9, "satu miliar"),
        (10**12, "satu triliun"),
        (10**15, "satu kuadriliun"),
        (-7, "minus tujuh"),
    ],
)
def test_words_of_a_number(number, words):
    assert number_words(number) == words
    assert parse_number_words(words) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("sejuta", 10**6),
        ("semiliar", 10**9),
        ("setriliun", 10**12),
        ("seribu triliun", 10**15),
        ("dua ribu lima ratus triliun", 2_500 * 10**12),
        ("seribu miliar", 10**12),
        ("duapuluh lima", 25),
        ("limabelas", 15),
        ("limaratus ribu", 500_000),
        ("seratusribu", 100_000),
        ("satu setengah juta", 1_500_000),
        ("setengah", Decimal("0.5")),
        ("setengah triliun", 500 * 10**9),
        ("seperempat", Decimal("0.25")),
        ("tiga perempat", Decimal("0.75")),
        ("dua koma lima", Decimal("2.5")),
        ("dua koma nol lima", Decimal("2.05")),
        ("nol koma lima juta", 500_000),
        ("dua koma tujuh lima miliar", 2_750_000_000),
        ("satu milyar", 10**9),
        ("Dua Puluh\nLima", 25),
        ("  tiga  ", 3),
    ],
)
def test_press_spellings(words, number):
    assert parse_number_words(words) == number


@pytest.mark.parametrize(
    "words",
    [
        "",
        "desa",
        "12",
        "dua tiga",
        "puluh",
        "belas dua",
        "dua puluh puluh",
        "satu juta dua juta",
        "satu ribu juta",
        "nol juta",
        "dua puluh sebelas",
        "seratus seratus",
        "kedua",
        "satu-satunya",
        "dua puluh lima desa",
        "minus",
        "koma lima",
        "dua koma",
    ],
)
def test_no_number(words):
    assert parse_number_words(words) is None


def test_beyond_the_limit_is_refused():
    with pytest.raises(ValueError, match="10\\^15"):
        number_words(LIMIT + 1)


def test_round_trip_on_random_integers():
    rng = random.Random(20240427)
    for _ in range(4_000):
        number = rng.randrange(10 ** rng.randint(1, 15) + 1)
        assert parse_number_words(number_words(number)) == number


@pytest.mark.slow
def test_round_trip_on_a_hundred_thousand_random_integers():
    rng = random.Random(1945)
    for _ in range(100_000):
        number = rng.randrange(10 ** rng.randint(1, 15) + 1)
        assert parse_number_words(number_words(number)) == number


@given(st.integers(-LIMIT, LIMIT))
def test_round_trip(number):
    assert parse_number_words(number_words(number)) == number


@given(st.integers(0, LIMIT))
def test_no_two_numbers_share_their_words(number):
    other = number - 1 if number else 1
    assert number_words(number) != number_words(other)


@given(st.text())
def test_never_raises_on_any_phrase(phrase):
    found = parse_number_words(phrase)
    assert found is None or isinstance(found, int | Decimal)


@pytest.mark.parametrize(
    ("raw", "whole", "english", "value"),
    [
        ("1500", True, False, "1500"),
        ("1.500", True, False, "1500"),
        ("1.500", False, True, "1.5"),
        ("1.5", True, False, "1.5"),
        ("1,5", True, False, "1.5"),
        ("1,500", True, False, "1500"),
        ("1,500", False, False, "1.5"),
        ("0,500", True, False, "0.5"),
        ("0.500", True, False, "0.5"),
        ("1234,500", True, False, "1234.5"),
        ("1.500.000", True, False, "1500000"),
        ("1,500,000", True, False, "1500000"),
        ("1.500.000,50", True, False, "1500000.5"),
        ("1,500,000.50", True, False, "1500000.5"),
        ("1.500.000.00", True, False, "1500000"),
        ("12.345,6", False, False, "12345.6"),
    ],
)
def test_digits(raw, whole, english, value):
    assert parse_digits(raw, whole=whole, english=english) == Decimal(value)


@pytest.mark.parametrize("raw", ["1.50.000", "1.5000.000", "1,5,0", "1.500,5,5", "1.2.3", "9" * 40])
def test_digits_that_make_no_number(raw):
    assert parse_digits(raw, whole=True) is None


def test_json_numbers_are_whole_where_they_can_be():
    assert plain(Decimal("1500000.00")) == 1_500_000
    assert isinstance(plain(Decimal("1500000.00")), int)
    assert isinstance(plain(Decimal("2.5")), float)
    assert plain(Decimal("1.2") * 10**12) == 1_200_000_000_000
