"""What is fitted beside the judges: bars on unseen articles, confidences that know their record."""

import json
import random
import tomllib
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.ner.slots import COLUMNS, SlotScores
from sepaham.records import Article, Document
from sepaham.relations.learned.judge import Branch, Judge, read_judges, record_features
from sepaham.training.relations import refit
from sepaham.training.relations.calibrate import Answer, scales
from sepaham.training.relations.halfway import halfway
from sepaham.training.relations.learn import Judged, dumped
from sepaham.training.relations.readings import FRESH, Read
from sepaham.training.relations.rows import Row
from sepaham.training.relations.single import fit_single
from sepaham.training.relations.worst import counted

ROOT = Path(__file__).parents[2]


@pytest.fixture
def fitting():
    """Skips a test that fits where there is nothing to fit with."""
    pytest.importorskip("sklearn", reason="the judges are fitted by scikit-learn: the extra `train`")


def articles(count=60, fooled=0.0):
    """Articles with one right and two wrong candidates a slot; `fooled` have the answers mixed up."""
    rng = random.Random(7)
    found = []
    for n in range(count):
        rows = [Row({"good": 1.0 + rng.random()}, True), *(Row({"good": rng.random()}, False) for _ in "ab")]
        if rng.random() < fooled:
            rows = [row._replace(right=not row.right) for row in rows]
        base = dict.fromkeys(("date", "venue", "subject"), rows)
        event = SimpleNamespace(date="2024", venue="x", subject=("x",))
        phrases = [SimpleNamespace(phrase=SimpleNamespace(text=text)) for text in ("jalan", "air", "padi")]
        read = SimpleNamespace(fold=n % 5)
        found.append(SimpleNamespace(read=read, events=[event], base=base, subjects=phrases, weight=1.0))
    return found


def test_the_bar_lies_between_right_and_wrong(fitting):
    judges = fit_single(articles())
    assert set(judges) == {"date", "venue", "subject"}
    for judge in judges.values():
        assert judge.trees
        assert judge.chance({"good": 0.4}) < judge.bar <= judge.chance({"good": 1.6})


