"""Tables: what is written comes back from pandas as it was, and a spreadsheet runs nothing."""

import csv
import json
from pathlib import Path

import frictionless
import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sepaham
from sepaham.errors import InputError
from sepaham.records import (
    Agreement,
    Commitment,
    DateFact,
    DurationFact,
    Evidence,
    MoneyFact,
    Outcome,
    Party,
    Result,
    Signatory,
    UntilFact,
    Venue,
    Witness,
)
from sepaham.tables import TableWriter, dictionary, rows
from sepaham.tables.cells import escape, unescape
from sepaham.tables.package import datapackage

ROOT = Path(__file__).parents[2]


def agreement(**changes: object) -> Agreement:
    base = Agreement(
        agreement_id="a-1#1",
        article_id="a-1",
        status="signed",
        doc_types=("mou", "agreement"),
        agreement_text="nota kesepahaman",
        subject="pengelolaan sampah",
        parties=(
            Party(
                name="Pemerintah Kabupaten Sleman",
                kind="local_government",
                texts=("Pemkab Sleman", "Sleman"),
                level="kabupaten",
                code="kemendagri:34.04",
                signatories=(
                    Signatory(name="Kustini", role="Pj Bupati Sleman", acting=True, acting_form="Pj"),
                ),
            ),
            Party(name="PT Maju, Tbk", kind="company", texts=("PT Maju, Tbk",)),
            Party(name="Universitas Gadjah Mada", kind="education", texts=("UGM",), code="pt:001001"),
        ),
        hub="Universitas Gadjah Mada",
        witnesses=(Witness(name="Sri Rahayu", role="Sekda DIY"),),
        date=DateFact(
            text="Jumat (26/04/24)",
            value="2024-04-26",
            lower="2024-04-26",
            upper="2024-04-26",
            precision="day",
        ),
        venue=Venue(text="Aula UGM, Sleman", name="Aula UGM", city="Sleman", city_code="kemendagri:34.04"),
        commitments=(Commitment(start=5, end=12, text="=1+1 sampah", type="obligation", obligor_seq=1),),
        fields=("environment",),
        value=MoneyFact(text="Rp1,5 miliar", amount=1_500_000_000, currency="IDR"),
        duration=DurationFact(text="tiga tahun", iso="P3Y"),
        valid_until=UntilFact(text="hingga 2027", value="2027"),
        confidence={"agreement": 0.9},
        evidence=(Evidence(field="/status", start=0, end=3, quote="UGM", confidence=0.9, rule="verb"),),
    )
    return base.model_copy(update=changes)


def result(*agreements: Agreement, **changes: object) -> Result:
    base = Result(
        article_id="a-1",
        outcome=Outcome.AGREEMENT,
        title='=HYPERLINK("x")',
        published="2024-04",
        source_file="a.jsonl",
        agreements=agreements,
    )
    return base.model_copy(update=changes)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    with TableWriter(tmp_path) as tables:
        tables.add(
            result(agreement(), agreement(agreement_id="a-1#2", date=None, hub=None, status="planned"))
        )
        tables.add(result(article_id="b", outcome=Outcome.NO_AGREEMENT, reason="gate", title="NA"))
    (tmp_path / "datapackage.json").write_text(json.dumps(datapackage()), encoding="utf-8")
    return tmp_path


def test_pandas_gets_right_types_and_values(out: Path) -> None:
    tables = sepaham.read_tables(out)
    row = tables["agreements"].set_index("agreement_id").loc["a-1#1"]
    assert row["date_signed"] == pd.Timestamp(2024, 4, 26)
    assert row["party_codes"] == "kemendagri:34.04 |  | pt:001001"
    assert row["value_amount"] == 1_500_000_000
    assert row["party_1_acting"] == "Pj"
    assert row["title"] == '=HYPERLINK("x")'
    assert row["published"] == "2024-04"
    assert pd.isna(row["ledger_id"])
    assert tables["articles"]["title"].tolist()[1] == "NA"
    assert tables["parties"]["is_hub"].tolist()[:3] == [False, False, True]
    assert str(tables["agreements"].dtypes["date_signed"]).startswith("datetime64")
    assert str(tables["parties"].dtypes["seq"]) == "Int64"


def test_the_day_is_empty_unless_signed(out: Path) -> None:
    frame = sepaham.read_tables(out)["agreements"].set_index("agreement_id")
    assert pd.isna(frame.loc["a-1#2", "date_signed"])
    planned = rows.agreement_row(agreement(status="planned"), result())
    assert planned["date_signed"] is None
    assert planned["date_min"] == "2024-04-26"


def test_pairs_follow_the_hub() -> None:
    assert rows.pairs(agreement()) == [(1, 3), (2, 3)]
    assert rows.pairs(agreement(hub=None)) == [(1, 2), (1, 3), (2, 3)]
    assert rows.pairs(agreement(parties=(), hub=None)) == []


def test_nothing_runs_in_a_spreadsheet(out: Path) -> None:
    for name in ("agreements", "articles", "commitments"):
        with (out / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                assert not any(cell[:1] in ("=", "+", "-", "@", "\t") for cell in row)
    nested = json.loads((out / "agreements.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert nested["commitments"][0]["text"] == "=1+1 sampah"


def test_excel_opens_the_table_with_the_same_cells(out: Path, tmp_path: Path) -> None:
    frame = sepaham.read_tables(out)["agreements"]
    frame.to_excel(tmp_path / "a.xlsx", index=False)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    header = [cell.value for cell in next(sheet.rows)]
    assert header == frame.columns.tolist()
    assert sheet.cell(2, header.index("venue_city_code") + 1).value == "kemendagri:34.04"


def test_frictionless_finds_the_package_valid(out: Path) -> None:
    report = frictionless.validate(str(out / "datapackage.json"))
    assert report.valid, report.flatten(["type", "fieldName", "note"])


def test_jsonl_loses_nothing(out: Path) -> None:
    first = (out / "agreements.jsonl").read_text(encoding="utf-8").splitlines()[0]
    assert Agreement.model_validate_json(first) == agreement()


def test_a_folder_without_tables_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no agreements\.csv"):
        sepaham.read_tables(tmp_path)


@given(st.text())
def test_escaping_is_undone(text: str) -> None:
    assert unescape(escape(text)) == text
    assert escape(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_the_data_dictionary_is_current() -> None:
    page = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert page == dictionary.markdown(), "run `make docs`"


def test_a_carriage_return_in_a_cell_breaks_no_row(tmp_path):
    """Found with a title that held one: csv left it unquoted, and readers took the row for two."""
    result = Result(
        article_id="a", outcome=Outcome.NO_AGREEMENT, reason="gate", title="Satu\rdua", source_file="d.jsonl"
    )
    with TableWriter(tmp_path) as tables:
        tables.add(result)
    with (tmp_path / "articles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert [len(row) for row in rows] == [len(rows[0])] * 2
    assert "Satu\rdua" in rows[1]
    assert (tmp_path / "articles.csv").read_bytes().endswith(b"\n")
    assert b"\r\n" not in (tmp_path / "articles.csv").read_bytes()
