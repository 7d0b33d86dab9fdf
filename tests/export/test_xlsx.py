"""The workbook: texts never run as formulas, numbers and days are numbers and days, labels are Indonesian."""

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from sepaham.batch.work import FAILED
from sepaham.cli import app
from sepaham.export import export, xlsx
from sepaham.export.held import ALL
from sepaham.export.labels import pointer_label
from sepaham.lexicon import toml
from sepaham.tables.cells import cell
from sepaham.tables.schema import AGREEMENTS, TABLES, Table

RUNS = '=HYPERLINK("http://contoh.invalid";"buka")'


def tables(folder: Path, rows: dict[str, list[dict[str, Any]]]) -> Path:
    """OUT with the given rows."""
    folder.mkdir(exist_ok=True)
    for table in TABLES:
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)  # its default quotes a lone \r as well
            writer.writerow(column.name for column in table.columns)
            for row in rows.get(table.name, []):
                writer.writerow(cell(column, row.get(column.name)) for column in table.columns)
    return folder


def read(out: Path, sheet: str) -> list[dict[str, Any]]:
    (path,) = export(out, ["xlsx"])
    head, *rows = openpyxl.load_workbook(path)[sheet].iter_rows()
    names = [one.value for one in head]
    return [dict(zip(names, row, strict=True)) for row in rows]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "'=", "''=", "{=", "http://", "mailto:"])
def test_texts_stay_texts(tmp_path: Path, start: str) -> None:
    text = f"{start}SUM(1+1)*cmd|' /C calc'!A0"
    row = {"agreement_id": text, "title": text, "status": "signed"}
    (shown,) = read(tables(tmp_path, {"agreements": [row]}), "Perjanjian")
    for column in ("ID perjanjian", "Judul"):
        assert shown[column].data_type != "f"
        assert shown[column].hyperlink is None
        assert shown[column].value.replace("_x000D_", "\r").replace("\n", "\r") == text
    runs = start in ("=", "+", "-", "@", "\t=", "\r=", "'=", "''=")
    assert shown["Judul"].quotePrefix == runs, "editing the cell must not make a formula of it"


def test_the_archive_holds_no_formula(tmp_path: Path) -> None:
    import zipfile

    people = [{"agreement_id": "a#1", "seq": 1, "name": RUNS, "role": "+62 812"}]
    (path,) = export(tables(tmp_path, {"people": people}), ["xlsx"])
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == len(TABLES) + 2
        for name in archive.namelist():
            content = archive.read(name)
            assert not (name in sheets and b"<f>" in content)
            assert b"externalLink" not in content


def test_values_have_their_types_and_codes_their_labels(tmp_path: Path) -> None:
    row = {
        "agreement_id": "a#1", "status": "extended", "doc_types": "mou | agreement",
        "date_signed": "2024-02-29",
        "n_parties": 3, "value_amount": 1_500_000_000.5, "needs_review": True, "confidence": 0.875,
        "fields": "health | marine_fisheries", "party_codes": "kemendagri:36.03 | ", "valid_until": "2028",
        "date_min": "1899-12-31",
    }  # fmt: skip
    (shown,) = read(tables(tmp_path, {"agreements": [row]}), "Perjanjian")
    values = {name: one.value for name, one in shown.items()}
    assert values["Tanggal tanda tangan"] == datetime(2024, 2, 29)
    assert shown["Tanggal tanda tangan"].number_format == "yyyy-mm-dd"
    assert values["Tanggal paling awal"] == "1899-12-31", "Excel has no day before 1900"
    assert values["Banyak pihak"] == 3
    assert values["Nilai"] == 1_500_000_000.5
    assert values["Perlu diperiksa"] is True
    assert values["Keyakinan"] == 0.875
    assert values["Status"] == "diperpanjang"
    assert values["Jenis dokumen"] == "nota kesepahaman (MoU) | perjanjian kerja sama"
    assert values["Bidang"] == "kesehatan | kelautan dan perikanan"
    assert values["Kode para pihak"] == "kemendagri:36.03 | "
    assert values["Berlaku sampai"] == "2028"
    assert values["Pihak poros"] is None


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=60
)


