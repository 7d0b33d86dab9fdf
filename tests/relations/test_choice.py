"""Which bodies are the parties: the bar, a sure signer's own body, no body twice."""

from types import MappingProxyType

import numpy as np
import pytest

from sepaham.ner import tag
from sepaham.ner.bio import words_of
from sepaham.ner.slots import COLUMNS, SlotScores
from sepaham.records import Article
from sepaham.relations.learned import choice, parties, signers
from sepaham.relations.learned.joint import Look
from sepaham.relations.learned.judge import Judge
from sepaham.relations.learned.reading import Reading

JUDGES = MappingProxyType(
    {
        "party_joint": Judge({}, 0.0, bar=0.5),
        "second_party": Judge({}, 0.0, bar=0.4),
        "signer_joint": Judge({}, 0.0, bar=0.4),
        "tie": Judge({"same_body": 8.0}, -4.0),
    }
)
MINISTER = "Menteri Agama Nasaruddin Umar menandatangani nota kesepahaman dengan "
CAMPUS = "Universitas Tirta Negara"
WHEN = ", Senin (3/6/2024)."


def look(text, bodies, people=MappingProxyType({}), rest=0.05):
    """The bodies and people of a text with the chances given by a part of their names."""
    found = tag(Article(article_id="a", text=text, published="2024-06-04"))
    words = words_of(found.text)
    reading = Reading(found, SlotScores(words, np.full((len(words), len(COLUMNS)), -3, dtype=np.float32)))
    seen = Look(reading, parties.candidates(reading), signers.signers(reading))
    for body in seen.bodies:
        body.chance = bodies.get(body.body.name, rest)
    for person in seen.people:
        person.chance = people.get(person.name, rest)
    return seen


def names(seen):
    return [c.body.name for c in choice.choose(seen, JUDGES)]


@pytest.mark.parametrize(
    ("ministry", "signs", "expected"),
    [
        (0.2, 0.95, ["Kementerian Agama", CAMPUS, "Bank Jateng"]),
        (0.05, 0.95, [CAMPUS, "Bank Jateng"]),  # hardly a party at all
        (0.2, 0.6, [CAMPUS, "Bank Jateng"]),  # may be a speaker
    ],
)
def test_who_surely_signs_brings_the_own_body(ministry, signs, expected):
    """A minister alone above the bar was tied to whatever party there was, and the ministry was left out."""
    bank = "PT Bank Pembangunan Daerah Jawa Tengah"
    seen = look(
        f"{MINISTER}{CAMPUS} dan Bank Jateng{WHEN}",
        {CAMPUS: 0.9, bank: 0.8, "Kementerian Agama": ministry},
        {"Nasaruddin Umar": signs},
    )
    assert [n.replace(bank, "Bank Jateng") for n in names(seen)] == expected


def test_a_signer_of_a_party_brings_no_other():
    seen = look(
        f"{MINISTER}{CAMPUS}{WHEN}", {CAMPUS: 0.9, "Kementerian Agama": 0.8}, {"Nasaruddin Umar": 0.9}
    )
    assert names(seen) == ["Kementerian Agama", CAMPUS]


FARMERS = (
    "PT Sawit Makmur menandatangani perjanjian kerja sama dengan Kelompok Tani Maju Jaya dan Kelompok Tani "
    f"Harapan{WHEN} Kelompok Tani menyambut baik."
)


def test_a_name_that_is_the_kind_of_several_parties_is_none():
    seen = look(FARMERS, {}, rest=0.8)
    assert names(seen) == ["PT Sawit Makmur", "Kelompok Tani Maju Jaya", "Kelompok Tani Harapan"]


def test_the_kind_of_several_parties_is_none_where_it_is_the_likeliest():
    """The kind was kept, and the parties themselves were left out as longer names of it."""
    seen = look(FARMERS, {"Kelompok Tani": 0.9}, rest=0.8)
    assert names(seen) == ["PT Sawit Makmur", "Kelompok Tani Maju Jaya", "Kelompok Tani Harapan"]


MINAHASA, BUOL, BITUNG = (f"Pemerintah {n}" for n in ("Kabupaten Minahasa", "Kabupaten Buol", "Kota Bitung"))


