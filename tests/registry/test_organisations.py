# ruff: noqa: E501  (one case a line in the tables)
"""The organisation data: its integrity, the cabinets' names by date, acronyms, the offices by territory."""

import csv
import re
import tomllib
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from sepaham.records import Kind, Level
from sepaham.registry import lookup

REGISTRY = Path(__file__).parents[2] / "pipeline/sepaham/resources/registry"
FOLDER = REGISTRY / "organisations"
HEADER = ["id", "name", "kind", "level", "parent", "aliases", "valid_from", "valid_to", "source"]


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        assert reader.fieldnames == HEADER, path.name
        return list(reader)


ROWS = [row for path in sorted(FOLDER.glob("*.csv")) for row in read(path)]
BY_ID = {row["id"]: row for row in ROWS}
PATTERNS = tomllib.loads((REGISTRY / "territorial.toml").read_text(encoding="utf-8"))["pattern"]
AMBIGUOUS = {
    name.casefold()
    for name in tomllib.loads((FOLDER / "ambiguous.toml").read_text(encoding="utf-8"))["names"]
}


def fold(name):
    return " ".join(re.findall(r"[\w&]+", name.replace("'", "").casefold()))


def names(row):
    return [row["name"], *filter(None, row["aliases"].split("|"))]


def overlap(one, two):
    return (one["valid_from"] or "0") <= (two["valid_to"] or "9") and (two["valid_from"] or "0") <= (
        one["valid_to"] or "9"
    )


def bearers():
    found = defaultdict(list)
    for row in ROWS:
        for name in names(row):
            found[fold(name)].append(row)
    return found


# --- integrity


def test_ids_are_unique_and_have_a_documented_prefix():
    counts = Counter(row["id"] for row in ROWS)
    assert [ident for ident, count in counts.items() if count > 1] == []
    documented = set(re.findall(r"`(\w+)`", (FOLDER / "SOURCES.md").read_text(encoding="utf-8")))
    for ident in counts:
        prefix, slug = re.fullmatch(r"([a-z]+):([A-Z]{2}|[a-z0-9]+(?:[-.][a-z0-9]+)*)", ident).groups()
        assert prefix in documented, (ident, slug)


def test_universities_carry_their_six_digit_code_and_none_from_abroad():
    codes = [row["id"][3:] for row in ROWS if row["id"].startswith("pt:")]
    assert len(codes) > 6000
    assert [code for code in codes if not re.fullmatch(r"[0-8]\d{5}", code)] == []


def test_kinds_levels_sources_and_names_are_well_formed():
    sources = set(re.findall(r"`([a-z0-9]+)`", (FOLDER / "SOURCES.md").read_text(encoding="utf-8")))
    for row in ROWS:
        assert row["kind"] in get_args(Kind), row["id"]
        assert row["level"] in get_args(Level), row["id"]
        assert row["source"] in sources, row["id"]
        for name in names(row):
            assert name == " ".join(name.split()), (row["id"], name)
            assert len(name) > 1, row["id"]
            assert name.count("(") == name.count(")"), (row["id"], name)


def test_no_row_has_an_alias_twice():
    for row in ROWS:
        cells = [name.casefold() for name in names(row)]
        assert len(cells) == len(set(cells)), row["id"]


def test_validity_is_iso_and_ordered():
    for row in ROWS:
        days = [date.fromisoformat(row[key]) for key in ("valid_from", "valid_to") if row[key]]
        assert days == sorted(days), row["id"]


def test_parents_are_rows_or_regions():
    with (REGISTRY / "regions.csv").open(encoding="utf-8", newline="") as file:
        regions = {f"kemendagri:{row['code']}" for row in csv.DictReader(file)}
    for row in ROWS:
        assert not row["parent"] or row["parent"] in BY_ID or row["parent"] in regions, row["id"]
        assert row["parent"] != row["id"]


def test_two_bodies_share_a_name_on_one_day_only_where_that_is_marked():
    shared = {}
    for name, rows in bearers().items():
        clash = [
            one
            for i, one in enumerate(rows)
            for two in rows[i + 1 :]
            if one["id"] != two["id"] and overlap(one, two)
        ]
        if clash and not all(row["source"] == "pddikti" for row in rows):
            shared[name] = [row["id"] for row in rows]
    assert set(shared) == AMBIGUOUS


