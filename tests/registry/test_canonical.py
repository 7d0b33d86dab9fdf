"""`canonical_name`: one full official name out of the forms of an article. Articles written for this test."""

import pytest

from sepaham.registry import canonical_name, explained_abbreviations


@pytest.mark.parametrize(
    ("texts", "context", "expected"),
    [
        (
            ["Pemkab Sidrap", "Sidrap"],
            "Pemkab Sidrap menerima tamu.",
            "Pemerintah Kabupaten Sidenreng Rappang",
        ),
        # An abbreviation behind its own long form says nothing more.
        (["Badan Narkotika Daerah BND"], "Badan Narkotika Daerah (BND) hadir.", "Badan Narkotika Daerah"),
        (["pemkab"], "Bupati Buol datang. Buol menyiapkan jagung, kata pemkab.", "Pemerintah Kabupaten Buol"),
        (["Bupati Alor"], "Bupati Alor meneken naskah itu.", "Pemerintah Kabupaten Alor"),
        (["dinas", "Dinas Pariwisata Kutai Barat"], "", "Dinas Pariwisata Kabupaten Kutai Barat"),
        (
            ["Dinas Kesehatan"],
            "Pemkab Nias Barat dan Dinas Kesehatan.",
            "Dinas Kesehatan Kabupaten Nias Barat",
        ),
        (["DPRD"], "Gedung DPRD Kota Tual ramai.", "Dewan Perwakilan Rakyat Daerah Kota Tual"),
        (["Desa Waimital"], "Desa Waimital dan Desa Kairatu.", "Pemerintah Desa Waimital"),
        (
            ["Watumea"],
            "Tiga desa berdamai: Desa Kombi, Desa Watumea, dan Tulap. Watumea setuju.",
            "Pemerintah Desa Watumea",
        ),
        (["Unsrat"], "Rektor Universitas Sam Ratulangi (Unsrat) hadir.", "Universitas Sam Ratulangi"),
        (
            ["FH Untan"],
            "Fakultas di Universitas Tanjungpura (Untan).",
            "Fakultas Hukum Universitas Tanjungpura",
        ),
        (
            ["Fakultas Teknik"],
            "Dekan hadir. Universitas Khairun bangga.",
            "Fakultas Teknik Universitas Khairun",
        ),
        (["Universitas Khairun (Unkhair) Ternate"], "", "Universitas Khairun"),
        (
            ["UIN Antasari"],
            "Universitas Islam Negeri (UIN) Antasari menyambut.",
            "Universitas Islam Negeri Antasari",
        ),
        (["BMKG"], "", "Badan Meteorologi, Klimatologi, dan Geofisika"),
        (["PT Laut Biru Nawala (LBN)", "LBN", "perusahaan"], "", "PT Laut Biru Nawala"),
        (["Bank Jateng"], "", "Bank Jateng"),
        (["perusahaan", "PT Cahaya Timur Tbk"], "", "PT Cahaya Timur Tbk"),
        (["FL Teknik (PT Sayap Nusa)", "PT Sayap Nusa"], "", "PT Sayap Nusa"),
        (["Kelompok Sadar Wisata (Pokdarwis) Embung Asri"], "", "Kelompok Sadar Wisata Embung Asri"),
        (["Pokdarwis Embung Asri"], "", "Kelompok Sadar Wisata Embung Asri"),
        (["LBH Tanah Air"], "", "Lembaga Bantuan Hukum Tanah Air"),
        (["IKAGI Sulsel"], "Ikatan Guru Gitar (IKAGI) Sulsel.", "Ikatan Guru Gitar Sulawesi Selatan"),
        (["PONDOK PESANTREN AL-IHSAN"], "Di Pondok Pesantren Al-Ihsan.", "Pondok Pesantren Al-Ihsan"),
        (["Menteri Pertahanan Mongolia"], "", "Kementerian Pertahanan Mongolia"),
        (["Pemerintah Kota Nanaimo, Kanada", "Nanaimo"], "", "Pemerintah Kota Nanaimo"),
        (["Indonesia"], "", "Pemerintah Republik Indonesia"),
        (["pihak eksekutif"], "DPRD Kabupaten Muna dan eksekutif.", "Pemerintah Kabupaten Muna"),
        (
            ["pemkot", "Bekasi"],
            "Bekasi menanti, kata pemkot. Kabupaten Bekasi tidak.",
            "Pemerintah Kota Bekasi",
        ),
        (["legislatif"], "Bupati Muna dan legislatif.", "Dewan Perwakilan Rakyat Daerah Kabupaten Muna"),
        (
            ["Fakultas Farmasi", "kampus"],
            "Universitas Halu Oleo mengirim Fakultas Farmasi ke Kendari.",
            "Fakultas Farmasi Universitas Halu Oleo",
        ),
        (["Satlantas Polres Klaten"], "", "Satuan Lalu Lintas Kepolisian Resor Klaten"),
        (["PERSI Kalbar"], "", "Perhimpunan Rumah Sakit Seluruh Indonesia Kalimantan Barat"),
        (["Nawala"], "PT Nawala Timur Raya membangun pabrik. Nawala untung.", "PT Nawala Timur Raya"),
        (["Ditjen Perhubungan Udara"], "", "Direktorat Jenderal Perhubungan Udara Kementerian Perhubungan"),
        (["Kementerian Pendidikan"], "", "Kementerian Pendidikan"),
        (["SMKN 2 Entah"], "", "SMKN 2 Entah"),
        (["SMK Negeri 2 Entah", "SMKN 2 Entah"], "", "SMK Negeri 2 Entah"),
        (["Yayasan Kreasi Solo"], "", "Yayasan Kreasi Solo"),
        (["Kantor Hukum Siring & Rekan"], "", "Kantor Hukum Siring & Rekan"),
        # The initials of a place are not told twice; "KB" is birth control, and no Kabupaten Blora.
        (["Dinas Kesehatan KLU"], "Kabupaten Lombok Utara (KLU)", "Dinas Kesehatan Kabupaten Lombok Utara"),
        (
            ["Dinas Kesehatan OKI"],
            "Kabupaten Ogan Komering Ilir",
            "Dinas Kesehatan Kabupaten Ogan Komering Ilir",
        ),
        (
            ["Dinas Pengendalian Penduduk dan KB"],
            "Kabupaten Blora",
            "Dinas Pengendalian Penduduk dan KB Kabupaten Blora",
        ),
        (["STIKes Yarsi Pontianak"], "", "Sekolah Tinggi Ilmu Kesehatan Yarsi Pontianak"),
        (["Poltekkes Kemenkes Kupang"], "", "Politeknik Kesehatan Kementerian Kesehatan Kupang"),
        (["Basarnas Mamuju"], "", "Kantor Pencarian dan Pertolongan Mamuju"),
    ],
)
def test_the_fullest_official_name(texts, context, expected):
    assert canonical_name(texts, context=context)[0] == expected