@pytest.mark.parametrize(
    ("others", "chances", "expected"),
    [
        ("Kabupaten Minahasa, Kabupaten Buol, dan Kota Bitung", {BITUNG: 0.7}, [MINAHASA, BUOL, BITUNG]),
        ("Kabupaten Minahasa, Kabupaten Buol, dan Kota Bitung", {}, []),
        ("Kabupaten Minahasa, Kabupaten Buol, dan Kota Bitung", {BITUNG: 0.7, BUOL: 0.03}, [BITUNG]),
        ("Kabupaten Buol dan Kota Bitung", {BITUNG: 0.7}, [BITUNG]),
        # A province behind its cities is where they lie.
        ("Kabupaten Minahasa, Kota Bitung, Provinsi Sulawesi Utara", {BITUNG: 0.7}, [BITUNG]),
        ("Kabupaten Buol, Bank Jateng, dan Kota Bitung", {BITUNG: 0.7}, [BITUNG]),
    ],
)
def test_a_list_of_one_kind_is_bound_as_a_whole(others, chances, expected):
    """Of eight regions that signed with a ministry only the last was a party."""
    text = f"{MINISTER}{CAMPUS}{WHEN} Yang ikut meneken adalah {others}."
    seen = look(text, {"Kementerian Agama": 0.9, CAMPUS: 0.9} | chances, rest=0.2)
    assert names(seen) == ["Kementerian Agama", CAMPUS, *expected]
    assert all(c.chance >= 0.5 for c in choice.choose(seen, JUDGES))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"PT Sawit Makmur dan PT LKT Metropolitan meneken kerja sama{WHEN} Menurut PT LKT, semua siap.", 2),
        (f"PT LKT dan PT LKT Metropolitan menandatangani perjanjian kerja sama{WHEN}", 2),
    ],
)
def test_a_short_name_is_a_party_only_beside_the_long_one(text, expected):
    """ "LRT" was a second party beside "PT LRT Jakarta": three letters are too few to join the two before."""
    found = names(look(text, {}, rest=0.8))
    assert "PT LKT Metropolitan" in found
    assert len(found) == expected


def test_no_bodies_no_parties():
    assert choice.choose(look("Harga beras naik.", {}), JUDGES) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"RSU Cahaya Medika menandatangani nota kesepahaman dengan PT Sawit Makmur{WHEN} Menurut RS "
            "Cahaya Medika, semua siap.",
            ["RSU Cahaya Medika", "PT Sawit Makmur"],
        ),
        (
            "JakartaBadan Karantina Indonesia menandatangani nota kesepahaman dengan PT Sawit Makmur. Badan "
            "Karantina Indonesia menyambut baik.",
            ["Badan Karantina Indonesia", "PT Sawit Makmur"],
        ),
        (
            "Universitas Indonesia menandatangani nota kesepahaman dengan PT Sawit Makmur. Universitas Islam "
            "Indonesia ikut meneken.",
            ["Universitas Indonesia", "PT Sawit Makmur", "Universitas Islam Indonesia"],
        ),
    ],
)
def test_no_body_is_a_party_under_two_names(text, expected):
    seen = look(text, {}, rest=0.8)
    assert sorted(names(seen)) == sorted(expected)


def test_a_second_name_gives_its_namings_to_the_first():
    """The dropped name took its signer along: nobody was tied to the body any more."""
    text = (
        f"RSU Cahaya Medika menandatangani nota kesepahaman dengan PT Sawit Makmur{WHEN} Direktur RS Cahaya "
        "Medika Rini Astuti menyambut baik."
    )
    seen = look(text, {}, rest=0.8)
    hospital = next(c for c in choice.choose(seen, JUDGES) if "Cahaya" in c.body.name)
    person = next(s for s in seen.people if s.name == "Rini Astuti")
    assert signers.ties(seen.reading, person, [hospital], [person])[0].features["same_body"] == 1.0


@pytest.mark.parametrize(
    ("chances", "expected"),
    [
        ({"Koperasi Tani Subur": 0.4}, True),
        ({"Koperasi Tani Subur": 0.2}, False),  # hardly a party
        ({"Koperasi Tani Subur": 0.4, "CV Bintang Laut": 0.2}, False),  # the list is mostly of others
    ],
)
def test_a_long_list_of_all_kinds_is_bound_as_a_whole(chances, expected):
    """Of eight partners of a training centre that stood in one list, the last three were left out."""
    text = (
        f"{CAMPUS} menandatangani nota kesepahaman dengan delapan mitra{WHEN} Mereka ialah PT Sinar Motor, "
        "CV Bintang Laut, Koperasi Tani Subur, dan Bank Jateng."
    )
    bank = "PT Bank Pembangunan Daerah Jawa Tengah"
    high = dict.fromkeys((CAMPUS, "PT Sinar Motor", "CV Bintang Laut"), 0.9)
    found = names(look(text, high | {bank: 0.4} | chances, rest=0.05))
    assert ("Koperasi Tani Subur" in found) is expected
    assert {CAMPUS, "PT Sinar Motor"} <= set(found)


@pytest.mark.parametrize(("rest", "expected"), [(0.48, True), (0.3, False)])
def test_a_long_list_that_is_likely_on_the_whole_is_bound_though_few_reach_the_bar(rest, expected):
    """Of the nine partners of a school, all in one list, the two likeliest alone were parties."""
    text = (
        f"{CAMPUS} menandatangani nota kesepahaman dengan mitra{WHEN} Mereka ialah PT Sinar Motor, "
        "CV Bintang Laut, Koperasi Tani Subur, dan Bank Jateng."
    )
    found = names(look(text, {CAMPUS: 0.9, "PT Sinar Motor": 0.7}, rest=rest))
    assert ("Koperasi Tani Subur" in found) is expected


