"""Which names are one body: subsidiaries, provinces, short forms in brackets, bare heads."""

import numpy as np
import pytest
from spans import marked

from sepaham.ner import tag
from sepaham.ner.bio import words_of
from sepaham.ner.slots import COLUMN, COLUMNS, SlotScores
from sepaham.records import Article, Mention
from sepaham.relations.bodies import Bodies
from sepaham.relations.context import View
from sepaham.relations.learned import parties
from sepaham.relations.learned.reading import Reading


def document(text):
    return tag(Article(article_id="a", text=text, published="2024-06-04"))


def bodies(text):
    """The name of the body of each ORG mention, by its text."""
    found = document(text)
    known = Bodies(View(found))
    return {
        m.text: body.name
        for m in found.mentions
        if m.label == "ORG" and (body := known.named(m.text, shown=None))
    }


def candidates(text):
    """The names of the bodies under the judges, the encoder having seen nothing."""
    found = document(text)
    words = words_of(found.text)
    none = np.full((len(words), len(COLUMNS)), -3, dtype=np.float32)
    return [c.body.name for c in parties.candidates(Reading(found, SlotScores(words, none)))]


def test_a_company_and_its_subsidiary_are_two():
    """PLN was taken for a short form of PLN Nusantara Power and vanished from the record."""
    found = candidates(
        "PT PLN (Persero) melalui PLN Nusantara Power menandatangani nota kesepahaman dengan PT Bukit Asam."
    )
    assert {"PT PLN (Persero)", "PT PLN Nusantara Power"} <= set(found)


def test_a_province_is_not_short_for_its_neighbour():
    """Maluku was read as Maluku Utara, whose name it begins."""
    found = bodies(
        "Kerja sama dengan Pemerintah Provinsi Maluku Utara, lalu dengan Pemerintah Provinsi Maluku lagi."
    )
    assert found["Pemerintah Provinsi Maluku"] == "Pemerintah Provinsi Maluku"


def test_a_short_name_that_begins_a_long_one_is_still_the_same():
    found = bodies("PT Sinar Global Teknologi meneken MoU. Kata PT Sinar Global, itu baik.")
    assert len(set(found.values())) == 1


def test_three_letters_are_enough_for_a_short_name():
    """ "PLN" was a second party beside "PLN UP3 Bogor", "PSM" beside "PSM Makassar"."""
    found = bodies("PT PLN UP3 Bogor meneken MoU. Kata PLN, itu baik.")
    assert found["PLN"] == found["PT PLN UP3 Bogor"]


@pytest.mark.parametrize(
    ("text", "bodies_there"),
    [
        ("PT Sinar Harapan Nusantara meneken MoU. Kata PT Sinar Haraapn Nusantara, itu baik.", 1),
        ("Pemkab Bandung meneken MoU. Kata Pemkab Badung, itu baik.", 2),
        ("SMAN Plus Riau meneken MoU. Kata SMKN Plus Riau, itu baik.", 2),
        ("PT Nusa 12345671 meneken MoU. Kata PT Nusa 12345672, itu baik.", 2),
    ],
)
def test_a_misprint_is_the_body_that_it_is_a_misprint_of(text, bodies_there):
    """ "Peprusnas" was a party beside Perpusnas and took its signer."""
    found = document(text)
    names = [text[: text.index(" meneken")], text[text.index("Kata ") + 5 : text.rindex(",")]]
    made = tuple(Mention(start=text.index(n), end=text.index(n) + len(n), label="ORG", text=n) for n in names)
    known = Bodies(View(found.model_copy(update={"mentions": made})))
    assert len({known.named(name, shown=None).key for name in names}) == bodies_there


