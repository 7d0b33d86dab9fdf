"""The other formats hold what the CSV tables hold, typed; the database's keys and search work."""

import csv
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

import sepaham
from sepaham.cli import app
from sepaham.errors import ConfigurationError, InputError
from sepaham.export import FORMATS, export, parse_formats, province, refresh
from sepaham.export.held import held
from sepaham.tables.schema import TABLES


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    folder = tmp_path_factory.mktemp("export") / "out"
    assert CliRunner().invoke(app, ["extract", str(sample), "-o", str(folder)]).exit_code == 0
    export(folder, ["parquet", "sqlite"])
    return folder


@pytest.fixture
def database(out: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(out / "sepaham.sqlite")) as opened:
        yield opened


def rewritten(out: Path, folder: Path, name: str, change: tuple[str, str]) -> Path:
    """A copy of OUT's CSV tables with a change of text in one of them."""
    folder.mkdir()
    for table in held(out):
        text = (out / f"{table.name}.csv").read_text(encoding="utf-8")
        if table.name == name:
            assert change[0] in text
            text = text.replace(*change)
        (folder / f"{table.name}.csv").write_text(text, encoding="utf-8", newline="")
    return folder


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_parquet_holds_the_table(out: Path, table: object) -> None:
    name = table.name  # type: ignore[attr-defined]
    read = pd.read_parquet(out / f"{name}.parquet", dtype_backend="pyarrow")
    expected = sepaham.read_tables(out)[name]
    assert list(read.columns) == list(expected.columns)
    assert len(read) == len(expected) > 0
    for column in expected.columns:
        assert read[column].isna().tolist() == expected[column].isna().tolist(), column
        if pd.api.types.is_datetime64_any_dtype(expected[column].dtype):
            days = pd.to_datetime(read[column].astype("string"))
            assert days.dropna().tolist() == expected[column].dropna().tolist()
        else:
            assert read[column].dropna().tolist() == expected[column].dropna().tolist(), column


def test_parquet_tells_what_a_column_means(out: Path) -> None:
    schema = pq.read_schema(out / "agreements.parquet")
    assert schema.field("date_signed").metadata[b"description"].startswith(b"day of signing")
    assert str(schema.field("date_signed").type) == "date32[day]"
    assert str(schema.field("needs_review").type) == "bool"


