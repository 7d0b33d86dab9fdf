"""Sentences of Indonesian news: abbreviations, glued sentences, quotes, bullets, wrapped lines."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.ner import split_sentences


def _cut(text):
    return [text[s.start : s.end] for s in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "PT. Timah Tbk. dan CV. Maju menandatangani MoU.",
        "Hadir Drs. H. Ahmad Yani, M.Si., Kepala Dinas Kesehatan Kab. Garut.",
        "Nilainya Rp1.500.000 per bulan atau Rp 2.750.000,50 setahun.",
        "Rudi T. Hartono memimpin rapat di Jl. Merdeka No. 5.",
        "Naskah diteken S. Hartono, S.Kom, dan M. Yusuf.",
        "Acara dimulai pukul 10.00 WIB di Bandung.",
        "Dikutip dari Kompas.com dan Liputan6.com, acara itu ramai.",
        '"Kami siap," kata Rektor.',
        '"Apakah siap?" tanya wartawan.',
        '"Ini penting." ujar Bupati menutup acara.',
    ],
)
def test_one_sentence(text):
    assert _cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ini awal kerja sama.Bupati hadir.", ["Ini awal kerja sama.", "Bupati hadir."]),
        (
            'Kami ingin maju bersama daerah."Kami siap," katanya.',
            ['Kami ingin maju bersama daerah."', 'Kami siap," katanya.'],
        ),
        ("Nilainya Rp 30 ribu/kg.Ini naik tajam.", ["Nilainya Rp 30 ribu/kg.", "Ini naik tajam."]),
        ("Diteken PT Timah Tbk. Bupati hadir.", ["Diteken PT Timah Tbk.", "Bupati hadir."]),
        ("Hadir semua? Ya! Rapat mulai.", ["Hadir semua?", "Ya!", "Rapat mulai."]),
        ("Isinya: • air bersih • sampah", ["Isinya:", "• air bersih", "• sampah"]),
        ("Judul berita\n\nIsi berita.\nIsi kedua.", ["Judul berita", "Isi berita.", "Isi kedua."]),
        (
            "Dinas Pendidikan terus memperluas\nprogram magang.",
            ["Dinas Pendidikan terus memperluas\nprogram magang."],
        ),
        ("1. Air bersih\n2. Sampah", ["1. Air bersih", "2. Sampah"]),
    ],
)
def test_cuts(text, parts):
    assert _cut(text) == parts


def test_offsets_count_in_the_whole_text():
    text = "xxxx. Bupati hadir. Rektor hadir."
    assert [text[s.start : s.end] for s in split_sentences(text, 6)] == ["Bupati hadir.", "Rektor hadir."]
    assert [text[s.start : s.end] for s in split_sentences(text, 6, 19)] == ["Bupati hadir."]


@given(st.text(alphabet=st.sampled_from("aB. \n\"'”•?!,1()S"), max_size=80))
def test_sentences_are_in_order_and_lose_no_word(text):
    spans = split_sentences(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    kept = "".join("".join(text[s.start : s.end].split()) for s in spans)
    assert kept == "".join(text.split())
