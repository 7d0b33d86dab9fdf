"""The commands as a user gives them."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from sepaham.ledger.commands import ledger
from sepaham.report.commands import match, report

GOLD = Path(__file__).parents[2] / "data" / "ledger"


@pytest.fixture(scope="module")
def app() -> typer.Typer:
    made = typer.Typer()
    for command in (ledger, report, match):
        made.command()(command)
    return made


def test_ledger_report_and_match(app, tmp_path):
    run = CliRunner().invoke
    built = run(app, ["ledger", str(GOLD), "-o", str(tmp_path), "--on", "2026-01-10"])
    assert built.exit_code == 0, built.output
    assert "138 reports of 52 agreements" in built.output
    listed = run(app, ["report", str(tmp_path), "--region", "kemendagri:34.04", "--year", "2024"])
    assert listed.exit_code == 0, listed.output
    assert "2 agreements, 0 planned, 0 budget papers" in listed.output
    compared = run(app, ["match", str(tmp_path / "report.xlsx"), str(tmp_path)])
    assert compared.exit_code == 0, compared.output
    assert (tmp_path / "match.csv").read_text(encoding="utf-8").count("both") == 2