def test_no_alias_is_an_everyday_word_or_a_region():
    words = {
        "antara",
        "timah",
        "berdikari",
        "ancol",
        "pusat",
        "daerah",
        "bersama",
        "indonesia raya",
        "garam",
        "papua",
        "jakarta",
        "sumut",
    }
    assert words & set(bearers()) == set()


# --- cabinets

CABINETS = """
2014-09-01 | Kementerian Pekerjaan Umum | Kementerian Pekerjaan Umum | kl:kemenpu-2004
2014-09-01 | Kemenakertrans | Kementerian Tenaga Kerja dan Transmigrasi | kl:kemenakertrans
2014-12-01 | Kemnaker | Kementerian Ketenagakerjaan | kl:kemnaker
2015-03-02 | Kementerian PUPR | Kementerian Pekerjaan Umum dan Perumahan Rakyat | kl:kementerian-pupr
2016-08-17 | Menristekdikti | Kementerian Riset, Teknologi, dan Pendidikan Tinggi | kl:kemenristekdikti
2017-05-02 | Menteri Pariwisata | Kementerian Pariwisata | kl:kemenpar-2014
2018-11-20 | Kemendikbud | Kementerian Pendidikan dan Kebudayaan | kl:kemendikbud
2018-11-20 | Kemenko Maritim | Kementerian Koordinator Bidang Kemaritiman | kl:kemenko-maritim
2019-10-22 | Bekraf | Badan Ekonomi Kreatif | kl:bekraf
2019-10-23 | Kemenparekraf | Kementerian Pariwisata dan Ekonomi Kreatif | kl:kemenparekraf
2020-02-14 | Menristek | Kementerian Riset dan Teknologi/Badan Riset dan Inovasi Nasional | kl:kemenristek-brin
2020-02-14 | Menko Marves | Kementerian Koordinator Bidang Kemaritiman dan Investasi | kl:kemenko-marves
2020-02-14 | BKPM | Badan Koordinasi Penanaman Modal | kl:bkpm
2021-04-27 | Mendikbud | Kementerian Pendidikan dan Kebudayaan | kl:kemendikbud
2021-04-28 | Mendikbud | Kementerian Pendidikan, Kebudayaan, Riset, dan Teknologi | kl:kemendikbudristek
2022-06-15 | Kepala BKPM | Kementerian Investasi/Badan Koordinasi Penanaman Modal | kl:kemeninves
2023-07-01 | Kemenkominfo | Kementerian Komunikasi dan Informatika | kl:kemenkominfo
2023-07-01 | KLHK | Kementerian Lingkungan Hidup dan Kehutanan | kl:klhk
2023-07-01 | Kemendes PDTT | Kementerian Desa, Pembangunan Daerah Tertinggal, dan Transmigrasi | kl:kemendesa-pdtt
2023-07-01 | Menkop UKM | Kementerian Koperasi dan Usaha Kecil dan Menengah | kl:kemenkop-ukm
2024-10-20 | Menkumham | Kementerian Hukum dan Hak Asasi Manusia | kl:kemenkumham
2024-10-20 | Kemendes | Kementerian Desa, Pembangunan Daerah Tertinggal, dan Transmigrasi | kl:kemendesa-pdtt
2024-10-21 | Kemendes | Kementerian Desa dan Pembangunan Daerah Tertinggal | kl:kemendes-pdt
2024-10-21 | Menteri Hukum | Kementerian Hukum | kl:kemenkum
2024-10-21 | Kementerian HAM | Kementerian Hak Asasi Manusia | kl:kemenham
2024-11-05 | Kemenimipas | Kementerian Imigrasi dan Pemasyarakatan | kl:kemenimipas
2024-11-05 | Ditjenpas | Direktorat Jenderal Pemasyarakatan Kementerian Imigrasi dan Pemasyarakatan | kl:ditjenpas
2023-11-05 | Ditjenpas | Direktorat Jenderal Pemasyarakatan Kementerian Hukum dan Hak Asasi Manusia | kl:ditjenpas-kumham
2024-11-05 | Mendikdasmen | Kementerian Pendidikan Dasar dan Menengah | kl:kemendikdasmen
2024-11-05 | Kemdiktisaintek | Kementerian Pendidikan Tinggi, Sains, dan Teknologi | kl:kemdiktisaintek
2024-11-05 | Menteri Kebudayaan | Kementerian Kebudayaan | kl:kemenbud
2024-11-05 | Komdigi | Kementerian Komunikasi dan Digital | kl:komdigi
2024-11-05 | Menteri PU | Kementerian Pekerjaan Umum | kl:kemenpu
2024-11-05 | Menteri PKP | Kementerian Perumahan dan Kawasan Permukiman | kl:kemenpkp
2024-11-05 | Menhut | Kementerian Kehutanan | kl:kemenhut
2013-11-05 | Menhut | Kementerian Kehutanan | kl:kemenhut-1998
2024-11-05 | KLH | Kementerian Lingkungan Hidup/Badan Pengendalian Lingkungan Hidup | kl:klh-bplh
2024-11-05 | Menpar | Kementerian Pariwisata | kl:kemenpar
2024-11-05 | Kementerian Ekraf | Kementerian Ekonomi Kreatif | kl:kemenekraf
2024-11-05 | KP2MI | Kementerian Pelindungan Pekerja Migran Indonesia | kl:kp2mi
2023-11-05 | BP2MI | Badan Pelindungan Pekerja Migran Indonesia | kl:bp2mi
2018-11-05 | BNP2TKI | Badan Nasional Penempatan dan Perlindungan Tenaga Kerja Indonesia | kl:bnp2tki
2023-11-05 | BKKBN | Badan Kependudukan dan Keluarga Berencana Nasional | kl:bkkbn
2025-01-15 | Kepala BKKBN | Kementerian Kependudukan dan Pembangunan Keluarga/Badan Kependudukan dan Keluarga Berencana Nasional | kl:kemendukbangga
2025-05-15 | BP Haji | Badan Penyelenggara Haji | kl:bp-haji
2025-09-08 | Menteri Haji dan Umrah | Kementerian Haji dan Umrah | kl:kemenhaj
2025-10-07 | Kementerian BUMN | Kementerian Badan Usaha Milik Negara | kl:kbumn
2025-10-08 | BP BUMN | Badan Pengaturan Badan Usaha Milik Negara | kl:bp-bumn
2024-05-15 | Menko Polhukam | Kementerian Koordinator Bidang Politik, Hukum, dan Keamanan | kl:kemenko-polhukam
2025-05-15 | Menko Polkam | Kementerian Koordinator Bidang Politik dan Keamanan | kl:kemenko-polkam
2021-05-15 | LIPI | Lembaga Ilmu Pengetahuan Indonesia | kl:lipi
2022-05-15 | BRIN | Badan Riset dan Inovasi Nasional | kl:brin
2020-05-15 | Pelindo III | PT Pelabuhan Indonesia III (Persero) | bumn:pelindo-iii
"""


