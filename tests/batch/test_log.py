"""What a run tells machines: JSON lines on stderr, and the seconds of its stages."""

import importlib.util
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sepaham import stages
from sepaham.cli import app

ROOT = Path(__file__).parents[2]


def events(*arguments: str) -> tuple[int, list[dict[str, object]]]:
    ran = CliRunner().invoke(app, ["extract", *arguments, "--tagger", "rules", "--log-json"])
    return ran.exit_code, [json.loads(line) for line in ran.stderr.splitlines()]


def test_a_run_is_told_in_json_lines(tmp_path: Path, sample: Path) -> None:
    code, told = events(str(sample), "-o", str(tmp_path / "out"))
    assert code == 0
    assert [event["event"] for event in told] == ["start", "end"]
    assert told[-1]["counts"] == {
        key: value
        for key, value in json.loads((tmp_path / "out" / "run.json").read_text())["counts"].items()
        if key != "rows"
    }


def test_unreadable_records_are_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{\n")
    code, told = events(str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "out"))
    assert [event["event"] for event in told] == ["start", "warning", "end"]
    assert told[-1]["exit_code"] == code == 2


def test_an_error_is_told_too(tmp_path: Path) -> None:
    code, told = events(str(tmp_path / "nix"), "-o", str(tmp_path / "out"))
    assert [event["event"] for event in told] == ["error"]
    assert told[0]["exit_code"] == code == 4


@pytest.mark.parametrize("workers", ["1", "2"])
def test_every_stage_has_its_seconds(tmp_path: Path, sample: Path, workers: str) -> None:
    events(str(sample), "-o", str(tmp_path / "out"), "--workers", workers)
    timings = json.loads((tmp_path / "out" / "timings.json").read_text())["stages"]
    assert set(timings) == {
        "reading", "page", "gate", "language", "cleaning", "sketch", "rules", "tagger", "relations",
        "journal", "copies", "tables", "ledger",
    }  # fmt: skip
    assert timings["gate"]["times"] == 40
    assert timings["rules"]["times"] == timings["language"]["times"]
    assert timings["tagger"]["times"] == timings["relations"]["times"] <= timings["rules"]["times"]


def test_seconds_inside_another_stage_count_once() -> None:
    stages.start()
    with stages.stage("outer"):
        with stages.stage("inner"):
            sum(range(200_000))
        assert list(stages.each("inner", [1, 2])) == [1, 2]
    found = stages.summed()
    assert found["inner"]["times"] == 4  # the end of the items is asked for too
    assert found["outer"]["times"] == 1
    assert found["outer"]["cpu_seconds"] <= found["inner"]["cpu_seconds"]


def test_the_generated_dump_has_no_copies_and_is_the_same_each_time(tmp_path: Path, sample: Path) -> None:
    spec = importlib.util.spec_from_file_location("dump", ROOT / "benchmarks" / "dump.py")
    assert spec
    assert spec.loader
    dump = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(dump)
    for name in ("a.jsonl", "b.jsonl"):
        dump.write(tmp_path / name, 600, share=0.5)
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    _, told = events(str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "out"))
    counts = told[-1]["counts"]
    assert isinstance(counts, dict)
    assert counts["duplicate"] == 0
    assert counts["agreement"] > 100
