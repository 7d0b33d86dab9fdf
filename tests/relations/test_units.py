"""A body and its own unit among the parties: which of them binds, and when each has a paper of its own."""

import numpy as np
import pytest

from sepaham.ner import tag
from sepaham.ner.slots import COLUMNS, SlotScores
from sepaham.records import Article
from sepaham.relations.learned import choice, events, parties, units
from sepaham.relations.learned.joint import Look
from sepaham.relations.learned.reading import Reading


def candidates(names, chances=()):
    """The bodies of a text that names them, with their chances, in its order."""
    text = "; ".join(names) + " menandatangani nota kesepahaman."
    found = tag(Article(article_id="a", text=text, published="2024-06-04"))
    slots = SlotScores([], np.zeros((0, len(COLUMNS)), dtype=np.float32))
    bodies = sorted(parties.candidates(Reading(found, slots)), key=lambda c: c.first)
    for body, chance in zip(bodies, chances, strict=bool(chances)):
        body.chance = chance
    return bodies


DINAS, PEMKAB = "Dinas Perikanan Kabupaten Lembata", "Pemerintah Kabupaten Lembata"
FACULTY, CAMPUS = "Fakultas Peternakan Universitas Nusa Cendana", "Universitas Nusa Cendana"


@pytest.mark.parametrize(
    ("owner", "unit", "expected"),
    [
        (PEMKAB, DINAS, True),
        (DINAS, PEMKAB, False),
        (CAMPUS, FACULTY, True),
        ("Pemerintah Provinsi Bali", "Pemerintah Kabupaten Badung", False),
        (PEMKAB, "Kejaksaan Negeri Lembata", False),
        (PEMKAB, "Dewan Perwakilan Rakyat Daerah Kabupaten Lembata", False),
        ("PT Kereta Api Indonesia", "PT Kereta Commuter Indonesia", False),
        ("Kementerian Agama", "Balai Diklat Kemenag", True),
        ("Kementerian Agama", "Balai Diklat Kemenkes", False),
    ],
)
def test_what_is_a_unit_of_what(owner, unit, expected):
    one, two = candidates([owner, unit])
    assert units.is_unit(one, two) is expected


@pytest.mark.parametrize(("chances", "expected"), [((0.9, 0.7, 0.8), [0, 2]), ((0.6, 0.7, 0.8), [1, 2])])
def test_of_a_body_and_its_unit_the_likelier_is_the_party(chances, expected):
    """ "Kadis Perikanan meneken mewakili Bupati": government and dinas were two parties of one paper."""
    bodies = candidates([PEMKAB, DINAS, CAMPUS], chances)
    assert units.parted(bodies, [[0, 1, 2]]) == [expected]


def test_a_body_and_its_unit_alone_stay():
    assert units.parted(candidates([PEMKAB, DINAS], (0.9, 0.7)), [[0, 1]]) == [[0, 1]]


def test_a_body_with_several_units_loses_none():
    other = "Dinas Kesehatan Kabupaten Lembata"
    bodies = candidates([PEMKAB, DINAS, other, CAMPUS], (0.9, 0.7, 0.7, 0.8))
    assert units.parted(bodies, [[0, 1, 2, 3]]) == [[0, 1, 2, 3]]


def test_two_bodies_with_a_unit_each_are_two_agreements():
    """ "Bupati dan rektor meneken MoU, lalu kadis dan dekan PKS" was one agreement of four."""
    bodies = candidates([PEMKAB, CAMPUS, DINAS, FACULTY], (0.9, 0.9, 0.7, 0.7))
    assert units.parted(bodies, [[0, 1, 2, 3]]) == [[0, 1], [2, 3]]


def test_agreements_that_are_told_apart_stay_so():
    bodies = candidates([PEMKAB, CAMPUS, DINAS, FACULTY], (0.9, 0.9, 0.7, 0.7))
    assert units.parted(bodies, [[0, 1], [2, 3]]) == [[0, 1], [2, 3]]


def test_a_party_that_goes_moves_the_places_of_the_others(monkeypatch):
    """The agreements count in the parties that stay, not in those that were named."""
    bodies = candidates([PEMKAB, DINAS, CAMPUS], (0.6, 0.7, 0.8))
    monkeypatch.setattr(choice, "choose", lambda *_: bodies)
    monkeypatch.setattr(units, "find_hub", lambda *_: None)
    monkeypatch.setattr(events, "groups", lambda *_, hub: [[0, 1, 2]])
    assert units.bound(Look(None, bodies, []), {"several": None, "hub": None}) == (bodies[1:], [[0, 1]])


@pytest.mark.parametrize("found", [None, 0])
def test_whether_one_party_is_the_hub_of_all_is_asked_before_they_are_parted(monkeypatch, found):
    bodies = candidates([PEMKAB, CAMPUS, DINAS], (0.9, 0.9, 0.9))
    asked = []
    monkeypatch.setattr(choice, "choose", lambda *_: bodies)
    monkeypatch.setattr(units, "find_hub", lambda *_: found)
    monkeypatch.setattr(events, "groups", lambda *_, hub: asked.append(hub) or [[0, 1], [0, 2]])
    units.bound(Look(None, bodies, []), {"several": None, "hub": None})
    assert asked == [found is not None]


def test_a_ministry_abroad_is_a_unit_of_its_state():
    """ "Denmark" was a party beside "Kementerian Iklim, Energi dan Utilitas Denmark"."""
    state, ministry = candidates(["Pemerintah Denmark", "Kementerian Iklim Denmark"])
    assert units.is_unit(state, ministry)
    assert not units.is_unit(ministry, state)


def test_a_body_and_its_unit_are_no_agreement_of_their_own():
    """Two cities whose waste offices signed for them: a city had a paper with its own office."""
    bodies = candidates([PEMKAB, DINAS, CAMPUS], (0.9, 0.7, 0.8))
    assert units.parted(bodies, [[0, 1], [1, 2]]) == [[0, 2]]
    assert units.parted(bodies, [[0, 1]]) == [[0, 1]]


def test_a_ministry_is_a_unit_of_the_republic():
    """ "Pemerintah Republik Indonesia" and its own ministry were an agreement beside one with a bank."""
    bodies = candidates(
        ["Pemerintah Republik Indonesia", "Kementerian Dalam Negeri", CAMPUS], (0.5, 0.9, 0.9)
    )
    state, ministry, _ = bodies
    assert units.is_unit(state, ministry)
    assert not units.is_unit(ministry, state)
    assert not units.is_unit(state, candidates(["PT Pertamina (Persero)"])[0])
    assert units.parted(bodies, [[0, 1], [1, 2]]) == [[1, 2]]
