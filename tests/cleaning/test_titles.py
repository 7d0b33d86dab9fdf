"""Where the headline of a teaser ends when the text goes on behind it."""

import pytest

from sepaham.cleaning.titles import title_end

# "|" stands where the headline ends.
SPACED = [
    "Pemkab Tegal Gandeng Undip Kelola Sampah| Menurut bupati, kerja sama itu perlu.",
    "Gubernur Papua Teken MoU dengan Unicef| Namun, pelaksanaannya belum jelas.",
    "Warga Kupang Antre Air Bersih Sejak Subuh| Di Kabupaten Kupang, sumur warga kering.",
    "Polisi Ngada Bagikan Beras untuk Lansia| Kepala Polres Ngada menyatakan hal itu biasa.",
    'Harga Gabah Petani di Karawang Anjlok| "Kami rugi," kata Warsito.',
    "Apa Itu Kota Kembar?| Wali kota menjelaskan bedanya.",
    "Kemenhub perbanyak rute feri perintis di Maluku| Sementara itu, tarif tidak berubah.",
    "Bank Dunia salurkan pinjaman untuk irigasi di Jawa| Melalui program itu, petani menanam dua kali.",
    "PDIP Umumkan Calon Wali Kota Kediri| Ia menambahkan, naskah diteken Kamis.",
]
GLUED = [
    "Pemkot Ambon Gandeng BMKG Pasang Sirene Tsunami|Wali Kota Ambon berterima kasih.",
    'Bupati Alor: Kami Siap Jadi Tuan Rumah|"Semua hotel penuh," katanya.',
    "Ini Daftar Kampus Penerima Hibah 2024|Rektor Unpad bersyukur.",
    "YouTube dan TikTok Sepakat dengan KPAI|Komisioner KPAI berharap anak terlindungi.",
    "Kejari Bone Setor Rp 2 Miliar ke Kas Negara|AHY menyambut langkah itu.",
]


@pytest.mark.parametrize("marked", SPACED)
def test_headlines_before_a_space(marked):
    text = marked.replace("|", "")
    assert title_end(text, 0, len(text)) in (marked.index("|"), marked.index("|") + 1)


@pytest.mark.parametrize("marked", GLUED)
def test_headlines_that_have_grown_together_with_the_text(marked):
    text = marked.replace("|", "")
    assert title_end(text, 0, len(text), glued=True) == marked.index("|")


def test_a_headline_alone_ends_with_the_text():
    text = "Pemkab Tegal Gandeng Undip Kelola Sampah"
    assert title_end(text, 0, len(text)) == len(text)


def test_what_cannot_be_judged_is_left():
    text = "rektor kampus itu dan para dosen " * 20
    assert title_end(text, 0, len(text)) is None


def test_names_of_the_story_are_not_cut_in_two():
    story = "Sapto Widodo hadir. Menurut Sapto Widodo, harga naik. "
    text = story + "Petani Magelang Keluhkan Pupuk Mahal Sapto Widodo mengatakan harga itu wajar."
    end = title_end(text, len(story), len(text))
    assert end is not None
    assert text[end:].strip() == "Sapto Widodo mengatakan harga itu wajar."
