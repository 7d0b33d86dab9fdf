"""Who stands together: the ways to part the parties of an article, what is seen of each, and the choice."""

import numpy as np
import pytest
from readings import TWO, reading

from sepaham import explanation
from sepaham.ner import tag
from sepaham.ner.slots import COLUMNS, SlotScores
from sepaham.records import Article
from sepaham.relations.learned import joint, members, parties, partitions
from sepaham.relations.learned.explain import Reason, explain
from sepaham.relations.learned.judge import Judge, judges
from sepaham.relations.learned.partition_features import Ground
from sepaham.training.relations import partitions as training
from sepaham.training.relations.joint import Second
from sepaham.training.relations.readings import Read
from sepaham.training.relations.rows import Worked

CITY, CAMPUS, FIRM = "Pemerintah Kota Bogor", "Universitas Tirta Negara", "PT Sinar Rejeki"
WHOLE, HUB = [[0, 1, 2]], [[0, 1], [0, 2]]
HOST = (
    f"{CITY} menandatangani dua nota kesepahaman dengan {CAMPUS} dan {FIRM}, Senin (3/6/2024). "
    f"{CAMPUS} melatih kader tiap desa. {FIRM} membangun pasar baru."
)
PROMISES = {"commitment": ["melatih kader tiap desa", "membangun pasar baru"]}


def look(text=HOST, filled=PROMISES, chances=(0.9, 0.8, 0.7), title=None):
    """An article, its first three bodies as likely as said; nobody signs."""
    read = reading(text, title, filled)
    bodies = sorted(parties.candidates(read), key=lambda c: c.first)[: len(chances)]
    assert [b.body.name for b in bodies] == [CITY, CAMPUS, FIRM][: len(chances)]
    for body, chance in zip(bodies, chances, strict=True):
        body.chance = chance
    return joint.Look(read, bodies, [])


def seen(groups, proposed="rules", **about):
    found = look(**about)
    return Ground(found, found.bodies, judges()).features(proposed, groups)


def proposed(found, ruled=WHOLE):
    return dict(partitions.possible(found, found.bodies, ruled))


def test_one_agreement_and_each_party_as_the_host_may_be():
    found = proposed(look())
    assert found["rules"] == WHOLE
    assert "whole" not in found  # the rules say so already: no way comes twice
    assert found["hub"] == [[0, 2], [1, 2]]  # the last of three
    kinds = [kind for kind, _ in partitions.possible(look(), look().bodies, WHOLE)]
    assert kinds == ["rules", "hub", "hub", "hub"]


def test_what_sentences_bind_may_be_with_and_without_those_that_they_leave_out():
    text = TWO.replace("dengan PT Sinar Rejeki", "bersama PT Sinar Rejeki")
    found = partitions.possible(look(text), look(text).bodies, WHOLE)
    assert ("several", HUB) in found
    assert ("told_once", [[0, 1]]) in found
    assert ("told_once", [[0, 2]]) in found


def test_no_way_has_a_body_and_its_only_unit_by_themselves():
    """What was weighed was not what came out: the unit went afterwards."""
    campus, unit = "Universitas Nusa Cendana", "Fakultas Peternakan Universitas Nusa Cendana"
    text = f"{CITY}, {campus} dan {unit} menandatangani nota kesepahaman."
    read = reading(text, None, {})
    bodies = sorted(parties.candidates(read), key=lambda c: c.first)
    assert [b.body.name for b in bodies] == [CITY, campus, unit]
    groups = [way for _, way in partitions.possible(joint.Look(read, bodies, []), bodies, [[0, 1]])]
    assert [1, 2] not in [group for way in groups for group in way]
    assert WHOLE not in groups


def test_two_parties_are_parted_in_no_way():
    found = look(chances=(0.9, 0.8))
    assert proposed(found, [[0, 1]]) == {"rules": [[0, 1]]}
    assert partitions.ways(found, found.bodies, [[0, 1]], judges())[0].features == {}


