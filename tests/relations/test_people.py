"""Offices and names: titles between them, explicit links, lists of names behind one office or several."""

import re

import pytest

from sepaham.ner import split_sentences, tag
from sepaham.records import Article, Document, Mention
from sepaham.relations import extract
from sepaham.relations.bodies import Bodies
from sepaham.relations.context import View
from sepaham.relations.parties import Candidate
from sepaham.relations.people import People
from sepaham.relations.signers import signatories, watching, witnesses
from sepaham.relations.triggers import find_triggers

_MARK = re.compile(r"\[(ROLE|PER|ORG) ([^\]]+)\]")


def view(marked):
    """A text whose mentions are marked: "[ROLE Rektor] [PER Siti]"."""
    text, mentions = "", []
    for part in re.split(r"(\[\w+ [^\]]+\])", marked):
        found = _MARK.fullmatch(part)
        label, name = found.groups() if found else (None, part)
        if label:
            start, end = len(text), len(text) + len(name)
            mentions.append(Mention(start=start, end=end, text=name, label=label, source="test"))
        text += name
    article = Article(article_id="a", text=text)
    return View(Document(article=article, sentences=tuple(split_sentences(text)), mentions=tuple(mentions)))


def pairs(marked):
    """(name, office) of everyone, in the order of the text."""
    seen = view(marked)
    people = People(seen)
    return [
        (h.person.text if h.person else None, h.role.text if h.role else None)
        for sentence in seen.sentences
        for h in people.holders(sentence)
    ]


@pytest.mark.parametrize(
    "between",
    [" dr. ", ", dr. Hj. ", ", drg. ", " Prof. Dr. drh. ", " Bapak Drs. ", ", Sdr. ", ", apt. ", " Ir. H. "],
)
def test_titles_stand_between_office_and_name(between):
    """Titles that are written small parted every physician from the office."""
    assert pairs(f"[ROLE Direktur RSUD Merauke]{between}[PER Elsye Mahuze] meneken MoU.") == [
        ("Elsye Mahuze", "Direktur RSUD Merauke")
    ]


def test_a_small_word_is_no_title():
    assert pairs("[ROLE Bupati Garut] dan [PER Rudi Hartono] meneken MoU.") == [
        (None, "Bupati Garut"),
        ("Rudi Hartono", None),
    ]


def test_who_acts_as_what_comes_before_the_neighbour():
    """The office of one was taken for that of the next: "A selaku Sekjen X, B selaku ..."."""
    text = "oleh [PER Anggun] selaku [ROLE Sekjen HIMPI], [PER Elwin] selaku [ROLE Komisaris], dan [PER Heri]"
    assert pairs(text) == [("Anggun", "Sekjen HIMPI"), ("Elwin", "Komisaris"), ("Heri", None)]


def test_the_office_in_front_is_nearer_than_a_link():
    text = "[ROLE Bupati Garut] [PER Rudi] selaku [ROLE ketua panitia] meneken MoU."
    assert pairs(text) == [("Rudi", "Bupati Garut"), (None, "ketua panitia")]


@pytest.mark.parametrize(
    "link", [": ", ", yakni ", ", masing-masing ", " masing-masing, dr. ", " berturut-turut drg. "]
)
def test_all_names_of_a_list_hold_the_office_before_it(link):
    text = f"diteken [ROLE ketuanya]{link}[PER Apai], [PER Yohanes] (LPHD Nanga), dan [PER Kristina]."
    assert pairs(text) == [("Apai", "ketuanya"), ("Yohanes", "ketuanya"), ("Kristina", "ketuanya")]


def test_as_many_offices_as_names_are_paired_in_order():
    text = (
        "[ROLE Kepala OJK Jambi], [ROLE Kapolda Jambi] dan [ROLE Kajati Jambi], masing-masing [PER Ferdi], "
        "Irjen Pol [PER Bambang], dan [PER Rosma] SH, duduk semeja."
    )
    assert pairs(text) == [
        ("Ferdi", "Kepala OJK Jambi"),
        ("Bambang", "Kapolda Jambi"),
        ("Rosma", "Kajati Jambi"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[ROLE Bupati Garut], [PER Rudi], dan [PER Helmi] meneken MoU.",
            [("Rudi", "Bupati Garut"), ("Helmi", None)],
        ),
        (
            "hadir [ROLE Kapolres], yakni [PER Rudi], dan [ROLE Dandim] [PER Helmi].",
            [("Rudi", "Kapolres"), ("Helmi", "Dandim")],
        ),
    ],
)
def test_a_list_without_introduction_or_with_offices_of_its_own_shares_none(text, expected):
    assert pairs(text) == expected


@pytest.mark.parametrize(
    "lead",
    [
        "[ROLE Rektor Universitas Jember], Prof. Dr. Ir. [PER Hariadi Wicaksono], menandatangani naskah.",
        "[ROLE Bupati Banggai] Ir. H. [PER Samsul Bahri] meneken naskah.",
        "[ORG PT. Bank Kalbar] dan [ORG PT. Taspen] meneken naskah.",
    ],
)
def test_an_abbreviation_ends_no_dateline(lead):
    """All names before "Prof.", "Ir." or behind "PT." were dropped as a dateline at the top of an article."""
    seen = view(lead)
    named = [m for sentence in seen.sentences for m in sentence.mentions]
    assert named == list(seen.document.mentions)


@pytest.mark.parametrize("lead", ["BANDUNG. ", "JAKARTA, KK. ", "PALU, SuaraPoso.id - "])
def test_names_of_a_dateline_are_none(lead):
    seen = view(f"[ORG {lead.strip(' .-')}]{lead[len(lead.strip(' .-')) :]}[ORG PT. Taspen] meneken naskah.")
    assert [m.text for sentence in seen.sentences for m in sentence.mentions] == ["PT. Taspen"]


