"""An office's own list against the ledger: both, conflicting, only here, only there."""

import csv
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from sepaham.errors import InputError
from sepaham.ledger import build
from sepaham.report import match_register
from sepaham.report.register import read_day, read_register

GOLD = Path(__file__).parents[2] / "data" / "ledger"
HEADER = ["No", "Para Pihak", "Bentuk Naskah", "Nomor", "Tentang", "Tanggal", "Masa Berlaku"]
KULON = "Pemkab Kulon Progo"
UNY = "Pemerintah Kabupaten Kulon Progo; Universitas Negeri Yogyakarta"
LINES = [
    [1, f"{KULON} dengan Pemkot Pangkalpinang", "PKS", "16/PKS/2024", "Pasokan cabai", datetime(2024, 4, 25)],
    [2, f"1. {KULON}\n2. Pemkab Belitung", "Perjanjian Kerja Sama", "", "Cabai merah", "24 April 2024"],
    [3, UNY, "MoU", "5/2024", "Desa prima", "01/03/2024"],
    ["", "", "", "", "", ""],
    ["", "Jumlah", "", "", "", ""],
]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("ledger")
    build([GOLD], out)
    return out


def register(path: Path, lines=LINES, header=HEADER) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "2024"
    sheet.append(["Daftar Kerja Sama Kabupaten Kulon Progo"])
    sheet.append([])
    sheet.append(header)
    for line in lines:
        sheet.append(line)
    book.save(path)
    return path


def compared(path: Path, ledger: Path, out: Path) -> list[dict[str, str]]:
    match_register(path, ledger, out)
    with out.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_outcomes(ledger, tmp_path):
    rows = compared(register(tmp_path / "r.xlsx"), ledger, tmp_path / "m.csv")
    assert [row["outcome"] for row in rows] == ["both", "conflicting", "only_register"]
    assert rows[0]["news_date"] == "2024-04-25"
    assert (rows[0]["sheet"], rows[0]["row"]) == ("2024", "4")
    assert rows[1]["differences"] == "date: 24 April 2024, not 2024-04-25"
    assert rows[2]["ledger_id"] == ""


def test_only_news_holds_what_the_own_list_lacks(ledger, tmp_path):
    rows = compared(register(tmp_path / "r.xlsx", LINES[1:3]), ledger, tmp_path / "m.csv")
    missing = [row for row in rows if row["outcome"] == "only_news"]
    assert ["Pangkalpinang" in row["news_parties"] for row in missing] == [True]


def test_a_line_matches_one_agreement(ledger, tmp_path):
    rows = compared(register(tmp_path / "r.xlsx", [LINES[0], LINES[0]]), ledger, tmp_path / "m.csv")
    assert sorted(row["outcome"] for row in rows) == ["both", "only_news", "only_register"]


def test_a_csv_register_with_other_headers(ledger, tmp_path):
    path = tmp_path / "r.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Pihak Pertama", "Pihak Kedua", "Judul", "Tgl"])
        writer.writerow(
            ["Pemkab Kulon Progo", "Pemerintah Kota Pangkalpinang", "Pasokan cabai", "2024-04-25"]
        )
    rows = compared(path, ledger, tmp_path / "m.csv")
    assert rows[0]["outcome"] == "both"


def test_a_report_can_be_matched_again(ledger, tmp_path):
    """The workbook that `report` writes is a register too."""
    from sepaham.report import write_report

    write_report(ledger, tmp_path / "r.xlsx", region="kemendagri:34.01", year=None)
    rows = compared(tmp_path / "r.xlsx", ledger, tmp_path / "m.csv")
    assert {row["outcome"] for row in rows if row["sheet"] == "Kerja Sama"} == {"both"}


def test_parties_of_a_cell(tmp_path):
    lines = [
        [1, "Pemkab Sleman dan Universitas Gadjah Mada", "MoU", "1", "a", "2024-05-06"],
        [2, "Kementerian Hukum dan Hak Asasi Manusia dengan Pemkab Sleman", "MoU", "2", "b", "2024-05-06"],
        [3, "PT Sarana Dan Prasarana; Pemkab Sleman", "MoU", "3", "c", "2024-05-06"],
    ]
    found = [
        [b.key for b in line.report.bodies] for line in read_register(register(tmp_path / "r.xlsx", lines))
    ]
    assert found[0] == ["kemendagri:34.04", "pt:001001"]
    assert len(found[1]) == 2
    assert len(found[2]) == 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-05-06", "2024-05-06"),
        ("6 Mei 2024", "2024-05-06"),
        ("06/05/2024", "2024-05-06"),
        ("2024", "2024"),
        ("belum", None),
        ("-", None),
    ],
)
def test_days_of_registers(text, value):
    found = read_day(text)
    assert (found.value if found else None) == value


def test_errors_say_what_to_do(ledger, tmp_path):
    with pytest.raises(InputError, match="Para Pihak"):
        read_register(register(tmp_path / "a.xlsx", header=["Kolom", "Lain"]))
    (tmp_path / "b.xlsx").write_bytes(b"bukan excel")
    with pytest.raises(InputError, match=r"\.xlsx"):
        read_register(tmp_path / "b.xlsx")
    with pytest.raises(InputError, match="cannot be read"):
        read_register(tmp_path / "none.csv")
