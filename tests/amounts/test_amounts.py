"""Single rules that a sentence alone does not show: fields, confidences, the calendar, the word lists."""

import itertools
from decimal import Decimal

import pytest

from sepaham import lexicon
from sepaham.amounts import end_date, find_amounts, resolve_amount
from sepaham.amounts.after import families_after
from sepaham.amounts.calendar import iso_duration
from sepaham.amounts.vocabulary import lower


def only(text, published="2024-04-27"):
    (amount,) = find_amounts(text, published)
    return amount


def test_one_phrase_is_resolved():
    assert resolve_amount("Rp 1,2 T").amount == 1_200_000_000_000
    assert resolve_amount("3 (tiga) tahun").iso == "P3Y"
    assert resolve_amount("nota kesepahaman") is None


def test_of_several_amounts_the_longest_is_resolved():
    assert resolve_amount("Rp 5.000.000 (lima juta rupiah) selama 2 tahun").unit == "IDR"


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("senilai Rp 5 miliar", 1.0),
        ("senilai $5 juta", 0.9),
        ("senilai 40 juta krone", 0.8),
        ("anggaran 5 miliar untuk jalan", 0.7),
        ("berlaku 5 (empat) tahun", 0.6),
        ("Rp 5 (lima) miliar", 1.0),
    ],
)
def test_doubtful_readings_say_so(text, confidence):
    assert only(text).confidence == confidence


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("senilai Rp 5 miliar", "money:sign-before"),
        ("senilai 5 juta dolar AS", "money:name-after"),
        ("dana 5 miliar untuk jalan", "money:implied"),
        ("berlaku tiga tahun", "duration:number-unit"),
        ("berlaku tiga tahun ke depan", "duration:ahead"),
        ("periode 2023-2028", "duration:two-dates"),
        ("selama tiga tahun terakhir", "duration:past"),
        ("seorang pria berusia lebih dari 70 tahun", "duration:age"),
        ("dihukum 4 tahun", "duration:sentence"),
        ("tiga hari sebelum acara", "duration:offset"),
        ("turun 5 persen", "quantity:percent"),
        ("seluas 5 hektare", "quantity:measure"),
        ("menanam 500 pohon", "quantity:count"),
    ],
)
def test_rule_names_what_was_read(text, rule):
    assert only(text).rule == rule


def test_duration_has_its_count_and_unit_beside_the_iso_form():
    amount = only("berlaku 36 bulan")
    assert (amount.amount, amount.unit, amount.iso) == (36, "bulan", "P36M")
    compound = only("berlaku 2 tahun 6 bulan")
    assert (compound.amount, compound.unit, compound.iso) == (None, None, "P2Y6M")


@pytest.mark.parametrize("published", [None, "2024-04", "2024"])
def test_end_is_as_exact_as_the_publication_date(published):
    ends = only("berlaku lima tahun ke depan", published).ends
    assert ends == (None if published is None else published.replace("2024", "2029"))


def test_days_ahead_of_a_month_have_no_end():
    assert only("dalam 30 hari ke depan", "2024-04").ends is None