@pytest.mark.parametrize("line", CABINETS.strip().splitlines())
def test_a_ministry_bears_its_name_of_the_day(line):
    day, query, name, code = (cell.strip() for cell in line.split("|"))
    link = lookup(query, on=day)
    assert (link.name, link.code) == (name, code)


# --- acronyms and titles

ACRONYMS = """
kl:kemenhub Kemenhub|Menhub|Menteri Perhubungan|Menteri Perhubungan RI|kementerian perhubungan republik indonesia
kl:kemenag Kemenag RI|Menag|Menteri Agama
kl:atr-bpn Kementerian ATR/BPN|Menteri ATR/Kepala BPN
kl:kemenpanrb KemenPAN-RB|Kemenpan RB|Menpan-RB|Kementerian PANRB
kl:bappenas Kementerian PPN/Bappenas|Bappenas|Kepala Bappenas
kl:kpk KPK|KPK RI|Ketua KPK
kl:polri Polri|Kapolri|Kepolisian RI|Mabes Polri
kl:kejagung Jaksa Agung|Kejagung RI|Kejaksaan Republik Indonesia
kl:tni TNI|Panglima TNI
tni:ad TNI AD|KSAD|TNI-AD
polri:korlantas Korlantas Polri
tni:kodam-xii Kodam XII/Tanjungpura|Pangdam XII/Tanjungpura
kl:bnpb BNPB|Kepala BNPB
kl:bi BI|Gubernur BI|Gubernur Bank Indonesia
kl:bpjs-ketenagakerjaan BPJamsostek|BPJS Ketenagakerjaan|BP Jamsostek
kl:dukcapil Ditjen Dukcapil|Dirjen Dukcapil
kl:djp DJP|Ditjen Pajak|Dirjen Pajak
kl:hubud Ditjen Perhubungan Udara Kemenhub|Ditjen Hubud
kl:oikn Otorita IKN|OIKN|Kepala Otorita IKN
kl:danantara Danantara|BPI Danantara
kl:skk-migas SKK Migas
pt:001001 UGM
pt:001005 Unhas
pt:001027 UNS
pt:001010 ULM
pt:001029 UHO
pt:001044 Unkhair
pt:002001 ITB
pt:002002 ITS
pt:002003 IPB University|IPB
pt:005015 Poliban
pt:005023 Polinema
pt:041057 Universitas Telkom|Telkom University|Tel-U
pt:051001 UII
pt:061008 UMS
pt:071024 UMM
pt:091003 UKI Paulus
pt:101039 Universitas PGRI Sumatera Barat
pt:201003 UIN Malang|UIN Maulana Malik Ibrahim
pt:201017 UIN Antasari
pt:201028 UIN Gus Dur|UIN Gusdur
pt:202024 IAIN Ternate
pt:222001 IAKN Tarutung
pt:342001 IPDN
pt:405022 Poltekkes Kemenkes Banjarmasin|Poltekkes Banjarmasin
pt:415001 PKN STAN
pt:484001 Akpol
pt:002009 ISI Padangpanjang|Institut Seni Indonesia (ISI) Padang Panjang
bank:bri BRI|Bank BRI|PT Bank Rakyat Indonesia (Persero) Tbk
bank:bjb bank bjb|Bank BJB|BPD Jabar Banten
bank:jatim Bank Jatim|BJTM
bank:nagari Bank Nagari
bank:maluku-malut Bank Maluku Malut
bumn:pertamina Pertamina|PT Pertamina (Persero)|PT Pertamina
bumn:pln PLN|PT PLN|PT Perusahaan Listrik Negara (Persero)
bumn:pln-np PLN NP|PT PLN Nusantara Power
bumn:telkomsel Telkomsel|PT Telekomunikasi Selular
bumn:kai PT KAI|PT Kereta Api Indonesia (Persero)
bumn:pusri Pusri|PT Pupuk Sriwidjaja Palembang
bumn:itdc ITDC
bumn:airnav AirNav Indonesia|LPPNPI
bumn:bulog Bulog|Perum Bulog
com:indosat Indosat Ooredoo Hutchison|IOH
com:gojek Gojek
com:grab Grab Indonesia
org:kadin Kadin Indonesia|KADIN
org:pbnu PBNU|Nahdlatul Ulama
org:muhammadiyah PP Muhammadiyah
org:aisyiyah PP 'Aisyiyah|Aisyiyah
org:mui MUI|Majelis Ulama Indonesia
org:pmi PMI
org:pssi PSSI
org:apkasi Apkasi
org:pramuka Kwarnas Gerakan Pramuka|Kwarnas
org:pgri PGRI|PB PGRI
intl:who WHO
intl:unicef UNICEF
intl:bank-dunia World Bank|Bank Dunia
intl:adb ADB|Asian Development Bank
gov:jica JICA
gov:usaid USAID
iso:SA Arab Saudi|Kerajaan Arab Saudi|Pemerintah Saudi
iso:CN Tiongkok|Cina|RRT|Pemerintah China
iso:TL Timor-Leste|Timor Leste
iso:ID Pemerintah RI|Indonesia|pemerintah pusat
city:kuala-lumpur Kuala Lumpur
city:nanjing Nanjing|Pemerintah Kota Nanjing
city:jenewa Jenewa|Geneva
rs:rscm RSCM|RSUPN Dr. Cipto Mangunkusumo
rs:leimena RSUP dr. J. Leimena Ambon
"""