@pytest.mark.parametrize(
    ("texts", "known", "expected"),
    [
        # A brand stays, also where the registry has the company's full name.
        (["Bank Jateng"], "PT Bank Pembangunan Daerah Jawa Tengah", "Bank Jateng"),
        (["Telkomsel"], "PT Telekomunikasi Selular", "Telkomsel"),
        (["Partai Golkar", "Golkar"], "Partai Golongan Karya", "Partai Golkar"),
        (["KAI Commuter"], "PT Kereta Commuter Indonesia", "KAI Commuter"),
        # Initials alone, with a place or a group, are no brand.
        (["BRI"], "PT Bank Rakyat Indonesia (Persero) Tbk", "PT Bank Rakyat Indonesia (Persero) Tbk"),
        (["KAI Group", "KAI"], "PT Kereta Api Indonesia (Persero)", "PT Kereta Api Indonesia (Persero)"),
        # What says nothing by itself has the name that was made of it.
        (["Pemkab"], "Pemerintah Kabupaten Alor", "Pemerintah Kabupaten Alor"),
        (
            ["Otoritas Jasa Keuangan (OJK)", "OJK Jabar"],
            "Otoritas Jasa Keuangan Provinsi Jawa Barat",
            "Otoritas Jasa Keuangan Provinsi Jawa Barat",
        ),
        (
            ["PT Bank Pembangunan Daerah Jawa Barat"],
            "PT Bank Pembangunan Daerah Jawa Barat dan Banten Tbk",
            "PT Bank Pembangunan Daerah Jawa Barat dan Banten Tbk",
        ),
    ],
)
def test_a_name_that_the_article_has_not_is_no_form_of_it(texts, known, expected):
    assert canonical_name(texts, context=" ; ".join(texts), known=known)[0] == expected


