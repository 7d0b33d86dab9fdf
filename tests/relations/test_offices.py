"""Which body an office stands for."""

import pytest

from sepaham.relations.offices import read_office


@pytest.mark.parametrize(
    ("text", "acting", "body"),
    [
        ("Pj Bupati Tangerang", "Pj", "Pemerintah Kabupaten Tangerang"),
        ("Penjabat (Pj) Wali Kota Bogor", "Pj", "Pemerintah Kota Bogor"),
        (
            "Pj Kabupaten Barru Propinsi Sulawesi Selatan",
            "Pj",
            "Pemerintah Kabupaten Barru",
        ),
        ("Plt. Gubernur Jawa Timur", "Plt", "Pemerintah Provinsi Jawa Timur"),
        ("Pelaksana Harian Wali Kota Bima", "Plh", "Pemerintah Kota Bima"),
        ("Pjs Bupati Muna", "Pjs", "Pemerintah Kabupaten Muna"),
        ("Wakil Bupati Karangasem selaku Plh. Bupati", "Plh", "Pemerintah Kabupaten Karangasem"),
        ("Sekda Kota Bogor", None, "Pemerintah Kota Bogor"),
        ("Kades Wonokerso", None, "Pemerintah Desa Wonokerso"),
        ("Kepala Desa Wonokerso Kecamatan Wiradesa Kabupaten Pekalongan", None, "Pemerintah Desa Wonokerso"),
        ("Kajari Bontang", None, "Kejaksaan Negeri Bontang"),
        ("Kapolres Garut", None, "Kepolisian Resor Garut"),
        ("Dirlantas Polda Kalteng", None, "Direktorat Lalu Lintas Polda Kalteng"),
        ("Menteri Dalam Negeri (Mendagri)", None, "Kementerian Dalam Negeri"),
        ("Mendagri", None, "Kementerian Dalam Negeri"),
        ("Direktur Utama PT Timah", None, "PT Timah"),
        ("Ketua DPRD Kota Bima", None, "DPRD Kota Bima"),
        ("Kepala Dinas Perhubungan Kota Banjarmasin", None, "Dinas Perhubungan Kota Banjarmasin"),
        ("Chief Executive Officer (CEO) SLN", None, "SLN"),
        ("Founder serta Chief Executive Officer Sinar Net", None, "Sinar Net"),
        ("President Director PT Tira", None, "PT Tira"),
        ("Asisten Teritorial Kasad", None, "TNI Angkatan Darat"),
        ("Kepala Staf Angkatan Laut", None, "TNI Angkatan Laut"),
        ("Kepala Staf TNI Angkatan Udara", None, "TNI Angkatan Udara"),
        ("Rektor", None, None),
        ("Kades", None, None),
        ("Penasihat", None, None),
    ],
)
def test_office(text, acting, body):
    office = read_office(text)
    assert (office.acting, office.body) == (acting, body)


def test_a_bare_bupati_leads_a_kabupaten_that_the_article_must_name():
    assert read_office("Bupati").body == "Pemerintah Kabupaten"