def test_what_stands_beside_a_name_in_a_list_is_another_body():
    found = bodies("PT Sinar Global, PT Sinar Global Teknologi dan PT Nawala meneken MoU.")
    assert len(set(found.values())) == 3


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        (
            "Kantor Imigrasi Kelas I TPI Palembang melayani OKU Timur. Kantor Imigrasi meneken MoU.",
            "Kantor Imigrasi",
            "Kantor Imigrasi Kelas I TPI Palembang",
        ),
        ("PT Rambang Karet meneken MoU. Kata Perseroan, itu baik.", "Perseroan", None),
    ],
)
def test_a_bare_kind_is_the_body_that_the_article_names(text, short, full):
    start = text.rindex(short)
    mention = Mention(start=start, end=start + len(short), label="ORG", text=short)
    found = document(text)
    others = tuple(m for m in found.mentions if not (m.start < start + len(short) and start < m.end))
    known = Bodies(View(found.model_copy(update={"mentions": (*others, mention)})))
    body = known.named(short, shown=None)
    assert (body.name if body else None) == full


def test_the_bracket_behind_a_directorate_is_the_ministrys():
    """ "Direktorat Jenderal Pajak Kementerian Keuangan (Kemenkeu)": Kemenkeu is the ministry."""
    found = bodies(
        "Direktorat Jenderal Pajak Kementerian Keuangan (Kemenkeu) meneken MoU. Kemenkeu menyambut baik."
    )
    assert found["Kemenkeu"] == "Kementerian Keuangan"


@pytest.mark.parametrize(
    ("text", "name", "full"),
    [
        (
            "Pemerintah Kabupaten Tanah Datar dan DPRD menyepakati KUA-PPAS.",
            "DPRD",
            "Dewan Perwakilan Rakyat Daerah Kabupaten Tanah Datar",
        ),
        (
            "Pemerintah Provinsi Jawa Barat dan DPRD menyepakati KUA-PPAS.",
            "DPRD",
            "Dewan Perwakilan Rakyat Daerah Provinsi Jawa Barat",
        ),
        ("Pemerintah Kabupaten Sleman dan Kejari meneken MoU.", "Kejari", "Kejaksaan Negeri Sleman"),
        # No regency, no Kejaksaan Negeri of it.
        ("Pemerintah Provinsi Jawa Barat dan Kejari meneken MoU.", "Kejari", None),
        # What the article names itself goes first.
        (
            "Pemkab Sleman dan Kejaksaan Negeri Bantul hadir. Hari ini Kejari meneken MoU.",
            "Kejari",
            "Kejaksaan Negeri Bantul",
        ),
    ],
)
def test_a_bare_head_is_that_of_the_region(text, name, full):
    assert bodies(text).get(name) == full


def test_a_deputy_without_a_body_has_his_chiefs():
    found = document(
        "Ketua DPRD Kota Magelang Wening Astuti, Wakil Ketua I Rofiq Anwari, Wakil Ketua II Sutadi meneken."
    )
    known = Bodies(View(found))
    roles = [m for m in found.mentions if m.label == "ROLE"]
    assert {known.of(role).name for role in roles} == {"Dewan Perwakilan Rakyat Daerah Kota Magelang"}


@pytest.mark.parametrize(("chance", "expected"), [(3, True), (-3, False)])
def test_a_bare_place_that_the_encoder_takes_for_a_party_is_a_candidate(chance, expected):
    text = "Empat desa mengikat diri, yakni Ngarip dan lain-lain."
    start = text.index("Ngarip")
    place = Mention(start=start, end=start + 6, label="GPE", text="Ngarip", confidence=0.9, source="encoder")
    found = document(text).model_copy(update={"mentions": (place,)})
    words = words_of(text)
    logits = np.full((len(words), len(COLUMNS)), -3, dtype=np.float32)
    logits[[n for n, (a, _) in enumerate(words) if a == start], COLUMN["party"]] = chance
    names = [c.body.name for c in parties.candidates(Reading(found, SlotScores(words, logits)))]
    assert ("Ngarip" in names) is expected


@pytest.mark.parametrize("group", ["109 pemerintah daerah", "tujuh Perguruan Tinggi"])
def test_a_counted_group_is_a_candidate(group):
    text = f"Ditjen Pajak menandatangani perjanjian kerja sama dengan {group} di Jakarta."
    found = document(text)
    bare = found.model_copy(update={"mentions": tuple(m for m in found.mentions if m.text != group)})
    words = words_of(bare.text)
    low = np.full((len(words), len(COLUMNS)), -3, dtype=np.float32)
    made = parties.candidates(Reading(bare, SlotScores(words, low)))
    assert group in [n.mention.text for c in made for n in c.namings]


