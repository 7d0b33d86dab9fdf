"""Slots of an agreement, each by the sentences that show its rule."""

from functools import partial

import pytest

from sepaham.extraction import extract as extract_by

extract = partial(extract_by, tagger="rules")  # these are tests of the rules


def _one(text, title=None, published="2024-03-13"):
    found = extract(text, title, published)
    assert len(found) == 1
    return found[0]


def _parties(text, title=None):
    return [p.name for p in _one(text, title).parties]


GARUT, UNIGA = "Pemerintah Kabupaten Garut", "Universitas Garut"
SIGNED = (
    "Pemkab Garut dan Universitas Garut menandatangani nota kesepahaman tentang pengelolaan sampah pasar."
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (SIGNED, [GARUT, UNIGA]),
        ("Pemkab Garut meneken MoU dengan Universitas Garut.", [GARUT, UNIGA]),
        ("Penandatanganan MoU antara Pemkab Garut dan Universitas Garut berjalan lancar.", [GARUT, UNIGA]),
        (
            "Nota kesepahaman ditandatangani oleh Bupati Garut Dedi Mulyana dan Rektor Universitas Garut.",
            [GARUT, UNIGA],
        ),
        (
            "Bupati Garut bersama Rektor Universitas Garut melakukan penandatanganan nota kesepahaman.",
            [GARUT, UNIGA],
        ),
        ("Penandatanganan MoU Pemkab Garut dengan Universitas Garut digelar kemarin.", [GARUT, UNIGA]),
        (
            "Pemkab Garut meneken PKS kerja sama dengan Universitas Garut, Kejari Bontang, dan PT Timah.",
            [GARUT, UNIGA, "Kejaksaan Negeri Bontang", "PT Timah"],
        ),
        (
            "Pemkab Garut dan Universitas Garut meneken MoU, disaksikan Gubernur Jawa Barat.",
            [GARUT, UNIGA],
        ),
        (
            "MoU Pemkab Garut dan Universitas Garut diteken, kata Kepala Dinas Pendidikan Kota Bogor.",
            [GARUT, UNIGA],
        ),
        (
            "Pemkab Garut dan 12 perguruan tinggi menandatangani nota kesepahaman beasiswa.",
            [GARUT, "12 perguruan tinggi"],
        ),
    ],
)
def test_parties(text, names):
    assert _parties(text) == names


def test_a_short_form_is_the_body_named_before():
    text = (
        "PT Sinar Laut Nusantara (SLN) dan Yayasan Penyu Lestari menjalin kerja sama. "
        "Nota kesepahaman diteken Dirut SLN Budi Santoso dan Ketua Yayasan Penyu Lestari Siti Aminah."
    )
    found = _one(text)
    assert [p.name for p in found.parties] == ["PT Sinar Laut Nusantara", "Yayasan Penyu Lestari"]
    assert found.parties[0].texts == ("PT Sinar Laut Nusantara", "SLN")
    assert [s.name for p in found.parties for s in p.signatories] == ["Budi Santoso", "Siti Aminah"]


def test_pairs_of_names_and_offices_in_brackets():
    text = (
        "Perjanjian kerja sama Pemkab Garut dan PT Timah ditandatangani oleh Dedi Mulyana (Bupati Garut) dan "
        "Budi Santoso (Direktur Utama PT Timah)."
    )
    signers = {p.name: [(s.name, s.role) for s in p.signatories] for p in _one(text).parties}
    assert signers[GARUT] == [("Dedi Mulyana", "Bupati Garut")]
    assert signers["PT Timah"] == [("Budi Santoso", "Direktur Utama PT Timah")]


def test_the_signers_follow_in_the_next_sentence():
    text = (
        "Tiga kepala desa menandatangani kesepakatan bersama mata air. "
        "Mereka ialah Kades Wonokerso Sugiyanto, Kades Banjarturi Rohmadi, "
        "dan Pj Kades Kalirejo Etik Winarsih."
    )
    found = _one(text)
    assert [(s.name, s.acting) for p in found.parties for s in p.signatories] == [
        ("Sugiyanto", False),
        ("Rohmadi", False),
        ("Etik Winarsih", True),
    ]


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        (SIGNED[:-1] + ", Selasa (12/3/2024).", "2024-03-13", "2024-03-12"),
        (
            SIGNED + " Acara tersebut dilaksanakan di Aula Pendopo, Selasa (12/3/2024).",
            "2024-03-13",
            "2024-03-12",
        ),
        (
            SIGNED + ' "Kami senang," kata Bupati dalam keterangan tertulis, Rabu (13/3/2024).',
            "2024-03-13",
            None,
        ),
        (SIGNED + " Kerja sama berlaku hingga 31 Desember 2026.", "2024-03-13", None),
        (SIGNED, "2024-03-13", None),
    ],
    ids=["in the sentence", "beside it", "a statement", "its end", "none"],
)
def test_date(text, published, value):
    date = _one(text, published=published).date
    assert (date.value if date else None) == value


