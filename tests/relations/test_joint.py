"""The second look: lists, who signs for whom, and the judges with trees."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.ner import tag
from sepaham.ner.bio import words_of
from sepaham.ner.slots import COLUMN, COLUMNS, SlotScores
from sepaham.records import Article, Mention
from sepaham.relations.learned import joint, parties, signers
from sepaham.relations.learned.judge import Branch, Forest, Judge, judges, read_tree, written_tree
from sepaham.relations.learned.lists import mates
from sepaham.relations.learned.reading import Reading
from sepaham.relations.runs import runs

TEXT = (
    "Rektor Universitas Tirta Negara Joko Priyono menandatangani nota kesepahaman dengan Bank Jateng, "
    "BPJS Kesehatan (BPJS) dan Kejaksaan Negeri Sleman, Senin (3/6/2024). Penandatanganan disaksikan "
    "Dinas Pendidikan Kabupaten Sleman."
)


def reading(text=TEXT, party=("Universitas Tirta Negara", "Bank Jateng"), signer=("Joko Priyono",)):
    found = tag(Article(article_id="a", text=text, published="2024-06-04"))
    words = words_of(found.text)
    logits = np.full((len(words), len(COLUMNS)), -3, dtype=np.float32)
    for name, forms in (("party", party), ("signer", signer)):
        for form in forms:
            start = found.text.index(form)
            inside = [n for n, (a, b) in enumerate(words) if a < start + len(form) and start < b]
            logits[inside, COLUMN[name]] = 3
    return Reading(found, SlotScores(words, logits))


def named(found, name):
    return next(n for n, c in enumerate(found) if name in c.body.name)


def test_a_list_is_read_across_commas_brackets_and_dan():
    found = parties.candidates(reading())
    listed = mates(TEXT, found)
    bank, court, office = named(found, "Jawa Tengah"), named(found, "Kejaksaan"), named(found, "Dinas")
    assert court in listed[bank]
    assert bank in listed[court]
    assert office not in listed[bank]
    assert all(n not in listed[n] for n in range(len(found)))


def test_a_numbered_list_is_one_list():
    text = "Perjanjian diteken 1. Bank Jateng; 2. Kejaksaan Negeri Sleman; 3. Universitas Tirta Negara."
    found = parties.candidates(reading(text, ("Bank Jateng",), ()))
    listed = mates(text, found)
    assert named(found, "Kejaksaan") in listed[named(found, "Jawa Tengah")]
    assert named(found, "Tirta") in listed[named(found, "Jawa Tengah")]


def test_who_signs_speaks_for_the_party():
    seen = reading()
    found, people = parties.candidates(seen), signers.signers(seen)
    look = joint.look(seen, found, people, judges())
    own, other = look.party[named(found, "Tirta")], look.party[named(found, "Dinas")]
    assert own["sign"] > other["sign"]
    joint.decide(look, judges())
    assert found[named(found, "Tirta")].chance > found[named(found, "Dinas")].chance


def test_an_article_without_bodies_or_people():
    seen = reading("Harga beras naik.", (), ())
    look = joint.look(seen, [], [], judges())
    assert look.party == []
    assert look.signer == []


TREES = st.recursive(
    st.floats(-5, 5),
    lambda inner: st.builds(Branch, st.sampled_from("abc"), st.floats(-3, 3), inner, inner),
    max_leaves=8,
)


@given(TREES)
def test_trees_survive_json(tree):
    assert read_tree(json.loads(json.dumps(written_tree(tree)))) == tree


def test_trees_and_regression_are_averaged():
    tree = Branch("a", 0.5, -2.0, 2.0)
    judge = Judge({"a": 1.0}, 0.0, trees=(tree,))
    assert judge.chance({"a": 1.0}) == pytest.approx(1 / (1 + 2.718281828**-1.5))
    assert judge.chance({}) == pytest.approx(1 / (1 + 2.718281828**1.0))


LISTED = (
    "RSUD Kartini dan RSUD Moewardi menandatangani perjanjian kerja sama, masing-masing oleh dr. Oktelin "
    "Seran dan dr. Batsheba Corputty, Sp.PK."
)


def test_people_in_a_list_as_long_stand_for_the_parties_in_order():
    """ "A dan B ..., masing-masing oleh X dan Y" was tied by nearness: both people signed for B."""
    seen = reading(LISTED, party=("RSUD Kartini", "RSUD Moewardi"), signer=("Oktelin Seran",))
    bodies = [c for c in parties.candidates(seen) if "Rumah Sakit" in c.body.name]
    people = [s for s in signers.signers(seen) if s.name]
    assert (len(bodies), len(people)) == (2, 2)
    for place, person in enumerate(people):
        ties = signers.ties(seen, person, bodies, people)
        assert [t.features.get("aligned", 0.0) for t in ties] == [float(n == place) for n in range(2)]
        assert [t.features.get("not_aligned", 0.0) for t in ties] == [float(n != place) for n in range(2)]


@pytest.mark.parametrize(
    ("stands", "signing"), [("mewakili", []), ("a.n.", []), ("bersama", ["Bupati Sleman"])]
)
def test_an_office_that_another_stands_for_signs_nothing(stands, signing):
    """Of "Sekda Andi mewakili Bupati" both were taken for signers."""
    seen = reading(
        f"Sekda Sleman Andi Ony {stands} Bupati Sleman meneken MoU dengan Bank Jateng.",
        ("Bank Jateng",),
        ("Andi Ony",),
    )
    assert [s.holders[0].role.text for s in signers.signers(seen) if not s.name] == signing


@pytest.mark.parametrize(
    ("text", "items", "expected"),
    [
        ("A1, B2 dan C3.", ["A1", "B2", "C3"], [[0, 1, 2]]),
        ("A1 di B2, C3", ["A1", "B2", "C3"], [[1, 2]]),
        ("A1 (Persero), B2", ["A1", "B2"], [[0, 1]]),
        ("A1" + " " * 100 + "B2", ["A1", "B2"], []),
        ("A1, A1", ["A1"], []),
    ],
)
def test_lists_in_their_order(text, items, expected):
    places = [[(text.index(item), text.index(item) + 2)] for item in items]
    assert runs(text, places) == expected


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Bupati Sleman Andi Ony menandatangani MoU dengan Rektor UGM Joko Priyono.", "partner"),
        ("MoU UGM dan Bank Jateng ditandatangani, dihadiri Rektor UGM Joko Priyono.", "witness"),
    ],
)
def test_the_words_before_a_person_are_a_feature(text, zone):
    """Who is only present was taken for a signer as often as not."""
    seen = reading(text, party=(), signer=("Joko Priyono",))
    person = next(s for s in signers.signers(seen) if s.name == "Joko Priyono")
    assert {name for name in person.features if name.startswith("zone_")} == {f"zone_{zone}"}


def test_a_body_that_a_person_comes_from_is_a_feature():
    text = "Arsana dari Bank Jateng dan Fitriani Lubis dari Universitas Tirta Negara menandatangani MoU."
    seen = reading(text, signer=("Fitriani Lubis",))
    bodies = parties.candidates(seen)
    person = next(s for s in signers.signers(seen) if s.name == "Fitriani Lubis")
    ties = signers.ties(seen, person, bodies, [person])
    assert {t.party.body.name: t.features.get("behind_from", 0.0) for t in ties} == {
        "PT Bank Pembangunan Daerah Jawa Tengah": 0.0,
        "Universitas Tirta Negara": 1.0,
    }


def down(tree, features):
    """The log odds of a tree, gone down step by step."""
    while isinstance(tree, Branch):
        tree = tree.low if features.get(tree.feature, 0.0) <= tree.step else tree.high
    return tree


ODDS = st.floats(-2, 2)
TREES = st.recursive(
    ODDS, lambda inner: st.builds(Branch, st.sampled_from("abc"), st.floats(-1, 1), inner, inner)
)


@given(st.lists(TREES, min_size=1, max_size=8), st.dictionaries(st.sampled_from("abcd"), st.floats(-2, 2)))
def test_trees_side_by_side_say_what_each_says(trees, features):
    expected = math.fsum(down(tree, features) for tree in trees)
    assert Forest(trees).odds(features) == expected
    assert Judge({}, 0.4, trees=tuple(trees)).odds(features) == (0.4 + expected) / 2


@pytest.mark.parametrize(
    ("odds", "expected"),
    [
        ([[2.0, 1.0], [3.0, -1.0]], [1, 0]),  # who loses less goes
        ([[2.0, -4.0], [3.0, -1.0]], [0, 0]),  # too far away from the other party: both stay
        ([[2.0, 1.0, 0.0], [3.0, -1.0, 2.5], [1.0, -2.0, -2.0]], [1, 2, 0]),
        ([[1.0], [2.0]], [0, 0]),
        ([], []),
    ],
)
def test_of_two_signers_at_one_party_one_goes_to_a_party_without(odds, expected):
    """Both signers stood with one party and the other had nobody, where that fitted one nearly as well."""
    assert signers.spread(odds) == expected


@given(st.lists(st.lists(st.floats(-9, 9), min_size=3, max_size=3), max_size=5))
def test_spreading_leaves_everyone_one_party(odds):
    at = signers.spread(odds)
    assert len(at) == len(odds)
    assert set(at) <= {0, 1, 2}
    best = {max(range(3), key=lambda n, own=own: (own[n], -n)) for own in odds}
    assert best <= set(at)


@pytest.mark.parametrize(
    ("text", "away"),
    [
        (
            "Rektor Joko Priyono, S.H., M.Si., yang diwakili Wakil Rektor Rini Astuti, menandatangani MoU.",
            True,
        ),
        ("Rektor Joko Priyono diwakilkan Wakil Rektor Rini Astuti menandatangani MoU.", True),
        ("Rektor Joko Priyono dan Wakil Rektor Rini Astuti menandatangani MoU.", False),
        ("Rektor Joko Priyono menandatangani MoU. Dinas diwakili Rini Astuti.", False),
    ],
)
def test_who_is_stood_in_for_signs_nothing(text, away):
    """ "Komandan A, yang diwakili Wakil Komandan B": both signed."""
    people = {s.name for s in signers.signers(reading(text, party=(), signer=("Rini Astuti",)))}
    assert ("Joko Priyono" not in people) is away
    assert "Rini Astuti" in people


@pytest.mark.parametrize(("chance", "expected"), [(0.3, ["Kajari Sleman"]), (0.1, [])])
def test_an_office_without_a_name_signs_for_a_party_without_signer(chance, expected):
    """ "PKS diteken langsung Kajari Sleman": being without a name, he signed nothing."""
    seen = reading(
        "PKS diteken langsung Kajari Sleman. Kejaksaan Negeri Sleman dan Bank Jateng bekerja sama.", (), ()
    )
    found, people = parties.candidates(seen), signers.signers(seen)
    office = next(s for s in people if s.name is None)
    office.chance = chance
    at = named(found, "Kejaksaan")
    tied = signers.nameless(seen, {n: [] for n in range(len(found))}, found, people)
    assert [h.role.text for s in tied[at] for h in s.holders] == expected
    assert tied[named(found, "Jawa Tengah")] == []
    own = signers.nameless(seen, {at: [people[0]]}, found, people)
    assert own == {at: [people[0]]}


CONSORTIUM = (
    "Universitas Khairun (Unkhair) dan Universitas Pattimura (Unpatti) menandatangani MoU, yang diteken "
    "rektor masing-masing, yakni Syahrul Abdullah, M.Hum (Unkhair), dan Andi Ony, M.Eng. (Unpatti)."
)


def tie_features(seen, name):
    """The features of a person's ties to the universities, by their names."""
    bodies = [b for b in parties.candidates(seen) if b.body.name.startswith("Universitas")]
    people = [s for s in signers.signers(seen) if s.name]
    person = next(s for s in people if s.name == name)
    return {t.party.body.name: t.features for t in signers.ties(seen, person, bodies, people)}


