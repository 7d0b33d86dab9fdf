"""The phrases of the suite, and the table in docs/dates.md that is made from them.

`python tests/dates/phrase_data.py` writes the table anew; tests load this file with runpy.
"""

import re
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import dateparser

from sepaham.dates import find_dates, resolve

FOLDER = Path(__file__).parent / "phrases"
DOCUMENT = Path(__file__).parents[2] / "docs" / "dates.md"
BEGIN, END = "<!-- table of phrases: begin -->", "<!-- table of phrases: end -->"
_MARK = re.compile(r"\[\[(.*?)\]\]")


def _entry(topic: str, row: list[Any]) -> dict[str, Any]:
    """A row as a dict: the text without its double brackets, and the offsets of what stood in them."""
    published, marked, *rest = row
    spans = []
    for shift, match in enumerate(_MARK.finditer(marked)):
        spans.append((match.start() - 4 * shift, match.end() - 4 * shift - 4))
    options = rest.pop() if rest and isinstance(rest[-1], dict) else {}
    values = [value.strip() or None for value in rest[0].split(" | ")] if rest else []
    text = marked.replace("[[", "").replace("]]", "")
    return {
        "topic": topic, "published": published or None, "text": text, "spans": spans, "values": values,
        "options": options,
    }  # fmt: skip


def load(key: str) -> list[dict[str, Any]]:
    """All entries under `key` (`phrases`, `planned`, `traps`) of all files."""
    return [
        _entry(path.stem, row)
        for path in sorted(FOLDER.glob("*.toml"))
        for row in tomllib.loads(path.read_text(encoding="utf-8")).get(key, [])
    ]


def _title(topic: str) -> str:
    return str(tomllib.loads((FOLDER / f"{topic}.toml").read_text(encoding="utf-8"))["title"])


def _base(published: str | None) -> datetime:
    """The day of publication for dateparser, the first where only its month or year is known."""
    return datetime.fromisoformat(f"{published or '2000'}-01-01"[:10])


def plain_dateparser(phrase: str, published: str | None, value: str | None) -> bool:
    """Whether dateparser, given the span, reads the value; of a month or year the rest is forgiven."""
    settings: Any = {"DATE_ORDER": "DMY", "RELATIVE_BASE": _base(published)}
    found = dateparser.parse(phrase, languages=["id"], settings=settings)
    if found is None or value is None:
        return found is value
    return found.date().isoformat()[: len(value)] == value


def _right(entry: dict[str, Any]) -> int:
    """How many of an entry's expressions are found exactly with their value."""
    found = {(date.start, date.end): date.value for date in find_dates(entry["text"], entry["published"])}
    return sum(
        found.get(span, "not found") == value
        for span, value in zip(entry["spans"], entry["values"], strict=True)
    )


def counts() -> dict[str, int]:
    """The number of expressions of every topic, traps and planned days included."""
    numbers: dict[str, int] = {}
    for entry in load("phrases"):
        numbers[entry["topic"]] = numbers.get(entry["topic"], 0) + len(entry["spans"])
    return numbers | {"planned": len(load("planned")), "traps": len(load("traps"))}


def rows() -> list[tuple[str, int, int, int]]:
    """Topic, expressions, right here, right by plain dateparser."""
    numbers, ours, theirs = counts(), dict.fromkeys(counts(), 0), dict.fromkeys(counts(), 0)
    for entry in load("phrases"):
        ours[entry["topic"]] += _right(entry)
        for (start, end), value in zip(entry["spans"], entry["values"], strict=True):
            theirs[entry["topic"]] += plain_dateparser(entry["text"][start:end], entry["published"], value)
    for entry in load("planned"):
        date = resolve(entry["text"], entry["published"], planned=True)
        ours["planned"] += date is not None and date.value == entry["values"][0]
        theirs["planned"] += plain_dateparser(entry["text"], entry["published"], entry["values"][0])
    for entry in load("traps"):
        start, end = entry["spans"][0]
        dates = find_dates(entry["text"], entry["published"])
        ours["traps"] += not any(date.start < end and start < date.end for date in dates)
        theirs["traps"] += plain_dateparser(entry["text"][start:end], entry["published"], None)
    titles = {topic: _title(topic) for topic in numbers if topic != "planned"}
    titles["planned"] = "Planned: the next such day"
    return [(titles[topic], numbers[topic], ours[topic], theirs[topic]) for topic in numbers]


def table() -> str:
    """The table as Markdown, with a last row of sums."""
    found = rows()
    total = ("**All**", *(sum(row[i] for row in found) for i in (1, 2, 3)))
    head = "| topic | expressions | right | plain dateparser, given the span |\n|---|---:|---:|---:|"
    return "\n".join([head, *(f"| {' | '.join(map(str, row))} |" for row in [*found, total])])


def main() -> None:
    """Writes the table between its marks in docs/dates.md."""
    before, rest = DOCUMENT.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    DOCUMENT.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
