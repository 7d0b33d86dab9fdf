"""What comes from data does nothing on a terminal, in a spreadsheet, in a log, or as a path."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from sepaham.cli import app
from sepaham.console import printable
from sepaham.tables.cells import escape, unescape

TEXT = "Pemkot Madiun dan PT Rimba Jati meneken nota kesepahaman soal sampah, Rabu (5/6/2024), di Madiun."
EVIL = "\x1b]0;judul\x07\x1b[2J\x9b31m\u202e\r"


def controls(text: str) -> list[str]:
    return [
        c for c in text if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 or c in "\u202e\u2066"
    ]


@given(st.text())
def test_nothing_printable_is_changed_and_no_control_stays(text: str) -> None:
    shown = printable(text)
    assert controls(shown) == []
    if not controls(text) and not any(
        c in text for c in "\u200e\u200f\u202a\u202b\u202c\u202d\u2067\u2068\u2069"
    ):
        assert shown == text


def test_json_stays_json() -> None:
    line = json.dumps({"a": EVIL + "ä"}, ensure_ascii=False)
    assert json.loads(printable(line)) == {"a": EVIL + "ä"}


def test_escape_codes_of_a_file_name_are_written_out() -> None:
    result = CliRunner().invoke(app, ["extract", f"nix{EVIL}", "-o", "out"])
    assert result.exit_code == 4
    assert controls(result.output) == []


def test_escape_codes_of_data_are_written_out(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"id": f"a{EVIL}", "title": f"Judul{EVIL}", "text": TEXT + EVIL})
        + "\n"
        + json.dumps({"id": EVIL})
    )
    runner = CliRunner()
    out = tmp_path / "out"
    for log in ([], ["--log-json"]):
        ran = runner.invoke(
            app, ["extract", str(tmp_path / "a.jsonl"), "-o", str(out), "--tagger", "rules", *log]
        )
        assert controls(ran.output) == []
    (out / "articles.csv").write_text(
        (out / "articles.csv").read_text().replace("Judul", "judul"), newline=""
    )
    dump = str(tmp_path / "a.jsonl")
    for command in (["verify", str(out), dump], ["explain", dump, "--tagger", "rules"],
                    ["lookup", f"Pemkab{EVIL}"], ["normalize", f"kemarin{EVIL}"]):  # fmt: skip
        shown = runner.invoke(app, command)
        assert shown.output
        assert controls(shown.output) == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'=", "''@"])
def test_formulas_are_quoted(start: str) -> None:
    cell = f'{start}HYPERLINK("http://x.example")'
    assert escape(cell) == f"'{cell}"
    assert unescape(escape(cell)) == cell


def test_formulas_in_every_text_column_of_articles(tmp_path: Path) -> None:
    evil = '=cmd|" /C calc"!A0'
    row = {"id": evil, "title": evil, "text": TEXT, "outlet": evil, "url": evil}
    (tmp_path / "a.jsonl").write_text(json.dumps(row))
    assert (
        CliRunner().invoke(app, ["extract", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "out")]).exit_code
        == 0
    )
    for table in (tmp_path / "out").glob("*.csv"):
        with table.open(encoding="utf-8", newline="") as file:
            for cells in csv.reader(file):
                assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))], table.name


def test_ids_are_no_paths(tmp_path: Path) -> None:
    """An id or file name from data is never opened or written to."""
    for number, name in enumerate(("../../etc/passwd", "/etc/passwd", "..\\x", "con")):
        (tmp_path / f"{number}.jsonl").write_text(json.dumps({"id": name, "text": TEXT}))
    out = tmp_path / "deep" / "out"
    assert (
        CliRunner().invoke(app, ["extract", str(tmp_path), "-o", str(out), "--tagger", "rules"]).exit_code
        == 0
    )
    written = {p.relative_to(tmp_path).parts[0] for p in tmp_path.rglob("*") if p.is_file()}
    assert written == {"0.jsonl", "1.jsonl", "2.jsonl", "3.jsonl", "deep"}
