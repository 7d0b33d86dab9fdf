"""The publication date: from the field, the URL, the dateline or a hint; never a guess."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.ingestion import read_articles
from sepaham.ingestion.calendar import parse_day
from sepaham.ingestion.published import find_published, from_dateline, from_hint, from_url

SEED = Path(__file__).parents[3] / "shared" / "seed"
PLAIN = "Pemkab Ende dan Universitas Flores menandatangani perjanjian kerja sama, Senin (3/6/2024)."
DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31))
MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-04-27", "2024-04-27"),
        ("2024-04-27 10:15:00", "2024-04-27"),
        ("2024-04-26T16:59:59Z", "2024-04-26"),
        ("2024-04-26T17:00:00Z", "2024-04-27"),
        ("2024-04-26T18:00:00.123456+00:00", "2024-04-27"),
        ("2024-04-26 18:00:00+0000", "2024-04-27"),
        ("2024-04-27T00:30:00+09:00", "2024-04-26"),
        ("2024-04-26T23:00:00-07:00", "2024-04-27"),
        ("2024-12-31T20:00Z", "2025-01-01"),
        ("20240427T170000Z", "2024-04-28"),
        ("2024/4/7", "2024-04-07"),
        ("Jumat, 26 April 2024 10:15 WIB", "2024-04-26"),
        ("Jumat, 26 April 2024 | 23.55 WIB", "2024-04-26"),
        ("Jum'at, 26 Apr 2024", "2024-04-26"),
        ("Sabtu, 27 April 2024 00:30 WIT", "2024-04-26"),
        ("Sabtu, 27 April 2024 01:30 WITA", "2024-04-27"),
        ("Ahad, 21 Pebruari 2021", "2021-02-21"),
        ("5 Agt 2022", "2022-08-05"),
        ("17 Agustus 2023, 05:00", "2023-08-17"),
        ("26/04/2024", "2024-04-26"),
        ("26-04-24 10:15", "2024-04-26"),
        ("26.04.2024", "2024-04-26"),
        ("Kompas.com - 26/04/2024, 10:15 WIB", "2024-04-26"),
        ("26-Apr-2024", "2024-04-26"),
        ("April 26, 2024 at 11:30 pm", "2024-04-26"),
        ("Fri, 26 Apr 2024 18:00:00 GMT", "2024-04-27"),
        ("Fri Apr 26 2024 23:30:00 GMT+0700 (Western Indonesia Time)", "2024-04-26"),
        (1714150799, "2024-04-26"),
        (1714150800, "2024-04-27"),
        (1714150800.5, "2024-04-27"),
        ("1714150800", "2024-04-27"),
        (1714150800000, "2024-04-27"),
        ("1714150800000000", "2024-04-27"),
        (20240427, "2024-04-27"),
        ("20240427101500", "2024-04-27"),
        ({"$date": "2024-04-26T18:00:00Z"}, "2024-04-27"),
        ({"$date": {"$numberLong": "1714150800000"}}, "2024-04-27"),
        ("2021-07", "2021-07"),
        ("Juli 2021", "2021-07"),
        ("07/2021", "2021-07"),
        ("2021", "2021"),
        (2021, "2021"),
    ],
)
def test_field(value, expected):
    assert parse_day(value) == expected


@pytest.mark.parametrize(
    "value",
    ["", "-", "None", "nan", "kemarin", "2 jam yang lalu", "Mei", "31/02/2024", "29 Februari 2023",
     "04/26/2024", "2024-13-01", "0000-00-00", "0001-01-01", "13/2021", "5 tahun", "9" * 300,
     0, -1, 17, True, None, float("nan"), float("inf"), [], {}],
)  # fmt: skip
def test_field_without_a_date_is_none(value):
    assert parse_day(value) is None


@given(DAYS)
def test_every_way_to_write_a_day_gives_the_day(day):
    iso = day.isoformat()
    for written in (
        iso,
        f"{iso}T09:00:00+07:00",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"Senin, {day.day:02d} {MONTHS[day.month - 1][:3]} {day.year} 08:00 WIB",
        day.strftime("%d/%m/%Y"),
        day.strftime("%Y%m%d"),
    ):
        assert parse_day(written) == iso


@given(
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)),
    st.integers(min_value=-12 * 60, max_value=14 * 60),
)
def test_stamps_with_a_zone_are_days_in_jakarta(moment, minutes):
    moment = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    expected = (moment.astimezone(UTC) + timedelta(hours=7)).date().isoformat()
    assert parse_day(moment.isoformat()) == expected
    assert parse_day(moment.strftime("%d %b %Y %H:%M:%S %z")) == expected
    assert parse_day(int(moment.timestamp())) == expected


@given(st.text())
def test_any_text_gives_an_iso_date_or_none(text):
    found = parse_day(text)
    assert found is None or date.fromisoformat((found + "-01-01")[:10])


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.example/read/2024/04/27/101500578/dua-daerah-teken-mou", "2024-04-27"),
        ("https://x.example/2024/4/7/mou", "2024-04-07"),
        ("https://x.example/berita/2024-04-27-mou-dua-daerah", "2024-04-27"),
        ("https://x.example/nasional/20240427101500-20-1091234/mou", "2024-04-27"),
        ("https://x.example/20240427/mou", "2024-04-27"),
        ("https://x.example/2024/04/mou-dua-daerah/", "2024-04"),
        ("https://x.example/2024/13/45/mou", None),
        ("https://x.example/2024/02/30/mou", "2024-02"),
        ("https://x.example/read/1861234/mou", None),
        ("https://x.example/d-20240427123/mou", None),
        ("https://x.example/mou-2024-berakhir", None),
        ("https://x.example/mou?d=/2024/04/27/", None),
        ("https://x.example/kalender/27-april-2024", None),
    ],
)
def test_url(url, expected):
    assert from_url(url) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jakarta, 27 April 2024 - Dua daerah sepakat.", "2024-04-27"),
        ("Jakarta, 27 April 2024 – Dua daerah sepakat.", "2024-04-27"),
        ("Judul Siaran Pers\n\nTangerang Selatan, 13 Februari 2023 — PT Maju sepakat.", "2023-02-13"),
        ("JAKARTA, KABAR.example (27/04/2024) - Dua daerah sepakat.", "2024-04-27"),
        ("SURABAYA (Sabtu, 27/4/24) -- Dua daerah sepakat.", "2024-04-27"),
        ("ISTANBUL, 27 April 2024 (Antara) -- Dua daerah sepakat.", "2024-04-27"),
        ("Dua Daerah Sepakat\nSabtu, 27 April 2024 | 10:15 WIB\nKUPANG - Isi.", "2024-04-27"),
        ("Dua Daerah Sepakat\nDiterbitkan: 27 April 2024\nIsi.", "2024-04-27"),
        ("Kendari, 27 April 2024\nIsi.", "2024-04-27"),
        # the day of an event is no publication date
        ("Pada Sabtu, 27 April 2024, dua daerah sepakat.", None),
        ("Bogor, 16 Mei 2023. Dua daerah sepakat.", None),
        ("Hari/Tanggal: Sabtu, 27 April 2024\nTempat: Aula", None),
        ("Sabtu, 1 Juni 2024 – Hari Lahir Pancasila\nSenin, 17 Juni 2024 – Iduladha", None),
        ("Kupang, 1 Desember 2020 - 6 Desember 2020 pameran dibuka.", None),
        ("JAKARTA - Dua daerah sepakat, Jumat (26/04/24).", None),
        ("Jakarta, 31 April 2024 - Dua daerah sepakat.", None),
        ("Isi. " * 200 + "\nJakarta, 27 April 2024 - Dua daerah sepakat.", None),
    ],
)
def test_dateline(text, expected):
    assert from_dateline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Isi.\n\nIMG 20240427 WA0017\n\nIsi.", "2024-04-27"),
        ("IMG-20240427-WA0017.jpg", "2024-04-27"),
        ("foto: IMG_20240427_101500", "2024-04-27"),
        ("WhatsApp Image 2024-04-27 at 10.15.00", "2024-04-27"),
        ("IMG 20240420 WA0001 lalu IMG 20240427 WA0017", "2024-04-27"),
        ("IMG 20241345 WA0017", None),
        ("Naskah 20240427 diteken", None),
        ("GAMBARIMG20240427", None),
        ("IMG 202404271", None),
    ],
)
def test_hint(text, expected):
    assert from_hint(text) == expected


def test_order_of_the_places():
    url = "https://x.example/2024/05/02/mou"
    text = "Jakarta, 3 Mei 2024 - Dua daerah sepakat.\nIMG 20240504 WA0017"
    assert find_published("1 Mei 2024", url, text) == ("2024-05-01", "field")
    assert find_published("tadi pagi", url, text) == ("2024-05-02", "url")
    assert find_published(None, None, text) == ("2024-05-03", "dateline")
    assert find_published(None, None, "IMG 20240504 WA0017") == ("2024-05-04", "hint")
    assert find_published(None, None, PLAIN) == (None, None)


def test_title_is_no_place_for_a_dateline(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({"title": "Jakarta, 27 April 2024 - Acara", "text": PLAIN}))
    (article,) = read_articles([str(path)])
    assert (article.published, article.published_from) == (None, None)


@pytest.mark.skipif(not SEED.is_dir(), reason="../shared/seed is not there")
def test_seed_article_is_dated_by_its_photo():
    (article,) = read_articles([str(SEED)])
    assert (article.title, article.published, article.published_from) == (None, "2024-04-27", "hint")
