"""Counts over the tables of a run, for the first sheet of the workbook."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from sepaham.export.held import ALL, held
from sepaham.export.places import province
from sepaham.export.rows import Value, read_dicts
from sepaham.ledger.schema import LEDGER
from sepaham.tables.schema import AGREEMENTS, ARTICLES, PACK, PARTIES


@dataclass
class Summary:
    """Counts; an agreement counts once in each of its provinces and fields.

    A party counts once in each agreement. Months are those of signed and extended agreements. An unknown
    month or province is "".
    """

    rows: dict[str, int] = field(default_factory=lambda: {table.name: 0 for table in ALL})
    outcomes: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    provinces: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    parties: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    review: int = 0


def _unpacked(value: Value) -> set[str]:
    return {part for part in value.split(PACK) if part} if isinstance(value, str) else set()


def month(lower: Value, upper: Value) -> str:
    """`2024-05` when all days that the date can mean lie in that month, else ""."""
    if isinstance(lower, date) and isinstance(upper, date):
        first, last = f"{lower:%Y-%m}", f"{upper:%Y-%m}"
        return first if first == last else ""
    return ""


def _add(summary: Summary, row: dict[str, Value]) -> None:
    summary.statuses[str(row["status"])] += 1
    if row["status"] in ("signed", "extended"):
        summary.months[month(row["date_min"], row["date_max"])] += 1
    codes = _unpacked(row["party_codes"]) | _unpacked(row["venue_city_code"])
    summary.provinces.update({name for code in codes if (name := province(code))} or {""})
    summary.fields.update(_unpacked(row["fields"]))
    summary.filled.update(name for name, value in row.items() if value is not None)
    summary.review += row["needs_review"] is True


def summarize(out: Path) -> Summary:
    """Read the tables of OUT once and count."""
    summary = Summary()
    for row in read_dicts(out, AGREEMENTS):
        summary.rows["agreements"] += 1
        _add(summary, row)
    for _, members in groupby(read_dicts(out, PARTIES), key=itemgetter("agreement_id")):
        rows = list(members)
        summary.rows["parties"] += len(rows)
        summary.kinds.update(str(row["kind"]) for row in rows)
        summary.parties.update({str(row["name"]) for row in rows})
    for row in read_dicts(out, ARTICLES):
        summary.rows["articles"] += 1
        summary.outcomes[str(row["outcome"])] += 1
    if LEDGER in held(out):
        summary.rows["ledger"] = sum(1 for _ in read_dicts(out, LEDGER))
    return summary
