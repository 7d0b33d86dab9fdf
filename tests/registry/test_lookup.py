"""`lookup` on bodies other than regions, on nonsense, and its rules by name."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.records import Link
from sepaham.registry import lookup, lookup_city, lookup_lines


@pytest.mark.parametrize(
    "name", ["", "   ", "\n", "—", "()", "(((", "&&&", "%%%", "\x00", "🙂", "0", "Pj", "Kota", "x" * 10_000]
)
def test_nonsense_is_unknown_and_no_error(name):
    link = lookup(name)
    assert (link.query, link.name, link.code, link.rule) == (name, None, None, "unknown")


def test_a_long_name_made_of_a_known_one_is_unknown():
    assert lookup("Pemkab Sidrap " * 1000).rule == "unknown"


@given(
    st.text(max_size=400), st.text(max_size=400), st.sampled_from([None, "2020-01-01", "2023", "nonsense"])
)
def test_any_string_in_any_context_gives_a_link(name, context, on):
    link = lookup(name, context=context, on=on)
    assert isinstance(link, Link)
    assert link.query == name
    assert link.code is None or not link.candidates


@given(
    st.lists(
        st.sampled_from(
            [
                "Pemkab",
                "Kota",
                "Bupati",
                "Dinas",
                "Kesehatan",
                "Desa",
                "Polres",
                "Bandung",
                "NTB",
                "Wali",
                "dan",
                ",",
                "(",
                ")",
                "/",
                "12",
            ]
        ),
        max_size=12,
    )
)
def test_words_of_the_trade_in_any_order_give_a_link(parts):
    name = " ".join(parts)
    link = lookup(name, context=f"{name}. Bupati Bandung hadir di Kota Bandung.")
    assert link.code is None or ":" in link.code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kemenhub", "kl:kemenhub"),
        ("Kementerian Perhubungan RI", "kl:kemenhub"),
        ("KEMENTERIAN PERHUBUNGAN", "kl:kemenhub"),
        ("Kementerian Perhubungan (Kemenhub)", "kl:kemenhub"),
        ("Menteri Perhubungan", "kl:kemenhub"),
        ("Komisi Pemberantasan Korupsi", "kl:kpk"),
        ("PT Bank Mandiri (Persero) Tbk.", "bank:mandiri"),
        ("Bank Mandiri", "bank:mandiri"),
        ("Kementerian Hukum &amp; HAM", "kl:kemenkumham"),
        ("Kodam XII/Tanjungpura", "tni:kodam-xii"),
    ],
)
def test_bodies_are_found_through_case_brackets_entities_and_company_forms(name, code):
    assert lookup(name, on="2021-06-01").code == code


def test_the_day_decides_which_ministry_an_acronym_means():
    assert lookup("Kemendikbud", on="2019-05-01").code == "kl:kemendikbud"
    assert lookup("Kemendikbud", on="2022-05-01").code == "kl:kemendikbudristek"
    assert lookup("Kemenkumham", on="2023-05-01").name == "Kementerian Hukum dan Hak Asasi Manusia"
    assert lookup("Kementerian Kehutanan", on="2025-05-01").code == "kl:kemenhut"


def test_an_abbreviation_means_what_the_article_says():
    context = "PT Bumi Panas Nawala (BPN) mengebor sumur. Menurut BPN, uapnya cukup."
    link = lookup("BPN", context=context)
    assert (link.name, link.kind, link.rule) == ("PT Bumi Panas Nawala", "company", "explained")
    assert lookup("KPK", context="Ketua KPK (Komisi Pemberantasan Korupsi) datang.").code == "kl:kpk"


def test_a_man_with_his_organisation_in_brackets_does_not_lend_it_his_name():
    link = lookup("MUI", context="Hadir ketua majelis, KH Mustofa Urip Indra (MUI) dan Pdt Gideon (PGI).")
    assert link.name != "KH Mustofa Urip Indra"


@pytest.mark.parametrize(
    ("name", "expected", "kind", "level", "parent"),
    [
        (
            "DPRD Kabupaten Sleman",
            "Dewan Perwakilan Rakyat Daerah Kabupaten Sleman",
            "legislature",
            "unit",
            "34.04",
        ),
        ("Ketua DPRD Kota Batu", "Dewan Perwakilan Rakyat Daerah Kota Batu", "legislature", "unit", "35.79"),
        (
            "Dinas Pariwisata Kutai Barat",
            "Dinas Pariwisata Kabupaten Kutai Barat",
            "local_government",
            "unit",
            "64.07",
        ),
        ("Dinkes Sleman", "Dinas Kesehatan Kabupaten Sleman", "local_government", "unit", "34.04"),
        (
            "Kepala Dinas Peternakan NTT",
            "Dinas Peternakan Provinsi Nusa Tenggara Timur",
            "local_government",
            "unit",
            "53",
        ),
        (
            "BPBD Kota Palu",
            "Badan Penanggulangan Bencana Daerah Kota Palu",
            "local_government",
            "unit",
            "72.71",
        ),
        (
            "Bappeda Kabupaten Bone",
            "Badan Perencanaan Pembangunan Daerah Kabupaten Bone",
            "local_government",
            "unit",
            "73.08",
        ),
        (
            "RSUD Kabupaten Belu",
            "Rumah Sakit Umum Daerah Kabupaten Belu",
            "local_government",
            "unit",
            "53.04",
        ),
        (
            "Puskesmas Kimaam Kabupaten Merauke",
            "Puskesmas Kimaam Kabupaten Merauke",
            "local_government",
            "unit",
            "93.01",
        ),
        ("Desa Kalipang, Kabupaten Kediri", "Pemerintah Desa Kalipang", "local_government", "desa", "35.06"),
        (
            "Kades Sungai Ruan, Kabupaten Batanghari",
            "Pemerintah Desa Sungai Ruan",
            "local_government",
            "desa",
            "15.04",
        ),
        (
            "Kelurahan Laweyan Kota Surakarta",
            "Kelurahan Laweyan Kota Surakarta",
            "local_government",
            "unit",
            "33.72",
        ),
    ],
)
def test_units_keep_their_name_and_point_at_their_region(name, expected, kind, level, parent):
    link = lookup(name)
    assert (link.name, link.kind, link.level, link.parent_code) == (
        expected,
        kind,
        level,
        f"kemendagri:{parent}",
    )
    assert link.parent_name
    assert link.parent_name.startswith("Pemerintah ")


def test_a_kecamatan_has_the_code_of_the_decree():
    link = lookup("Kecamatan Depok, Kabupaten Sleman")
    assert (link.code, link.name, link.level) == ("kemendagri:34.04.07", "Kecamatan Depok", "unit")
    assert lookup("Kecamatan Depok").code is None
    assert {"kemendagri:34.04.07", "kemendagri:32.09.31"} <= set(lookup("Kecamatan Depok").candidates)


def test_a_unit_without_its_place_takes_it_from_the_article():
    context = "Pemkab Wonogiri dan DPRD bersepakat. Bupati Wonogiri menyerahkan rancangan."
    assert lookup("DPRD", context=context).name == "Dewan Perwakilan Rakyat Daerah Kabupaten Wonogiri"
    assert lookup("pemkab", context=context).code == "kemendagri:33.12"
    assert lookup("pemkab").code is None


def test_a_branch_of_a_known_body_has_it_as_parent():
    link = lookup("BPJS Ketenagakerjaan Cabang Bontang")
    assert link.code is None or link.code != "kl:bpjs-ketenagakerjaan"
    assert link.name == "Badan Penyelenggara Jaminan Sosial Ketenagakerjaan Cabang Bontang"


def test_a_city_is_named_as_the_place_itself():
    assert lookup_city("Jakarta").code == "kemendagri:31"
    city = lookup_city("Jambi")
    assert (city.code, city.name) == ("kemendagri:15.71", "Kota Jambi")
    assert lookup_city("Bandung").code is None
    assert (
        lookup_city("Bandung", context="Wali Kota Bandung membuka acara di Bandung.").code
        == "kemendagri:32.73"
    )
    assert lookup_city("Kuala Lumpur").code == "city:kuala-lumpur"


def test_lines_are_json_objects_with_the_promised_keys():
    lines = list(lookup_lines(["Pemkab Sidrap\n", "tidak ada", "Bandung\r\n"]))
    assert [list(line) for line in lines] == [
        ["query", "name", "code", "kind", "level", "parent_name", "parent_code", "rule", "candidates"]
    ] * 3
    assert json.loads(json.dumps(lines))[0]["code"] == "kemendagri:73.14"
    assert lines[1]["code"] is None
    assert lines[2]["candidates"] == ["kemendagri:32.04", "kemendagri:32.73"]


@pytest.mark.parametrize(
    ("name", "context", "expected", "code"),
    [
        ("Polres Sukabumi", "", "Kepolisian Resor Sukabumi", "polri:polres.32.02"),
        ("Polres Sukabumi Kota", "", "Kepolisian Resor Sukabumi Kota", "polri:polres.32.72"),
        (
            "Kapolres Sukabumi",
            "Wali Kota Sukabumi datang.",
            "Kepolisian Resor Sukabumi",
            "polri:polres.32.02",
        ),
        ("Polda Jambi", "", "Kepolisian Daerah Jambi", "polri:polda.15"),
        ("Kapolda Sultra", "", "Kepolisian Daerah Sulawesi Tenggara", "polri:polda.74"),
        ("Polda", "Kapolda Malut hadir.", "Kepolisian Daerah Maluku Utara", "polri:polda.82"),
        ("Kejari Gorontalo", "", "Kejaksaan Negeri Gorontalo", None),
        ("Kejari Kota Tegal", "", "Kejaksaan Negeri Kota Tegal", "kejaksaan:kejari.33.76"),
        ("Kodim 0735/Surakarta", "", "Komando Distrik Militer 0735/Surakarta", "tni:kodim.0735"),
        ("Korem", "Danrem 041/Garuda Emas hadir.", "Komando Resor Militer 041/Garuda Emas", "tni:korem.041"),
        ("KPU Lembata", "", "Komisi Pemilihan Umum Kabupaten Lembata", "kl:kpu.53.13"),
        (
            "Bawaslu",
            "Ketua Bawaslu Malut hadir.",
            "Badan Pengawas Pemilihan Umum Provinsi Maluku Utara",
            "kl:bawaslu.82",
        ),
        ("Kemenag Brebes", "", "Kantor Kementerian Agama Kabupaten Brebes", "kl:kemenag.33.29"),
        ("PN Klaten", "", "Pengadilan Negeri Klaten", "kl:pn.33.10"),
        ("BPS", "Kepala BPS Kabupaten Buol hadir.", "Badan Pusat Statistik Kabupaten Buol", "kl:bps.72.05"),
        ("DPRD Provinsi", "Pemprov Bali setuju.", "Dewan Perwakilan Rakyat Daerah Provinsi Bali", "dprd:51"),
        (
            "Ombudsman RI",
            "Jumpa pers di Gedung Ombudsman, Kuningan, Jakarta Selatan.",
            "Ombudsman Republik Indonesia",
            "kl:ombudsman",
        ),
        ("KPU setempat", "Pemkab Buol setuju.", "Komisi Pemilihan Umum Kabupaten Buol", "kl:kpu.72.05"),
    ],
)
def test_offices_by_territory(name, context, expected, code):
    link = lookup(name, context=context)
    assert (link.name, link.code) == (expected, code)


def test_an_office_of_a_twin_stays_open_with_its_candidates():
    link = lookup("Kejari Gorontalo")
    assert link.candidates == ("kejaksaan:kejari.75.01", "kejaksaan:kejari.75.71")


def test_a_bracket_before_a_place_names_the_local_body():
    context = "Ketua Persatuan Wartawan Indonesia (PWI) Kabupaten Buol hadir. PWI menolak."
    assert lookup("PWI", context=context).name == "Persatuan Wartawan Indonesia Kabupaten Buol"


def test_the_same_letters_after_another_word_are_another_body():
    assert lookup("BPK Penabur").code != "kl:bpk"
    assert lookup("Pemkab-DPRD Badung").kind != "foreign_government"
    assert lookup("Kementerian Pertanian Fiji").kind == "foreign_government"


@pytest.mark.parametrize(("name", "kind"), [("PT Entah Apa", "company"), ("Yayasan Entah", "association")])
def test_the_first_words_tell_the_kind_of_an_unknown_body(name, kind):
    link = lookup(name)
    assert (link.name, link.code, link.rule, link.kind) == (None, None, "unknown", kind)


def test_a_district_that_the_named_region_has_not_is_no_crash() -> None:
    """Found in background news: the region behind the district left no code of that name."""
    for name in (
        "Kecamatan Tebet Kabupaten Sleman",
        "Polsek Tebet Kabupaten Sleman",
        "Camat Kuta Kota Bandung",
    ):
        link = lookup(name, context="Kabupaten Sleman dan Kota Bandung bertemu.")
        assert link.query == name
        assert link.code is None or not link.code.startswith("kemendagri:31.74")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Badan Penyelenggara Jaminan Produk Halal (BPJPH) Kemenag", "kl:bpjph"),
        ("Ditjen Hubud Indonesia", "kl:hubud"),
        ("Universitas Jaminan Produk Halal Kemenag", None),
    ],
)
def test_a_body_of_the_state_before_its_ministry_or_country(name, code) -> None:
    assert lookup(name).code == code


def test_a_place_that_runs_into_a_name_is_still_that_of_the_office() -> None:
    """ "Ketua KPU Mappi Yohanis Kaimu": KPU was taken for the national commission."""
    text = "Bupati meneken naskah bersama Ketua KPU Mappi Yohanis Kaimu. KPU lega."
    assert lookup("KPU", context=text).name == "Komisi Pemilihan Umum Kabupaten Mappi"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Pemprov Sumatra Barat", "kemendagri:13"),
        ("Polda Sumatra Utara", "polri:polda.12"),
        ("Badan Amil Zakat Nasional (Baznas) Provinsi Sumatra Selatan", "org:baznas.16"),
    ],
)
def test_sumatra_is_spelled_in_two_ways(name, code):
    """Many papers write "Sumatra"; the official names have "Sumatera"."""
    assert lookup(name).code == code


@pytest.mark.parametrize(
    ("context", "code"),
    [
        (
            "Disnaker Sumenep meneken PKS bersama Kantor Imigrasi Kelas II Non TPI Pamekasan.",
            "kl:kanim.35.28",
        ),
        # The last word of a headline does not lie where the text begins.
        (
            "Warga Bisa Urus Paspor, Kata Kantor Imigrasi\n\nSUMENEP - Petugas Kantor Imigrasi Kelas II "
            "Pamekasan melayani warga.",
            "kl:kanim.35.28",
        ),
    ],
)
def test_the_place_of_an_office_stands_behind_its_class(context, code):
    assert lookup("Kantor Imigrasi", context=context).code == code
