"""The sample dump is extracted as a user would, and scores no slot below its floor."""

import json
from pathlib import Path

from typer.testing import CliRunner

from sepaham.cli import app
from sepaham.evaluation import check_floors, read_floors, score
from sepaham.evaluation.extracting import extracted
from sepaham.evaluation.report import Scores, SlotScore
from sepaham.evaluation.score import file_sha256

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "data" / "gold" / "sample.jsonl"
FLOORS = Path(__file__).parent / "floors.toml"


def test_the_sample_scores_its_floors() -> None:
    scores = score(GOLD, extracted(GOLD.parent / "articles.jsonl"))
    assert check_floors(scores, read_floors(FLOORS, "sample")) == []


def test_written_test_scores_its_floors(shared: Path) -> None:
    folder = shared / "gold/written"
    ids = f"{folder / 'splits.json'}:test"
    scores = score(folder / "gold.jsonl", extracted(folder / "articles.jsonl"), ids=ids)
    assert check_floors(scores, read_floors(FLOORS, "written_test")) == []


def test_real_by_folds_scores_its_floors() -> None:
    """The figures that the fit of the judges wrote; the shipped judges have learned from real itself."""
    figures = json.loads((ROOT / "models/relations/metrics.json").read_text(encoding="utf-8"))["real"]
    floors = read_floors(FLOORS, "real_by_folds")
    slots = {slot: SlotScore(**values) for slot, values in figures["scores"].items()}
    scores = Scores(articles=figures["articles"], slots=slots, faults=(), gold_sha256=figures["gold_sha256"])
    assert check_floors(scores, floors) == []


def test_the_figures_by_folds_are_of_the_present_gold(shared: Path) -> None:
    figures = json.loads((ROOT / "models/relations/metrics.json").read_text(encoding="utf-8"))["real"]
    assert figures["gold_sha256"] == file_sha256(shared / "gold/real/gold.jsonl")


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
