"""The benchmark IndoMoU is whole, passes the guideline, and its tables are those of its sources."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sepaham.evaluation import check_gold, score, score_mentions

ROOT = Path(__file__).parents[2]
HOME = ROOT / "data" / "indomou"


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_indomou", ROOT / "data" / "build_indomou.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HOME / name).read_text(encoding="utf-8").split("\n") if line]


def test_its_gold_follows_the_guideline() -> None:
    assert check_gold(HOME / "articles.jsonl", HOME / "gold.jsonl") == []


def test_splits_share_no_article_and_leave_none_out() -> None:
    splits = json.loads((HOME / "splits.json").read_text(encoding="utf-8"))
    ids = [one for split in splits.values() for one in split]
    assert sorted(splits) == ["dev", "test", "train"]
    assert len(set(ids)) == len(ids)
    assert (
        set(ids) == {row["id"] for row in rows("gold.jsonl")} == {row["id"] for row in rows("articles.jsonl")}
    )


def test_articles_by_a_language_model_are_in_train_alone_and_named() -> None:
    splits = json.loads((HOME / "splits.json").read_text(encoding="utf-8"))
    made = {row["id"] for row in rows("gold.jsonl") if row["id"].startswith("n")}
    assert len(made) == 1019
    assert made <= set(splits["train"])
    assert "written by a language model" in (HOME / "README.md").read_text(encoding="utf-8")


def test_the_sample_dump_is_not_from_the_test_split() -> None:
    splits = json.loads((HOME / "splits.json").read_text(encoding="utf-8"))
    test = {row["text"] for row in rows("articles.jsonl") if row["id"] in set(splits["test"])}
    lines = (ROOT / "data" / "gold" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert not test & {json.loads(line)["text"] for line in lines}


def test_the_gold_scores_one_against_itself() -> None:
    gold = rows("gold.jsonl")
    found = [{"article_id": row["id"], **event} for row in gold for event in row["events"]]
    scores = score(HOME / "gold.jsonl", found, ids=f"{HOME}/splits.json:test")
    assert {slot.f1 for slot in scores.slots.values()} == {1.0}
    mentions = {row["id"]: [tuple(pair) for pair in row["mentions"]] for row in gold}
    assert score_mentions(HOME / "gold.jsonl", mentions).slots["micro"].f1 == 1.0


def test_its_counts_and_guideline_are_generated(build: ModuleType) -> None:
    splits = json.loads((HOME / "splits.json").read_text(encoding="utf-8"))
    card = (HOME / "README.md").read_text(encoding="utf-8")
    table = card.partition("<!-- counts: generated -->\n")[2].partition("\n<!-- counts: end -->")[0]
    assert table.splitlines() == build.counts(rows("gold.jsonl"), splits)
    assert (HOME / "GUIDELINE.md").read_text(encoding="utf-8") == build.guideline()


def test_its_baselines_are_those_of_the_scores(build: ModuleType) -> None:
    """`make scores` writes both; after an edit of models/README.md run `build_indomou.py --baselines`."""
    text = (HOME / "baselines.md").read_text(encoding="utf-8")
    assert text == build.baselines()
    assert len(re.findall(r"^\| \w+ \| [\d.]+ \| [\d.]+ \| [\d.]+ \|", text, re.MULTILINE)) >= 20
    taggers = text.partition("## Mentions")[2]
    assert "| PER |" in taggers
    assert "rules" in taggers


def test_building_it_again_gives_the_same_bytes(
    build: ModuleType, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "README.md").write_text((HOME / "README.md").read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(build, "TARGET", tmp_path)
    more = ROOT / "data" / "gold" / "more"
    joined = any(row["id"].startswith("n") for row in rows("gold.jsonl"))  # the ids of its articles
    build.main(shared / "gold" / "written", more if joined else None)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (HOME / path.name).read_bytes(), path.name


def test_more_articles_join_the_training_split(
    build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "more").mkdir()
    gold, article = rows("gold.jsonl")[0], rows("articles.jsonl")[0]
    for name, row in (("gold", gold), ("articles", article)):
        text = json.dumps({**row, "id": "x1-001"}, ensure_ascii=False) + "\n"
        (tmp_path / "more" / f"{name}.jsonl").write_text(text, encoding="utf-8")
    target = tmp_path / "indomou"
    target.mkdir()
    (target / "README.md").write_text("a <!-- counts: generated --><!-- counts: end --> b", encoding="utf-8")
    monkeypatch.setattr(build, "TARGET", target)
    build.main(HOME, tmp_path / "more")
    splits = json.loads((target / "splits.json").read_text(encoding="utf-8"))
    assert splits["train"][-1] == "x1-001"
    assert check_gold(target / "articles.jsonl", target / "gold.jsonl") == []
    with pytest.raises(SystemExit, match="repeats ids"):
        build.main(HOME, HOME)