def test_the_date_of_the_event_that_held_the_signing():
    text = (
        "Bupati Garut membuka pameran batik di Gedung Sate, Kota Bandung, Selasa (12/3/2024). "
        "Ratusan warga datang. Dalam kesempatan tersebut Pemkab Garut dan Universitas Garut menandatangani "
        "nota kesepahaman beasiswa."
    )
    found = _one(text)
    assert found.date is not None
    assert found.date.value == "2024-03-12"
    assert found.venue is not None
    assert (found.venue.name, found.venue.city) == ("Gedung Sate", "Kota Bandung")


@pytest.mark.parametrize(
    ("place", "text", "name", "city"),
    [
        ("di Hotel Santika, Kota Bogor", "Hotel Santika, Kota Bogor", "Hotel Santika", "Kota Bogor"),
        ("di Aula Kantor Bupati Garut", "Aula Kantor Bupati Garut", "Aula Kantor Bupati Garut", "Garut"),
        (
            "di Kantor Gubernur NTB di Mataram",
            "Kantor Gubernur NTB di Mataram",
            "Kantor Gubernur NTB",
            "Mataram",
        ),
        ("di Tokyo, Jepang", "Tokyo, Jepang", None, "Tokyo"),
        ("bertempat di Balai Desa Wonokerso", "Balai Desa Wonokerso", "Balai Desa Wonokerso", None),
    ],
)
def test_venue(place, text, name, city):
    venue = _one(f"{SIGNED[:-1]} {place}, Selasa (12/3/2024).").venue
    assert venue is not None
    assert (venue.text, venue.name, venue.city) == (text, name, city)


def test_a_dateline_is_no_venue_and_no_party():
    found = _one("BANDUNG, KABARKITA.com - " + SIGNED)
    assert found.venue is None
    assert [p.name for p in found.parties] == [GARUT, UNIGA]


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Pemkab Garut Sudahi Kerja Sama Sampah dengan Kampus", "ended"),
        ("Menunggak, Kerja Sama Sampah Pasar Garut Diputus", "ended"),
        ("Pengakhiran Perjanjian Sampah Garut", "ended"),
        ("Akhiri Tahun, Pemkab Garut Gandeng Kampus", "signed"),
        ("Pemkab Garut dan Kampus Teken MoU Sampah", "signed"),
    ],
)
def test_a_headline_says_that_an_agreement_ends(title, status):
    """ "Pengakhiran dituangkan dalam berita acara yang diteken kedua pihak" sounded like a signing."""
    assert _one(SIGNED, title).status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (SIGNED, "signed"),
        ("Pemkab Garut dan Universitas Garut akan menandatangani nota kesepahaman pekan depan.", "planned"),
        (
            "Pemkab Garut dan Universitas Garut menandatangani perpanjangan nota kesepahaman beasiswa.",
            "extended",
        ),
        (
            "Pemkab Garut dan Universitas Garut mengakhiri perjanjian kerja sama. PKS itu diteken 2021.",
            "ended",
        ),
        (
            "Ini tindak lanjut MoU antara Pemkab Garut dan Universitas Garut yang diteken tahun lalu.",
            "implemented",
        ),
        (SIGNED[:-1] + " pada 12 Februari 2019.", "implemented"),
    ],
)
def test_status(text, status):
    assert _one(text).status == status


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (SIGNED, ("mou",)),
        ("Pemkab Garut dan Universitas Garut menandatangani perjanjian kerja sama.", ("agreement",)),
        (
            "Pemkab Garut dan Universitas Garut menandatangani MoU dan PKS, sebuah kerja sama baru.",
            ("mou", "agreement"),
        ),
        (
            "Pemkab Garut dan KPU Garut menandatangani Naskah Perjanjian Hibah Daerah (NPHD) pilkada.",
            ("grant",),
        ),
        ("Pemkab Garut dan Universitas Garut menandatangani Letter of Intent (LoI).", ("loi",)),
    ],
)
def test_doc_types(text, kinds):
    assert _one(text).doc_types == kinds


