"""Who signs, and for whom, by the words themselves: in somebody's place, and in a series with the others."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spans import marked

from sepaham.ner import tag
from sepaham.ner.bio import words_of
from sepaham.ner.slots import COLUMNS, SlotScores
from sepaham.records import Article
from sepaham.relations.learned import parties, signers
from sepaham.relations.learned.reading import Reading
from sepaham.relations.learned.series import series
from sepaham.relations.learned.told import SURE


def reading(text, *mentions):
    """The text with these mentions (label, form) alone, each behind the start of the one before."""
    document = tag(Article(article_id="a", text=text)).model_copy(
        update={"mentions": tuple(marked(text, *mentions))}
    )
    words = words_of(text)
    return Reading(document, SlotScores(words, np.full((len(words), len(COLUMNS)), -3, dtype=np.float32)))


def who(read):
    """The people that may sign, with the offices and bodies in whose place they would."""
    return {s.name: [m.text for m in s.in_place] for s in signers.signers(read) if s.name}


@pytest.mark.parametrize(
    ("text", "mentions", "expected"),
    [
        (
            "Diteken Wakil Rektor Dr. Abdul Kadir Taher mewakili Rektor Unkhair.",
            [("ROLE", "Wakil Rektor"), ("PER", "Abdul Kadir Taher"), ("ROLE", "Rektor Unkhair")],
            {"Abdul Kadir Taher": ["Rektor Unkhair"]},
        ),
        (
            "Kepala BPKAD Drs Sutikno Hadi MM, mewakili pemkab menandatangani perjanjian.",
            [("ROLE", "Kepala BPKAD"), ("PER", "Sutikno Hadi"), ("ORG", "pemkab")],
            {"Sutikno Hadi": ["pemkab"]},
        ),
        (  # who is away signs nothing, though named
            "Yang meneken Plt Asisten Retno Palupi, a.n. Pj Bupati Temanggung Bambang Setyoko.",
            [
                ("ROLE", "Plt Asisten"),
                ("PER", "Retno Palupi"),
                ("ROLE", "Pj Bupati Temanggung"),
                ("PER", "Bambang Setyoko"),
            ],
            {"Retno Palupi": ["Pj Bupati Temanggung"]},
        ),
        (
            "dan Kepala Kejari Luwu Utara yang diwakili Kasi Datun Andi Nurhikmah.",
            [("ROLE", "Kepala Kejari Luwu Utara"), ("ROLE", "Kasi Datun"), ("PER", "Andi Nurhikmah")],
            {"Andi Nurhikmah": ["Kepala Kejari Luwu Utara"]},
        ),
        (
            "Rektor UPR berhalangan dan diwakili Wakil Rektor, Yulius Tambang.",
            [("ROLE", "Rektor UPR"), ("ROLE", "Wakil Rektor"), ("PER", "Yulius Tambang")],
            {"Yulius Tambang": ["Rektor UPR"]},
        ),
        (  # nothing stands between who is away and "diwakili"
            "Sedangkan Bupati Lombok Tengah diwakili Kepala Dinas Pertanian Lalu Taufikurrahman.",
            [
                ("ROLE", "Bupati Lombok Tengah"),
                ("ROLE", "Kepala Dinas Pertanian"),
                ("PER", "Lalu Taufikurrahman"),
            ],
            {"Lalu Taufikurrahman": ["Bupati Lombok Tengah"]},
        ),
        (
            "Kajari Purworejo mewakilkan kepada Kasi Datun Bayu Seno Aji.",
            [("ROLE", "Kajari Purworejo"), ("ROLE", "Kasi Datun"), ("PER", "Bayu Seno Aji")],
            {"Bayu Seno Aji": ["Kajari Purworejo"]},
        ),
        (  # the place where one is meanwhile is no body that is represented
            "Wali Kota Surabaya yang sedang berada di Kitakyushu, Jepang, diwakili Sekda Endah Puspitorini.",
            [
                ("ROLE", "Wali Kota Surabaya"),
                ("GPE", "Kitakyushu"),
                ("GPE", "Jepang"),
                ("ROLE", "Sekda"),
                ("PER", "Endah Puspitorini"),
            ],
            {"Endah Puspitorini": ["Wali Kota Surabaya"]},
        ),
        (  # "sedangkan" says of nobody that he is busy
            "Hadir wali kota, sedangkan Kabupaten Solok diwakili Sekda Meldiswan Putra.",
            [
                ("ROLE", "wali kota"),
                ("GPE", "Kabupaten Solok"),
                ("ROLE", "Sekda"),
                ("PER", "Meldiswan Putra"),
            ],
            {"Meldiswan Putra": []},
        ),
        (  # the body is represented, nobody's place is taken
            "Bupati Basri meneken nota dengan PT Cahaya yang diwakili Direktur Andi Ony.",
            [
                ("ROLE", "Bupati"),
                ("PER", "Basri"),
                ("ORG", "PT Cahaya"),
                ("ROLE", "Direktur"),
                ("PER", "Andi Ony"),
            ],
            {"Basri": [], "Andi Ony": []},
        ),
        (  # no reason is given why the bupati should be away
            "Bupati meneken nota yang dua kali diwakili Sekda Andi Ony.",
            [("ROLE", "Bupati"), ("ROLE", "Sekda"), ("PER", "Andi Ony")],
            {"Andi Ony": []},
        ),
        (  # of another it is told in this place that he signs elsewhere
            "hadir Tantri Manurung mewakili Kepala Kejati, Amandra Syah, S.H., M.H yang sedang meneken MoU.",
            [("PER", "Tantri Manurung"), ("ROLE", "Kepala Kejati"), ("PER", "Amandra Syah")],
            {"Tantri Manurung": ["Kepala Kejati"], "Amandra Syah": []},
        ),
        (
            "Diteken Andi Nur mewakili Kepala Dinas Pendidikan dan Kebudayaan Sleman Budi Tua.",
            [
                ("PER", "Andi Nur"),
                ("ROLE", "Kepala Dinas Pendidikan dan Kebudayaan Sleman"),
                ("PER", "Budi Tua"),
            ],
            {"Andi Nur": ["Kepala Dinas Pendidikan dan Kebudayaan Sleman"]},
        ),
        (  # two offices that were read as one
            "diteken Sekda Yayat Mulyana mewakili gubernur dan Executive Vice President KAI Anggoro Wisnu "
            "mewakili direksi KAI.",
            [
                ("ROLE", "Sekda"),
                ("PER", "Yayat Mulyana"),
                ("ROLE", "gubernur dan Executive Vice President KAI"),
                ("PER", "Anggoro Wisnu"),
                ("ROLE", "direksi KAI"),
            ],
            {"Yayat Mulyana": [], "Anggoro Wisnu": ["direksi KAI"]},
        ),
    ],
)
def test_in_whose_place_one_signs(text, mentions, expected):
    assert who(reading(text, *mentions)) == expected


def test_who_stands_in_is_tied_to_the_body_of_the_office():
    """The vice-rector stood for nobody: his own office names no university."""
    text = "Unkhair dan UMT sepakat. Diteken Abdul Kadir Taher mewakili Rektor Unkhair, dan Mohd Hazim Daud."
    read = reading(
        text,
        ("ORG", "Unkhair"),
        ("ORG", "UMT"),
        ("PER", "Abdul Kadir Taher"),
        ("ROLE", "Rektor Unkhair"),
        ("PER", "Mohd Hazim Daud"),
    )
    bodies, people = parties.candidates(read), signers.signers(read)
    tied = signers.ties(read, people[0], bodies, people)
    assert [tie.features["same_body"] for tie in tied] == [1.0, 0.0]


ANDI, BUDI, CITRA = ("PER", "Andi Ony"), ("PER", "Budi Santosa"), ("PER", "Citra Dewi")
HEADS = [("ROLE", "Bupati Sleman"), ANDI, ("ROLE", "Kajari"), BUDI]


@pytest.mark.parametrize(
    ("text", "mentions", "expected"),
    [
        (
            "Nota diteken langsung oleh Bupati Sleman Andi Ony, S.H., dan Kajari Budi Santosa.",
            HEADS,
            {"Andi Ony", "Budi Santosa"},
        ),
        (
            "Dari pemkab, tanda tangan dibubuhkan Bupati Sleman Dr. H. Andi Ony. Kajari Budi Santosa hadir.",
            HEADS,
            {"Andi Ony"},
        ),
        (
            "Penandatanganan perjanjian kerja sama (PKS) dilakukan Andi Ony dengan perwakilan mitra.",
            [ANDI],
            {"Andi Ony"},
        ),
        (
            "Yang membubuhkan tanda tangan adalah Bupati Sleman Andi Ony (kanan) serta Kajari Budi Santosa.",
            HEADS,
            {"Andi Ony", "Budi Santosa"},
        ),
        (  # a new sentence goes on behind degrees
            "Diteken Bupati Sleman Andi Ony, S.E., M.M. Kajari Budi Santosa menyaksikannya.",
            HEADS,
            {"Andi Ony"},
        ),
        ("Ditandatangani di hadapan Bupati Sleman Andi Ony dan Kajari Budi Santosa.", HEADS, set()),
        ("Naskah belum diteken, kata Bupati Sleman Andi Ony kepada Kajari Budi Santosa.", HEADS, set()),
        ("Diteken Andi Ony, disaksikan Budi Santosa, Citra Dewi.", [ANDI, BUDI, CITRA], {"Andi Ony"}),
    ],
)
def test_whom_a_list_names_behind_the_act_signs(text, mentions, expected):
    found = signers.signers(reading(text, *mentions))
    assert {s.name for s in found if s.least >= SURE} == expected


LISTED = [("ROLE", "Gubernur"), ANDI, ("ROLE", "Kapolda"), BUDI, ("ROLE", "Danrem"), CITRA]


@pytest.mark.parametrize(
    ("text", "mentions", "expected"),
    [
        ("Lalu Andi Ony kemudian menandatanganinya bersama Budi Santosa.", [ANDI, BUDI], {"Andi Ony"}),
        (
            "Gubernur Andi Ony, Kapolda Budi Santosa serta Danrem Citra Dewi membubuhkan tanda tangannya.",
            LISTED,
            {"Andi Ony", "Budi Santosa", "Citra Dewi"},
        ),
        (  # witnesses before the comma
            "Disaksikan Gubernur Andi Ony, Kapolda Budi Santosa dan Danrem Citra Dewi meneken MoU.",
            LISTED,
            {"Budi Santosa", "Citra Dewi"},
        ),
        (
            "Disaksikan Retno dan Gubernur Andi Ony, Kapolda Budi Santosa dan Danrem Citra Dewi meneken MoU.",
            [("PER", "Retno"), *LISTED],
            {"Budi Santosa", "Citra Dewi"},
        ),
        (
            "Di hadapan Gubernur Andi Ony, Budi Santosa (tengah) meneken MoU.",
            [*LISTED[:2], BUDI],
            {"Budi Santosa"},
        ),
        ("Bank itu, kata Andi Ony, telah meneken MoU.", [ANDI], set()),  # the bank has
        ("Camat Andi Ony dan Budi Santosa ikut membubuhkan paraf.", [ANDI, BUDI], set()),
        ("Andi Ony akan meneken MoU.", [ANDI], set()),
        ("Andi Ony menyaksikan Bupati meneken MoU.", [ANDI], set()),
    ],
)
def test_whoever_is_named_right_before_the_act_signs(text, mentions, expected):
    """ "Wali Kota Pekalongan Ahmad Zainudin membubuhkan tanda tangannya" was doubted."""
    found = signers.signers(reading(text, *mentions))
    assert {s.name for s in found if s.least >= SURE} == expected


@given(st.lists(st.sampled_from([", ", " dan ", " serta ", "; "]), min_size=2, max_size=2))
def test_whoever_stands_next_to_the_act_signs_whatever_stands_before(between):
    text = f"Andi Ony{between[0]}Budi Santosa{between[1]}Citra Dewi meneken MoU."
    found = {s.name: s.least for s in signers.signers(reading(text, ANDI, BUDI, CITRA))}
    assert found["Citra Dewi"] == SURE
    assert (found["Budi Santosa"] == SURE) == (between[1] in (" dan ", " serta "))


def test_an_office_without_a_name_behind_the_act_may_sign_where_nobody_else_does():
    read = reading("Diteken Bupati Sleman dan Andi Ony.", ("ROLE", "Bupati Sleman"), ANDI)
    office, person = signers.signers(read)
    assert office.name is None
    assert 0 < office.least < person.least == SURE


def told(text, *mentions):
    """The series of a text as (body, person) each."""
    read = reading(text, *mentions)
    bodies, people = parties.candidates(read), signers.signers(read)
    return [
        [(bodies[p.body].body.texts[0], people[p.person].name) for p in run]
        for run in series(read, bodies, people)
    ]


A, B, C = "PT Sinar Alas", "PT Kaca Surya", "PT Garmindo"
NAMES = [
    ("ORG", A),
    ("ROLE", "HR Manager"),
    ("PER", "Lee Sung-hoon"),
    ("ORG", B),
    ("ROLE", "Manajer"),
    ("PER", "Monica"),
    ("ORG", C),
    ("PER", "Fatkhurrohman"),
]


def test_bodies_with_their_signers_one_after_another():
    text = (
        f"{A} diwakili HR Manager-nya, Lee Sung-hoon, {B} (KSJ) oleh Manajer Monica, sementara {C} "
        "ditandatangani langsung oleh direkturnya, H. Fatkhurrohman."
    )
    assert told(text, *NAMES) == [[(A, "Lee Sung-hoon"), (B, "Monica"), (C, "Fatkhurrohman")]]


def test_whoever_is_sent_or_there_for_a_body_is_one_of_a_series():
    text = f"Dari {A} hadir HR Manager Lee Sung-hoon, sedangkan {B} mengirim Manajer Monica."
    assert told(text, *NAMES[:6]) == [[(A, "Lee Sung-hoon"), (B, "Monica")]]


@pytest.mark.parametrize(
    "text",
    [
        f"{A} diwakili HR Manager Lee Sung-hoon. {B} punya Manajer Monica, dan {C} oleh Fatkhurrohman.",
        f"{A}, HR Manager Lee Sung-hoon, {B}, Manajer Monica, {C}, Fatkhurrohman.",
        f"{A} didampingi oleh HR Manager Lee Sung-hoon, {B} oleh Manajer Monica, {C} oleh Fatkhurrohman.",
    ],
)
def test_what_is_no_series(text):
    assert told(text, *NAMES) == []


@given(st.text(alphabet="PT diwakili oleh, Andi.\n", max_size=60))
def test_any_text_between_gives_pairs_in_their_order(between):
    text = f"{A} diwakili HR Manager Lee Sung-hoon{between}{B} oleh Manajer Monica."
    for run in told(text, *NAMES[:6]):
        assert run == [(A, "Lee Sung-hoon"), (B, "Monica")]
