"""The offices' workbook: layout, proof of each line, safe cells, same bytes."""

import csv
import os
import shutil
import time
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from sepaham.errors import ConfigurationError, InputError
from sepaham.ledger import build
from sepaham.report import write_report
from sepaham.report.commands import check_region

GOLD = Path(__file__).parents[2] / "data" / "ledger"
COLUMNS = [
    "No", "Jenis", "Para Pihak", "Bentuk Naskah", "Nomor", "Tentang", "Tanggal", "Berlaku s.d.", "Urusan",
    "PD Pelaksana", "Tindak Lanjut", "Sumber",
]  # fmt: skip
SLEMAN = "kemendagri:34.04"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("ledger")
    build([GOLD], out)
    return out


def table(sheet) -> list[dict[str, object]]:
    """The lines below the header, by column."""
    rows = list(sheet.iter_rows(values_only=True))
    start = next(n for n, row in enumerate(rows) if row[0] == "No")
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]


def test_layout_of_a_region_and_a_year(ledger, tmp_path):
    counts = write_report(ledger, tmp_path / "r.xlsx", region=SLEMAN, year=2024)
    book = load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames == ["Kerja Sama", "Rencana", "Naskah Anggaran", "Ringkasan", "Bukti"]
    lines = table(book["Kerja Sama"])
    assert list(lines[0]) == COLUMNS
    assert counts["agreements"] == len(lines) == 2
    by_paper = {line["Bentuk Naskah"]: line for line in lines}
    umbrella, below = by_paper["kesepakatan bersama"], by_paper["perjanjian kerja sama"]
    assert umbrella["Tanggal"] == datetime(2024, 6, 3)
    assert umbrella["Berlaku s.d."] == "2029-06-03 (dihitung)"
    assert umbrella["Para Pihak"] == "Pemerintah Kabupaten Sleman\nUniversitas Gadjah Mada"
    assert f"Perjanjian Kerja Sama: No {below['No']}" in umbrella["Tindak Lanjut"]
    assert below["PD Pelaksana"] == "Dinas Kesehatan Kabupaten Sleman"
    assert "Kesehatan" in below["Urusan"]
    assert "Pemerintah Kabupaten Sleman" in book["Kerja Sama"]["A1"].value


def test_each_line_links_to_its_proof(ledger, tmp_path):
    write_report(ledger, tmp_path / "r.xlsx", region=None, year=None)
    book = load_workbook(tmp_path / "r.xlsx")
    sheet, proof = book["Kerja Sama"], book["Bukti"]
    with (ledger / "ledger.csv").open(encoding="utf-8") as file:
        quotes = [r["quote"] for r in csv.DictReader(file) if r["legal_class"] != "BUDGET"]
    cells = [row[11] for row in sheet.iter_rows(min_row=5)]
    assert len(cells) == len(quotes)
    for cell, quote in zip(cells, quotes, strict=True):
        at = cell.hyperlink.location or cell.hyperlink.target
        row = int(at.rpartition("!A")[2])
        assert proof.cell(row, 5).value == quote
        assert proof.cell(row, 7).value == "utama"


def test_budget_papers_are_apart_and_in_no_sum(ledger, tmp_path):
    write_report(ledger, tmp_path / "r.xlsx", region=None, year=None)
    book = load_workbook(tmp_path / "r.xlsx")
    summary = {row[0]: row[2] for row in book["Ringkasan"].iter_rows(min_row=2, values_only=True)}
    assert "BUDGET" not in summary
    assert sum(summary.values()) == len(table(book["Kerja Sama"]))
    assert {line["Jenis"] for line in table(book["Naskah Anggaran"])} == {"BUDGET"}


def test_what_is_missing_is_only_not_seen(ledger, tmp_path):
    write_report(ledger, tmp_path / "r.xlsx", region="kemendagri:35.02", year=None)
    lines = table(load_workbook(tmp_path / "r.xlsx")["Kerja Sama"])
    assert all("belum terlihat dalam artikel-artikel ini" in line["Tindak Lanjut"] for line in lines)


def test_same_ledger_same_bytes(ledger, tmp_path, monkeypatch):
    write_report(ledger, tmp_path / "a.xlsx", region=None, year=2024)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    write_report(ledger, tmp_path / "b.xlsx", region=None, year=2024)
    os.utime(tmp_path / "a.xlsx", (0, 0))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_text_never_runs(ledger, tmp_path):
    shutil.copytree(ledger, tmp_path / "out")
    path = tmp_path / "out" / "ledger.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["subject"] = '\'=HYPERLINK("http://contoh.id")\x07'
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    write_report(tmp_path / "out", tmp_path / "r.xlsx", region=SLEMAN, year=None)
    cell = load_workbook(tmp_path / "r.xlsx")["Kerja Sama"]["F5"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://contoh.id")')


def test_a_province_with_what_lies_below(ledger, tmp_path):
    alone = write_report(ledger, tmp_path / "a.xlsx", region="kemendagri:34", year=None)
    wide = write_report(ledger, tmp_path / "b.xlsx", region="kemendagri:34", year=None, below=True)
    assert 0 < alone["agreements"] < wide["agreements"]


def test_nothing_of_a_region_is_an_empty_list(ledger, tmp_path):
    assert write_report(ledger, tmp_path / "r.xlsx", region="kemendagri:11.01", year=2024)["agreements"] == 0
    assert table(load_workbook(tmp_path / "r.xlsx")["Kerja Sama"]) == []


def test_errors_say_what_to_do(tmp_path):
    with pytest.raises(InputError, match="sepaham ledger"):
        write_report(tmp_path, tmp_path / "r.xlsx", region=None, year=None)
    with pytest.raises(ConfigurationError, match="sepaham lookup"):
        check_region("Tangerang")
    assert check_region(SLEMAN) == SLEMAN
