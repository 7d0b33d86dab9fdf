"""A second opinion: where two readings agree, what is marked for review, and how it is measured."""

import numpy as np
import pytest

from sepaham.extraction import extract_article, second_of
from sepaham.ner.slots import COLUMNS, SlotScores
from sepaham.records import Agreement, Article
from sepaham.relations.opinion import agreed, compared

TEXT = (
    "Bupati Sleman Rini Astuti dan Rektor Universitas Tirta Negara Joko Priyono menandatangani nota "
    "kesepahaman tentang pengelolaan sampah terpadu di Pendopo Parasamya, Sleman, Senin (3/6/2024)."
)
ARTICLE = Article(article_id="a", title="Sleman Gandeng Kampus", text=TEXT, published="2024-06-04")


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    (found,) = extract_article(ARTICLE, tagger="rules")[1]
    return found


def test_a_reading_agrees_with_itself(agreement):
    cells = agreed(agreement, [agreement])
    assert {"/agreement", "/parties/0", "/parties/1", "/parties/0/signatories/0", "/date", "/venue"} <= set(
        cells
    )
    assert all(cells.values())
    assert compared(agreement, [agreement]) == agreement


def test_every_cell_is_in_doubt_where_the_other_reading_has_nothing(agreement):
    assert not any(agreed(agreement, []).values())
    found = compared(agreement, [])
    assert found.needs_review
    slots = ("agreement", "date", "parties", "signatories", "venue")
    assert found.review_why[-5:] == tuple(f"taggers_disagree_{slot}" for slot in slots)


def changed(agreement: Agreement, **slots: object) -> Agreement:
    return agreement.model_copy(update=slots)


def test_only_what_differs_is_marked(agreement):
    date = agreement.date.model_copy(update={"value": "2024-06-04"})
    other = changed(agreement, date=date)
    assert compared(agreement, [other]).review_why[-1] == "taggers_disagree_date"
    first, last = agreement.parties
    other = changed(agreement, parties=(first, last.model_copy(update={"signatories": ()})))
    assert agreed(agreement, [other])["/parties/0/signatories/0"]
    assert not agreed(agreement, [other])["/parties/1/signatories/0"]
    other = changed(agreement, parties=(first,), venue=None)
    cells = agreed(agreement, [other])
    assert (cells["/parties/0"], cells["/parties/1"], cells["/venue"]) == (True, False, False)


def test_parties_are_the_same_by_code_or_by_form(agreement):
    first, last = agreement.parties
    coded = first.model_copy(update={"code": "34.04", "level": "regency", "name": "X", "texts": ("X",)})
    twin = coded.model_copy(update={"name": "Y", "texts": ("Y",)})
    mine = changed(agreement, parties=(coded,))
    assert agreed(mine, [changed(agreement, parties=(twin,))])["/parties/0"]
    city = twin.model_copy(update={"level": "city"})
    assert not agreed(mine, [changed(agreement, parties=(city,))])["/parties/0"]
    called = last.model_copy(update={"name": "UTN", "texts": ("UTN", last.texts[0].upper())})
    assert agreed(changed(agreement, parties=(last,)), [changed(agreement, parties=(called,))])["/parties/0"]


def test_places_are_the_same_if_one_is_named_more_fully(agreement):
    venue = agreement.venue.model_copy(update={"name": "Pendopo Parasamya", "city": "Sleman"})
    mine = changed(agreement, venue=venue)
    for name, city, same in (
        ("Pendopo Parasamya Sleman", "Sleman", True),
        ("Pendopo Parasamya", None, True),
        ("Hotel Melati", "Sleman", False),
        (None, "Bantul", False),
    ):
        other = venue.model_copy(update={"name": name, "city": city, "text": "x"})
        assert agreed(mine, [changed(agreement, venue=other)])["/venue"] is same


def test_an_article_is_read_once_more():
    plain = extract_article(ARTICLE, tagger="rules")[1]
    assert extract_article(ARTICLE, tagger="rules", second="rules")[1] == plain


def test_who_is_asked_second():
    assert second_of("encoder") == second_of("rules") == "stanza"
    assert second_of("stanza") == "encoder"


def test_an_opinion_that_tells_right_from_wrong_lowers_the_errors():
    pytest.importorskip("sklearn", reason="the judges are fitted by scikit-learn: the extra `train`")
    from sepaham.training.relations.opinion import Heard, figures, weighed, weighers

    found = [
        Heard("date", 0.6, agree, agree if n % 10 else not agree, n % 2)
        for n in range(80)
        for agree in (True, False)
    ]
    known = {fold: weighers(i for i in found if i.fold != fold) for fold in (0, 1)}
    told = figures(found, known)["date"]
    assert (told["agree"], told["disagree"]) == (80, 80)
    assert told["right_if_agree"] == 0.9
    assert told["right_if_disagree"] == 0.1
    assert told["with"]["brier"] < told["without"]["brier"]
    assert told["with"]["errors"][4] < told["without"]["errors"][4]
    assert weighed(Heard("venue", 0.6, True, True, 0), known[0]) == 0.6


def test_what_the_gold_has_and_the_reading_lacks_is_no_cell(agreement):
    pytest.importorskip("sklearn", reason="the judges are fitted by scikit-learn: the extra `train`")
    from sepaham.records import Document
    from sepaham.training.relations.opinion import heard
    from sepaham.training.relations.readings import Read

    event = agreement.model_dump(mode="json") | {"commitments": []}
    gold = {"events": [{**event, "subject": None}]}
    item = Read(Document(article=ARTICLE), SlotScores([], np.zeros((0, len(COLUMNS)))), gold, "real", 3)
    assert list(heard(item, [], [])) == []
    found = list(heard(item, [agreement], [agreement]))
    assert {item.slot for item in found} >= {"agreement", "parties", "signatories", "date"}
    assert all(item.agree and item.fold == 3 for item in found)