@pytest.mark.parametrize(
    ("office", "state"),
    [
        ("Duta Besar Jepang untuk Indonesia", "Pemerintah Jepang"),
        ("Duta Besar Republik Indonesia untuk Jepang", "Pemerintah Republik Indonesia"),
        ("Dubes Australia", "Pemerintah Australia"),
    ],
)
def test_an_ambassador_stands_for_the_country_that_sends(office, state):
    """The ambassador of Japan signed for Indonesia, where the grant was given."""
    text = f"{office} Ito Ken menandatangani kontrak hibah."
    found = document(text)
    spans = [
        (text.index(n), n) for n in ("Jepang", "Republik Indonesia", "Indonesia", "Australia") if n in office
    ]
    made = [Mention(start=a, end=a + len(n), label="GPE", text=n) for a, n in spans]
    role = Mention(start=0, end=len(office), label="ROLE", text=office)
    known = Bodies(View(found.model_copy(update={"mentions": (role, *made)})))
    assert known.of(role).name == state


def test_the_form_of_a_company_alone_is_no_body():
    """ "CV" was a party and took a signer."""
    assert Bodies(View(document("CV itu meneken kerja sama."))).named("CV", shown=None) is None


def test_a_place_right_behind_a_name_is_no_naming_of_its_government():
    """ "Lantamal IX | Ambon" made the city a party."""
    text = "Pemkot Ambon hadir. Lantamal IX Ambon dan Universitas Pattimura menandatangani nota kesepahaman."
    found = document(text)
    start = text.index("IX Ambon") + 3
    cut = [m for m in found.mentions if not (m.start < start + 5 and start < m.end)]
    cut += [
        Mention(start=text.index("Lantamal"), end=start - 1, label="ORG", text="Lantamal IX"),
        Mention(start=start, end=start + 5, label="GPE", text="Ambon"),
    ]
    words = words_of(text)
    none = SlotScores(words, np.full((len(words), len(COLUMNS)), -3, dtype=np.float32))
    marked = found.model_copy(update={"mentions": tuple(sorted(cut, key=lambda m: m.start))})
    city = next(
        c for c in parties.candidates(Reading(marked, none)) if c.body.name == "Pemerintah Kota Ambon"
    )
    assert [n.mention.text for n in city.namings] == ["Pemkot Ambon"]


def told(text, *names):
    """The body of the last of these ORG mentions, the only ones of the text."""
    mentions = marked(text, *(("ORG", name) for name in names))
    return Bodies(View(document(text).model_copy(update={"mentions": tuple(mentions)}))).of(mentions[-1]).name


def test_what_the_article_explains_is_not_what_the_registry_knows_by_the_same_letters():
    """TII is Transparency International Indonesia elsewhere."""
    text = "MoU Technology Innovation Institute (TII) dengan BRIN. TII meneken."
    long = "Technology Innovation Institute"
    assert told(text, long, "TII", "TII") == long
    assert told("TII meneken MoU.", "TII") == "Transparency International Indonesia"


def test_the_deputy_governor_of_a_bank_leads_no_province():
    """It was "Pemerintah Provinsi State Bank of Vietnam"."""
    text = "Nota itu diteken Wakil Gubernur State Bank of Vietnam Pham Quoc Bao."
    role = "Wakil Gubernur State Bank of Vietnam"
    mentions = marked(text, ("ROLE", role), ("ORG", "State Bank of Vietnam"))
    view = View(document(text).model_copy(update={"mentions": tuple(mentions)}))
    assert Bodies(view).of(mentions[0]).name == "State Bank of Vietnam"


def test_a_name_in_another_language_is_still_the_registrys():
    text = "Bogor Agricultural University (IPB) meneken MoU. IPB hadir."
    assert told(text, "Bogor Agricultural University", "IPB", "IPB") == "Institut Pertanian Bogor"
