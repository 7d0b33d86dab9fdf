"""An office's own list (Excel or CSV) -> agreements, read with the registry and the date reader."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook

from sepaham.dates import resolve
from sepaham.errors import InputError
from sepaham.ingestion.items import RATIO_WORDS, is_bomb
from sepaham.ledger.folders import short_hash
from sepaham.ledger.reports import Meta, Report, report
from sepaham.ledger.times import bounds, iso
from sepaham.lexicon import toml
from sepaham.records import Agreement, DateFact, Party
from sepaham.registry import lookup
from sepaham.registry.text import key as folded

HEADER_WITHIN = 30
_NUMBERED = re.compile(r"^\s{0,20}+(?:\d{1,2}|[a-z])[.)]\s+", re.MULTILINE)

Cells = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a register: its row number in the sheet, its cells by fact, and the report made of it."""

    number: int
    sheet: str
    cells: dict[str, str]
    report: Report


def read_register(path: Path) -> list[Line]:
    """The lines of a register that name a party; headers are found by their words, in any order.

    Raises InputError when the file cannot be read or no header names parties.
    """
    lines = [line for sheet, rows in _sheets(path) for line in _lines(sheet, list(rows))]
    if not lines:
        raise InputError(
            f"{path}: no header row with the parties (Para Pihak, Mitra …) was found: name the columns as in "
            "the workbook that `sepaham report` writes"
        )
    return lines


def _check_size(path: Path) -> None:
    """Raise InputError for a workbook that unpacks beyond belief; openpyxl would unpack all of it."""
    with ZipFile(path) as archive:
        size = sum(info.file_size for info in archive.infolist())
    if is_bomb(size, path.stat().st_size):
        raise InputError(f"{path} cannot be read: {RATIO_WORDS}; save its list anew as .xlsx or .csv")


def _sheets(path: Path) -> Iterator[tuple[str, Iterator[Cells]]]:
    try:
        if path.suffix.lower() == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                yield "", iter(list(csv.reader(file)))
            return
        _check_size(path)
        book = load_workbook(path, read_only=True, data_only=True)
    except InputError:
        raise
    except (OSError, ValueError, KeyError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error}): give an .xlsx or a UTF-8 .csv file") from error
    except Exception as error:  # openpyxl raises errors of its own and of zipfile for broken files
        raise InputError(f"{path} is no Excel workbook ({error}): save it as .xlsx") from error
    for sheet in book.worksheets:
        yield sheet.title, sheet.iter_rows(values_only=True)


def _lines(sheet: str, rows: list[Cells]) -> Iterator[Line]:
    found = next(((n, h) for n, row in enumerate(rows[:HEADER_WITHIN]) if (h := _header(row))), None)
    if found is None:
        return
    start, columns = found
    for number, row in enumerate(rows[start + 1 :], start + 2):
        cells = _cells(row, columns)
        parties = _parties(cells.get("parties", ""))
        if parties and any(cells.get(fact) for fact in ("subject", "number", "date")):
            yield Line(number, sheet, cells, _report(f"{sheet}:{number}", parties, cells))


def _header(row: Cells) -> dict[int, str] | None:
    """Column -> fact, of several for one fact the likeliest; None for a row that names no parties."""
    headers: dict[str, list[str]] = toml("ledger/register.toml")["headers"]
    titles = [" ".join(str(value or "").casefold().split()) for value in row]
    columns = {at: "parties" for at, title in enumerate(titles) if title in headers["parties"]}
    for fact, names in headers.items():
        ranked = [(names.index(title), at) for at, title in enumerate(titles) if title in names]
        if ranked and fact != "parties":
            columns[min(ranked)[1]] = fact
    return columns if {"parties"} < set(columns.values()) else None


def _cells(row: Cells, columns: dict[int, str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for at, fact in columns.items():
        text = _text(row[at]) if at < len(row) else ""
        if text:
            cells[fact] = f"{cells[fact]}\n{text}" if fact in cells else text
    return cells


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value if value is not None else "").strip()


def _parties(text: str) -> list[str]:
    """The parties of a cell: parted by lines, "dengan", dashes; by "dan" only between two known bodies."""
    between = toml("ledger/register.toml")["between"]
    parts = [_NUMBERED.sub("", text)]
    for separator in between["separators"]:
        parts = [piece for part in parts for piece in part.split(separator)]
    names = [" ".join(part.split()).strip(" ,.;") for part in parts]
    return [name for part in names if part for name in _on_and(part, between["and"])]


def _on_and(text: str, word: str) -> list[str]:
    if word not in text or lookup(text).code:
        return [text]
    pieces = [piece.strip(" ,") for piece in text.split(word)]
    return pieces if all(lookup(piece).code or lookup(piece).kind for piece in pieces) else [text]


def _docs(text: str) -> tuple[Any, ...]:
    """The kinds of paper that a cell names; none where the list does not say."""
    named = folded(text)
    kinds = toml("ledger/register.toml")["documents"]
    return tuple(kind for kind, words in kinds.items() if any(f" {w}" in f" {named}" for w in words))


def read_day(text: str) -> DateFact | None:
    """A date as registers write it: 2024-05-02, 02/05/2024, 2 Mei 2024; None for anything else."""
    days = bounds(text)
    if days is None and (found := resolve(text)) and found.lower and found.upper:
        return DateFact(text=text, value=found.value, lower=found.lower, upper=found.upper)
    return DateFact(text=text, value=text, lower=iso(days[0]), upper=iso(days[1])) if days else None


def _report(place: str, parties: list[str], cells: dict[str, str]) -> Report:
    name = f"register:{place}"
    agreement = Agreement(
        agreement_id=f"{name}#1",
        article_id=name,
        status="signed",
        doc_types=_docs(cells.get("document", "")),
        doc_number=cells.get("number"),
        subject=cells.get("subject"),
        parties=tuple(_party(party, " ; ".join(parties)) for party in dict.fromkeys(parties)),
        date=read_day(cells["date"]) if "date" in cells else None,
    )
    return report(agreement, Meta(name, short_hash(name)), (0, 0))


def _party(name: str, context: str) -> Party:
    link = lookup(name, context=context)
    return Party(
        name=link.name or name,
        kind=link.kind or "other",
        texts=(name,),
        level=link.level,
        code=link.code,
        parent_name=link.parent_name,
        parent_code=link.parent_code,
    )
