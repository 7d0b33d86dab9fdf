"""The gold set of passages: what must go and what must stay, in the styles of many outlets."""

import tomllib
from pathlib import Path

import pytest

from sepaham.cleaning import clean

FOLDER = Path(__file__).parent
PASSAGES = [
    passage
    for file in sorted(FOLDER.glob("passages_*.toml"))
    for passage in tomllib.loads(file.read_text(encoding="utf-8"))["passage"]
]
FLOOR = 0.97


def faults(passage: dict[str, list[str]]) -> list[str]:
    copy = clean(passage["text"]).text
    left = [f"left: {text}" for text in passage["gone"] if text in copy]
    return left + [f"lost: {text}" for text in passage["stay"] if text not in copy]


def test_passages_are_gold():
    assert len(PASSAGES) >= 120
    assert all(gone in passage["text"] for passage in PASSAGES for gone in passage["gone"])
    assert all(passage["gone"] or passage["stay"] for passage in PASSAGES)


def test_passages_are_cleaned_right():
    wrong = {passage["text"]: found for passage in PASSAGES if (found := faults(passage))}
    assert 1 - len(wrong) / len(PASSAGES) >= FLOOR, wrong


def test_a_cleaned_copy_has_nothing_left_to_clean():
    again = [passage["text"] for passage in PASSAGES if clean(clean(passage["text"]).text).removed]
    assert len(again) <= 0.03 * len(PASSAGES), again


@pytest.mark.parametrize(
    "text",
    [
        "Pemkab Bone menandatangani MoU. Baca buku menjadi gerakan bersama.",
        "Rektor (kanan) dan Bupati (kiri) hadir. Editor utama majalah itu turut menyaksikan.",
        "Halaman kantor bupati dipakai untuk penandatanganan.",
        "",
        " \n ",
    ],
)
def test_plain_news_stays_as_it_is(text):
    cleaned = clean(text)
    assert cleaned.text == text
    assert not cleaned.changed
    assert cleaned.removed == ()