def test_a_known_name_with_words_too_many_is_the_known_body():
    """ "Area Manager BSI Jember": the bank became "PT Bank Syariah Indonesia Tbk Jember"."""
    text = (
        f"PT Bank Syariah Indonesia Tbk (BSI) menandatangani nota kesepahaman dengan {CAMPUS}{WHEN} BSI "
        "Jember siap."
    )
    found = names(look(text, {}, rest=0.8))
    assert sorted(found) == ["PT Bank Syariah Indonesia Tbk", CAMPUS]


BRANCHES = (
    "Ketua Himpunan Pramuwisata Jawa Tengah Aryo Gunawan meneken MoU dengan Universitas Tirta Negara. "
    "Ketua Himpunan Pramuwisata Surakarta Retno Palupi ikut meneken."
)


@pytest.mark.parametrize(
    ("tie", "chance", "branch"),
    [(0.5, 0.4, True), (0.5, 0.2, False), (0.8, 0.4, False), (0.2, 0.2, True)],
)
def test_a_likely_body_of_a_sure_signer_is_a_party_where_no_other_fits_well(tie, chance, branch):
    """Branches were lost to the head office, with which their heads were put in doubt."""
    seen = look(
        BRANCHES,
        {
            "Himpunan Pramuwisata Jawa Tengah": 0.9,
            CAMPUS: 0.9,
            "Himpunan Pramuwisata Surakarta": chance,
        },
        {"Retno Palupi": 0.95},
    )
    doubtful = dict(JUDGES) | {"tie": Judge({}, float(np.log(tie / (1 - tie))))}
    found = [c.body.name for c in choice.choose(seen, doubtful)]
    assert ("Himpunan Pramuwisata Surakarta" in found) == branch


PROSECUTORS = ["Kejaksaan Negeri Palopo", "Kejaksaan Negeri Luwu", "Kejaksaan Negeri Luwu Timur"]


@pytest.mark.parametrize(("signs", "expected"), [(0.5, PROSECUTORS), (0.1, PROSECUTORS[:1])])
def test_heads_in_one_list_are_bound_together_where_they_sign(signs, expected):
    """Only their offices are named; guests are listed in the same way."""
    seen = look(
        f"{CAMPUS} meneken naskah dengan Kajari Palopo, Kajari Luwu dan Kajari Luwu Timur{WHEN}",
        {CAMPUS: 0.9, PROSECUTORS[0]: 0.8},
        {None: signs},
        rest=0.2,
    )
    assert names(seen) == [CAMPUS, *expected]


@pytest.mark.parametrize(("signs", "expected"), [(0.6, ["PT Karet Jaya"]), (0.2, [])])
def test_a_body_told_with_its_signer_beside_a_party_is_one(signs, expected):
    seen = look(
        "Universitas Tirta Negara meneken nota dengan dua perusahaan. PT Sawit Makmur diwakili Direktur Budi "
        f"Santoso, sedangkan PT Karet Jaya oleh Direktur Joko Priyono{WHEN}",
        {CAMPUS: 0.9, "PT Sawit Makmur": 0.7},
        {"Budi Santoso": 0.9, "Joko Priyono": signs},
        rest=0.2,
    )
    assert names(seen) == [CAMPUS, "PT Sawit Makmur", *expected]


def test_a_branch_is_a_party_by_its_full_name():
    """Its short name alone was above the bar."""
    seen = look(
        f"Pemimpin Bank Jatim Lamongan hadir. Bank Jatim Cabang Lamongan dan {CAMPUS} meneken nota{WHEN}", {}
    )
    for body in seen.bodies:
        body.chance = 0.9 if body.body.name == CAMPUS or "Cabang" not in body.body.name else 0.4
    bank = next(c for c in choice.choose(seen, JUDGES) if c.body.name != CAMPUS)
    assert "Cabang" in bank.body.name


@pytest.mark.parametrize(("least", "signs"), [(0.2, True), (0.05, False)])
def test_whoever_is_told_in_one_series_with_signers_is_one_from_a_low_chance_on(least, signs):
    seen = look(
        "Universitas Tirta Negara meneken nota dengan dua perusahaan. PT Sawit Makmur diwakili Direktur Budi "
        f"Santoso, sedangkan PT Karet Jaya oleh Direktur Joko Priyono{WHEN}",
        {CAMPUS: 0.9, "PT Sawit Makmur": 0.7, "PT Karet Jaya": 0.7},
        {"Budi Santoso": 0.9, "Joko Priyono": least},
    )
    bound = choice.choose(seen, JUDGES)
    found = {s.name for own in choice.signatories(seen, bound, JUDGES).values() for s in own}
    assert found == ({"Budi Santoso", "Joko Priyono"} if signs else {"Budi Santoso"})
