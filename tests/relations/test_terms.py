"""What an instrument is worth, how long it runs and when it ends, by the words around the figure."""

from functools import partial

import pytest

from sepaham.extraction import extract as extract_by
from sepaham.ner import tag
from sepaham.records import Article
from sepaham.relations.context import View
from sepaham.relations.terms import find_duration, find_value
from sepaham.relations.triggers import find_triggers

extract = partial(extract_by, tagger="rules")  # these slots are filled by rules with every tagger
SIGNED = (
    "Pemkab Garut dan Universitas Garut menandatangani nota kesepahaman tentang pengelolaan sampah pasar, "
    "Rabu (13/3/2024)."
)
FAR = " ".join(f"Warga Kecamatan Tarogong ke-{n} menyambut baik kabar itu." for n in range(6))


def _found(tail):
    (found,) = extract(f"{SIGNED} {tail}", None, "2024-03-13")
    return found


@pytest.mark.parametrize(
    ("tail", "iso"),
    [
        ("Nota kesepahaman berlaku tiga tahun.", "P3Y"),
        (f"{FAR} Jangka waktunya empat tahun.", "P4Y"),
        (f"{FAR} Masa berlaku naskah itu 18 bulan.", "P18M"),
        (f"{FAR} Jangka waktunya sama, yaitu 3 tahun.", "P3Y"),
        ("Kerja sama berdurasi dua tahun dan dapat diperpanjang.", "P2Y"),
        ("Nota itu berumur lima tahun.", "P5Y"),
        ("Perjanjian berlangsung selama 24 bulan.", "P24M"),
        ("Kedua pihak memperpanjangnya untuk lima tahun berikutnya.", "P5Y"),
        ("Kerja sama ini mengikat keduanya sampai tiga tahun ke depan.", "P3Y"),
        # What the instrument says of itself comes before what it says of a task.
        ("Menurut nota itu pemkab menyediakan lahan selama 6 bulan. Nota berlaku dua tahun.", "P2Y"),
        (f"{FAR} Selama tiga tahun warga membuang sampah ke sungai.", None),
        ("Nota kesepahaman berlaku setelah 30 hari.", None),
        ("Selama dua tahun terakhir kerja sama serupa sudah dijalin.", None),
        ("Draf nota itu memuat pertukaran pegawai kebersihan dan magang mahasiswa selama tiga bulan.", None),
        ("Pemkab mengikuti kesepakatan itu; ia berusia 58 tahun.", None),
    ],
)
def test_how_long_it_runs(tail, iso):
    found = _found(tail).duration
    assert (found.iso if found else None) == iso


def test_years_in_the_signing_sentence():
    text = (
        "Pemkab Garut meneken MoU pembelian pupuk bersama PT Timah senilai Rp3 miliar untuk pengiriman "
        "selama dua tahun."
    )
    (found,) = extract(text, None, "2024-03-13")
    assert found.duration is not None
    assert found.duration.iso == "P2Y"


@pytest.mark.parametrize(
    ("tail", "value"),
    [
        ("Perjanjian berlaku hingga 31 Desember 2026.", "2026-12-31"),
        ("Nota berlaku hingga 31 Desember.", "2024-12-31"),
        ("Berlakunya lima tahun, hingga 2029.", "2029"),
        ("Kesepakatan berlaku 1 Januari s/d 31 Desember 2025.", "2025-12-31"),
        ("Kerja sama dihadiri warga hingga 20 orang.", None),
        ("Nota itu dibahas hingga 3 jam.", None),
    ],
)
def test_when_it_ends(tail, value):
    found = _found(tail).valid_until
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("tail", "amount"),
    [
        ("Nilai kerja sama itu mencapai Rp1,2 miliar.", 1_200_000_000),
        (f"{FAR} Nilainya Rp 750 juta, dibayar tiga tahap.", 750_000_000),
        (f"{FAR} Total investasinya, menurut panitia, Rp2,7 triliun.", 2_700_000_000_000),
        (f"{FAR} Universitas sepakat menggelontorkan investasi senilai US$ 30 juta.", 30_000_000),
        ("Nota mengatur biaya angkut Rp 4.000 per kilogram dan bantuan Rp 30 juta per hektare.", None),
        ("Iuran sebesar Rp 16.800 sebulan ditanggung pemkab.", None),
        ("Pembiayaan setiap berkas Rp 500 ribu.", None),
        (f"{FAR} Menurut panitia, dana sebesar Rp 4 miliar habis untuk jalan.", None),
        (f"{FAR} Nilai transaksi pasar itu Rp 9 miliar.", None),
    ],
)
def test_what_it_is_worth(tail, amount):
    found = _found(tail).value
    assert (found.amount if found else None) == amount


def _seen(tail, chances):
    """The worth and the time of a text whose figures have these chances, by their words."""
    document = tag(Article(article_id="a", text=f"{SIGNED} {tail}", published="2024-03-13"))

    def chance(start, end):
        return chances.get(document.text[start:end], 0.0)

    view = View(document)
    value, duration = (find(view, find_triggers(view), chance) for find in (find_value, find_duration))
    return value[0].amount if value else None, duration[0].iso if duration else None


@pytest.mark.parametrize(("chance", "amount"), [(0.02, None), (0.2, 1_300_000_000), (0.7, 1_300_000_000)])
def test_a_sum_behind_words_of_worth_is_none_where_it_is_unlikely(chance, amount):
    """Arrears, grants and costs of others are told in the same words."""
    tail = "Kerja sama itu perlu: ada 17 perusahaan yang menunggak, nilainya Rp1,3 miliar."
    assert _seen(tail, {"Rp1,3 miliar": chance})[0] == amount


@pytest.mark.parametrize(("chance", "amount"), [(0.5, None), (0.7, 66_000_000_000)])
def test_a_sure_sum_needs_no_words(chance, amount):
    tail = f"{FAR} Pemkab membayar Rp66 miliar kepada kampus."
    assert _seen(tail, {"Rp66 miliar": chance})[0] == amount


def test_the_surest_of_two_sums_is_taken_and_prices_are_not():
    tail = f"{FAR} Ada Rp66 miliar, Rp70 miliar dan Rp2.150 per liter."
    assert _seen(tail, {"Rp66 miliar": 0.7, "Rp70 miliar": 0.8, "Rp2.150": 0.9})[0] == 70_000_000_000


@pytest.mark.parametrize(("chance", "iso"), [(0.5, None), (0.9, "P4Y")])
def test_a_sure_time_needs_no_words(chance, iso):
    tail = f"{FAR} Pembangunannya memakan masa pelaksanaan empat tahun."
    assert _seen(tail, {"empat tahun": chance})[1] == iso
