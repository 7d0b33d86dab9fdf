"""The command: what a user types and reads."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sepaham.cli import app

run = CliRunner().invoke


def test_extract_says_what_it_did(tmp_path: Path) -> None:
    record = {"id": "a", "text": "Harga cabai di pasar naik lagi pekan ini, kata pedagang."}
    (tmp_path / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    shown = run(app, ["extract", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "out")])
    assert shown.exit_code == 0
    assert "1 records read" in shown.stderr
    assert shown.stdout == ""


def test_an_error_is_one_line_without_traceback(tmp_path: Path) -> None:
    shown = run(app, ["extract", str(tmp_path / "gone.jsonl"), "-o", str(tmp_path / "out")])
    assert shown.exit_code == 4
    assert "gone.jsonl" in shown.stderr
    assert "Traceback" not in shown.stderr


def test_version() -> None:
    assert run(app, ["--version"]).stdout.startswith("sepaham 0.")


@pytest.mark.parametrize("command", ["extract", "diff", "evaluate", "normalize", "lookup"])
def test_every_command_has_help(command: str) -> None:
    shown = run(app, [command, "--help"])
    assert shown.exit_code == 0
    assert len(shown.stdout) > 200


def test_normalize_prints_one_object_a_line() -> None:
    shown = run(
        app, ["normalize", "Diteken Jumat (26/04/24) senilai Rp1,5 miliar.", "--published", "2024-04-27"]
    )
    found = [json.loads(line) for line in shown.stdout.splitlines()]
    assert [item["kind"] for item in found] == ["date", "money"]
    assert found[0]["value"] == "2024-04-26"
    assert found[1]["amount"] == 1_500_000_000


def test_normalize_reads_json_lines() -> None:
    lines = '{"text": "kemarin", "published": "2024-03-01"}\n'
    shown = run(app, ["normalize"], input=lines)
    assert json.loads(shown.stdout)["value"] == "2024-02-29"
    broken = run(app, ["normalize"], input=lines + "[]\n")
    assert broken.exit_code == 4
    assert "line 2" in broken.stderr


def test_lookup_reads_names_from_stdin() -> None:
    shown = run(app, ["lookup"], input="Pemkab Sidrap\nxyzzy\n")
    found = [json.loads(line) for line in shown.stdout.splitlines()]
    assert found[0]["code"] == "kemendagri:73.14"
    assert found[1]["code"] is None