def test_the_link_belongs_to_the_form_that_gave_the_name():
    name, link = canonical_name(["pemda", "Pemkot Bima"], context="Pemkot Bima mengundang.")
    assert (name, link.code, link.query) == ("Pemerintah Kota Bima", "kemendagri:52.72", "Pemkot Bima")
    name, link = canonical_name(["Rimba Suara"], context="Rimba Suara merekam kodok.")
    assert (name, link.code, link.rule) == ("Rimba Suara", None, "unknown")


def test_a_faculty_does_not_get_the_code_of_its_university():
    _, link = canonical_name(["Fakultas Hukum Universitas Tanjungpura", "FH", "Untan"])
    assert link.code is None
    assert link.parent_code == "pt:001022"


@pytest.mark.parametrize("texts", [[""], ["()"], ["  ", "—"], ["x" * 10_000], ["pihak"], ["atau"], ["(PT)"]])
def test_nonsense_gives_a_name_and_no_error(texts):
    name, link = canonical_name(texts, context="Pihak pertama (PT) dan pihak kedua atau lainnya.")
    assert isinstance(name, str)
    assert link.code is None


def test_no_text_is_the_callers_mistake():
    with pytest.raises(ValueError, match="at least one text"):
        canonical_name([])


@pytest.mark.parametrize(
    ("sentence", "short", "long"),
    [
        ("Rektor Universitas Sam Ratulangi (Unsrat) hadir", "unsrat", "Universitas Sam Ratulangi"),
        (
            "Badan Meteorologi, Klimatologi, dan Geofisika (BMKG)",
            "bmkg",
            "Badan Meteorologi, Klimatologi, dan Geofisika",
        ),
        ("Institut Seni Indonesia (ISI) Padangpanjang", "isi", "Institut Seni Indonesia Padangpanjang"),
        ("kata HIPMI (Himpunan Pengusaha Muda Indonesia)", "hipmi", "Himpunan Pengusaha Muda Indonesia"),
        ("oleh PT Pupuk Kalimantan Timur (PKT)", "pkt", "PT Pupuk Kalimantan Timur"),
        (
            "Perhimpunan Rumah Sakit Seluruh Indonesia (PERSI)",
            "persi",
            "Perhimpunan Rumah Sakit Seluruh Indonesia",
        ),
        ("Kabupaten Tulang Bawang Barat (Tubaba)", "tubaba", "Tulang Bawang Barat"),
    ],
)
def test_abbreviations_that_an_article_explains(sentence, short, long):
    assert explained_abbreviations(sentence)[short] == long


@pytest.mark.parametrize(
    "sentence", ["Senin (12/3/2024)", "JAKARTA (ANTARA) - Hari ini", "umurnya (45)", "dia (tidak)"]
)
def test_brackets_that_explain_nothing(sentence):
    assert explained_abbreviations(sentence) == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ranting NU Desa Bedahan", "Ranting Nahdlatul Ulama Desa Bedahan"),
        ("SMK NU Kaplongan", "SMK NU Kaplongan"),
        ("SMA PGRI 2 Kayuagung", "SMA PGRI 2 Kayuagung"),
        ("NU", "Pengurus Besar Nahdlatul Ulama"),
    ],
)
def test_nu_is_the_head_office_only_by_itself(text, name):
    """ "SMK Pengurus Besar Nahdlatul Ulama Kaplongan" """
    assert canonical_name([text])[0] == name
