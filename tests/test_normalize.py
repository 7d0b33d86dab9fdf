"""`normalize`: dates and amounts in one list, and the JSON lines form that `sepaham normalize` reads."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.errors import InputError
from sepaham.normalize import normalize, normalize_lines

PUBLISHED = "2024-04-27"
KEYS = {"text", "start", "end", "kind", "value", "amount", "currency", "unit", "rule", "conflict"}
SENTENCE = (
    "Perjanjian senilai Rp 1,2 T diteken Jumat (26/4/2024) pukul 10.00 WIB, berlaku 3 (tiga) tahun, "
    "untuk 250 hektare lahan di 12 desa."
)


def brief(text, published=PUBLISHED):
    """(kind, text, meaning) of every record."""
    return [
        (
            found["kind"],
            found["text"],
            found["value"] if found["amount"] is None else found["amount"],
        )
        for found in normalize(text, published)
    ]


def test_every_kind_in_one_sentence():
    assert brief(SENTENCE) == [
        ("money", "Rp 1,2 T", 1_200_000_000_000),
        ("date", "Jumat (26/4/2024)", "2024-04-26"),
        ("time", "pukul 10.00 WIB", "2024-04-26T10:00+07:00"),
        ("duration", "3 (tiga) tahun", "P3Y"),
        ("quantity", "250 hektare", 250),
        ("quantity", "12 desa", 12),
    ]


def test_records_have_the_same_keys_and_leave_null_what_a_kind_has_not():
    for found in normalize(SENTENCE, PUBLISHED):
        assert set(found) == KEYS
        assert (found["currency"] is not None) == (found["kind"] == "money")
        assert (found["unit"] is not None) == (found["kind"] == "quantity")
        assert (found["amount"] is not None) == (found["kind"] in ("money", "quantity"))
        assert SENTENCE[found["start"] : found["end"]] == found["text"]
        assert found["rule"]


def test_currency_and_unit():
    money, quantity = normalize("SGD 5 juta untuk 40 persen saham", PUBLISHED)
    assert (money["currency"], quantity["unit"]) == ("SGD", "%")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Berlaku lima tahun ke depan.", [("duration", "lima tahun ke depan", "P5Y")]),
        ("Diteken lima tahun silam.", [("date", "lima tahun silam", "2019")]),
        ("Periode 2023-2028.", [("date", "2023-2028", "2023/2028")]),
        (
            "Berlaku 1 Januari s/d 31 Desember 2024.",
            [("date", "1 Januari s/d 31 Desember 2024", "2024-01-01/2024-12-31")],
        ),
        ("Digelar 12-13 Maret 2024.", [("date", "12-13 Maret 2024", "2024-03-12/2024-03-13")]),
        ("Rapat digelar setiap Senin.", [("date", "setiap Senin", None)]),
        ("Selama tiga tahun, hingga 2027.", [("duration", "tiga tahun", "P3Y"), ("date", "2027", "2027")]),
        ("Mei 2024 dibagi 200 bibit.", [("date", "Mei 2024", "2024-05"), ("quantity", "200 bibit", 200)]),
        ("Naskah Nomor 5 Tahun 2023 dibacakan.", []),
    ],
)
def test_where_two_readings_overlap_one_is_given(text, expected):
    assert brief(text) == expected


def test_weekday_against_date_is_a_conflict():
    (found,) = normalize("Diteken Senin (26/4/2024).", PUBLISHED)
    assert found["kind"] == "date"
    assert found["conflict"]


def test_without_a_publication_date_relative_days_have_no_value():
    assert brief("Diteken kemarin.", None) == [("date", "kemarin", None)]


@pytest.mark.parametrize("published", ["kemarin", "27-04-2024", "2024-13", "2024-02-30", "2024/04/27", ""])
def test_bad_publication_date_is_an_input_error(published):
    with pytest.raises(InputError, match="2024-04"):
        normalize("Diteken kemarin.", published)


@pytest.mark.parametrize("published", ["2024-04-27", "2024-04", "2024", None])
def test_publication_date_of_any_precision(published):
    assert isinstance(normalize("Diteken kemarin.", published), list)


def test_lines_are_read_one_by_one_and_numbered():
    lines = [
        json.dumps({"text": "Diteken kemarin.", "published": "2024-04-27"}),
        "\n",
        json.dumps({"text": "Rp 5 miliar.", "published": None}),
        json.dumps({"text": "Tidak ada apa-apa.", "id": 7}),
        json.dumps({"text": "Berlaku 2 tahun."}) + "\n",
    ]
    found = list(normalize_lines(lines))
    assert [(row["line"], row["kind"]) for row in found] == [
        (1, "date"),
        (3, "money"),
        (5, "duration"),
    ]
    assert set(found[0]) == KEYS | {"line"}


def test_lines_are_not_read_ahead():
    def lines():
        yield json.dumps({"text": "Rp 5 miliar"})
        raise AssertionError("the second line was read before the first was answered")

    assert next(normalize_lines(lines()))["amount"] == 5_000_000_000


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Rp 5 miliar", "no JSON"),
        ('{"text": "Rp 5 miliar"', "no JSON"),
        ('["Rp 5 miliar"]', "no object"),
        ('"Rp 5 miliar"', "no object"),
        ('{"teks": "Rp 5 miliar"}', "`text` is missing"),
        ('{"text": 5}', "`text` is missing or no string"),
        ('{"text": "x", "published": 2024}', "`published` is no string"),
        ('{"text": "x", "published": "27 April 2024"}', "no date"),
        ("[" * 100_000, "no JSON"),
        ("9" * 10_000, "no JSON"),
    ],
)
def test_bad_line_is_an_input_error_with_its_number(line, fault):
    lines = [json.dumps({"text": "Rp 5 miliar"}), line]
    found = normalize_lines(lines)
    assert next(found)["line"] == 1
    with pytest.raises(InputError, match=f"line 2: .*{fault}"):
        next(found)


@given(st.text(), st.sampled_from([None, "2024-04-27", "2021-07", "1999"]))
def test_any_text_gives_records_in_order_without_overlaps(text, published):
    at = 0
    for found in normalize(text, published):
        assert at <= found["start"] < found["end"] <= len(text)
        assert text[found["start"] : found["end"]] == found["text"]
        json.dumps(found)
        at = found["end"]


FRAGMENTS = [
    *("Rp 5 ", "juta ", "Jumat ", "(26/4/2024) ", "2023-2028 ", "tiga ", "tahun ", "ke depan ", "lalu "),
    *("12 ", "Mei ", "2024 ", "persen ", "pukul 10.00 ", "hari ", "setiap ", "sampai ", "- ", "desa "),
    *("bulan ", "Minggu "),
]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join))
def test_dates_and_amounts_side_by_side_never_overlap(text):
    at = 0
    for found in normalize(text, PUBLISHED):
        assert at <= found["start"]
        at = found["end"]
