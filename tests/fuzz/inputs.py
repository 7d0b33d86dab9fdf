"""What the fuzz targets are fed with: news in pieces, hostile characters, and damaged files of every format.

News comes from the articles that the project ships; everything is drawn by hypothesis, so that a failing
input is made small before it is shown.
"""

import csv
import gzip
import io
import json
import zipfile
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
TEXT = "Pemkot Madiun dan PT Rimba Jati meneken nota kesepahaman soal sampah, Rabu (5/6/2024), di Madiun."
SUFFIXES = (
    ".jsonl",
    ".json",
    ".csv",
    ".tsv",
    ".txt",
    ".html",
    ".warc",
    ".parquet",
    ".zip",
    ".gz",
    ".zst",
    ".bin",
)

HOSTILE = (
    "\0", "\x1b[31m", "\x1b]0;x\x07", "\r", "\r\n", "\n", "\n\n", "\t", " " * 30, "\u00a0", "\u200b",
    "\u202e", "\ufeff",
    "\ud800", "\udfff", "\ufffd", "\U0001f600", "e\u0301", "ß", "İ", "ﬁ", "٣", "²", "Ⅷ", "½", "'", "’", '"',
    "“", "((((", "))))",
    "[", "]", "{", "}", "<", ">", "</p>", "<p>", "<!--", "-->", "<![CDATA[", "&nbsp;", "&amp;quot;", "&#0;",
    "&#xD800;",
    "&#99999999999;", "Ã¢â‚¬", "â€œ", "=1+1", "+62", "-5", "@a", "|", "||||", "....", "----", ",,,,", ";",
    ":", "/", "\\", "%", "%s",
    "{0}", "$", "Rp", "Rp.", "Rp1", "0" * 400, "9" * 25, "1e999", "-0", "00/00/0000", "31/02/2024",
    "29 Februari 2023",
    "99-99-9999", "1/1/1", "0000", "9999-12-31", "32 Januari 2024", "tahun 0", "abad ke-99", "25:61",
    "triliun triliun",
    "seratus", "ribu", "puluh puluh", "setengah", "minus", "ke-", "s.d.", "s/d", "-", "–", "hingga", "H-7",
    "H+999999999",
    "a" * 300, "A" * 300, "A." * 60, "Aa " * 40, "(" + " " * 60, ", " * 30, "dan " * 30, "Bupati " * 20,
    "PT " * 20,
)  # fmt: skip


