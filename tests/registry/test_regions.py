"""Every region is found from its names, forms and titles; twins are told apart by the form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.lexicon import csv_rows
from sepaham.registry import lookup
from sepaham.registry.regions import regions

TITLES = {
    "provinsi": ["Gubernur", "Wakil Gubernur", "Pj Gubernur", "Plt. Gubernur", "Penjabat Gubernur"],
    "kabupaten": ["Bupati", "Wakil Bupati", "Pj Bupati", "Plt. Bupati", "Pelaksana Tugas Bupati"],
    "kota": ["Wali Kota", "Walikota", "Wakil Wali Kota", "Pj Wali Kota", "Plh Walikota"],
}
FORMS = {
    "provinsi": ["Pemprov", "Pemerintah Provinsi", "Provinsi", "Prov."],
    "kabupaten": ["Pemkab", "Pemerintah Kabupaten", "Pemerintah Daerah Kabupaten", "Kabupaten", "Kab."],
    "kota": ["Pemkot", "Pemko", "Pemerintah Kota", "Kota"],
}
ALL = list(regions().values())
SHORT = [
    (alias, row["code"], bare)
    for row in csv_rows("registry/aliases.csv")
    for column, bare in (("aliases", True), ("weak", False))
    for alias in filter(None, row[column].split("|"))
]


def test_there_are_38_provinces_and_514_kabupaten_and_kota():
    levels = [region.level for region in ALL]
    assert levels.count("provinsi") == 38
    assert len(levels) - levels.count("provinsi") == 514


@pytest.mark.parametrize("level", ["provinsi", "kabupaten", "kota"])
def test_every_region_is_found_from_full_name_press_form_and_official_title(level):
    missed = [
        (query, link.code, link.candidates)
        for region in ALL
        if region.level == level
        for query in (
            region.government,
            region.place,
            *(f"{form} {region.name}" for form in FORMS[level]),
            *(f"{title} {region.name}" for title in TITLES[level]),
        )
        for text in (query, query.upper())
        if (link := lookup(text)).code != region.id or link.level != level or link.name != region.government
    ]
    assert missed == []


def test_a_bare_name_is_found_or_stays_open_between_its_bearers():
    wrong = []
    for region in ALL:
        link = lookup(region.name)
        if link.code != region.id and not (link.code is None and region.id in link.candidates):
            wrong.append((region.name, link))
    assert wrong == []


def test_every_press_form_finds_its_region():
    wrong = []
    for alias, code, bare in SHORT:
        forms = [f"{form} {alias}" for form in FORMS[regions()[code].level][:2]] + ([alias] if bare else [])
        for query in forms:
            link = lookup(query)
            if link.code != f"kemendagri:{code}" and f"kemendagri:{code}" not in link.candidates:
                wrong.append((query, link))
    assert wrong == []


@pytest.mark.parametrize(
    ("press", "code"),
    [
        ("Pemkab Sidrap", "73.14"), ("Bupati Tubaba", "18.12"), ("Pemkab Muba", "16.06"), ("Kukar", "64.02"),
        ("Pemkab Pangkep", "73.10"), ("Gunung Kidul", "34.03"), ("Gunungkidul", "34.03"), ("Jogja", "34.71"),
        ("Pemprov Jabar", "32"), ("Sulsel", "73"), ("Pemda DIY", "34"), ("NTB", "52"), ("Babel", "19"),
        ("Pemkot Tangsel", "36.74"), ("Pemkab PALI", "16.12"), ("Pemkab Kepulauan Mentawai", "13.09"),
        ("Pemkab Mentawai", "13.09"), ("Kab. Kep. Anambas", "21.05"), ("Pemko Padangsidimpuan", "12.77"),
        ("Wali Kota Solo", "33.72"), ("Pare-Pare", "73.72"), ("Tojo Una Una", "72.09"), ("Jakarta", "31"),
        ("Pemprov DKI", "31"), ("Gubernur Daerah Khusus Jakarta", "31"), ("Jaksel", "31.74"),
        ("Pemerintah Aceh", "11"), ("Pemkab Toba Samosir", "12.12"), ("Sekda Kabupaten Sukabumi", "32.02"),
        ("Bupati Sleman Harda Kiswaya", "34.04"), ("Pemerintah Kabupaten (Pemkab) Badung", "51.03"),
        ("Pemerintah Kabupaten Hulu Sungai Tengah (HST)", "63.07"), ("Kab.&nbsp;Klaten", "33.10"),
        ("Kota Batam, Kepulauan Riau", "21.71"), ("Banjar, Kalimantan Selatan", "63.03"),
    ],
)  # fmt: skip
def test_press_forms_that_readers_know(press, code):
    assert lookup(press).code == f"kemendagri:{code}"


TWINS = [
    (kabupaten, kota)
    for kota in ALL
    for kabupaten in ALL
    if (kota.level, kabupaten.level) == ("kota", "kabupaten") and kota.name == kabupaten.name
]


def test_there_are_twins_to_tell_apart():
    assert len(TWINS) == 26
    assert {"Bandung", "Bogor", "Malang", "Sukabumi", "Gorontalo"} <= {kota.name for _, kota in TWINS}


@pytest.mark.parametrize(("kabupaten", "kota"), TWINS, ids=[kota.name for _, kota in TWINS])
def test_the_form_alone_decides_between_twins_whatever_the_context_says(kabupaten, kota):
    other = f"Wali Kota {kota.name} dan Pemkot {kota.name} hadir. " * 3
    assert lookup(f"Pemkab {kota.name}", context=other).code == kabupaten.id
    other = f"Bupati {kota.name} dan Pemkab {kota.name} hadir. " * 3
    assert lookup(f"Pj Walikota {kota.name}", context=other).code == kota.id


def test_a_form_that_fits_no_region_is_not_bent_to_its_twin():
    assert lookup("Pemkot Sleman").code is None
    assert lookup("Bupati Surabaya").code is None
    assert lookup("Gubernur Klaten").code is None


def test_the_provinces_of_2022_are_valid_from_their_day():
    assert lookup("Pemprov Papua Selatan", on="2022-07-25").code == "kemendagri:93"
    early = lookup("Pemprov Papua Selatan", on="2022-07-24")
    assert (early.code, early.rule, early.candidates) == (None, "not_valid_on", ("kemendagri:93",))
    assert early.name == "Pemerintah Provinsi Papua Selatan"
    assert lookup("Papua Barat Daya", on="2022-12-07").code is None
    assert lookup("Papua Barat Daya", on="2022-12").code == "kemendagri:96"
    assert lookup("Papua Barat Daya").code == "kemendagri:96"


def test_a_kabupaten_lies_in_the_province_of_the_day():
    assert lookup("Pemkab Merauke", on="2021-03-01").parent_code == "kemendagri:91"
    assert lookup("Pemkab Merauke", on="2023-03-01").parent_code == "kemendagri:93"
    assert lookup("Pemkot Tarakan", on="2012-05-01").parent_name == "Pemerintah Provinsi Kalimantan Timur"


def test_renamed_regions_bear_the_name_of_the_day_under_one_code():
    old, new = lookup("Pemkab MTB", on="2018-05-05"), lookup("Pemkab Kepulauan Tanimbar", on="2024-05-05")
    assert old.code == new.code == "kemendagri:81.03"
    assert old.name == "Pemerintah Kabupaten Maluku Tenggara Barat"
    assert new.name == "Pemerintah Kabupaten Kepulauan Tanimbar"
    assert lookup("Pemkab Mamuju Utara").name == "Pemerintah Kabupaten Pasangkayu"


@given(
    st.sampled_from(ALL), st.sampled_from(["", " ", "\u00a0", "  "]), st.sampled_from([".", "", ",", " -"])
)
def test_spacing_and_punctuation_around_a_name_change_nothing(region, before, after):
    assert lookup(f"{before}{region.government}{after}").code == region.id
