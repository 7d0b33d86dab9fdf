"""One body under two names: other words for what it is, words left out, abbreviated, glued together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.registry import lookup
from sepaham.relations.bodies import Body
from sepaham.relations.learned.sameness import glued, one_body, one_branch, stands_for


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("RS Cahaya Medika", "RSU Cahaya Medika"),
        ("Pesantren Nurul Hikmah", "Pondok Pesantren Nurul Hikmah"),
        ("PDAM Tirta Jati", "Perumda Air Minum Tirta Jati"),
        ("Lapas Kelas II Cemara", "Lapas Kelas IIA Cemara"),
        ("Kantor Imigrasi Kuningan", "Kantor Imigrasi Kelas II Non TPI Kuningan"),
        ("Komando Distrik Militer Klaten", "Komando Distrik Militer 0723/Klaten"),
        ("Asosiasi Pusat Data", "Asosiasi Penyelenggara Pusat Data Nusantara"),
        ("PT KA Wisata", "PT Kereta Api Wisata Mandiri"),
        ("KAI Daop 7 Madiun", "PT Kereta Api Indonesia (Persero) Daerah Operasi 7 Madiun"),
        ("NaraSpace Indonesia", "Nara Space Indonesia"),
        ("SMKN 2 Bantul", "SMK Negeri 2 Bantul"),
        (
            "Himpunan Pengusaha Muda Indonesia Sumatera Barat",
            "Badan Pengurus Daerah Himpunan Pengusaha Muda Indonesia Sumatera Barat",
        ),
    ],
)
def test_two_names_of_one_body(short, long):
    """Each of these pairs was two parties of one agreement, one of them without its signer."""
    assert one_body(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Bank Sinar", "Universitas Sinar Nusantara"),
        ("Dinas Kesehatan Kota Bogor", "Dinas Pendidikan Kota Bogor"),
        ("PT Nusa Graha", "PT Graha Nusa Indah"),
        ("Cahaya", "Cahaya Medika Utama"),  # a single word is left to the aliases
        ("PT", "PT Sinar Jaya"),
        ("Kodim 0723", "Kodim 0724"),
        ("SMKN 2 Bantul", "SMK Negeri 3 Bantul"),
    ],
)
def test_names_of_two_bodies(short, long):
    assert not one_body(short, long)


WORDS = st.lists(st.text("abcd", min_size=1, max_size=6), min_size=2, max_size=8)


@given(WORDS, st.data())
def test_a_name_with_words_left_out_is_the_same(words, data):
    kept = data.draw(st.lists(st.booleans(), min_size=len(words) - 1, max_size=len(words) - 1))
    short = [words[0], *(w for w, keep in zip(words[1:], kept, strict=True) if keep)]
    assert one_body(" ".join(short), " ".join(words)) is (len(short) > 1 or len(words) == 1)


def test_an_endless_name_is_compared_at_once():
    assert not one_body("a" * 300 + " b", " ".join(["a" * 12] * 200))


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("JakartaBadan Karantina Indonesia", "Badan Karantina Indonesia", True),
        ("Badan Karantina Indonesia", "Karantina Indonesia", False),
        ("BukaLapak", "BukaLapak", False),
    ],
)
def test_a_dateline_that_was_glued_to_a_name(name, other, expected):
    assert glued(name, other) is expected


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("Bank Jatim Cabang Lamongan", "Bank Jatim Lamongan", True),
        ("PT Bank Nagari Kantor Cabang Utama Padang", "Bank Nagari Cabang Padang", True),
        ("Bank Jatim Cabang Lamongan", "Bank Jatim Cabang Gresik", False),
        ("Bank Jatim Cabang Lamongan", "Bank Jatim", False),
        ("Cabang Lamongan", "Lamongan", False),
    ],
)
def test_a_branch_with_and_without_the_word_for_it(one, two, expected):
    assert one_branch(one, two) is expected


def body(name, context=""):
    link = lookup(name, context=context)
    return Body(link.code or name.casefold(), link.name or name, link)


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("Bea Cukai", "Kantor Pengawasan dan Pelayanan Bea dan Cukai TMP C Entikong", True),
        ("PSDKP", "Stasiun Pengawasan Sumber Daya Kelautan dan Perikanan (PSDKP) Natuna", True),
        ("PLN", "PT PLN (Persero) Unit Induk Distribusi Jawa Barat", True),
        ("PLN", "PLN Nusantara Power", False),
        ("Kementerian Pertanian", "Balai Besar Pelatihan Ternak", False),
        ("Bank Sumsel Babel", "Bank Sumsel Babel Cabang", False),
    ],
)
def test_a_head_office_named_for_its_branch(short, long, expected):
    """ "Bea Cukai" beside "Kantor ... Bea dan Cukai TMP C Entikong" was a party of its own."""
    assert stands_for(body(short), body(long), [short], [long]) is expected
