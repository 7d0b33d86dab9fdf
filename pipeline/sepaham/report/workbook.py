"""The Excel list of a region's agreements in the offices' layout, each line with its proof."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sepaham.lexicon import toml
from sepaham.report.select import Row, cells, chosen, read_rows
from sepaham.report.stable import save

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CELL_MAX = 32_000
_DAY = len("2024-04-26")
_HEAD_ROW = 4


def write_report(
    folder: Path, path: Path, *, region: str | None, year: int | None, below: bool = False
) -> dict[str, int]:
    """Write the workbook of a ledger's folder; the number of lines of each sheet.

    Sheets: signed agreements, planned ones, budget papers (which no sum counts), a summary by class, and the
    proof: every source with its words. Raises InputError when there is no ledger. The same ledger gives the
    same bytes.
    """
    rows = chosen(folder, region, year, below=below)
    parts = _parts(rows)
    numbers = {row["ledger_id"]: n for part in parts.values() for n, row in enumerate(part, 1)}
    names = toml("ledger/report.toml")["sheets"]
    book = Workbook()
    book.remove(book.active)
    sheets = {name: book.create_sheet(names[name]) for name in names}
    places = _write_proof(sheets["proof"], rows, folder)
    for name, part in parts.items():
        _write_list(sheets[name], part, _title(rows, region, year), numbers, places)
    _write_summary(sheets["summary"], parts["agreements"])
    save(book, path)
    return {name: len(part) for name, part in parts.items()}


def _parts(rows: Sequence[Row]) -> dict[str, list[Row]]:
    parts: dict[str, list[Row]] = {"agreements": [], "planned": [], "budget": []}
    for row in rows:
        planned = row["status"] == "planned"
        name = "budget" if row["legal_class"] == "BUDGET" else "planned" if planned else "agreements"
        parts[name].append(row)
    return parts


def _words() -> dict[str, str]:
    words: dict[str, str] = toml("ledger/report.toml")["words"]
    return words


def _title(rows: Sequence[Row], region: str | None, year: int | None) -> tuple[str, str]:
    words = _words()
    named = _region_name(rows, region) or region or ""
    on = next((row["as_of"] for row in rows), "")
    title = words["title"].format(region=named, year=year or "").replace("  ", " ")
    return title, words["note"].format(on=on)


def _region_name(rows: Sequence[Row], region: str | None) -> str | None:
    for row in rows:
        for code, name in zip(cells(row["party_codes"]), cells(row["parties"]), strict=False):
            if region and code == region:
                return name
    return None


def _write_list(
    sheet: Worksheet,
    rows: Sequence[Row],
    title: tuple[str, str],
    numbers: dict[str, int],
    places: dict[str, int],
) -> None:
    layout = toml("ledger/report.toml")
    sheet["A1"], sheet["A2"] = title
    sheet["A1"].font = Font(bold=True, size=13)
    _head(sheet, _HEAD_ROW, layout["columns"], layout["widths"])
    proof = layout["sheets"]["proof"]
    for number, row in enumerate(rows, 1):
        at = _HEAD_ROW + number
        for column, value in enumerate(_line(number, row, numbers), 1):
            _put(sheet, at, column, value)
        source = sheet.cell(at, len(layout["columns"]))
        source.hyperlink = f"#'{proof}'!A{places[row['ledger_id']]}"
        source.style = "Hyperlink"
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    last = get_column_letter(len(layout["columns"]))
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{last}{_HEAD_ROW + max(len(rows), 1)}"


def _line(number: int, row: Row, numbers: dict[str, int]) -> list[Any]:
    """The cells of a line, in the order of the layout."""
    words = _words()
    until = row["valid_until"]
    computed = until and row["valid_until_basis"] != "stated"
    return [
        number,
        row["legal_class"] or words["no_class"],
        "\n".join(cells(row["parties"])),
        row["doc_name"] or toml("ledger/law.toml")["papers"][row["paper"]],
        row["doc_number"],
        row["subject"] or "\n".join(cells(row["commitments"])),
        _date(row["date_value"]),
        f"{until} {words['computed']}" if computed else _date(until),
        "\n".join(cells(row["urusan"])),
        "\n".join(cells(row["implementers"])),
        "\n".join(_follow_up(row, numbers)),
        words["sources"].format(n=row["independent_sources"]),
    ]


def _date(value: str) -> date | str:
    return date.fromisoformat(value) if len(value) == _DAY else value


def _follow_up(row: Row, numbers: dict[str, int]) -> list[str]:
    words = _words()
    lines = []
    for stage in cells(row["stages"]):
        name, _, day = stage.partition(" ")
        if name in ("implemented", "extended", "ended"):
            lines.append(words[name].format(day=day).strip())
    paper, note, ids = row["next_paper"], row["next_paper_note"], cells(row["next_paper_ids"])
    shown = [str(numbers[i]) for i in ids if i in numbers]
    if ids:
        key = "next_seen" if shown else "next_elsewhere"
        lines.append(words[key].format(paper=paper, numbers=", ".join(shown)))
    elif paper:
        lines.append(
            words["after_a_year" if note.endswith("12 months") else "next_not_seen"].format(paper=paper)
        )
    if row["expires_within_90_days"] == "true":
        lines.append(words["expiring"])
    if row["conflicts"]:
        lines.append(words["conflict"].format(conflicts="; ".join(cells(row["conflicts"]))))
    return lines


def _write_proof(sheet: Worksheet, rows: Sequence[Row], folder: Path) -> dict[str, int]:
    """Write the sources of the rows; for each ledger_id the first row of its proof."""
    layout = toml("ledger/report.toml")
    _head(sheet, 1, layout["proof_columns"], layout["proof_widths"])
    wanted = {row["ledger_id"] for row in rows}
    told: dict[str, list[Row]] = defaultdict(list)
    for source in read_rows(folder, "ledger_sources"):
        if source["ledger_id"] in wanted:
            told[source["ledger_id"]].append(source)
    places: dict[str, int] = {}
    at = 2
    for row in rows:
        places[row["ledger_id"]] = at
        for number, source in enumerate(told[row["ledger_id"]], 1):
            _proof_line(sheet, at, number, source)
            at += 1
    return places


def _proof_line(sheet: Worksheet, at: int, number: int, source: Row) -> None:
    roles = toml("ledger/report.toml")["roles"]
    values = [
        number, source["title"], source["outlet"], _date(source["published"]), source["quote"], source["url"],
        roles[source["role"]],
    ]  # fmt: skip
    for column, value in enumerate(values, 1):
        _put(sheet, at, column, value)
    if source["url"].startswith(("http://", "https://")):
        sheet.cell(at, 6).hyperlink = _ILLEGAL.sub("", source["url"])
        sheet.cell(at, 6).style = "Hyperlink"


def _write_summary(sheet: Worksheet, rows: Sequence[Row]) -> None:
    """Numbers by class and stage; budget papers and plans are not among the rows."""
    layout, labels = toml("ledger/report.toml"), toml("ledger/law.toml")["labels"]
    _head(sheet, 1, layout["summary_columns"], [18, 54, *[16] * (len(layout["summary_columns"]) - 2)])
    by_class: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_class[row["legal_class"]].append(row)
    for at, name in enumerate(sorted(by_class), 2):
        part = by_class[name]
        stages = Counter(row["status"] for row in part)
        counts = [len(part), *(stages[s] for s in ("signed", "extended", "implemented", "ended"))]
        soon = sum(row["expires_within_90_days"] == "true" for row in part)
        missing = sum(bool(row["next_paper"]) and row["next_paper_note"] != "seen" for row in part)
        for column, value in enumerate([name or "-", labels.get(name, ""), *counts, soon, missing], 1):
            _put(sheet, at, column, value)


def _head(sheet: Worksheet, at: int, names: Sequence[str], widths: Sequence[int]) -> None:
    for column, (name, width) in enumerate(zip(names, widths, strict=True), 1):
        cell = sheet.cell(at, column, name)
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width


def _put(sheet: Worksheet, at: int, column: int, value: Any) -> None:
    """Write a value; a text stays a text, whatever it begins with."""
    cell = sheet.cell(at, column)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(value, str):
        cell.value = _ILLEGAL.sub("", value)[:_CELL_MAX] or None
        if cell.value is not None:
            cell.data_type = "s"
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "dd-mm-yyyy"