def test_the_database_holds_every_row(out: Path, database: sqlite3.Connection) -> None:
    for table, frame in sepaham.read_tables(out).items():
        (count,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert count == len(frame) > 0
    stored = database.execute(
        "SELECT party_1_signatory, date_signed, needs_review FROM agreements"
    ).fetchone()
    assert stored == ("Rusdi Hamzani", "2024-05-14", 0)


def test_its_foreign_keys_hold_and_refuse(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA foreign_keys = ON")
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for statement in (
        "INSERT INTO parties (agreement_id, seq, name) VALUES ('nowhere#1', 1, 'Pemerintah Kota Solok')",
        "INSERT INTO people (agreement_id, seq, party_seq) VALUES ('w1-001#1', 99, 77)",
        "INSERT INTO pairs VALUES ('w1-001#1', 1, 77)",
        "INSERT INTO agreements (agreement_id, article_id) VALUES ('nowhere#1', 'nowhere')",
        "INSERT INTO parties (agreement_id, seq, name) VALUES ('w1-001#1', 1, 'twice')",
        "DELETE FROM agreements WHERE agreement_id = 'w1-001#1'",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            database.execute(statement)


def test_the_ledger_is_in_it(out: Path, database: sqlite3.Connection) -> None:
    query = (
        "SELECT count(*) FROM agreements a JOIN ledger l USING (ledger_id) "
        "WHERE l.parties LIKE '%Pemerintah Kabupaten Magelang%'"
    )
    assert database.execute(query).fetchone()[0] >= 1
    rows = pd.read_parquet(out / "ledger.parquet")
    assert database.execute("SELECT count(*) FROM ledger").fetchone() == (len(rows),)
    database.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("UPDATE agreements SET ledger_id = 'nowhere' WHERE agreement_id = 'w1-001#1'")


def test_words_find_agreements(database: sqlite3.Connection) -> None:
    search = (
        "SELECT a.agreement_id FROM agreements_fts f JOIN agreements a ON a.rowid = f.rowid "
        "WHERE agreements_fts MATCH ?"
    )
    assert ("w1-001#1",) in database.execute(search, ("MAGELANG AND pangkalpinang",)).fetchall()
    assert database.execute(search, ("kuadrilateral",)).fetchall() == []
    for table in ("parties", "people", "articles", "ledger"):
        (count,) = database.execute(f"SELECT count(*) FROM {table}_fts").fetchone()
        assert count > 0


def test_datasette_finds_what_its_metadata_names(out: Path, database: sqlite3.Connection) -> None:
    shown = json.loads((out / "datasette.json").read_text(encoding="utf-8"))["databases"]["sepaham"]
    known = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    assert set(shown["tables"]) <= known
    for name, table in shown["tables"].items():
        columns = {row[1] for row in database.execute(f"PRAGMA table_info({name})")}
        named = {*table.get("facets", []), *table.get("columns", {})}
        named |= {table[key] for key in ("label_column", "sort_desc") if key in table}
        assert named <= columns, name
        assert table.get("fts_table", name) in known
    values = {"words": "kesehatan", "agreement_id": "w1-001#1"}
    for name, query in shown["queries"].items():
        assert database.execute(query["sql"], values).fetchall(), name


def test_the_views_answer(database: sqlite3.Connection) -> None:
    row = database.execute(
        "SELECT party, signatory, acting FROM signings WHERE agreement_id = 'w1-001#1' ORDER BY seq"
    ).fetchall()
    assert row == [
        ("Pemerintah Kota Pangkalpinang", "Rusdi Hamzani", "Pj"),
        ("Pemerintah Kabupaten Magelang", "Sapto Widodo", "Pj"),
    ]
    pair = ("Pemerintah Kabupaten Magelang", "Pemerintah Kota Pangkalpinang", 1)
    query = "SELECT party_a, party_b, agreements FROM who_with_whom"
    assert pair in database.execute(query).fetchall()


def test_equal_tables_give_equal_bytes(out: Path, tmp_path: Path) -> None:
    again = rewritten(out, tmp_path / "again", "pairs", ("agreement_id", "agreement_id"))
    written = {path.name: path.read_bytes() for path in export(again, FORMATS)}
    assert len(written) == len(held(out)) + 3
    for name in ("agreements.parquet", "sepaham.sqlite", "datasette.json"):
        assert written[name] == (out / name).read_bytes(), name
    (again / "sepaham.xlsx").unlink()
    assert {path.name: path.read_bytes() for path in refresh(again, ["xlsx"])} == written
    assert not list(again.glob(".export-*"))


def test_rows_that_point_nowhere_are_an_error(out: Path, tmp_path: Path) -> None:
    broken = rewritten(out, tmp_path / "broken", "people", ("w1-001#1", "w1-000#1"))
    with pytest.raises(InputError, match="people"):
        export(broken, ["sqlite"])
    assert sorted(path.name for path in broken.iterdir()) == sorted(
        f"{table.name}.csv" for table in held(out)
    )


def test_cells_of_the_wrong_type_are_an_error_with_their_line(out: Path, tmp_path: Path) -> None:
    broken = rewritten(out, tmp_path / "broken", "parties", ("w1-001#1,2,", "w1-001#1,dua,"))
    with pytest.raises(InputError, match=r"parties\.csv, line 3"):
        export(broken, ["parquet"])


def test_torn_rows_are_an_error_with_their_line(out: Path, tmp_path: Path) -> None:
    broken = rewritten(out, tmp_path / "broken", "pairs", ("w1-001#1,1,2", "w1-001#1,1"))
    with pytest.raises(InputError, match=r"pairs\.csv, line 2: 2 cells, not 3"):
        export(broken, ["sqlite"])


def test_folders_and_formats_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="sepaham extract"):
        export(tmp_path, ["xlsx"])
    with pytest.raises(ConfigurationError, match="choose from parquet, sqlite, xlsx"):
        export(tmp_path, ["xls"])


def test_formats_are_checked_before_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    assert parse_formats("xlsx, SQLite,xlsx") == ["xlsx", "sqlite"]
    assert parse_formats("") == []
    with pytest.raises(ConfigurationError, match="no format excel"):
        parse_formats("parquet,excel")
    monkeypatch.setattr("sepaham.export.run.find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match=r"pip install 'sepaham\[excel\]'"):
        parse_formats("xlsx")
    assert parse_formats("parquet,sqlite") == ["parquet", "sqlite"]


def test_an_empty_run_has_all_formats(tmp_path: Path) -> None:
    for table in TABLES:
        with (tmp_path / f"{table.name}.csv").open("w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(column.name for column in table.columns)
    assert len(export(tmp_path, FORMATS)) == len(TABLES) + 3
    assert len(pd.read_parquet(tmp_path / "agreements.parquet")) == 0


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("kemendagri:19.71", "Kepulauan Bangka Belitung"),
        ("kemendagri:34", "Daerah Istimewa Yogyakarta"),
        ("kemendagri:96.71", "Papua Barat Daya"),
        ("pddikti:001001", None),
        ("", None),
        (None, None),
    ],
)
def test_the_province_of_a_code(code: str | None, name: str | None) -> None:
    assert province(code) == name