@settings(max_examples=8)
@given(st.lists(texts.filter(lambda text: text.strip()), min_size=20, max_size=60))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, quotes: list[str]) -> None:
    rows = [{"agreement_id": "a#1", "field": "/status", "quote": quote} for quote in quotes]
    shown = read(tables(tmp_path_factory.mktemp("any"), {"evidence": rows}), "Bukti")
    assert [row["Kutipan"].value for row in shown] == quotes
    assert {row["Kutipan"].data_type for row in shown} <= {"s", "inlineStr"}


def test_what_does_not_fit_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 2)
    rows = [
        {"agreement_id": "a#1", "seq": n, "name": "🤝" * 20_000 if n == 1 else "Pemkot Solok"}
        for n in (1, 2, 3)
    ]
    out = tables(tmp_path, {"parties": rows})
    shown = read(out, "Pihak")
    assert len(shown) == 2
    assert len(shown[0]["Nama resmi"].value.encode("utf-16-le")) // 2 <= 32_767
    assert shown[0]["Nama resmi"].value.endswith("🤝…")
    summary = [row["Perjanjian kerja sama dalam berita"].value for row in read(out, "Ringkasan")]
    assert any("Pihak memuat 2 baris pertama dari 3" in str(line) for line in summary)
    assert any("1 sel lebih panjang" in str(line) for line in summary)


def test_the_summary_counts_the_sample(tmp_path: Path, sample: Path) -> None:
    assert CliRunner().invoke(app, ["extract", str(sample), "-o", str(tmp_path)]).exit_code == 0
    (path,) = export(tmp_path, ["xlsx"])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == list(toml("export/labels.toml")["sheets"].values())
    lines = {row[0]: row[1] for row in book["Ringkasan"].iter_rows(values_only=True) if row[0]}
    assert lines["Rekaman yang dibaca"] == book["Artikel"].max_row - 1
    assert lines["Kutipan bukti"] == book["Perjanjian"].max_row - 1, "every agreement has its proof"
    statuses = toml("export/labels.toml")["values"]["status"].values()
    assert sum(lines.get(status, 0) for status in statuses) == book["Perjanjian"].max_row - 1
    assert lines["Jawa Timur"] >= 1
    assert lines["Perjanjian yang berbeda (buku induk)"] == book["Buku induk"].max_row - 1


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.name)
def test_every_column_has_a_label_and_a_meaning(table: Table) -> None:
    entries = toml("export/labels.toml")["columns"][table.name]
    assert set(entries) == {column.name for column in table.columns}
    labels = [label for label, _ in entries.values()]
    assert len(set(labels)) == len(labels), "two columns of a sheet with one heading"


def test_every_code_has_a_label() -> None:
    from typing import get_args

    from sepaham import records

    values = toml("export/labels.toml")["values"]
    for name, kind in (
        ("status", records.Status), ("doc_type", records.DocType), ("kind", records.Kind),
        ("field", records.Field), ("precision", records.Precision), ("basis", records.Basis),
        ("level", records.Level), ("commitment", records.CommitmentType),
        ("published_from", records.PublishedFrom),
    ):  # fmt: skip
        assert set(values[name]) == set(get_args(kind)), name
    from sepaham.ingestion import Reason
    from sepaham.relations.opinion import DISAGREE, SLOTS

    assert set(values["reason"]) >= {*get_args(Reason), "gate", "model", "not_indonesian", *FAILED}
    doubtful = {f"doubtful_{slot}" for slot in toml("relations/review.toml")["doubtful"]}
    disagree = {f"{DISAGREE}{slot}" for slot in SLOTS}
    assert set(values["review"]) == {*doubtful, *disagree, "one_party", "date_conflict"}
    assert set(values["outcome"]) == {outcome.value for outcome in records.Outcome}
    assert {column.name for column in AGREEMENTS.columns} >= {"status", "doc_types", "fields"}


@pytest.mark.parametrize(
    ("pointer", "label"),
    [
        ("/status", "status"),
        ("/parties/0", "pihak 1"),
        ("/parties/1/signatories/0", "pihak 2, penanda tangan 1"),
        ("/commitments/11", "komitmen 12"),
        ("/something/new", "something, new"),
    ],
)
def test_pointers_read_as_words(pointer: str, label: str) -> None:
    assert pointer_label(pointer) == label
