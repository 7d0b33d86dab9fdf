"""What holds for every text: nothing raises, spans are slices, a rendered amount is read back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.amounts import end_date, find_amounts, number_words, resolve_amount

FRAGMENTS = [
    *"0123456789.,-–/()%$€¥ \n\t",
    *("Rp", "Rp ", "US$", "USD ", "SGD ", "RM ", " juta", " miliar", " triliun", " T", " M", "jt", " rupiah"),
    *(" dolar AS", " euro", " krone", " tahun", " bulan", " hari", " jam", " minggu", "setahun", " ke depan"),
    *(
        " lalu",
        " silam",
        "tiga",
        "dua puluh",
        "lima belas",
        "setengah",
        " koma ",
        "seribu",
        "sejuta",
        "satu-dua",
    ),
    *(
        " hingga ",
        " s/d ",
        " sampai ",
        "antara ",
        " dan ",
        " persen",
        " hektare",
        " desa",
        " orang",
        "Nomor ",
    ),
    *("Tahun ", "Pasal ", "ke-", "pukul ", "Januari ", " Desember 2024", "2023-2028", "31/12/2026"),
    *(
        "terhitung sejak ",
        "İ",
        "ﬁ",
        "²",
        "&nbsp;",
        ",-",
        "(lima)",
        "lebih dari ",
        "sekitar ",
        " lebih",
        "Kota",
    ),
    *("Denmark", "\u200b", "\ud800", " x ", "2x24 jam", " anggaran ", "Lima Puluh Kota"),
]

texts = st.one_of(st.text(), st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join))


def check_spans(text, found):
    at = 0
    for amount in found:
        assert at <= amount.start < amount.end <= len(text)
        assert text[amount.start : amount.end] == amount.text
        at = amount.end


@given(texts, st.sampled_from([None, "2024-04-27", "2024-02-29", "2021-07", "2023", "9999-12-31", "soon"]))
def test_never_raises_and_spans_are_slices(text, published):
    check_spans(text, find_amounts(text, published))


@given(texts)
def test_kinds_carry_their_fields(text):
    for amount in find_amounts(text):
        if amount.kind == "duration":
            assert amount.iso
            assert amount.iso[0] == "P"
        else:
            assert amount.amount is not None
            assert amount.unit
        assert amount.rule.startswith(amount.kind)
        assert 0 < amount.confidence <= 1
        assert amount.upper is None or amount.amount is None or amount.upper > amount.amount


@given(texts)
def test_same_text_same_answer_whatever_stands_after_a_paragraph(text):
    alone = find_amounts(text)
    assert find_amounts(text) == alone
    assert find_amounts(text + "\n\nDemikian.")[: len(alone) - 1] == alone[:-1]


GROUPED = {
    "Rp {}": lambda n: f"Rp {n:,}".replace(",", "."),
    "Rp{},-": lambda n: f"Rp{n:,},-".replace(",", ".").replace(".-", ",-"),
    "IDR {}": lambda n: f"IDR {n:,}".replace(",", "."),
    "{} rupiah": lambda n: f"{n:,} rupiah".replace(",", "."),
    "words": lambda n: f"{number_words(n)} rupiah",
    "Rp words": lambda n: f"Rp {number_words(n)}",
    "repeated": lambda n: f"Rp {n:,}".replace(",", ".") + f" ({number_words(n)} rupiah)",
    "bare digits": lambda n: f"Rp {n}",
}


@pytest.mark.parametrize("style", GROUPED)
@given(number=st.integers(1, 10**15))
def test_rupiah_is_read_back_as_it_was_printed(style, number):
    phrase = GROUPED[style](number)
    text = f"Nilai kerja sama itu {phrase} menurut panitia."
    (amount,) = find_amounts(text)
    assert (amount.amount, amount.unit, amount.text) == (number, "IDR", phrase)


SCALES = {"ribu": 3, "juta": 6, "miliar": 9, "milyar": 9, "triliun": 12, "T": 12, "M": 9, "jt": 6}
SIGNS = {"Rp": "IDR", "IDR ": "IDR", "Rp. ": "IDR", "Rp\u00a0": "IDR"}


@given(st.decimals("0.1", "999", places=2), st.sampled_from(list(SCALES)), st.sampled_from(list(SIGNS)))
def test_scaled_sums_are_exact(number, scale, sign):
    text = f"Kontrak {sign}{str(number).replace('.', ',')} {scale}, kata dia"
    (amount,) = find_amounts(text)
    assert Decimal(str(amount.amount)) == number * 10 ** SCALES[scale]
    assert amount.unit == SIGNS[sign]


FOREIGN = {
    "US$ {}": "USD",
    "USD {}": "USD",
    "{} dolar AS": "USD",
    "{} euro": "EUR",
    "SGD {}": "SGD",
    "{} ringgit": "MYR",
}


@given(st.integers(1, 999), st.sampled_from(["juta", "miliar"]), st.sampled_from(list(FOREIGN)))
def test_foreign_sums_are_read_back(number, scale, style):
    phrase = style.format(f"{number} {scale}")
    (amount,) = find_amounts(f"Nilainya {phrase}.")
    assert (amount.amount, amount.unit, amount.text) == (number * 10 ** SCALES[scale], FOREIGN[style], phrase)


@given(st.integers(1, 999), st.integers(1, 999))
def test_ranges_rise(first, second):
    found = find_amounts(f"Rp {first}-{second} juta")
    if first < second:
        (amount,) = found
        assert (amount.amount, amount.upper) == (first * 10**6, second * 10**6)
    else:
        assert all(amount.upper is None for amount in found)


UNITS = {"tahun": "P{}Y", "bulan": "P{}M", "minggu": "P{}W", "pekan": "P{}W", "hari": "P{}D", "jam": "PT{}H"}


@given(
    st.integers(1, 999),
    st.sampled_from(list(UNITS)),
    st.sampled_from(["{0}", "{0} ({1})", "{1}", "{1} ({0})"]),
)
def test_durations_are_read_back(number, unit, style):
    phrase = f"{style.format(number, number_words(number))} {unit}"
    (amount,) = find_amounts(f"Perjanjian berlaku {phrase}.")
    assert (amount.iso, amount.text) == (UNITS[unit].format(number), phrase)


@given(st.dates(), st.integers(0, 40), st.integers(0, 40))
def test_ends_never_come_before_the_start(start, years, months):
    found = end_date(start.isoformat(), f"P{years}Y{months}M") if years or months else start.isoformat()
    assert found is None or found >= start.isoformat()


@given(st.integers(1, 60))
def test_duration_ahead_ends_that_much_later(years):
    amount = resolve_amount(f"{years} tahun ke depan", "2024-04-27")
    assert amount is not None
    assert amount.ends == f"{2024 + years}-04-27"


@pytest.mark.parametrize(
    "unit", ["1", "1.", "1,", "(", "1-", "(1", "Rp", "Rp 1 ", "dua ", "satu-", "5 juta ", "5 krone "]
)
def test_long_texts_of_one_pattern_are_read_to_the_end(unit):
    text = unit * (60_000 // len(unit))
    check_spans(text, find_amounts(text))