def test_a_rank_that_was_cut_off_is_no_person():
    """ "Komandan Lantamal IX | Laksma | TNI | Hendro Prakosa": the rank was the commander."""
    found = pairs("[ROLE Komandan Lantamal IX] [PER Laksma] TNI [PER Hendro Prakosa]")
    assert found == [("Hendro Prakosa", "Komandan Lantamal IX")]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("PKS itu disaksikan [ROLE Sekda Sleman] [PER Dodi].", ["Dodi"]),
        ("Piagam diteken di hadapan [ROLE Bupati Solok] [PER Gusmal] serta [ROLE Bupati Agam] [PER Irdinal].",
         ["Gusmal", "Irdinal"]),
        ("Akta itu dibuat di hadapan notaris [PER Lidya].", []),
        ("[ROLE Konsul] [PER Satrio] menyaksikan penandatanganan bersama [ROLE Atase] [PER Intan].",
         ["Satrio", "Intan"]),
        ("[ROLE Konsul] [PER Satrio] menyaksikannya, kata [ROLE Atase] [PER Intan].", ["Satrio"]),
        ("FPIK: [ROLE Dekan] [PER Irma], M.Si. Tampak hadir menyaksikan [ROLE Lurah] [PER Suharmanto].",
         ["Suharmanto"]),
        ("Turut menyaksikan, [ROLE Kajari Sleman], [PER Bambang], dan [ROLE Ketua PCNU] [PER Zaini].",
         ["Bambang", "Zaini"]),
    ],
)  # fmt: skip
def test_who_watches(marked, expected):
    """Watchers named behind "bersama" were lost, those before a degree's full stop taken for watchers."""
    seen = view(marked)
    people = People(seen)
    found = [h.person.text for s in seen.sentences for h in watching(s, people)]
    assert found == expected


def test_who_watches_is_told_at_the_end_of_a_long_article():
    """Beyond sixteen sentences behind the signing nobody was a witness any more."""
    text = (
        "Bupati Sleman Rini Astuti dan Bupati Bantul Joko Priyono menandatangani nota kesepahaman. "
        + "Cuaca pagi itu cerah. " * 25
        + "Acara disaksikan Gubernur DIY Teguh Wicaksono."
    )
    found = extract(tag(Article(article_id="a", text=text, published="2024-06-04")))
    assert [w.name for w in found[0].witnesses] == ["Teguh Wicaksono"]


@pytest.mark.parametrize(
    ("elsewhere", "signing"),
    [
        ("[ROLE Sekretaris KONI Sleman] [PER Purwanto Adi]", None),
        ("[ROLE Ketua KONI Sleman] [PER Purwanto Adi]", "Purwanto Adi"),
    ],
)
def test_who_holds_another_office_of_the_body_did_not_sign(elsewhere, signing):
    """ "Ditandatangani Ketua X ... kata Sekretaris X Purwanto" gave the secretary as the signer."""
    seen = view(
        "MoU ditandatangani [ROLE Ketua KONI Sleman] dan [ROLE Rektor UGM]. "
        f'"Ini awal," kata {elsewhere}, Senin.'
    )
    people, bodies = People(seen), Bodies(seen)
    office = next(h for h in people.holders(seen.sentences[0]) if h.role and "Ketua" in h.role.text)
    body = bodies.of(office.role)
    party = Candidate(body=body, points=1.0, mentions=[office.role], signers=[office])
    (found,) = signatories(party, people, bodies)
    assert found[0].name == signing


@pytest.mark.parametrize("office", ["Mentan", "Menteri Pertanian"])
def test_a_minister_is_known_by_either_title(office):
    seen = view(f"MoU ditandatangani [ROLE {office}]. Kata [ROLE Menteri Pertanian] [PER Andi Amran], Senin.")
    people, bodies = People(seen), Bodies(seen)
    holder = people.holders(seen.sentences[0])[0]
    party = Candidate(body=bodies.of(holder.role), points=1.0, mentions=[holder.role], signers=[holder])
    assert [item[0].name for item in signatories(party, people, bodies)] == ["Andi Amran"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("disaksikan [ROLE Sekjen Kemenkeu]", [(None, "Sekjen Kemenkeu")]),
        (
            "disaksikan [ROLE Camat Kebonpedes] dan [ROLE Camat Cibeureum]",
            [(None, "Camat Kebonpedes"), (None, "Camat Cibeureum")],
        ),
        ("disaksikan [ROLE gubernur]", []),
        ("disaksikan [ROLE Rektor Untad]", [("Lukman Tombolo", "Rektor Untad")]),
    ],
)
def test_who_watches_without_a_name(told, expected):
    """Half of those who watch without being named were not told at all."""
    seen = view(f"[ROLE Rektor Untad] [PER Lukman Tombolo] menyambut tamu. Kemenkes meneken MoU {told}.")
    found = witnesses(seen, find_triggers(seen), People(seen))
    assert [(w.name, w.role) for w, _ in found] == expected


@pytest.mark.parametrize("link", ["begitu juga", "begitu pula", "demikian juga"])
def test_who_watches_likewise(link):
    seen = view(
        "Pemkab Garut meneken MoU dengan UGM. [ROLE Direktur] [PER Irsyad Sikumbang] ikut menyaksikan, "
        f"{link} [ROLE Sekretaris Daerah] [PER Adlis Muchtar]."
    )
    found = witnesses(seen, find_triggers(seen), People(seen))
    assert [w.name for w, _ in found] == ["Irsyad Sikumbang", "Adlis Muchtar"]
