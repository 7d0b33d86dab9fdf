"""Judges moved towards one's own gold: far with many rows, little with few, and never by a constant."""

import json
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from sepaham.relations.learned.judge import Judge, judges
from sepaham.training.ner.examples import LabelTable
from sepaham.training.ner.gold import from_gold
from sepaham.training.relations.adapt import main, moved
from sepaham.training.relations.rows import Row

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "gold" / "sample.jsonl"
SHIPPED = Judge({"slot": 1.0, "rule": 0.5}, -0.5, 0.4)


def rows(number: int, flipped: bool = False, **more: float) -> list[Row]:
    """Rows on which `slot` decides, or decides the other way round."""
    draw = np.random.default_rng(7)
    made = []
    for _ in range(number):
        slot = float(draw.normal())
        made.append(Row({"slot": slot, "rule": float(draw.normal()), **more}, (slot > 0) != flipped))
    return made


def test_many_rows_turn_a_judge_and_few_do_not():
    few, many = moved(SHIPPED, rows(30, flipped=True)), moved(SHIPPED, rows(5_000, flipped=True))
    assert 0.5 < few.weights["slot"] < 1.0
    assert many.weights["slot"] < -0.5
    assert few.bar == many.bar == SHIPPED.bar


def test_rows_that_agree_leave_the_decision():
    found = moved(SHIPPED, rows(500))
    assert found.weights["slot"] >= SHIPPED.weights["slot"]
    assert found.weights["rule"] == pytest.approx(SHIPPED.weights["rule"], abs=0.5)


def test_a_weaker_ridge_follows_the_rows_more_closely():
    near, far = (moved(SHIPPED, rows(200, flipped=True), ridge) for ridge in (1_000.0, 1.0))
    assert far.weights["slot"] < near.weights["slot"] < SHIPPED.weights["slot"]


def test_a_constant_teaches_nothing_however_its_rounding_falls():
    shaky = [
        row._replace(features={**row.features, "same": 0.1 + 1e-17 * n}) for n, row in enumerate(rows(200))
    ]
    drifting = [
        row._replace(features={**row.features, "same": 0.1 * 3 - n % 2 * 5e-17})
        for n, row in enumerate(rows(200))
    ]
    for told in (shaky, drifting):
        assert moved(SHIPPED, told).weights.get("same", 0.0) == 0.0


def test_rows_of_one_answer_or_too_few_change_nothing():
    assert moved(SHIPPED, ()) is SHIPPED
    assert moved(SHIPPED, rows(12)) is SHIPPED
    assert moved(SHIPPED, [row._replace(right=True) for row in rows(500)]) is SHIPPED


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> Path:
    """Gold of one's own: the first articles of the sample."""
    folder = tmp_path_factory.mktemp("own")
    for name, source in (("gold.jsonl", SAMPLE), ("articles.jsonl", SAMPLE.parent / "articles.jsonl")):
        lines = source.read_text(encoding="utf-8").splitlines(keepends=True)[:16]
        (folder / name).write_text("".join(lines), encoding="utf-8")
    return folder / "gold.jsonl"


@pytest.fixture(scope="module")
def run(own: Path) -> tuple[str, Path]:
    app, target = typer.Typer(), own.parent / "judges.json"
    app.command()(main)
    shown = CliRunner().invoke(app, [str(own), "--to", str(target)])
    assert shown.exit_code == 0, shown.output
    return shown.output, target


def test_the_command_scores_both_by_folds_and_writes_all_judges(run):
    output, target = run
    assert output.startswith("16 articles; as shipped:")
    assert output.count("core_record") == 2
    written = json.loads(target.read_text(encoding="utf-8"))
    assert set(written) == set(judges())
    assert written["party"]["weights"] != dict(judges()["party"].weights)
    assert all(item["bar"] == judges()[name].bar for name, item in written.items())
    assert all(
        {name: item[name] for name in ("bias", "weights")}
        == {"bias": judges()[slot].bias, "weights": dict(judges()[slot].weights)}
        for slot, item in written.items()
        if slot.startswith("sure_")
    )


def test_the_table_as_shipped_is_that_of_evaluate(run, own):
    from sepaham.cli import app

    told = CliRunner().invoke(app, ["evaluate", str(own)]).output
    assert told.strip()
    assert told.strip() in run[0]


def test_gold_that_is_not_there_is_named(tmp_path):
    app = typer.Typer()
    app.command()(main)
    shown = CliRunner().invoke(app, [str(tmp_path / "gold.jsonl"), "--to", str(tmp_path / "judges.json")])
    assert shown.exit_code == 4
    assert "gold-from-corrections" in shown.output


def test_gold_without_mentions_tells_an_encoder_nothing_of_names(tmp_path):
    lines = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    articles = (SAMPLE.parent / "articles.jsonl").read_text(encoding="utf-8")
    (tmp_path / "articles.jsonl").write_text(articles, encoding="utf-8")
    bare = [{**line, "mentions": []} for line in lines]
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(line) + "\n" for line in bare), encoding="utf-8")
    table = LabelTable.load(ROOT / "models" / "ner" / "labels.toml")
    for example in from_gold(tmp_path, table):
        assert (example.flat, example.roles, example.marked) == ((), None, frozenset())
    assert any(example.facts and example.facts.spans for example in from_gold(tmp_path, table))
