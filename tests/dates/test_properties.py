"""Properties: what is written is read back, and nothing that is written breaks the reader."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.dates import find_dates, resolve

NAMES = """Senin Selasa Rabu Kamis Jumat Sabtu Minggu
Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember
Jan Feb Mar Apr Mei Jun Jul Agt Sept Okt Nop Des
satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"""
WEEKDAYS, MONTHS, SHORT, ONES = [line.split() for line in NAMES.splitlines()]
FIRST, LAST = date(1945, 1, 1), date(2045, 12, 31)
DAYS = st.dates(FIRST, LAST)
# What stands in no paper before 1970 with two digits of a year.
SHORT_YEARS = date(1970, 1, 1)


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def month(day: date) -> str:
    return MONTHS[day.month - 1]


STYLES: dict[str, Callable[[date], str]] = {
    "long": lambda d: f"{d.day} {month(d)} {d.year}",
    "weekday, long": lambda d: f"{weekday(d)}, {d.day} {month(d)} {d.year}",
    "weekday long": lambda d: f"{weekday(d)} {d.day} {month(d)} {d.year}",
    "weekday (long)": lambda d: f"{weekday(d)} ({d.day} {month(d)} {d.year})",
    "weekday (figures)": lambda d: f"{weekday(d)} ({d.day}/{d.month}/{d.year})",
    "weekday (padded)": lambda d: f"{weekday(d)} ({d.day:02}/{d.month:02}/{d.year})",
    "weekday, (figures)": lambda d: f"{weekday(d)}, ({d.day}/{d.month}/{d.year})",
    "weekday figures": lambda d: f"{weekday(d)} {d.day}/{d.month}/{d.year}",
    "two digits": lambda d: f"{weekday(d)} ({d.day}/{d.month}/{d.year % 100:02})",
    "part of the day": lambda d: f"{weekday(d)} malam ({d.day}/{d.month}/{d.year})",
    "figures, part of the day": lambda d: f"{weekday(d)} ({d.day}/{d.month}/{d.year}) siang",
    "clock": lambda d: f"{weekday(d)}, {d.day} {month(d)} {d.year} pukul 10.00 WIB",
    "slashes": lambda d: f"{d.day}/{d.month}/{d.year}",
    "dashes": lambda d: f"{d.day}-{d.month}-{d.year}",
    "dots": lambda d: f"{d.day}.{d.month:02}.{d.year}",
    "iso": lambda d: d.isoformat(),
    "short month": lambda d: f"{d.day} {SHORT[d.month - 1]} {d.year}",
    "dashed month": lambda d: f"{d.day}-{SHORT[d.month - 1]}-{d.year}",
    "capitals": lambda d: f"{weekday(d)}, {d.day} {month(d)} {d.year}".upper(),
    "formal": lambda d: f"hari {weekday(d)}, tanggal {d.day} bulan {month(d)} tahun {d.year}",
    "tanggal": lambda d: f"tanggal {d.day} {month(d)} {d.year}",
    "Jum'at, Ahad": lambda d: f"{weekday(d)} ({d.day}/{d.month}/{d.year})".replace("Jumat", "Jum'at").replace(
        "Minggu", "Ahad"
    ),
    "English": lambda d: f"{d:%B} {d.day}, {d.year}",
    "compact": lambda d: f"{weekday(d)} ({d.day:02}{d.month:02}{d.year})",
}


def styles_of(day: date) -> list[str]:
    return [name for name in STYLES if name != "two digits" or day >= SHORT_YEARS]


def read_back(day: date, style: str, anchor: date) -> None:
    phrase = STYLES[style](day)
    found = resolve(phrase, anchor.isoformat())
    assert found is not None, phrase
    assert (found.value, found.conflict) == (day.isoformat(), None), phrase


@given(DAYS, DAYS, st.data())
def test_written_day_is_read_back(day: date, anchor: date, data: st.DataObject) -> None:
    read_back(day, data.draw(st.sampled_from(styles_of(day))), anchor)


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
def test_every_day_in_every_style(style: str) -> None:
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        if style in styles_of(day):
            read_back(day, style, day + timedelta(days=number % 40))


def count_word(number: int) -> str:
    """1 to 99 in words."""
    if number < 12:
        return ONES[number - 1]
    if number < 20:
        return f"{ONES[number - 11]} belas"
    unit = f" {ONES[number % 10 - 1]}" if number % 10 else ""
    return f"{ONES[number // 10 - 1]} puluh{unit}"


@given(DAYS, st.integers(1, 99), st.booleans())
def test_days_ago_in_words_and_figures(anchor: date, number: int, in_words: bool) -> None:
    phrase = f"{count_word(number) if in_words else number} hari lalu"
    found = resolve(phrase, anchor.isoformat())
    assert found is not None
    assert found.value == (anchor - timedelta(days=number)).isoformat()


@given(DAYS, st.integers(-150, 150))
def test_weekday_and_day_without_year(anchor: date, distance: int) -> None:
    day = anchor + timedelta(days=distance)
    for phrase in (f"{weekday(day)} ({day.day}/{day.month})", f"{weekday(day)}, {day.day} {month(day)}"):
        found = resolve(phrase, anchor.isoformat())
        assert found is not None
        assert found.value == day.isoformat()


@given(DAYS, st.integers(0, 6))
def test_bare_weekday_is_the_last_and_the_next(anchor: date, number: int) -> None:
    last = resolve(WEEKDAYS[number], anchor.isoformat())
    coming = resolve(WEEKDAYS[number], anchor.isoformat(), planned=True)
    assert last is not None
    assert coming is not None
    back, ahead = (
        anchor - date.fromisoformat(last.value or ""),
        date.fromisoformat(coming.value or "") - anchor,
    )
    assert timedelta(0) <= back <= timedelta(days=6)
    assert timedelta(0) <= ahead <= timedelta(days=6)
    assert (
        date.fromisoformat(last.value or "").weekday()
        == number
        == date.fromisoformat(coming.value or "").weekday()
    )


VOCABULARY = """
Senin Minggu minggu Jum'at pekan lalu depan ini itu kemarin besok lusa dua puluh belas hari bulan tahun abad
semester awal akhir Mei Agustus Des 2024 1446 H Muharram 12 3 31 ( ) , . / - : hingga s.d. dan setiap tanggal
pukul WIB sebelum setelah ke an Nomor Rp tadi malam semalam harinya HUT RI Hari Kartini &nbsp; &#8211; 3/6
12/3/2024 20102025 March beberapa pertama II terakhir mendatang yang akan datang Lebaran 9999 0 00/00/0000
MUHARAM abc siangnya kedua musim
"""
WORDS = [*VOCABULARY.split(), "\n", ""]
PUBLISHED = st.sampled_from(
    [
        None,
        "2024-05-15",
        "2024-02-29",
        "2024",
        "2021-07",
        "",
        "kemarin",
        "2024-13-45",
        "0001-01-01",
        "9999-12-31",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=30).map("".join),
)


def check_dates(text: str, published: str | None) -> None:
    before = 0
    for found in find_dates(text, published):
        assert before <= found.start < found.end <= len(text)
        assert found.text == text[found.start : found.end]
        before = found.end
        if found.value is not None:
            assert found.lower is not None
            assert found.upper is not None
            assert found.lower <= found.upper
            assert found.value.split("/")[0] == found.lower[: len(found.value.split("/")[0])]
        if not found.rule.startswith("context"):
            again = resolve(found.text, published)
            assert again is not None
            assert (again.value, again.lower, again.upper) == (found.value, found.lower, found.upper)


@given(TEXTS, PUBLISHED)
def test_any_text_is_read_without_harm(text: str, published: str | None) -> None:
    check_dates(text, published)
    for planned in (None, True, False):
        resolve(text, published, planned=planned)


WRITTEN = Path(__file__).parents[2].parent / "shared" / "gold" / "written" / "articles.jsonl"


@pytest.mark.skipif(not WRITTEN.exists(), reason="needs ../shared/gold")
def test_whole_articles_are_read_without_harm() -> None:
    for line in WRITTEN.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        check_dates(article["text"], article["published"])
