"""What follows corrections and a new ledger: the ledger itself, files of other formats, `sepaham verify`."""

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sepaham.cli import app
from sepaham.corrections import Correction, Corrections, to_json

AT = "2026-03-01T08:00:00.000Z"
DUMP = Path(__file__).parents[2] / "data" / "raw" / "siaran-pers"


def run(*words: object) -> str:
    shown = CliRunner().invoke(app, [str(word) for word in words])
    assert shown.exit_code == 0, shown.output
    return shown.output


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def stored(out: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(out / "sepaham.sqlite")) as database:
        return database.execute(query).fetchall()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    run("extract", DUMP, "-o", tmp_path / "out", "--format", "sqlite")
    return tmp_path / "out"


@pytest.fixture
def corrections(out: Path, tmp_path: Path) -> Path:
    """The first agreement has another subject, the last article reports none."""
    found = rows(out / "agreements.csv")
    first = found[0]
    last = [row for row in found if row["article_id"] == found[-1]["article_id"]]
    assert first not in last
    about = {"by": "Ani", "at": AT}
    items = [
        Correction.model_validate(
            {**{k: row[k] for k in ("agreement_id", "article_id")}, **about, "field": field, **what}
        )
        for row, field, what in (
            (first, "/subject", {"action": "change", "value": "pasokan cabai rawit"}),
            *((row, "/agreement_id", {"action": "reject"}) for row in last),
        )
    ]
    path = tmp_path / "given.json"
    path.write_text(to_json(Corrections(corrections=tuple(items))), encoding="utf-8")
    return path


def test_corrections_reach_the_ledger_and_the_database(out: Path, corrections: Path) -> None:
    before = rows(out / "ledger.csv")
    run("correct", out, corrections)
    after = rows(out / "ledger.csv")
    assert len(after) < len(before)
    assert [row["subject"] for row in after].count("pasokan cabai rawit") == 1
    assert all(row["ledger_id"] for row in rows(out / "agreements.csv"))
    assert stored(out, "SELECT count(*) FROM ledger WHERE subject = 'pasokan cabai rawit'") == [(1,)]
    assert stored(out, "SELECT count(*) FROM agreements") == [(len(rows(out / "agreements.csv")),)]
    run("verify", out, DUMP)


def test_a_new_run_into_out_gives_the_same_ledger(out: Path, corrections: Path) -> None:
    run("correct", out, corrections)
    names = ("ledger.csv", "ledger_sources.csv", "network.graphml", "agreements.csv", "sepaham.sqlite")
    before = {name: (out / name).read_bytes() for name in names}
    run("extract", DUMP, "-o", out)
    assert {name: (out / name).read_bytes() for name in names} == before


def test_deadlines_go_on_counting_from_the_day_that_was_given(out: Path, corrections: Path) -> None:
    run("ledger", out, "--on", "2030-01-01")
    assert stored(out, "SELECT DISTINCT as_of FROM ledger") == [("2030-01-01",)]
    run("verify", out, DUMP)
    run("correct", out, corrections)
    assert {row["as_of"] for row in rows(out / "ledger.csv")} == {"2030-01-01"}
    run("verify", out, DUMP)


def test_no_ledger_stays_none(tmp_path: Path, out: Path, corrections: Path) -> None:
    run("extract", DUMP, "-o", tmp_path / "other", "--no-ledger")
    run("correct", tmp_path / "other", corrections)
    assert not (tmp_path / "other" / "ledger.csv").exists()
    assert not (tmp_path / "other" / "sepaham.sqlite").exists()


def test_gold_from_corrections_changes_nothing_in_out(out: Path, corrections: Path, tmp_path: Path) -> None:
    run("correct", out, corrections)
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    run("gold-from-corrections", out, corrections, "--to", tmp_path / "gold.jsonl")
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before
    lines = (tmp_path / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["is_mou"] for line in lines] == [False]
