"""Builds the sample dump and its gold from the written articles: build_sample.py WRITTEN_FOLDER

WRITTEN_FOLDER holds articles.jsonl and gold.jsonl of the articles written for this project (the default is
../shared/gold/written beside the repository). Writes data/raw/ and data/gold/, the same bytes each time. Each
file of the dump has another format, other column names and another way to write dates, as dumps do.
"""

import csv
import gzip
import io
import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sepaham.ingestion import read_articles
from sepaham.records import Article

HERE = Path(__file__).parent
WRITTEN = HERE.parent.parent / "shared" / "gold" / "written"
DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
]  # fmt: skip

# All from the splits train and dev. Nine hold no agreement: court cases, denials, the party called PKS ...
REGIONS = [
    "w1-001", "w1-006", "w1-007", "w1-016", "w1-017", "w1-024",
    "w1-025", "w4-014", "w4-019", "w8-002", "w8-016", "w11-009",
]  # fmt: skip
CAMPUS = ["w2-001", "w2-003", "w2-015", "w2-017", "w2-033", "w5-028", "w9-002"]
CENTRE = ["w4-026", "w5-011", "w5-021", "w7-006", "w7-009", "w7-023", "w7-032"]
BUSINESS = ["w3-014", "w3-017", "w3-033", "w5-017", "w6-003", "w6-024"]
# Press releases whose dates can be told without the publication date, or that have a dateline with the day.
RELEASES = ["w9-003", "w9-004", "w9-009", "w9-013", "w9-015", "w9-022", "w9-028", "w9-033"]

Row = dict[str, Any]


def main(written: Path) -> None:
    """Writes data/raw/ and data/gold/."""
    articles = {row["id"]: row for row in _rows(written / "articles.jsonl")}
    gold = {row["id"]: row for row in _rows(written / "gold.jsonl")}
    for name, content in dump(articles).items():
        path = HERE / "raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    read = [item for item in read_articles([str(HERE / "raw")]) if isinstance(item, Article)]
    (HERE / "gold").mkdir(exist_ok=True)
    _write_jsonl(HERE / "gold" / "articles.jsonl", [_article_row(item) for item in read])
    _write_jsonl(
        HERE / "gold" / "sample.jsonl", [{**gold[_written_id(item)], "id": item.article_id} for item in read]
    )


def dump(articles: dict[str, Row]) -> dict[str, bytes]:
    """The files of data/raw/ by name."""
    regions = [
        {key: articles[id_][key] for key in ("id", "title", "text", "published", "outlet")} for id_ in REGIONS
    ]
    centre = [
        {"uuid": row["id"], "judul": row["title"], "konten": row["text"], "waktu": stamp(row["published"]),
         "sumber": row["outlet"]}
        for row in map(articles.__getitem__, CENTRE)
    ]  # fmt: skip
    campus = [
        [row["id"], row["title"], row["text"], spelt_out(row["published"]), row["outlet"]]
        for row in map(articles.__getitem__, CAMPUS)
    ]
    business = [
        [row["id"], slashes(row["published"]), row["outlet"], row["title"], row["text"]]
        for row in map(articles.__getitem__, BUSINESS)
    ]
    return {
        "daerah.jsonl.gz": packed("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in regions)),
        "pusat.json": (json.dumps({"artikel": centre}, ensure_ascii=False, indent=1) + "\n").encode(),
        "kampus.csv": table(["id", "judul", "isi", "tanggal", "media"], campus, ",").encode(),
        "usaha.tsv.gz": packed(
            table(["article_id", "date", "publisher", "headline", "content"], business, "\t")
        ),
        **{
            f"siaran-pers/{id_}.txt": f"{articles[id_]['title']}\n\n{articles[id_]['text']}".encode()
            for id_ in RELEASES
        },
    }


def stamp(day: str) -> str:
    """Half past five in the morning in Jakarta, as UTC: the evening before."""
    morning = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + timedelta(hours=5.5)
    return (morning - timedelta(hours=7)).strftime("%Y-%m-%dT%H:%M:%SZ")


def spelt_out(day: str | None) -> str:
    """`Jumat, 26 April 2024 10:15 WIB`; empty without a day."""
    if day is None:
        return ""
    on = date.fromisoformat(day)
    return f"{DAYS[on.weekday()]}, {on.day} {MONTHS[on.month - 1]} {on.year} 10:15 WIB"


def slashes(day: str) -> str:
    """`26/04/2024`."""
    return date.fromisoformat(day).strftime("%d/%m/%Y")


def table(header: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str) -> str:
    """Rows as CSV, line breaks inside cells kept."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([header, *rows])
    return text.getvalue()


def packed(text: str) -> bytes:
    """gzip without a time, so that the bytes stay the same."""
    return gzip.compress(text.encode(), mtime=0)


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _write_jsonl(path: Path, rows: Sequence[Row]) -> None:
    path.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8", newline=""
    )


def _article_row(item: Article) -> Row:
    return {"id": item.article_id, "title": item.title, "published": item.published, "outlet": item.outlet,
            "url": item.url, "source": "written", "text": item.text}  # fmt: skip


def _written_id(item: Article) -> str:
    """The id among the written articles: for a .txt file its name."""
    return Path(item.source_file).stem if item.source_file.endswith(".txt") else item.article_id


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else WRITTEN)
