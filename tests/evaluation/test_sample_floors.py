"""The sample dump is extracted as a user would, and scores no slot below its floor."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from sepaham.cli import app
from sepaham.evaluation import check_floors, read_floors, score
from sepaham.evaluation.extracting import extracted

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "data" / "gold" / "sample.jsonl"
FLOORS = Path(__file__).parent / "floors.toml"


def test_the_sample_scores_its_floors() -> None:
    scores = score(GOLD, extracted(GOLD.parent / "articles.jsonl"))
    assert check_floors(scores, read_floors(FLOORS, "sample")) == []


@pytest.mark.parametrize(("name", "floors"), [("real", "real"), ("written", "written")])
def test_the_measuring_sets_score_their_floors(shared: Path, name: str, floors: str) -> None:
    folder = shared / "gold" / name
    scores = score(folder / "gold.jsonl", extracted(folder / "articles.jsonl"))
    assert check_floors(scores, read_floors(FLOORS, floors)) == []


def test_evaluate_extracts_what_stands_beside_the_gold() -> None:
    shown = CliRunner().invoke(app, ["evaluate", str(GOLD)])
    assert shown.exit_code == 0
    assert shown.stdout.startswith("40 articles")


def test_evaluate_scores_given_agreements(tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("", encoding="utf-8")
    shown = CliRunner().invoke(app, ["evaluate", str(GOLD), str(tmp_path / "none.jsonl"), "--json"])
    assert '"f1": 0.0' in shown.stdout


def test_an_article_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text("", encoding="utf-8")
    (tmp_path / "articles.jsonl").write_text("[]\n", encoding="utf-8")
    shown = CliRunner().invoke(app, ["evaluate", str(tmp_path / "gold.jsonl")])
    assert shown.exit_code == 4
    assert "record 1" in shown.stderr