@pytest.mark.parametrize(
    ("name", "own"),
    [("Syahrul Abdullah", "Universitas Khairun"), ("Andi Ony", "Universitas Pattimura")],
)
def test_degrees_stand_between_a_name_and_the_body_in_brackets(name, own):
    """ "A, M.Hum (Unkhair)" was not read as "A (Unkhair)"."""
    told = tie_features(reading(CONSORTIUM, ("Universitas Khairun",), (name,)), name)
    assert {body for body, features in told.items() if features.get("behind_bracket")} == {own}


def test_words_between_a_name_and_a_bracket_are_no_degrees():
    text = CONSORTIUM.replace(", M.Hum (Unkhair)", " berpidato lebih dahulu lalu pulang (Unkhair)")
    told = tie_features(reading(text, ("Universitas Khairun",), ("Syahrul Abdullah",)), "Syahrul Abdullah")
    assert not any(features.get("behind_bracket") for features in told.values())


def test_the_head_of_a_part_does_not_stand_for_another_party():
    """A dean of one university was tied to the other, since that had no signer yet."""
    text = (
        "Universitas Khairun dan Universitas Pattimura meneken MoU. Dekan Fakultas Perikanan Universitas "
        "Pattimura Andi Ony ikut membubuhkan tanda tangan."
    )
    told = tie_features(reading(text, ("Universitas Khairun",), ("Andi Ony",)), "Andi Ony")
    assert {name: f["other_body"] for name, f in told.items()} == {
        "Universitas Khairun": 1.0,
        "Universitas Pattimura": 0.0,
    }


def test_a_town_behind_an_abbreviation_in_brackets_is_no_government():
    text = "Universitas Khairun (Unkhair) Ternate dan Pemerintah Kota Ternate menandatangani MoU."
    named_so = [("ORG", "Universitas Khairun"), ("ORG", "Unkhair"), ("GPE", "Ternate"), ("ORG", text[42:65])]
    mentions = [
        Mention(start=text.index(t), end=text.index(t) + len(t), text=t, label=label, source="test")
        for label, t in named_so
    ]
    seen = reading(text, ("Universitas Khairun",), ())
    document = seen.view.document.model_copy(update={"mentions": tuple(mentions)})
    words = words_of(text)
    slots = SlotScores(words, np.zeros((len(words), len(COLUMNS)), dtype=np.float32))
    found = parties.candidates(Reading(document, slots))
    assert [n.mention.text for n in found[named(found, "Kota Ternate")].namings] == [
        "Pemerintah Kota Ternate"
    ]
