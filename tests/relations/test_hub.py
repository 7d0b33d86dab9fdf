"""Which of many parties signed a paper of its own with each of the others."""

from dataclasses import replace

import numpy as np
import pytest

from sepaham.ner import tag
from sepaham.ner.bio import words_of
from sepaham.ner.slots import COLUMNS, SlotScores
from sepaham.records import Article
from sepaham.relations.learned import hub, parties, partitions
from sepaham.relations.learned.explain import explain
from sepaham.relations.learned.judge import judges
from sepaham.relations.learned.reading import Reading
from sepaham.training.relations.readings import Read
from sepaham.training.relations.rows import Worked

HOST = "Kejaksaan Negeri Sleman"
PARTNERS = ["Universitas Tirta Negara", "Universitas Graha Bakti", "Universitas Kartika Nusa"]
EACH = (
    f"{HOST} menandatangani nota kesepahaman dengan tiga perguruan tinggi, yakni {PARTNERS[0]}, "
    f"{PARTNERS[1]}, dan {PARTNERS[2]}. Kajari meneken naskah satu per satu dengan masing-masing rektor. "
    f"{HOST} siap membantu."
)
TOGETHER = (
    f"{PARTNERS[0]}, {HOST}, {PARTNERS[1]}, dan {PARTNERS[2]} menandatangani komitmen bersama. Keempat pihak "
    "meneken satu naskah."
)


def document(text):
    return tag(Article(article_id="a", text=text, published="2024-06-04"))


def none(found):
    """The scores of an encoder that has seen nothing."""
    words = words_of(found.text)
    return SlotScores(words, np.full((len(words), len(COLUMNS)), -3, dtype=np.float32))


def seen(text):
    """The reading and the four parties of a text, in its order."""
    found = document(text)
    reading = Reading(found, none(found))
    bodies = {c.body.name: c for c in parties.candidates(reading)}
    return reading, sorted((bodies[name] for name in (HOST, *PARTNERS)), key=lambda c: c.first)


def test_a_host_with_partners_in_a_list_is_the_hub():
    """The rule asked for a number before the papers; here it stands before the partners."""
    reading, bound = seen(EACH)
    found = hub.find_hub(reading, bound, judges()["hub"])
    assert found is not None
    assert bound[found].body.name == HOST


def test_one_paper_that_binds_all_has_no_hub():
    assert hub.find_hub(*seen(TOGETHER), judges()["hub"]) is None


def test_two_parties_have_no_hub():
    reading, bound = seen(EACH)
    assert hub.find_hub(reading, bound[:2], replace(judges()["hub"], bar=0.0)) is None


@pytest.mark.parametrize(
    ("text", "feature", "value"),
    [
        (EACH, "partners", 1.0),
        (EACH, "everyone", 0.0),
        (EACH, "apart", 1.0),
        (EACH, "joint", 0.0),
        (EACH, "paper_joint_statement", 0.0),
        (TOGETHER, "partners", 0.0),
        (TOGETHER, "everyone", 0.0),
        (TOGETHER, "joint", 1.0),
        (TOGETHER, "paper_joint_statement", 1.0),
    ],
)
def test_what_the_article_says_is_told_of_every_party(text, feature, value):
    assert [found[feature] for found in hub.features(*seen(text))] == [value] * 4


@pytest.mark.parametrize(("number", "partners"), [("tiga", 1.0), ("3", 1.0), ("tiga belas", 0.0)])
def test_a_number_of_two_words_is_read_whole(number, partners):
    """ "tiga belas mitra" counted three."""
    found = hub.features(*seen(EACH.replace("tiga perguruan", f"{number} perguruan")))
    assert {f["partners"] for f in found} == {partners}


def test_what_sets_the_host_apart():
    reading, bound = seen(EACH)
    by_name = {c.body.name: found for c, found in zip(bound, hub.features(reading, bound), strict=True)}
    assert by_name[HOST]["unlike_alike"] == 1.0
    assert by_name[HOST]["first"] == 1.0
    assert by_name[PARTNERS[0]]["listed"] == 1.0
    assert by_name[HOST]["listed"] == 0.0
    assert by_name[HOST]["times"] > 0 > by_name[PARTNERS[1]]["times"]


def test_the_rows_of_the_judge_are_the_parties_of_an_agreement():
    found = document(EACH)
    scores = none(found)
    event = {"status": "signed", "doc_types": ["mou"], "fields": [], "hub": HOST} | {
        "parties": [
            {"name": name, "texts": [name], "kind": "other", "signatories": []} for name in (HOST, *PARTNERS)
        ]
    }
    worked = Worked(
        Read(found, scores, {"id": "a", "is_mou": True, "events": [event], "mentions": []}, "written", 0)
    )
    rows = list(worked._hub_rows())
    assert [row.right for row in rows] == [True, False, False, False]
    two = Read(
        found, scores, {"id": "a", "events": [event | {"parties": event["parties"][:2]}]}, "written", 0
    )
    assert list(Worked(two)._hub_rows()) == []


def test_why_a_party_is_the_hub_is_told(monkeypatch):
    """The judge decided what the page of reasons did not tell."""
    reading, bound = seen(EACH)
    parted = partitions.Parted(bound, [[0, 1, 2, 3], [0, 1]], [], bound, [partitions.Way("rules", [], {})])
    monkeypatch.setattr(partitions, "bound", lambda *_: parted)
    told = [
        r for r in explain(reading.view.document, none(reading.view.document), judges()) if r.slot == "hub"
    ]
    assert [r.text for r in told if r.taken] == [HOST]
    assert len(told) == 4
    assert told[0].moved


def test_an_article_that_tells_of_no_signing_has_features_all_the_same():
    """`sepaham explain` asks of any article."""
    text = f"{HOST} dan {', '.join(PARTNERS)} ikut upacara. Hujan turun."
    assert [found["rule"] for found in hub.features(*seen(text))] == [0.0] * 4
