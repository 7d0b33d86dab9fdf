"""The first sheet of the workbook: blocks of counts below each other, charts beside them."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from sepaham.export.labels import column_label, value_label, word
from sepaham.export.summary import Summary
from sepaham.tables.schema import AGREEMENTS

_TOP = 20  # parties that are listed
_CHART_ROWS = 16


class Page(Protocol):
    """What this module needs of the open workbook."""

    file: Any
    formats: dict[str, Any]

    def text(self, sheet: Any, row: int, column: int, value: str) -> None:
        """Write a text as a text."""


class Block(NamedTuple):
    """A heading with counts; `whole` is what shares are taken of; `chart` a kind of XlsxWriter chart."""

    heading: str
    counts: list[tuple[str, int]]
    whole: int
    chart: str = ""


def _ranked(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(counts, key=lambda item: (-item[1], item[0]))


def _labelled(kind: str, counts: Counter[str]) -> list[tuple[str, int]]:
    return _ranked((value_label(kind, code), count) for code, count in counts.items())


def _known(counts: Counter[str], unknown: str, *, ranked: bool) -> list[tuple[str, int]]:
    named = [(name, count) for name, count in counts.items() if name]
    last = [(word("summary", unknown), counts[""])] if counts[""] else []
    return (_ranked(named) if ranked else sorted(named)) + last


def _blocks(summary: Summary) -> list[Block]:
    agreements, records = summary.rows["agreements"], summary.rows["articles"]
    entries = summary.rows["ledger"]
    filled = [
        (column_label(AGREEMENTS, column), summary.filled[column.name]) for column in AGREEMENTS.columns
    ]
    months = _known(summary.months, "month_unknown", ranked=False)
    return [
        Block("records", [(word("summary", "records"), records)], records),
        Block("outcome", _labelled("outcome", summary.outcomes), records),
        *([Block("ledger", [(word("summary", "ledger"), entries)], entries)] if entries else []),
        Block("status", _labelled("status", summary.statuses), agreements),
        Block("review", [(word("summary", "review"), summary.review)], agreements),
        Block("month", months, summary.months.total(), "column"),
        Block("field", _labelled("field", summary.fields), agreements, "bar"),
        Block(
            "province", _known(summary.provinces, "province_unknown", ranked=True), agreements, "bar"
        ),
        Block("kind", _labelled("kind", summary.kinds), summary.rows["parties"], "bar"),
        Block("party", _ranked(summary.parties.items())[:_TOP], agreements),
        Block("filled", filled, agreements),
    ]  # fmt: skip


def _heading(page: Page, sheet: Any, row: int, name: str) -> None:
    heads = (word("summary", name), word("summary", "count"), word("summary", "share"))
    for column, text in enumerate(heads):
        sheet.write_string(row, column, text, page.formats["head"])


def _block(page: Page, sheet: Any, row: int, block: Block) -> int:
    """Write a block at `row`; gives the row below it."""
    _heading(page, sheet, row, block.heading)
    for at, (label, count) in enumerate(block.counts, row + 1):
        page.text(sheet, at, 0, label)
        sheet.write_number(at, 1, count, page.formats["count"])
        if block.whole:
            sheet.write_number(at, 2, count / block.whole, page.formats["share"])
    return row + len(block.counts) + 2


def _chart(page: Page, sheet: Any, block: Block, first: int, at: int) -> None:
    chart = page.file.add_chart({"type": block.chart})
    last = first + len(block.counts) - 1
    chart.add_series(
        {
            "categories": [sheet.get_name(), first, 0, last, 0],
            "values": [sheet.get_name(), first, 1, last, 1],
            "fill": {"color": "#2A7F8E"},
            "gap": 40,
        }
    )
    chart.set_title({"name": word("summary", block.heading), "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    if block.chart == "bar":
        chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 620, "height": 20 * _CHART_ROWS})
    sheet.insert_chart(at, 4, chart)


def lay_out(page: Page, sheet: Any, summary: Summary, notes: list[str]) -> None:
    """Fill the first sheet; `notes` tell what did not fit into the others."""
    sheet.set_column(0, 0, 52)
    sheet.set_column(1, 2, 11)
    sheet.write_string(0, 0, word("summary", "title"), page.formats["title"])
    sheet.set_row(1, 64)
    sheet.write_string(1, 0, word("summary", "notice"), page.formats["note"])
    for row, note in enumerate(notes, 2):
        sheet.set_row(row, 32)
        sheet.write_string(row, 0, note, page.formats["note"])
    row, at = 3 + len(notes), 3 + len(notes)
    for block in _blocks(summary):
        if block.chart and block.counts:
            _chart(page, sheet, block, row + 1, at)
            at += _CHART_ROWS + 1
        row = _block(page, sheet, row, block)
