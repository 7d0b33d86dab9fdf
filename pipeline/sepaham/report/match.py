"""One's own register against a ledger: what is in both, only here, only there, and where the two differ."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sepaham.ledger.blocking import candidates
from sepaham.ledger.compare import alike
from sepaham.ledger.matcher import Matcher, shipped
from sepaham.ledger.reports import Body, Meta, Report, report
from sepaham.ledger.rows import pack
from sepaham.ledger.times import apart
from sepaham.records import Agreement, Commitment, DateFact, Party
from sepaham.registry import lookup
from sepaham.report.register import Line, read_register
from sepaham.report.select import Row, cells, read_rows
from sepaham.tables.cells import LineFeeds, cell
from sepaham.tables.schema import Column, Table

MATCH = Table(
    "match",
    "a line of the register, an agreement of the ledger, or both",
    (),
    (
        Column("outcome", "string", "both, conflicting, only_register or only_news"),
        Column("sheet", "string", "sheet of the register"),
        Column("row", "integer", "row in that sheet"),
        Column("ledger_id", "string", "id of the agreement in the ledger"),
        Column("score", "number", "how surely the two are one agreement, 0 to 1"),
        Column("differences", "string", "facts on which they differ, the register's first; packed"),
        Column("register_parties", "string", "parties in the register"),
        Column("register_subject", "string", "subject in the register"),
        Column("register_date", "string", "date in the register"),
        Column("news_parties", "string", "parties in the ledger; packed"),
        Column("news_subject", "string", "subject in the ledger"),
        Column("news_date", "string", "date in the ledger"),
        Column("legal_class", "string", "class of the agreement in the ledger"),
        Column("url", "string", "address of the leading report"),
    ),
)
LEAST = 0.5
"""Least score of a line and an agreement: lists know less than articles, and a person looks at the result."""

OWN = 0.5


@dataclass(frozen=True, slots=True)
class News:
    """A row of the ledger and the report made of it."""

    row: Row
    report: Report


def match_register(register: Path, ledger: Path, out: Path, matcher: Matcher | None = None) -> Counter[str]:
    """Compare a register (Excel or CSV) with a folder's ledger, write CSV file `out`; the rows by outcome.

    Each line is matched with at most one agreement and the other way round, the surest pairs first. An
    agreement is `only_news` when it binds a party that at least half of the register's lines name: those of
    other bodies, plans and budget papers are none that the register could lack. Raises InputError.
    """
    lines, news = read_register(register), _news(ledger)
    pairs = _pairs(lines, news, matcher or shipped())
    rows = list(_rows(lines, news, pairs))
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(LineFeeds(file))
        writer.writerow(column.name for column in MATCH.columns)
        writer.writerows([cell(column, row.get(column.name)) for column in MATCH.columns] for row in rows)
    return Counter(row["outcome"] for row in rows)


def _news(folder: Path) -> list[News]:
    return [News(row, _report(row)) for row in read_rows(folder, "ledger")]


def _report(row: Row) -> Report:
    """A row of the ledger as a report: its parties, date, subject and instrument."""
    named = zip(cells(row["parties"]), cells(row["party_codes"]) or [""] * 999, strict=False)
    days = DateFact(
        text="", value=row["date_value"] or None, lower=row["date_min"] or None, upper=row["date_max"] or None
    )
    about = [*cells(row["commitments"])]
    agreement = Agreement(
        agreement_id=row["ledger_id"],
        article_id=row["ledger_id"],
        status=row["status"],
        doc_types=tuple(cells(row["doc_types"])) or ("other",),
        doc_number=row["doc_number"] or None,
        subject=row["subject"] or None,
        parties=tuple(_party(name, code) for name, code in named),
        date=days if days.lower else None,
        commitments=tuple(Commitment(start=0, end=len(text), text=text) for text in about),
    )
    return report(agreement, Meta(row["ledger_id"], row["ledger_id"], row["first_published"] or None), (0, 0))


def _party(name: str, code: str) -> Party:
    link = lookup(name)
    return Party(
        name=name,
        kind=link.kind or "other",
        texts=(name,),
        level=link.level,
        code=code or link.code,
        parent_name=link.parent_name,
        parent_code=link.parent_code,
    )


def _pairs(lines: Sequence[Line], news: Sequence[News], matcher: Matcher) -> dict[int, tuple[int, float]]:
    """Line -> (agreement, score), one to one."""
    told = [line.report for line in lines] + [item.report for item in news]
    order = sorted(range(len(told)), key=lambda n: told[n].key)
    scored = []
    for a, b in candidates([told[n] for n in order]):
        i, j = sorted((order[a], order[b]))
        if i < len(lines) <= j:
            scored.append((-matcher.score(told[i], told[j]), i, j - len(lines)))
    found: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for minus, line, item in sorted(scored):
        if -minus >= LEAST and line not in found and item not in taken:
            found[line] = (item, -minus)
            taken.add(item)
    return found


def _rows(
    lines: Sequence[Line], news: Sequence[News], pairs: dict[int, tuple[int, float]]
) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines):
        if number in pairs:
            place, score = pairs[number]
            differences = _differences(line, news[place])
            outcome = "conflicting" if differences else "both"
            shared = {"outcome": outcome, "score": score, "differences": pack(differences)}
            yield {**shared, **_register_cells(line), **_news_cells(news[place])}
        else:
            yield {"outcome": "only_register", **_register_cells(line)}
    taken = {place for place, _ in pairs.values()}
    own = _own(lines)
    for place, item in enumerate(news):
        if place not in taken and _could_be_listed(item, own):
            yield {"outcome": "only_news", **_news_cells(item)}


def _own(lines: Sequence[Line]) -> set[str]:
    """The parties that at least half of the lines name: the office's own region."""
    names = Counter(name for line in lines for name in {k for b in line.report.bodies for k in _keys(b)})
    return {name for name, count in names.items() if count >= OWN * len(lines)}


def _keys(one: Body) -> set[str]:
    return {one.key, one.owner} - {None}  # type: ignore[return-value]


def _could_be_listed(item: News, own: set[str]) -> bool:
    if item.row["status"] == "planned" or item.row["legal_class"] == "BUDGET":
        return False
    return any(_keys(b) & own for b in item.report.bodies)


def _differences(line: Line, item: News) -> list[str]:
    mine, theirs = line.report, item.report
    found = []
    if mine.dated and theirs.dated and apart(mine.dated, theirs.dated):
        found.append(f"date: {line.cells['date']}, not {item.row['date_value']}")
    if mine.number and theirs.number and mine.number != theirs.number:
        found.append(f"number: {line.cells['number']}, not {item.row['doc_number']}")
    if mine.docs and theirs.docs and not mine.docs & theirs.docs:
        found.append(f"document: {'+'.join(sorted(mine.docs))}, not {'+'.join(sorted(theirs.docs))}")
    missing = [b for b in mine.bodies if not any(alike(b, other) for other in theirs.bodies)]
    if missing:
        found.append(f"parties: {', '.join(' '.join(b.words) for b in missing)} not in the articles")
    return found


def _register_cells(line: Line) -> dict[str, Any]:
    return {
        "sheet": line.sheet or None,
        "row": line.number,
        "register_parties": line.cells.get("parties"),
        "register_subject": line.cells.get("subject"),
        "register_date": line.cells.get("date"),
    }


def _news_cells(item: News) -> dict[str, Any]:
    row = item.row
    return {
        "ledger_id": row["ledger_id"],
        "news_parties": row["parties"],
        "news_subject": row["subject"],
        "news_date": row["date_value"],
        "legal_class": row["legal_class"],
        "url": row["url"],
    }