@pytest.mark.parametrize(
    ("tail", "subject"),
    [
        ("nota kesepahaman tentang pengelolaan sampah pasar di Aula Pendopo.", "pengelolaan sampah pasar"),
        ("MoU pengembangan wisata bahari, Selasa (12/3/2024).", "pengembangan wisata bahari"),
        ("nota kesepahaman (MoU) terkait pelatihan guru pada Selasa (12/3/2024).", "pelatihan guru"),
        ("MoU di bidang pendidikan vokasi.", "pendidikan vokasi"),
        ("nota kesepahaman.", None),
    ],
)
def test_subject(tail, subject):
    assert _one(f"Pemkab Garut dan Universitas Garut menandatangani {tail}").subject == subject


def test_commitments_of_a_list():
    text = (
        SIGNED + "\nRuang lingkup kerja sama sebagai berikut:\n1. pengangkutan sampah tiap pagi;\n"
        "2. pelatihan bank sampah bagi warga; dan\n3. penelitian pupuk kompos.\nAcara ditutup dengan doa."
    )
    texts = [c.text for c in _one(text).commitments]
    assert texts[-3:] == [
        "pengangkutan sampah tiap pagi",
        "pelatihan bank sampah bagi warga",
        "penelitian pupuk kompos",
    ]


def test_commitments_of_a_sentence_and_no_hopes():
    text = (
        SIGNED
        + " Kedua pihak sepakat membangun bank sampah di setiap desa, melatih kader kebersihan, dan mengolah "
        "kompos. Bupati berharap kerja sama itu membawa berkah."
    )
    texts = [c.text for c in _one(text).commitments]
    assert "membangun bank sampah di setiap desa" in texts
    assert "melatih kader kebersihan" in texts
    assert not any("berkah" in t for t in texts)


def test_worth_duration_and_end():
    text = (
        SIGNED
        + " Nilai kerja sama itu mencapai Rp1,2 miliar. Perjanjian berlaku selama tiga tahun hingga 2027."
        " Anggaran belanja daerah tahun ini Rp3 triliun."
    )
    found = _one(text)
    assert found.value is not None
    assert (found.value.amount, found.value.currency) == (1_200_000_000, "IDR")
    assert found.duration is not None
    assert found.duration.iso == "P3Y"
    assert found.valid_until is not None
    assert found.valid_until.value == "2027"


@pytest.mark.parametrize(
    "tail",
    [
        "Acara disaksikan Gubernur Jawa Barat Dedi Supriadi.",
        "Gubernur Jawa Barat Dedi Supriadi turut menyaksikan.",
        "Gubernur Jawa Barat Dedi Supriadi hadir sebagai saksi.",
        "Menjadi saksi penandatanganan itu, Gubernur Jawa Barat, Dedi Supriadi.",
    ],
)
def test_witnesses(tail):
    found = _one(f"{SIGNED} {tail}")
    assert [(w.name, w.role) for w in found.witnesses] == [("Dedi Supriadi", "Gubernur Jawa Barat")]
    assert [p.name for p in found.parties] == [GARUT, UNIGA]


def test_a_host_of_several_papers_is_the_hub():
    text = (
        "Pemkab Garut menandatangani sejumlah nota kesepahaman dengan Universitas Garut, "
        "Universitas Padjadjaran, dan PT Timah."
    )
    found = _one(text)
    assert found.hub == GARUT
    assert _one(text.replace("sejumlah ", "")).hub is None


def test_fields_follow_the_words():
    assert "environment" in _one(SIGNED).fields


def test_an_unknown_party_keeps_its_name_and_has_no_code():
    text = "PT Bintang Samudra Raya dan Yayasan Cahaya Pelita meneken perjanjian kerja sama klinik terapung."
    found = _one(text)
    assert [(p.name, p.code) for p in found.parties] == [
        ("PT Bintang Samudra Raya", None),
        ("Yayasan Cahaya Pelita", None),
    ]
    assert [p.kind for p in found.parties] == ["company", "association"]


def test_confidences_are_rounded_and_only_for_filled_slots():
    found = _one("Pemkab Garut dan Universitas Garut menandatangani nota kesepahaman.")
    assert all(round(value, 3) == value and 0 < value <= 1 for value in found.confidence.values())
    assert "date" not in found.confidence
    assert "parties" in found.confidence