@pytest.mark.parametrize(
    ("start", "iso", "end"),
    [
        ("2024-04-27", "P3Y", "2027-04-27"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2024-02-29", "P4Y", "2028-02-29"),
        ("2024-08-31", "P6M", "2025-02-28"),
        ("2024-12-31", "P2W", "2025-01-14"),
        ("2024-01-01", "P1Y6M10D", "2025-07-11"),
        ("2021-07", "P36M", "2024-07"),
        ("2021-11", "P2M", "2022-01"),
        ("2021", "P5Y", "2026"),
        ("2021", "P24M", "2023"),
        ("2021", "P6M", None),
        ("2021-07", "P10D", None),
        ("2021-07-01", "PT5H", None),
        ("2021-07-01", "P1.5M", None),
        ("9999-01-01", "P1Y", None),
        ("2021-13-01", "P1Y", None),
        ("kemarin", "P1Y", None),
    ],
)
def test_end_of_a_duration(start, iso, end):
    assert end_date(start, iso) == end


@pytest.mark.parametrize(
    ("parts", "iso"),
    [
        ([("2", "Y"), ("6", "M")], "P2Y6M"),
        ([("2.5", "Y")], "P2Y6M"),
        ([("1.5", "TH")], "PT1H30M"),
        ([("1.5", "M")], "P1.5M"),
        ([("2", "W")], "P2W"),
        ([("2", "W"), ("3", "D")], "P17D"),
        ([("1", "D"), ("12", "TH")], "P1DT12H"),
        ([("0", "D")], None),
    ],
)
def test_iso_form(parts, iso):
    assert iso_duration((Decimal(count), designator) for count, designator in parts) == iso


@pytest.mark.parametrize(
    "text",
    ["krone", "5 juta dong", "Rp", "Rp juta", "miliar rupiah", "tahun", "puluhan juta", "persen"],
)
def test_units_without_a_number_are_no_amount(text):
    assert find_amounts(text) == []


def test_country_in_the_text_decides_between_currencies_of_one_name():
    assert only("Vietnam memberi 500 juta dong").unit == "VND"
    assert only("Meksiko memberi 5 juta peso").unit == "MXN"
    assert only("Filipina memberi 5 juta peso").unit == "PHP"


def test_blanks_and_line_breaks_inside_but_no_paragraph():
    assert only("Rp\u00a01,2\u202ftriliun").amount == 1_200_000_000_000
    assert only("sebesar Rp 1,2\ntriliun").amount == 1_200_000_000_000
    assert only("Rp 1,2\n\ntriliun").text == "Rp 1,2"


@pytest.mark.parametrize(
    "unit", ["tahun", "jam", "persen", "orang", "rupiah", "triliun rupiah", "triliun tahun"]
)
@pytest.mark.parametrize("digits", ["9" * 24, "9" * 25, "0" * 24, "0,000", "999.999.999.999.999"])
def test_absurd_numbers_do_not_raise(digits, unit):
    for amount in find_amounts(f"sebanyak {digits} {unit}") + find_amounts(f"Rp {digits} {unit}"):
        assert amount.amount is None or amount.amount >= 0


def test_lower_case_keeps_offsets():
    text = "İSTANBUL memberi Rp 5 miliar"
    assert len(lower(text)) == len(text)
    assert only(text).text == "Rp 5 miliar"


def test_units_belong_to_one_family_unless_the_grammar_can_tell():
    units = lexicon.toml("amounts/units.toml")
    counts = list(itertools.chain.from_iterable(units["counts"].values()))
    assert len(counts) == len(set(counts)), "a noun is counted once"
    times = {word for row in lexicon.toml("amounts/durations.toml")["unit"] for word in row["words"]}
    measures = {word for row in units["measure"] for word in row["words"]}
    assert not times & set(counts)
    assert not measures & set(counts)
    assert not measures & times


def test_every_unit_can_follow_a_number():
    units = lexicon.toml("amounts/units.toml")
    for noun in itertools.chain.from_iterable(units["counts"].values()):
        assert "count" in families_after(f"5 {noun}", 1), noun
        (amount,) = find_amounts(f"sebanyak 5 {noun}.")
        assert amount.unit == noun
    for row in units["measure"]:
        for word in row["words"]:
            assert only(f"sebanyak 5 {word}.").unit == row["unit"]


def test_every_currency_is_found_before_and_after():
    rows = lexicon.toml("amounts/currencies.toml")["currency"]
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes))
    assert all(len(code) == 3 and code.isupper() for code in codes)
    for row in rows:
        for sign in (*row["before"], row["code"]):
            assert only(f"senilai {sign} 5 juta.").unit == row["code"], sign
        for name in (*row["after"], row["code"]):
            assert only(f"senilai 5 juta {name}.").unit == row["code"], name


def test_every_unit_of_time_is_read():
    for row in lexicon.toml("amounts/durations.toml")["unit"]:
        for word in row["words"]:
            assert only(f"berlaku 3 {word}.").unit == row["unit"]


def test_every_qualifier_is_read():
    before = lexicon.toml("amounts/context.toml")["before"]
    for qualifier, phrases in before.items():
        for phrase in phrases:
            if qualifier != "between":
                assert only(f"Nilai itu {phrase} Rp 5 miliar saja.").qualifier == qualifier, phrase