@pytest.mark.parametrize("line", ACRONYMS.strip().splitlines())
def test_acronyms_and_titles_find_their_body(line):
    code, queries = line.split(" ", 1)
    assert {query: lookup(query, on="2025-03-01").code for query in queries.split("|")} == dict.fromkeys(
        queries.split("|"), code
    )


def test_at_least_250_universities_have_hand_made_acronyms():
    assert sum(row["source"] == "akronim" and bool(row["aliases"]) for row in ROWS) >= 250


def test_every_name_and_alias_finds_its_row_on_a_day_of_its_validity():
    """Names that several institutions bear (all of them from PDDIKTI, or marked) may stay undecided, never wrong."""
    wrong, undecided = [], 0
    for row in ROWS:
        for name in names(row):
            link = lookup(name, on=row["valid_to"] or row["valid_from"] or None)
            if link.code is None and row["id"] in link.candidates:
                undecided += 1
            elif link.code != row["id"]:
                wrong.append((row["id"], name, link.code))
    assert wrong == []
    assert undecided <= 120


# --- offices by territory


def test_patterns_are_well_formed():
    seen = set()
    for pattern in PATTERNS:
        assert set(pattern) <= {"forms", "name", "kind", "id_prefix", "slug", "scope", "numbered"}, pattern[
            "name"
        ]
        assert pattern["kind"] in get_args(Kind)
        assert len(re.findall(r"\{(?:place|region)\}", pattern["name"])) == 1, pattern["name"]
        assert pattern.get("scope", "provinsi") in ("provinsi", "daerah", "police")
        assert re.fullmatch(r"[a-z]+:[a-z0-9-]+", f"{pattern['id_prefix']}:{pattern['slug']}")
        for form in pattern["forms"]:
            key = (fold(form), pattern.get("scope", ""))
            assert key not in seen, key
            seen.add(key)


