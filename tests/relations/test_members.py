"""The third look: which of an agreement's parties is none, once it is known who stands together."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from sepaham.ner import tag
from sepaham.ner.slots import COLUMNS, SlotScores
from sepaham.records import Article
from sepaham.relations.learned import joint, kinship, members, parties, units
from sepaham.relations.learned.explain import explain
from sepaham.relations.learned.judge import Judge, judges
from sepaham.relations.learned.reading import Reading
from sepaham.training.relations import members as training
from sepaham.training.relations.joint import Second
from sepaham.training.relations.readings import Read
from sepaham.training.relations.rows import Worked

ACT = " menandatangani nota kesepahaman."
CAMPUS, FACULTY = "Universitas Nusa Cendana", "Fakultas Peternakan Universitas Nusa Cendana"
CITY, POLICE, PORT = "Pemerintah Kota Bitung", "Kepolisian Resor Bitung", "PT Pelabuhan Bitung Jaya"


def look(*names, text=None, chances=()):
    """An article whose bodies are these, in its order, with their chances."""
    told = text or "; ".join(names) + ACT
    found = tag(Article(article_id="a", text=told, published="2024-06-04"))
    reading = Reading(found, SlotScores([], np.zeros((0, len(COLUMNS)), dtype=np.float32)))
    bodies = sorted(parties.candidates(reading), key=lambda c: c.first)
    for body, chance in zip(bodies, chances, strict=bool(chances)):
        body.chance = chance
    return joint.Look(reading, bodies, [])


def kin(text, places=()):
    """What ties the last body of a text to the one that it is closest kin to."""
    seen = look(text=text)
    group = [kinship.member(seen.reading, body, 0.0, 0.0) for body in seen.bodies]
    return kinship.closest(seen.reading, group, len(group) - 1, frozenset(places))


def test_a_faculty_is_kin_to_its_university():
    found = kin(f"{CITY}, {CAMPUS} dan {FACULTY}{ACT}")
    assert (found["unit"], found["owner"], found["holds"]) == (1.0, 0.0, 1.0)
    assert found["shared_own"] == 3.0


def test_bodies_that_share_but_the_name_of_their_town_are_told_from_kin():
    text = f"{POLICE}, Universitas Nusa Cendana dan {PORT}{ACT}"
    assert kin(text)["shared_own"] == 1.0
    found = kin(text, ["bitung"])
    assert (found["shared"], found["shared_own"]) == (1.0, 0.0)


def test_a_word_that_all_share_makes_no_kin():
    assert kin(f"Yayasan Bina Bitung, Koperasi Nelayan Bitung dan {PORT}{ACT}") == {}


def test_initials_make_kin():
    found = kin(f"{CITY}, Dinas Ketahanan Pangan Kota Tual, lalu Balai DKPKT Wilayah Timur{ACT}")
    assert (found["initials_of"], found["has_initials"]) == (1.0, 0.0)


def test_spaces_hide_no_kin():
    found = kin(f"{CITY}, Bank Sumsel Babel Cabang Muntok dan Bank Sumselbabel{ACT}")
    assert found["in_one_piece"] > 0.9


@pytest.mark.parametrize(
    ("between", "apart", "owned"),
    [(" dan ", 1.0, 0.0), (", merek milik ", 0.0, 1.0), (". Kapal itu berlayar ke Tual. ", 0.0, 0.0)],
)
def test_what_stands_between_two_kin(between, apart, owned):
    found = kin(f"{CITY} hadir. PT Layar Nusantara Utama{between}PT Layar Nusantara Digital{ACT}")
    assert (found["apart"], found["owned"]) == (apart, owned)


def test_two_companies_with_a_signer_each_are_told_from_two_names_of_one():
    text = f"{CITY}, PT Kereta Cepat Indonesia dan PT Kereta Cepat Wisata{ACT}"
    seen = look(text=text, chances=(0.9, 0.9, 0.9))
    people = [SimpleNamespace(chance=0.9), SimpleNamespace(chance=0.8)]
    apart = {(0, 1): 0.9, (0, 2): 0.2, (1, 1): 0.3, (1, 2): 0.9}
    for tie, both, only in ((apart, 0.72, 0.1368), ({(0, 1): 0.5, (0, 2): 0.9}, 0.0, 0.81)):
        told = members.features(joint.Look(seen.reading, seen.bodies, people, tie), seen.bodies, judges(), 1)
        assert told[2]["kin_both_signed"] == pytest.approx(both)
        assert told[2]["kin_only_signed"] == pytest.approx(only)


ONLY_CHANCE = Judge({"chance": 1.0}, 0.0)


def by_chance(bar=0.5):
    """Judges of whom that of members goes by the chance of the second look alone."""
    return {**judges(), "member": replace(ONLY_CHANCE, bar=bar)}


def bound(monkeypatch, seen, groups, by=None):
    monkeypatch.setattr(units, "bound", lambda *_: (list(seen.bodies), groups))
    return members.bound(seen, by or by_chance())


def test_the_least_likely_below_the_bar_go_until_two_are_left(monkeypatch):
    seen = look(CITY, POLICE, CAMPUS, PORT, chances=(0.3, 0.9, 0.4, 0.45))
    found = bound(monkeypatch, seen, [[0, 1, 2, 3]])
    assert (found.parties, found.groups) == ([seen.bodies[1], seen.bodies[3]], [[0, 1]])
    assert [one.candidate for one in found.gone] == [seen.bodies[0], seen.bodies[2]]


def test_above_the_bar_nobody_goes(monkeypatch):
    seen = look(CITY, POLICE, CAMPUS, chances=(0.6, 0.9, 0.7))
    found = bound(monkeypatch, seen, [[0, 1, 2]])
    assert (found.parties, found.groups, found.gone) == (seen.bodies, [[0, 1, 2]], [])


def test_two_parties_and_long_lists_are_left_alone(monkeypatch):
    names = [f"Pemerintah Desa {name}" for name in ("Sukamaju", "Tanjung", "Beringin", "Lubuk", "Parit")]
    seen = look(CITY, POLICE, *names, chances=(0.1,) * 7)
    assert bound(monkeypatch, seen, [[0, 1], list(range(7))]).gone == []


@pytest.mark.parametrize(("signers", "left"), [(2, 3), (1, 2)])
def test_a_company_with_a_signer_of_its_own_stays_beside_its_kin(signers, left, monkeypatch):
    """A railway and its subsidiary signed with a third, each by its own director: the subsidiary went."""
    text = f"{CITY}, PT Kereta Cepat Indonesia dan PT Kereta Cepat Wisata{ACT}"
    seen = look(text=text, chances=(0.9, 0.9, 0.2))
    seen.people = [SimpleNamespace(chance=0.9) for _ in range(signers)]
    seen.tie = {(0, 1): 0.9, (1, 2): 0.9}
    assert len(bound(monkeypatch, seen, [[0, 1, 2]]).parties) == left


def test_who_is_none_of_one_agreement_may_be_of_another(monkeypatch):
    seen = look(CITY, POLICE, CAMPUS, PORT, chances=(0.9, 0.9, 0.4, 0.9))
    found = bound(monkeypatch, seen, [[0, 1, 2], [2, 3]])
    assert (len(found.parties), found.groups) == (4, [[0, 1], [2, 3]])


def test_the_judge_sees_each_party_among_the_others():
    seen = look(CITY, POLICE, CAMPUS, chances=(0.2, 0.9, 0.7))
    first, second, _ = members.features(seen, seen.bodies, judges(), 1)
    assert (first["least"], second["least"]) == (1.0, 0.0)
    assert first["chance"] < first["chance_second"] < second["chance"]
    assert first["told_of_all"] == 1.0


def second(seen, *sides):
    """The article under the second look; its gold binds these parties, each by all its names."""
    named = [{"name": s[0], "texts": list(s), "kind": "other", "signatories": []} for s in sides]
    event = {"status": "signed", "doc_types": ["mou"], "fields": [], "hub": None, "commitments": []}
    gold = {"id": "a", "is_mou": True, "events": [event | {"parties": named}], "mentions": []}
    slots = SlotScores([], np.zeros((0, len(COLUMNS)), dtype=np.float32))
    item = Worked(Read(seen.reading.view.document, slots, gold, "written", 0))
    return Second(item, joint.Look(item.reading, seen.bodies, []))


def test_a_party_that_the_gold_lacks_is_what_the_judge_learns_to_send_away(monkeypatch):
    seen = look(CITY, CAMPUS, FACULTY, chances=(0.9, 0.8, 0.7))
    monkeypatch.setattr(units, "bound", lambda copy, _: (list(copy.bodies), [[0, 1, 2]]))
    found = list(training.rows(second(seen, [CITY], [CAMPUS]), judges()))
    assert [row.right for row in found] == [True, True, False]
    assert {row.weight for row in found} == {1.0}


def test_of_two_that_are_one_gold_party_the_less_likely_is_wrong_and_the_other_teaches_nothing(monkeypatch):
    seen = look(CITY, CAMPUS, FACULTY, chances=(0.9, 0.8, 0.7))
    monkeypatch.setattr(units, "bound", lambda copy, _: (list(copy.bodies), [[0, 1, 2]]))
    found = list(training.rows(second(seen, [CITY], [CAMPUS, FACULTY]), judges()))
    assert [row.right for row in found] == [True, False]


def test_learning_leaves_the_bodies_of_the_article_as_they_were():
    """Choosing the parties raises the chances of a list; the next fit would have seen them raised."""
    campuses = [f"Universitas {name}" for name in ("Tirta Negara", "Graha Bakti", "Kartika Nusa")]
    text = f"{CITY}, {', '.join(campuses)}{ACT}"
    seen = look(text=text, chances=(0.9, 0.9, 0.9, 0.2))
    before = [(list(b.namings), set(b.keys), list(b.body.texts), b.chance) for b in seen.bodies]
    list(training.rows(second(seen, [CITY], campuses), judges()))
    assert [(b.namings, b.keys, b.body.texts, b.chance) for b in seen.bodies] == before


def test_why_a_party_went_is_told(monkeypatch):
    seen = look(CITY, POLICE, CAMPUS, chances=(0.9, 0.9, 0.8))
    monkeypatch.setattr(joint, "seen", lambda *_: seen)
    seen.see(judges())
    gone = members.Gone(seen.bodies[2], {"chance": -2.0})
    monkeypatch.setattr(members, "bound", lambda *_: members.Bound(seen.bodies[:2], [[0, 1]], [gone]))
    slots = SlotScores([], np.zeros((0, len(COLUMNS)), dtype=np.float32))
    told = list(explain(seen.reading.view.document, slots, by_chance(bar=0.3)))
    (reason,) = (r for r in told if r.slot == "party" and r.text.startswith(CAMPUS))
    assert not reason.taken
    assert reason.bar == 0.3
    assert reason.moved == (("chance", -2.0),)