def test_what_each_of_several_agreements_has_of_its_own():
    apart, whole = seen(HUB), seen(WHOLE)
    assert (apart["own_promised"], apart["own_promised_all"], apart["own_sentences"]) == (1.0, 1.0, 1.0)
    assert seen(HUB, filled={"commitment": ["melatih kader"]})["own_promised"] == 0.0
    assert "own_promised" not in whole


def test_a_count_of_papers_fits_as_many_agreements():
    assert (seen(HUB)["counted"], seen(WHOLE)["counted"]) == (1.0, 0.0)
    assert (seen(HUB)["counted_else"], seen(WHOLE)["counted_one"]) == (0.0, 1.0)
    three = HOST.replace("dua", "tiga")
    assert (seen(HUB, text=three)["counted"], seen(HUB, text=three)["counted_else"]) == (0.0, 1.0)


def test_who_would_be_left_out_is_weighed():
    left = seen([[0, 1]])
    assert (left["left"], left["left_sum"], left["left_told"]) == (1.0, 0.7, 1.0)
    assert left["left_best"] > seen([[0, 1]], chances=(0.9, 0.8, 0.2))["left_best"]
    assert "left" not in seen(WHOLE)


def test_whom_the_agreements_share():
    apart = seen(HUB)
    assert (apart["shared"], apart["hosts_one"], apart["host_first"]) == (1.0, 1.0, 1.0)
    assert seen([[0, 2], [1, 2]])["host_first"] == 0.0
    assert "shared" not in seen(WHOLE)


def test_a_sentence_that_names_all_speaks_for_one_agreement():
    assert (seen(WHOLE)["exact"], seen(WHOLE)["covered"], seen(WHOLE)["unbacked"]) == (1.0, 1.0, 0.0)
    assert (seen(HUB)["exact"], seen(HUB)["covered"]) == (0.0, 0.0)
    apart = seen(HUB, text=TWO)
    assert (apart["exact"], apart["stated"]) == (1.0, 1.0)


def test_a_headline_that_names_two_speaks_for_what_has_both():
    title = f"{CITY} dan {CAMPUS} bekerja sama"
    assert seen(HUB, title=title)["title_exact"] == 1.0
    assert seen([[0, 2], [1, 2]], title=title)["title_against"] == 1.0
    assert seen(WHOLE, title=title)["title_covered"] == 1.0


@pytest.mark.parametrize(("weight", "groups"), [(1.0, HUB), (-1.0, WHOLE)])
def test_the_likeliest_way_is_chosen(weight, groups):
    found = look(TWO)
    by = {**judges(), "partition": Judge({"several": weight, "left": -9.0, "proposed_several": 0.5}, 0.0)}
    ways = partitions.ranked(found, found.bodies, WHOLE, by)
    assert ways[0].groups == groups
    shares = partitions.shares(ways, by["partition"])
    assert sum(shares) == pytest.approx(1.0)
    assert shares == sorted(shares, reverse=True)


def test_of_ways_that_are_as_likely_that_of_the_rules_is_chosen():
    found, by = look(TWO), {**judges(), "partition": Judge({}, 0.0)}
    for ruled in (WHOLE, HUB):
        assert partitions.ranked(found, found.bodies, ruled, by)[0].groups == ruled


@pytest.mark.parametrize(
    ("found", "gold", "like"),
    [
        ([["a", "b"]], [{"a", "b"}], 4.0),
        ([["a", "b"], ["a", "c"]], [{"a", "b"}, {"a", "c"}], 4.0),
        ([["a", "b", "c"]], [{"a", "b"}, {"a", "c"}], 4 / 7 + 2 / 5 + 2 / 3),
        ([["a", "b", None]], [{"a", "b"}], 4 / 5 + 2 / 4 + 1),
        ([["c", None]], [{"a", "b"}], 0.0),
    ],
)
def test_how_like_the_gold_agreements_are(found, gold, like):
    assert training.like(found, gold) == pytest.approx(like)


