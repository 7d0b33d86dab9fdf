"""The rule tagger on phrases as newspapers write them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.ner import tag
from sepaham.ner.tagger import LONGEST, windows
from sepaham.ner.taggers import RULED
from sepaham.records import Article

PIECES = [
    "Bupati",
    "Garut",
    "PT",
    "(Persero)",
    "Dr.",
    "A.",
    "I",
    "dan",
    ",",
    "(",
    ")",
    "MoU",
    "di",
    "Hotel",
    "2",
    "\n",
    "Tbk",
    "pertamina",
    "kota",
    "Universitas",
    "Hasanuddin",
    "\x00",
    "-",
    "&",
]


def _names(text, *labels, title=None, published="2024-03-13"):
    document = tag(Article(article_id="x", text=text, title=title, published=published))
    return [(m.label, m.text) for m in document.mentions if not labels or m.label in labels]


@pytest.mark.parametrize(
    ("text", "role", "person"),
    [
        ("menurut Pj Bupati Tangerang Andi Ony kemarin", "Pj Bupati Tangerang", "Andi Ony"),
        (
            "oleh Direktur Utama PT Timah Tbk, Achmad Ardianto, di Jakarta",
            "Direktur Utama PT Timah Tbk",
            "Achmad Ardianto",
        ),
        (
            "dan Rektor Universitas Hasanuddin Prof. Dr. Jamaluddin Jompa, M.Sc hadir",
            "Rektor Universitas Hasanuddin",
            "Jamaluddin Jompa",
        ),
        (
            "oleh Kepala Dinas Perhubungan Kota Banjarmasin H Gusti Fahriadi kemarin",
            "Kepala Dinas Perhubungan Kota Banjarmasin",
            "Gusti Fahriadi",
        ),
        (
            "dengan Menteri Dalam Negeri (Mendagri) Ahmad Hidayat hadir",
            "Menteri Dalam Negeri (Mendagri)",
            "Ahmad Hidayat",
        ),
        ("oleh Ketua KPK Budi Santoso", "Ketua KPK", "Budi Santoso"),
        ("oleh Plt. Kepala Dinas Kesehatan Bambang Susilo", "Plt. Kepala Dinas Kesehatan", "Bambang Susilo"),
        ("dan Kades Wonokerso Sugiyanto", "Kades Wonokerso", "Sugiyanto"),
        ("oleh Direktur SDM dan Umum KAI Slamet", "Direktur SDM dan Umum KAI", "Slamet"),
        ("dan Wakil Rektor I, Prof. Hanafi Susanta", "Wakil Rektor I", "Hanafi Susanta"),
        ("dan Menteri I Gusti Made Sukerta", "Menteri", "I Gusti Made Sukerta"),
    ],
)
def test_office_and_person(text, role, person):
    assert _names(text, "ROLE", "PER") == [("ROLE", role), ("PER", person)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("bahwa Pemkab Sidenreng Rappang siap", "Pemkab Sidenreng Rappang"),
        ("bahwa Pemerintah Kabupaten Garut siap", "Pemerintah Kabupaten Garut"),
        (
            "dengan PT Bank Negara Indonesia (Persero) Tbk di Jakarta",
            "PT Bank Negara Indonesia (Persero) Tbk",
        ),
        (
            "dengan Badan Penyelenggara Jaminan Sosial (BPJS) Ketenagakerjaan kemarin",
            "Badan Penyelenggara Jaminan Sosial (BPJS) Ketenagakerjaan",
        ),
        ("dengan Otoritas Jasa Keuangan (OJK) kemarin", "Otoritas Jasa Keuangan"),
        ("dengan Universitas Katolik Widya Mandira kemarin", "Universitas Katolik Widya Mandira"),
        ("dengan 109 pemerintah daerah kemarin", "109 pemerintah daerah"),
        ("dengan Sinar Samudra Leasing Co, Ltd kemarin", "Sinar Samudra Leasing Co, Ltd"),
        ("dengan SMK Negeri 2 Bantul kemarin", "SMK Negeri 2 Bantul"),
        (
            "dengan Kementerian Koordinator Bidang Politik, Hukum, dan Keamanan kemarin",
            "Kementerian Koordinator Bidang Politik, Hukum, dan Keamanan",
        ),
    ],
)
def test_bodies(text, name):
    assert ("ORG", name) in _names(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "berlangsung di Grand Sinar Hotel and Convention Center, Jakarta",
            "Grand Sinar Hotel and Convention Center",
        ),
        ("bertempat di Aula Kantor Bupati Garut, kemarin", "Aula Kantor Bupati Garut"),
        ("berlangsung di Hotel Grand Inna Padang, kemarin", "Hotel Grand Inna Padang"),
        ("berlangsung di Gedung Sate, Kota Bandung", "Gedung Sate"),
    ],
)
def test_facilities(text, name):
    assert ("FAC", name) in _names(text)


def test_instruments_by_their_longest_name():
    text = "Perjanjian Kerja Sama (PKS) itu menindaklanjuti Nota Kesepahaman tahun lalu dan MoU lama."
    assert [t for _, t in _names(text, "DOC")] == ["Perjanjian Kerja Sama", "PKS", "Nota Kesepahaman", "MoU"]


def test_headline_words_are_no_names():
    title = "Enam Tahun Berjalan, Kerja Sama Dievaluasi"
    body = "Sudah enam tahun berjalan, kerja sama itu dievaluasi."
    assert _names(body, "ORG", "PER", title=title) == []


def test_degrees_are_no_names():
    assert _names("Ketua DPRD Kota Bima, Siti Aminah, S.H., M.Si., hadir.", "ORG", "PER") == [
        ("ORG", "DPRD Kota Bima"),
        ("PER", "Siti Aminah"),
    ]


def test_sentences_dates_and_sums_are_filled():
    text = "MoU diteken Selasa (12/3/2024). Nilainya Rp1,2 miliar."
    document = tag(Article(article_id="x", text=text, published="2024-03-13"))
    assert len(document.sentences) == 2
    assert [d.value for d in document.dates] == ["2024-03-12"]
    assert [a.amount for a in document.amounts if a.kind == "money"] == [1_200_000_000]
    assert ("DATE", "Selasa (12/3/2024)") in [(m.label, m.text) for m in document.mentions]


def test_a_name_never_crosses_the_end_of_the_headline():
    names = _names("BATAM - Galangan Batam sibuk.", title="Kontrak Kapal Diteken PT Maju")
    assert ("ORG", "PT Maju") in names


def test_long_texts_are_read_around_their_instruments():
    filler = "Cuaca cerah di pantai. " * 4_000
    text = filler + "Bupati Garut menandatangani nota kesepahaman dengan Universitas Garut. " + filler
    spans = windows(text)
    assert spans[0][0] == 0
    at = text.index("nota kesepahaman")
    assert any(start <= at < end for start, end in spans)
    assert sum(end - start for start, end in spans) < LONGEST
    document = tag(Article(article_id="x", text=text))
    assert ("ORG", "Universitas Garut") in [(m.label, m.text) for m in document.mentions]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join), st.sampled_from([None, "Teken MoU"]))
def test_sentences_are_in_order_and_mentions_are_slices(text, title):
    document = tag(Article(article_id="x", text=text, title=title, published="2024-03-13"))
    spans = document.sentences
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(document.text[m.start : m.end] == m.text for m in document.mentions)
    assert list(document.mentions) == sorted(document.mentions, key=lambda m: (m.start, -m.end, m.label))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Diteken Senin malam (14/8) di aula.", ["Senin malam (14/8)"]),
        ("Rapat pukul 10.00 WIB, Rabu siang.", ["Rabu siang"]),
        ("Dana cair 14 hari setelah penandatanganan, dua tahun lagi dievaluasi.", []),
        ("Panen sebelum Lebaran dan Hari Pahlawan.", []),
        ("Diteken Senin (3/3/2025), sehari sebelumnya rampung.", ["Senin (3/3/2025)", "sehari sebelumnya"]),
    ],
)
def test_days_are_dates_and_what_is_counted_from_something_is_none(text, days):
    found = tag(Article(article_id="a", text=text, published="2025-03-05"))
    assert [m.text for m in found.mentions if m.label == "DATE"] == days


@given(st.lists(st.sampled_from([*PIECES, "Senin (3/3/2025)", "Rp 2 miliar", "nota hibah"]), max_size=9))
def test_closed_classes_are_the_same_without_names(pieces):
    article = Article(article_id="a", text=" ".join(pieces), published="2025-03-05")
    whole, closed = tag(article), tag(article, names=False)
    assert [m for m in whole.mentions if m.label in RULED] == list(closed.mentions)
    assert closed.model_copy(update={"mentions": whole.mentions}) == whole