@cache
def articles() -> tuple[dict[str, str], ...]:
    """The shipped articles: title, text, published."""
    files = ("data/gold/articles.jsonl", "data/gold/more/articles.jsonl")
    lines = [line for name in files for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    return tuple(json.loads(line) for line in lines)


@cache
def words() -> tuple[str, ...]:
    """Their words and word pairs, each once, in order."""
    found: dict[str, None] = {}
    for article in articles()[:80]:
        parts = article["text"].split()
        found.update(dict.fromkeys(parts))
        found.update(dict.fromkeys(f"{a} {b}" for a, b in zip(parts[::3], parts[1::3], strict=False)))
    return tuple(found)


@cache
def sentences() -> tuple[str, ...]:
    """Their sentences, roughly cut."""
    return tuple(s + "." for article in articles() for s in article["text"].split(". ") if 20 < len(s) < 400)


def _pieces() -> st.SearchStrategy[str]:
    return st.one_of(
        st.sampled_from(words()), st.sampled_from(HOSTILE), st.text(max_size=8),
        st.integers(-10, 10**12).map(str), st.dates().map(lambda d: f"{d.day}/{d.month}/{d.year}"),
    )  # fmt: skip


def short_texts() -> st.SearchStrategy[str]:
    """A few words with hostile characters between them: a phrase, a name, a sum."""
    return st.tuples(st.sampled_from((" ", "", ", ", "\n")), st.lists(_pieces(), max_size=12)).map(
        lambda drawn: drawn[0].join(drawn[1])
    )


def long_texts() -> st.SearchStrategy[str]:
    """Sentences of several articles in a wrong order, broken up by hostile characters."""
    return st.lists(st.one_of(st.sampled_from(sentences()), _pieces()), min_size=1, max_size=14).map(" ".join)


def days() -> st.SearchStrategy[str | None]:
    """Publication dates as records hold them: ISO day, month, year, or none."""
    return st.one_of(
        st.none(), st.dates().map(lambda d: d.isoformat()), st.dates().map(lambda d: d.isoformat()[:7]),
        st.dates().map(lambda d: d.isoformat()[:4]),
    )  # fmt: skip


def _table(delimiter: str) -> bytes:
    out = io.StringIO()
    rows = [
        ["id", "judul", "isi", "tanggal"],
        *([f"a{n}", "Judul", f'{TEXT} "{n}"\nkedua', "5/6/2024"] for n in range(3)),
    ]
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


@cache
def files() -> tuple[tuple[str, bytes], ...]:
    """One small valid file of every format, with its name."""
    rows = [
        {"id": f"a{n}", "title": "Judul", "text": f"{TEXT} {n}", "published": "2024-06-06"} for n in range(3)
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    page = (
        '<html><head><title>Judul - Kabar</title><meta property="og:title" content="Judul">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-06-06"}</script>'
        f'</head><body><h1>Judul</h1><article><time datetime="2024-06-06">6 Juni</time><p>{TEXT}</p>'
        "</article></body></html>"
    ).encode()
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    crawl = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/a\r\n"
        b"Content-Type: application/http\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block)
    )
    table, archive = io.BytesIO(), io.BytesIO()
    pq.write_table(pa.table({"id": ["a", "b"], "isi": [TEXT, TEXT + "2"]}), table)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as members:
        for name, content in (("a.jsonl", lines), ("b.html", page), ("c.parquet", table.getvalue())):
            members.writestr(name, content)
    return (
        ("x.jsonl", lines), ("x.json", json.dumps(rows).encode()),
        ("y.json", json.dumps({"data": rows}).encode()),
        ("x.csv", _table(",")), ("y.csv", _table(";")), ("x.tsv", _table("\t")), ("x.txt", TEXT.encode()),
        ("y.txt", TEXT.encode("utf-16")), ("x.html", page), ("x.warc", crawl * 2),
        ("x.parquet", table.getvalue()),
        ("x.zip", archive.getvalue()), ("x.jsonl.gz", gzip.compress(lines, mtime=0)),
        ("x.warc.gz", gzip.compress(crawl, mtime=0)),
        ("x.jsonl.zst", zstandard.compress(lines)),
    )  # fmt: skip


Change = tuple[int, float, float, bytes]


def _changed(content: bytes, changes: list[Change]) -> bytes:
    for kind, where, size, put in changes:
        at = int(where * len(content))
        width = int(size * size * (len(content) - at)) + 1
        if kind == 0:
            content = content[:at]
        elif kind == 1:
            content = content[:at] + content[at + width :]
        elif kind == 2:
            content = content[:at] + put + content[at:]
        elif kind == 3:
            content = content[:at] + put + content[at + len(put) :]
        else:
            content = content[: at + width] + content[at : at + width] + content[at + width :]
    return content


def damaged_files() -> st.SearchStrategy[tuple[str, bytes]]:
    """A name and its bytes: a valid file that was cut, mended wrongly or doubled in parts, or plain noise."""
    share = st.floats(0, 1, allow_nan=False)
    put = st.one_of(
        st.binary(max_size=12),
        st.sampled_from(HOSTILE).map(lambda text: text.encode("utf-8", "surrogatepass")),
    )
    changes = st.lists(st.tuples(st.integers(0, 4), share, share, put), max_size=5)
    shaken = st.tuples(st.sampled_from(files()), changes).map(lambda d: (d[0][0], _changed(d[0][1], d[1])))
    noise = st.tuples(st.sampled_from(SUFFIXES).map("n{}".format), st.binary(max_size=300))
    renamed = st.tuples(
        st.sampled_from(SUFFIXES).map("r{}".format), st.sampled_from(files()).map(lambda f: f[1])
    )
    return st.one_of(shaken, shaken, shaken, noise, renamed)
