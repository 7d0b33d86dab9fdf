"""Calendar arithmetic, and the word lists that the grammar stands on."""

import tomllib
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.dates import days, find_dates, lexer, resolve

RESOURCES = files("sepaham") / "resources" / "dates"


@pytest.mark.parametrize(
    ("hijri", "gregorian"),
    [
        ((1445, 9, 1), "2024-03-12"),
        ((1445, 10, 1), "2024-04-10"),
        ((1445, 12, 10), "2024-06-17"),
        ((1444, 10, 1), "2023-04-21"),
        ((1443, 10, 1), "2022-05-02"),
        ((1446, 1, 1), "2024-07-07"),
        ((1364, 9, 9), "1945-08-17"),
    ],
)
def test_hijri_days_are_within_a_day_of_those_that_were_kept(
    hijri: tuple[int, int, int], gregorian: str
) -> None:
    assert abs((days.from_hijri(*hijri) - date.fromisoformat(gregorian)).days) <= 1


@pytest.mark.parametrize(
    ("published", "lower", "upper"),
    [
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-05-15T23:10:00+07:00", "2024-05-15", "2024-05-15"),
    ],
)
def test_anchor_is_as_exact_as_it_is_written(published: str, lower: str, upper: str) -> None:
    anchor = days.parse_anchor(published)
    assert anchor is not None
    assert (anchor.lower.isoformat(), anchor.upper.isoformat()) == (lower, upper)


@pytest.mark.parametrize("published", [None, "", "2024-13", "2024-02-30", "kemarin", "26-04-2024", "0000"])
def test_what_is_no_day_is_no_anchor(published: str | None) -> None:
    assert days.parse_anchor(published) is None


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(1, 3))
def test_thirds_lie_in_their_period(day: date, part: int) -> None:
    for period in (days.month(day.year, day.month), days.years(day.year, day.year)):
        third = days.third(period, part)
        assert period.lower <= third.lower <= third.upper <= period.upper
        assert third.iso() == period.iso()


def test_a_month_as_anchor_gives_no_day_that_the_text_does_not_give() -> None:
    for phrase in ("kemarin", "Selasa", "hari ini", "dua hari lalu", "tanggal 5", "Senin depan"):
        found = resolve(phrase, "2021-07")
        assert found is not None
        assert found.precision in ("month", "year")


def test_words_are_lower_case_and_stand_in_one_list_of_values() -> None:
    lists = tomllib.loads((RESOURCES / "words.toml").read_text(encoding="utf-8"))
    valued = [
        word for key in ("months", "weekdays", "hijri_months") for group in lists[key] for word in group
    ]
    for key in ("dayparts", "adverbs", "units", "one", "divisions", "parts", "numbers", "ordinals", "zones"):
        valued += lists[key]
    assert len(valued) == len(set(valued))
    assert all(word == word.lower() and word.isalpha() for word in valued)


def test_no_word_is_hidden_by_another_list() -> None:
    for key, words in tomllib.loads((RESOURCES / "words.toml").read_text(encoding="utf-8"))["plain"].items():
        for word in words:
            assert lexer.tokenize(word).classes == lexer._PLAIN[key], (key, word)


def test_named_days_exist_in_a_leap_year() -> None:
    table = tomllib.loads((RESOURCES / "named.toml").read_text(encoding="utf-8"))
    for name, day in {**table["days"], **table["bare"]}.items():
        month, number = (int(part) for part in day.removeprefix("h-").split("-"))
        assert 1 <= month <= 12, name
        assert 1 <= number <= (30 if day.startswith("h-") else 31), name
        assert day.startswith("h-") or days.make_date(2024, month, number), name
    assert set(table["founded"]) <= {*table["bare"], *(f"hari {name}" for name in table["days"])}


def test_a_megabyte_of_signs_is_read() -> None:
    for piece in ("1", "(", ".", "1/", "1-", "&", "1 dan ", "Rp1.", "12/3/"):
        text = (piece * 1_000_000)[:200_000]
        assert find_dates(text, "2024-05-15") == []


def test_the_same_text_gives_the_same_dates() -> None:
    text = (
        "Diteken Jumat (26/04/24), berlaku hingga 2028. Sehari sebelumnya keduanya bertemu pukul 10.00 WIB."
    )
    assert find_dates(text, "2024-04-27") == find_dates(text, "2024-04-27")
