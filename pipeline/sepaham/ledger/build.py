"""Output folders of `extract` -> their ledger: one record an agreement, with its reports."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sepaham.ledger.clusters import clusters
from sepaham.ledger.entry import Entry, Source
from sepaham.ledger.folders import Shelf, open_folders, short_hash
from sepaham.ledger.lineage import Heading, lineage
from sepaham.ledger.matcher import Matcher, shipped
from sepaham.ledger.merge import merge
from sepaham.ledger.network import Network
from sepaham.ledger.provinces import Provinces
from sepaham.ledger.reports import Report
from sepaham.ledger.rows import Row, Setting, ledger_row, source_rows
from sepaham.ledger.schema import LEDGER, SOURCES
from sepaham.ledger.times import bounds
from sepaham.tables.cells import LineFeeds, cell
from sepaham.tables.schema import Table

FILES = ("ledger.csv", "ledger_sources.csv", "network.graphml", "regions.geojson")
"""What a ledger leaves in its folder."""

_LAST = 1 << 40
_UNKNOWN = "9999"


@dataclass
class Built:
    """What was built; `places`: (folder, agreement_id) -> its entry, and whether it is the leading report."""

    reports: int
    entries: int = 0
    places: dict[tuple[int, str], tuple[str, bool]] = field(default_factory=dict)


def build(
    folders: Sequence[Path], out: Path, *, on: int | None = None, matcher: Matcher | None = None
) -> Built:
    """Write the ledger of output folders into folder `out`, and tell which report is in which entry.

    `on` is the day (ordinal) that deadlines count from, by default the last publication day of the reports.
    The same agreements give the same bytes, in whatever order and number of folders they come. Raises
    InputError.
    """
    shelf = open_folders(folders)
    matcher = matcher or shipped()
    headings = [heading(shelf.reports, group) for group in clusters(shelf.reports, matcher)]
    headings.sort(key=lambda h: (h.since or _LAST, h.ledger_id))
    setting = Setting(lineage(headings), on or _last_day(shelf.reports))
    built, network, provinces = Built(len(shelf.reports)), Network(), Provinces()
    names = tuple(folder.name for folder in shelf.folders)
    with shelf, _Writer(out) as writer:
        for item in headings:
            entry = _entry(item, shelf, matcher)
            writer.add(LEDGER, [ledger_row(entry, setting)])
            writer.add(SOURCES, source_rows(entry, names))
            network.add(entry)
            provinces.add(entry)
            for rank, source in enumerate(entry.sources):
                place = (source.report.place[0], source.report.agreement_id)
                built.places[place] = (entry.ledger_id, rank == 0)
            built.entries += 1
    network.write(out / FILES[2])
    provinces.write(out / FILES[3])
    return built


def held_day(folder: Path) -> int | None:
    """The day (ordinal) that the deadlines of a folder's ledger count from; None where it holds no entry."""
    with (folder / FILES[0]).open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file), None)
    days = bounds(row["as_of"]) if row else None
    return days[0] if days else None


def entries(folders: Sequence[Path], matcher: Matcher | None = None) -> Iterator[Entry]:
    """The entries of output folders, in the order of the table."""
    shelf = open_folders(folders)
    matcher = matcher or shipped()
    headings = [heading(shelf.reports, group) for group in clusters(shelf.reports, matcher)]
    with shelf:
        for item in sorted(headings, key=lambda h: (h.since or _LAST, h.ledger_id)):
            yield _entry(item, shelf, matcher)


def _last_day(reports: Sequence[Report]) -> int | None:
    return max(
        (r.published[1] for r in reports if r.published and r.published[0] == r.published[1]), default=None
    )


def heading(reports: Sequence[Report], group: Sequence[int]) -> Heading:
    """What is known of a group of reports before their facts are merged.

    The id is made of the report that was published first: later articles leave it as it is.
    """
    members = sorted(group, key=lambda n: _leading(reports[n]))
    told = [reports[n] for n in members]
    first = min(told, key=lambda r: (r.meta.published or _UNKNOWN, r.key))
    dated = [r.dated[0] for r in told if r.dated and r.status != "planned"] or [
        r.dated[0] for r in told if r.dated
    ]
    published = [r.published[0] for r in told if r.published]
    return Heading(
        ledger_id=f"L{short_hash(first.key, 16)}",
        members=tuple(members),
        lead=told[0],
        since=dated[0] if dated else min(published, default=None),
        docs=told[0].docs,
        topic=frozenset(stem for r in told for stem in r.topic),
        extended=any(r.status == "extended" for r in told),
        planned=all(r.status == "planned" for r in told),
    )


def _leading(report: Report) -> tuple[bool, float, str, str]:
    """The order of reports in an entry: told as signed, then by how much is known, then by publication."""
    known = (
        2.0 * bool(report.dated and report.dated[0] == report.dated[1])
        + sum(bool(b.code or b.owner) for b in report.bodies[:2])
        + bool(report.venue) + bool(report.people) + min(len(report.topic), 10) / 10
    )  # fmt: skip
    return report.status == "planned", -known, report.meta.published or _UNKNOWN, report.key


def _entry(item: Heading, shelf: Shelf, matcher: Matcher) -> Entry:
    reports = [shelf.reports[n] for n in item.members]
    told = [(report, shelf.agreement(report.place)) for report in reports]
    facts = merge(told)
    sources = tuple(
        Source(
            report=report,
            agreement=agreement,
            score=1.0 if report is item.lead else matcher.score(item.lead, report),
            differs=_differs(report, facts.dated),
            copies=tuple(shelf.copies.get((report.place[0], report.meta.article_id), ())),
        )
        for report, agreement in told
    )
    return Entry(item.ledger_id, facts, sources)


def _differs(report: Report, days: tuple[int, int] | None) -> tuple[str, ...]:
    apart = days and report.dated and (report.dated[0] > days[1] or report.dated[1] < days[0])
    return ("date",) if apart else ()


class _Writer:
    """The CSV files of a ledger, row by row."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._stack = ExitStack()
        self._csv: dict[str, Any] = {}

    def __enter__(self) -> "_Writer":
        for table in (LEDGER, SOURCES):
            path = self._folder / f"{table.name}.csv"
            file = self._stack.enter_context(path.open("w", encoding="utf-8", newline=""))
            self._csv[table.name] = csv.writer(LineFeeds(file))
            self._csv[table.name].writerow(column.name for column in table.columns)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def add(self, table: Table, rows: Iterator[Row] | list[Row]) -> None:
        for row in rows:
            self._csv[table.name].writerow(cell(column, row.get(column.name)) for column in table.columns)
