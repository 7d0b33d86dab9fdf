"""The day of signing as a fact: planned ones look ahead, ranges keep what their ends share."""

import pytest

from sepaham.dates import find_dates
from sepaham.relations.when import date_fact

PUBLISHED = "2024-06-05"  # a Wednesday


@pytest.mark.parametrize(
    ("text", "status", "value", "precision"),
    [
        ("Jumat", "planned", "2024-06-07", "day"),
        ("Jumat", "signed", "2024-05-31", "day"),
        ("Jumat", "implemented", "2024-05-31", "day"),
        ("Jumat (7/6)", "planned", "2024-06-07", "day"),
        ("6-9 Desember 2023", "signed", "2023-12", "month"),
        ("30 Juni sampai 2 Juli 2023", "signed", "2023", "year"),
        ("Mei 2024", "signed", "2024-05", "month"),
        ("beberapa waktu lalu", "signed", None, "none"),
    ],
)
def test_value_and_precision(text: str, status: str, value: str | None, precision: str) -> None:
    (date,) = find_dates(text, PUBLISHED)
    fact = date_fact(date, PUBLISHED, status)
    assert (fact.value, fact.precision, fact.text) == (value, precision, text)