def second(found, *agreements):
    """The article under the second look; its gold has these agreements."""
    named = [
        [{"name": name, "texts": [name], "kind": "other", "signatories": []} for name in names]
        for names in agreements
    ]
    event = {"status": "signed", "doc_types": ["mou"], "fields": [], "hub": None, "commitments": []}
    gold = {"id": "a", "is_mou": True, "events": [event | {"parties": p} for p in named], "mentions": []}
    slots = SlotScores([], np.zeros((0, len(COLUMNS)), dtype=np.float32))
    item = Worked(Read(found.reading.view.document, slots, gold, "written", 0))
    return Second(item, joint.Look(item.reading, found.bodies, []))


def test_the_judge_learns_the_way_that_is_most_like_the_gold(monkeypatch):
    monkeypatch.setattr(members, "bound", lambda seen, _: members.Bound(list(seen.bodies), WHOLE, []))
    by = {**judges(), "partition": Judge({}, 0.0)}
    apart = list(training.compared(second(look(TWO), (CITY, CAMPUS), (CITY, FIRM)), by))
    whole = list(training.compared(second(look(), (CITY, CAMPUS, FIRM)), by))
    assert max(apart[0].likeness) == max(whole[0].likeness) == 4.0
    judge = training.fit_choice([*apart, *whole] * 9)
    for text, groups in ((TWO, HUB), (HOST, WHOLE)):
        found = look(text)
        ways = partitions.ranked(found, found.bodies, WHOLE, {**by, "partition": judge})
        assert sorted(ways[0].groups) == groups


def test_an_article_without_an_agreement_teaches_nothing():
    assert list(training.compared(second(look()), judges())) == []
    assert training.fit_choice([]) == Judge({}, 0.0)


def test_why_the_parties_stand_together_is_told(monkeypatch):
    found = look(TWO)
    found.see(judges())
    ways = [partitions.Way("several", HUB, {"several": 1.0}), partitions.Way("whole", WHOLE, {})]
    monkeypatch.setattr(joint, "seen", lambda *_: found)
    parted = partitions.Parted(found.bodies, HUB, [], found.bodies, ways)
    monkeypatch.setattr(partitions, "bound", lambda *_: parted)
    slots = SlotScores([], np.zeros((0, len(COLUMNS)), dtype=np.float32))
    by = {**judges(), "partition": Judge({"several": 1.0}, 0.0)}
    told = [r for r in explain(found.reading.view.document, slots, by) if r.slot.startswith("parties of")]
    assert [(r.taken, r.whole) for r in told] == [(True, True), (False, True)]
    assert told[0].text == f"{CITY} + {CAMPUS}; {CITY} + {FIRM}"
    assert told[0].moved == (("several", 1.0),)


@pytest.mark.parametrize(("weight", "groups"), [(9.0, [[0, 1]]), (-9.0, WHOLE)])
def test_parties_of_no_agreement_go(weight, groups, monkeypatch):
    found = look(TWO)
    monkeypatch.setattr(members, "bound", lambda seen, _: members.Bound(list(seen.bodies), WHOLE, []))
    by = {**judges(), "partition": Judge({"left": weight, "own_sentences": -9.0}, 0.0)}
    parted = partitions.bound(found, by)
    assert parted.groups == groups
    assert parted.parties == found.bodies[: len(groups[0])]
    assert parted.named == found.bodies


def test_the_parties_of_a_way_are_shown_to_the_last(monkeypatch):
    """Of a long line the end was cut, and with it who stands in the second agreement."""
    text = "; ".join(
        f"{CITY} + Universitas {name}" for name in ("Tirta Negara", "Graha Bakti", "Nusa Kartika")
    )
    reason = Reason("parties of each agreement", text, 0.6, 0.6, (), whole=True)
    monkeypatch.setattr(explanation, "loaded", lambda _: lambda article: (tag(article), object()))
    monkeypatch.setattr(explanation, "extract_article", lambda *_, **__: (None, []))
    monkeypatch.setattr(explanation, "explain", lambda *_: [reason])
    lines = list(explanation.explained(Article(article_id="a", text=HOST)))
    assert lines[-1] == f"  + 0.60 (needed 0.60) {text}"