OFFICES = """
Polda NTB | Kepolisian Daerah Nusa Tenggara Barat | security_justice | polri:polda.52
Kapolres Tolitoli | Kepolisian Resor Tolitoli | security_justice | polri:polres.72.04
Polresta Pontianak | Kepolisian Resor Kota Pontianak | security_justice | polri:polres.61.71
Polres Bima Kota | Kepolisian Resor Bima Kota | security_justice | polri:polres.52.72
Kejati Sultra | Kejaksaan Tinggi Sulawesi Tenggara | security_justice | kejaksaan:kejati.74
Kajari Bontang | Kejaksaan Negeri Bontang | security_justice | kejaksaan:kejari.64.74
KPU Kabupaten Lembata | Komisi Pemilihan Umum Kabupaten Lembata | central_government | kl:kpu.53.13
Bawaslu Malut | Badan Pengawas Pemilihan Umum Provinsi Maluku Utara | central_government | kl:bawaslu.82
BNNK Inhil | Badan Narkotika Nasional Kabupaten Indragiri Hilir | central_government | kl:bnn.14.04
BPS Kabupaten Bima | Badan Pusat Statistik Kabupaten Bima | central_government | kl:bps.52.06
Kemenag Brebes | Kantor Kementerian Agama Kabupaten Brebes | central_government | kl:kemenag.33.29
Kantah Kota Tegal | Kantor Pertanahan Kota Tegal | central_government | kl:bpn.33.76
Kanwil BPN Sulteng | Kantor Wilayah Badan Pertanahan Nasional Provinsi Sulawesi Tengah | central_government | kl:bpn.72
Kanwil Kemenkum NTT | Kantor Wilayah Kementerian Hukum Nusa Tenggara Timur | central_government | kl:kemenkum.53
OJK Jabar | Otoritas Jasa Keuangan Provinsi Jawa Barat | central_government | kl:ojk.32
BP3MI NTB | Balai Pelayanan Pelindungan Pekerja Migran Indonesia Nusa Tenggara Barat | central_government | kl:bp3mi.52
Kadin Jatim | Kamar Dagang dan Industri Jawa Timur | association | org:kadin.35
PCNU Merauke | Pengurus Cabang Nahdlatul Ulama Merauke | association | org:nu.93.01
KONI Kota Tarakan | Komite Olahraga Nasional Indonesia Kota Tarakan | association | org:koni.65.71
Pengadilan Agama Lumajang | Pengadilan Agama Lumajang | central_government | kl:pa.35.08
BNN Provinsi Bali | Badan Narkotika Nasional Provinsi Bali | central_government | kl:bnn.51
"""


@pytest.mark.parametrize("line", OFFICES.strip().splitlines())
def test_offices_are_named_and_coded_by_their_territory(line):
    query, name, kind, code = (cell.strip() for cell in line.split("|"))
    link = lookup(query, on="2025-03-01")
    assert (link.name, link.kind, link.code) == (name, kind, code)