def test_the_bar_is_chosen_on_articles_that_the_judge_has_not_seen(fitting):
    """A judge is surer of what it has learned from, and a bar chosen there is too high for anything else."""
    worked = articles(fooled=0.3)
    judge = fit_single(worked)["date"]
    seen = sorted(max(judge.chance(r.features) for r in item.base["date"]) for item in worked)
    assert judge.bar <= seen[len(seen) // 2]


def answers(slot):
    """Right where an agreement is sure, whatever the slot's own chance."""
    rng = random.Random(3)
    told = [rng.random() for _ in range(200)]
    return [Answer(slot, 0.5, t > 0.5, record_features(t, 1 + (n % 2))) for n, t in enumerate(told)]


@pytest.mark.parametrize(("slot", "knows"), [("fields", True), ("doc_types", True), ("date", False)])
def test_confidences_know_the_record_where_it_tells(fitting, slot, knows):
    judge = scales(answers(slot))[f"sure_{slot}"]
    sure, unsure = ({"chance": 0.0, **record_features(told, 1)} for told in (0.9, 0.1))
    assert (judge.chance(sure) - judge.chance(unsure) > 0.5) is knows


def test_one_of_several_is_told_apart():
    assert record_features(0.5, 1) == {"told": 0.0, "several": 0.0}
    assert record_features(0.5, 3)["several"] == 1.0


def test_faults_are_counted_by_slot_and_kind_without_the_soft_ones():
    gold = json.loads((ROOT / "data/gold/sample.jsonl").read_text(encoding="utf-8").splitlines()[0])
    article = next(
        row
        for line in (ROOT / "data/gold/articles.jsonl").read_text(encoding="utf-8").splitlines()
        if (row := json.loads(line))["id"] == gold["id"]
    )
    document = Document(article=Article(article_id="a", title=article["title"], text=article["text"]))
    read = Read(document, SlotScores([], np.zeros((0, len(COLUMNS)))), gold, "written", 0)
    found = counted(Judged(read, []))
    events = gold["events"]
    assert found["agreement", "missed"] == len(events) > 0
    assert found["parties", "missed"] == sum(len(event["parties"]) for event in events)
    assert not {"fields", "commitments"} & {slot for slot, _ in found}


def test_a_lucky_bar_is_not_chosen():
    """One bar of a high score between low ones is chance; the middle of a high plain is meant."""
    from sepaham.training.relations.bars import peak

    scores = {n / 100: 0.5 for n in range(10, 91, 2)}
    scores[0.2] = 0.9
    scores |= {n / 100: 0.8 for n in range(50, 71, 2)}
    assert 0.54 <= peak(scores) <= 0.66


def test_the_judge_of_articles_learns_from_background_news_and_from_gold(monkeypatch):
    one = SimpleNamespace(judged=lambda judges: None, told=lambda: Row({"told": 1.0}, True))
    monkeypatch.setattr(refit, "second", lambda item, judges: one)
    news = [SimpleNamespace(row=lambda judges: Row({}, False), fold=3)]
    fresh = [SimpleNamespace(read=SimpleNamespace(fold=1))]
    found = refit.told({}, fresh, news)
    assert [(c.news, c.gold, c.fold, c.row.right) for c in found] == [
        (True, False, 3, False),
        (False, True, 1, True),
    ]


def test_two_fits_together_are_the_mean_but_for_the_scales():
    one = {"party": Judge({"good": 2.0}, 0.0), "sure_date": Judge({}, 1.0), "new": Judge({}, 2.0)}
    other = {"party": Judge({"good": 4.0}, 1.0), "sure_date": Judge({}, 5.0), "old": Judge({}, 3.0)}
    found = refit.together(one, other)
    assert found["party"].odds({"good": 1.0}) == pytest.approx(3.5)
    assert found["sure_date"] is one["sure_date"]
    assert found["new"] is one["new"]
    assert "old" not in found
    assert refit.together(one, {}) == one


def test_false_rows_are_counted_where_the_judge_has_not_learned(monkeypatch):
    """Each fold is judged by a judge that says yes to what it has not seen in training."""

    def fitted(cases):
        seen = {name for case in cases for name in case.row.features}
        return SimpleNamespace(bar=0.5, chance=lambda features: float(not seen & features.keys()))

    monkeypatch.setattr(refit, "fit_article", fitted)
    cases = [refit.Case(Row({f"n{n}": 1.0}, n == 0), n % 5, news=n < 8, gold=n >= 8) for n in range(10)]
    assert refit.false_rows(cases) == 7


NUMBERS = st.floats(-3, 3).map(lambda x: round(x, 2))
TREES = st.recursive(
    NUMBERS,
    lambda inner: st.builds(Branch, st.sampled_from("abc"), NUMBERS, inner, inner),
    max_leaves=6,
)
SEEN = st.dictionaries(st.sampled_from("abc"), NUMBERS, max_size=3)


@given(SEEN, SEEN, st.lists(TREES, max_size=3), st.lists(TREES, max_size=3), SEEN)
def test_the_odds_of_a_mean_are_the_mean_of_the_odds(one, two, first, second, seen):
    a, b = Judge(one, 0.5, 0.3, tuple(first)), Judge(two, -1.0, 0.5, tuple(second))
    if bool(first) != bool(second):
        with pytest.raises(ValueError, match="no mean"):
            halfway(a, b)
        return
    both = halfway(a, b)
    assert both.odds(seen) == pytest.approx((a.odds(seen) + b.odds(seen)) / 2, abs=1e-3)
    assert a.bar <= both.bar <= b.bar


def test_judges_are_read_as_they_were_written(tmp_path):
    known = {"party": Judge({"good": 1.5}, -0.25, 0.4, (0.5, Branch("good", 0.5, -1.0, 2.0)))}
    (tmp_path / "judges.json").write_text(dumped(known), encoding="utf-8")
    assert read_judges(tmp_path / "judges.json") == known


def test_fresh_are_the_batches_that_came_after_the_encoder():
    """Those that it learned further from are among them: read without that it knows none."""
    lines = (ROOT / "data/gold/more/gold.jsonl").read_text(encoding="utf-8").splitlines()
    batches = {json.loads(line)["id"].split("-")[0] for line in lines}
    assert set(FRESH) == batches - {"n1", "n2", "n3", "n4", "n5"}
    recipe = tomllib.loads((ROOT / "models/ner/encoder/further.toml").read_text(encoding="utf-8"))
    assert set(recipe["further"]["since"]) <= set(FRESH)
