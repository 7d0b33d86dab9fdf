"""Learned mentions that touch or overlap: bodies joined by "dan", names in two pieces, offices over names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spans import marked

from sepaham.ner.neighbours import neighbours
from sepaham.records import Mention

BYLINE = "SIDIKALANG, Dairi Pos\nPemerintah Kabupaten Dairi meneken MoU."
POLICE = "Kementerian tidak perlu membuat kesepakatan dengan Kepolisian dan Kejaksaan Agung soal itu."
LIST = (
    "Hadir Badan Pengawas Obat dan Makanan, serta Arsip Nasional Republik Indonesia dan Bank Jateng di sana."
)


def shown(text, *wanted):
    found = neighbours(text, marked(text, *wanted))
    assert all(text[m.start : m.end] == m.text for m in found)
    return [(m.label, m.text) for m in found]


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        (POLICE, "Kepolisian dan Kejaksaan Agung", ["Kepolisian", "Kejaksaan Agung"]),
        (BYLINE, "Dairi Pos\nPemerintah Kabupaten Dairi", ["Dairi Pos", "Pemerintah Kabupaten Dairi"]),
        (
            "Rapat Komite\nEkonomi Jawa Barat usai.",
            "Komite\nEkonomi Jawa Barat",
            ["Komite\nEkonomi Jawa Barat"],
        ),
        (
            LIST,
            LIST[6:-9],
            ["Badan Pengawas Obat dan Makanan", "Arsip Nasional Republik Indonesia", "Bank Jateng"],
        ),
        ("MoU Dinas Pendidikan dan Kebudayaan.", "Dinas Pendidikan dan Kebudayaan", None),
        ("MoU Kementerian Haji dan Umrah.", "Kementerian Haji dan Umrah", None),
        (
            "Kantor Kesyahbandaran dan Otoritas Pelabuhan.",
            "Kantor Kesyahbandaran dan Otoritas Pelabuhan",
            None,
        ),
        ("Gabungan Perusahaan Alat dan Laboratorium.", "Gabungan Perusahaan Alat dan Laboratorium", None),
        ("Lembaga Penelitian dan Pengabdian.", "Lembaga Penelitian dan Pengabdian", None),
    ],
)
def test_bodies_joined_by_dan_are_two(text, whole, parts):
    assert [name for _, name in shown(text, ("ORG", whole))] == (parts or [whole])


@pytest.mark.parametrize(
    ("text", "pieces", "expected"),
    [
        ("Menteri I Gusti Ayu hadir.", ["I", "Gusti Ayu"], ["I Gusti Ayu"]),
        ("Presiden BJ Habibie hadir.", ["BJ", "Habibie"], ["BJ Habibie"]),
        ("Camat F. Joko Ginting hadir.", ["F.", "Joko Ginting"], ["F. Joko Ginting"]),
        ("Ketua Muhammadiyah Haedar hadir.", ["Muhammadiyah", "Haedar"], ["Muhammadiyah", "Haedar"]),
        ("Andi, Beni hadir.", ["Andi", "Beni"], ["Andi", "Beni"]),
    ],
)
def test_a_name_in_two_pieces_is_one(text, pieces, expected):
    assert [name for _, name in shown(text, *(("PER", p) for p in pieces))] == expected


@pytest.mark.parametrize(
    ("text", "pieces", "expected"),
    [
        (
            "Kepala Badan Karst dan Gua Nasional hadir.",
            [("ORG", "Badan Karst dan"), ("ORG", "Gua Nasional")],
            [("ORG", "Badan Karst dan Gua Nasional")],
        ),
        (
            "Kata PT Samudra Karya Lintas atau SKL, itu baik.",
            [("ORG", "PT Samudra Karya Lintas atau"), ("ORG", "SKL")],
            [("ORG", "PT Samudra Karya Lintas"), ("ORG", "SKL")],
        ),
        (
            "Wali nagari di Koto Tuo meneken.",
            [("ROLE", "Wali nagari di"), ("GPE", "Koto Tuo")],
            [("ROLE", "Wali nagari di Koto Tuo"), ("GPE", "Koto Tuo")],
        ),
        (
            "Kantor Bank Rimba di Ambon ramai.",
            [("ORG", "Bank Rimba di"), ("GPE", "Ambon")],
            [("ORG", "Bank Rimba"), ("GPE", "Ambon")],
        ),
        ("Utusan raja untuk perdamaian.", [("ROLE", "Utusan raja untuk")], [("ROLE", "Utusan raja")]),
    ],
)
def test_no_name_ends_in_a_small_word(text, pieces, expected):
    """ "PT Krakatau Sarana Infrastruktur atau" was a party, and "Badan Siber dan" one beside Sandi Negara."""
    assert shown(text, *pieces) == expected


@pytest.mark.parametrize(
    ("text", "pieces", "expected"),
    [
        (
            "Wali Kota H. Hendri Syahrial Dt. Rajo Mudo didampingi",
            [("PER", "Hendri Syahrial"), ("PER", "Rajo Mudo")],
            [("PER", "Hendri Syahrial Dt. Rajo Mudo")],
        ),
        (
            "Pjs Bupati Dr H Benny Koswara Natadirja MSi yang meneken",
            [("PER", "Benny Koswara"), ("PER", "Natadirja MSi")],
            [("PER", "Benny Koswara Natadirja")],
        ),
        (
            "Presiden Joko Widodo (Jokowi) datang",
            [("PER", "Joko Widodo"), ("PER", "(Jokowi)")],
            [("PER", "Joko Widodo"), ("PER", "(Jokowi)")],
        ),
        (
            "oleh Direktur Umum I Wayan Gede Suparta.",
            [("ROLE", "Direktur Umum I"), ("PER", "I"), ("PER", "Wayan Gede Suparta")],
            [("ROLE", "Direktur Umum"), ("PER", "I Wayan Gede Suparta")],
        ),
        ("Menteri Sri Mulyani SE MM hadir", [("PER", "Sri Mulyani SE MM")], [("PER", "Sri Mulyani")]),
        ("kata Raden Mas Ma kepada", [("PER", "Raden Mas Ma")], [("PER", "Raden Mas Ma")]),
    ],
)
def test_a_name_in_two_pieces_ends_before_its_degrees(text, pieces, expected):
    assert shown(text, *pieces) == expected


def test_shared_words_are_the_persons():
    text = "Bupati Basri Ali meneken."
    assert shown(text, ("ROLE", "Bupati Basri"), ("PER", "Basri Ali")) == [
        ("ROLE", "Bupati"),
        ("PER", "Basri Ali"),
    ]


def test_shared_words_are_the_companys_where_it_is_named_so():
    text = "Telin setuju. Chief Officer Telin Kharisma meneken."
    found = shown(text, ("ORG", "Telin"), ("ROLE", "Chief Officer Telin"), ("PER", "Telin Kharisma"))
    assert found == [("ORG", "Telin"), ("ROLE", "Chief Officer Telin"), ("PER", "Kharisma")]


WORDS = [
    "Kepolisian",
    "dan",
    "Kejaksaan",
    "Agung",
    "I",
    "Gusti",
    "Bupati",
    "Andi",
    "PT",
    "Maju",
    ", serta",
    "di",
]


@given(st.data())
def test_offsets_hold_and_a_second_time_changes_nothing(data):
    text = " ".join(data.draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12)))
    edges = st.integers(0, len(text))
    spans = data.draw(
        st.lists(st.tuples(edges, edges, st.sampled_from(["PER", "ORG", "ROLE", "GPE"])), max_size=5)
    )
    given_ = sorted(
        (
            Mention(start=a, end=b, label=label, text=text[a:b], confidence=0.5, source="encoder")
            for a, b, label in spans
            if a < b and text[a:b].strip() == text[a:b]
        ),
        key=lambda m: (m.start, -m.end),
    )
    once = neighbours(text, given_)
    assert neighbours(text, once) == once
    assert all(text[m.start : m.end] == m.text and m.text for m in once)


@pytest.mark.parametrize(
    ("text", "piece", "expected"),
    [
        ("antara Danlanud Kolonel Nav Hendro Sukamdani dan", "Nav Hendro Sukamdani", ["Hendro Sukamdani"]),
        ("Kepala Dinas Operasi Mayor Lek Bagus Santoso.", "Mayor Lek Bagus Santoso", ["Bagus Santoso"]),
        ("oleh Danlanal Letkol Laut (P) Yance Nauw", "Laut", []),
        ("Nyong Laut hadir.", "Nyong Laut", ["Nyong Laut"]),
        ("didampingi Waka I Yudi Harmoko dan", "I Yudi Harmoko", ["Yudi Harmoko"]),
        ("Wakil Ketua I Made Suparta hadir.", "I Made Suparta", ["I Made Suparta"]),
        ("kata I Yudi Harmoko.", "I Yudi Harmoko", ["I Yudi Harmoko"]),
        ("Pj Bupati Tapin M. Rizani Fadli, S.STP", "Rizani Fadli", ["M. Rizani Fadli"]),
        ("Bupati H. Rizani Fadli, S.STP", "Rizani Fadli", ["Rizani Fadli"]),
        ("Wakil Bupati Hj Fatmawati SSos.", "Fatmawati SSos", ["Fatmawati"]),
        ("Wakil Bupati Fatmawati Sari.", "Fatmawati Sari", ["Fatmawati Sari"]),
    ],
)
def test_names_begin_behind_ranks_and_numbers_with_their_initial(text, piece, expected):
    assert [name for _, name in shown(text, ("PER", piece))] == expected


@pytest.mark.parametrize(
    ("text", "role", "expected"),
    [
        ("diwakili direktur utama masing-masing", "direktur", "direktur utama"),
        ("Dekan Bidang Kerja Sama Budi", "Dekan Bidang Kerja", "Dekan Bidang Kerja Sama"),
        ("oleh Direktur Utamanya sendiri", "Direktur", "Direktur"),
        ("oleh direktur rumah sakit", "direktur", "direktur"),
        ("oleh direktur", "direktur", "direktur"),
    ],
)
def test_an_office_does_not_end_within_its_last_name(text, role, expected):
    assert shown(text, ("ROLE", role)) == [("ROLE", expected)]


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("Romo Silvester", "Silvester"),
        ("Pak Ust. Khamid Alwi", "Khamid Alwi"),
        ("Ibu", "Ibu"),
        ("Mas muda", "Mas muda"),
        ("Masrur Halim", "Masrur Halim"),
    ],
)
def test_names_have_no_titles(piece, expected):
    assert shown(f"Kata {piece} singkat.", ("PER", piece)) == [("PER", expected)]


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        (
            [("ORG", "Pemkab Sidenreng Rappang Propinsi"), ("GPE", "Sulawesi Selatan")],
            [("ORG", "Pemkab Sidenreng Rappang Propinsi Sulawesi Selatan")],
        ),
        (
            [("ROLE", "Pemkab Sidenreng Rappang Propinsi"), ("GPE", "Sulawesi Selatan")],
            [("ROLE", "Pemkab Sidenreng Rappang Propinsi Sulawesi Selatan"), ("GPE", "Sulawesi Selatan")],
        ),
        (
            [("GPE", "Sidenreng Rappang Propinsi"), ("GPE", "Sulawesi Selatan")],
            [("GPE", "Sidenreng Rappang"), ("GPE", "Sulawesi Selatan")],
        ),
        ([("ORG", "Pemkab Sidenreng Rappang Propinsi")], [("ORG", "Pemkab Sidenreng Rappang Propinsi")]),
    ],
)
def test_no_body_ends_between_provinsi_and_its_name(mentions, expected):
    """In one article such a half name stood as a third party beside the two governments."""
    text = "Pemkab Tangerang dan Pemkab Sidenreng Rappang Propinsi Sulawesi Selatan bersinergi."
    assert shown(text, *mentions) == expected
