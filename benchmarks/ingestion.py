"""What reading costs: `python benchmarks/ingestion.py [--count N]`, µs of processor time an article.

The articles are invented, 2,300 characters each; the pages add a menu, a sidebar and scripts (34 KB in all).
`read` is the time in the parent process of a batch, `extract` what a page costs in a worker.
"""

import argparse
import gzip
import importlib.util
import io
import json
import random
import tempfile
import time
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sepaham.excerpt import excerpt
from sepaham.ingestion import Page, Rejected, complete, discover, read_items

SENTENCES = (
    "Harga cabai rawit di Pasar Lama naik sejak awal pekan karena pasokan dari lereng gunung berkurang.",
    "Kepala dinas meminta warga tetap tenang, “stok aman sampai akhir bulan,” ujarnya kepada wartawan.",
    "Petugas menangani genangan di tiga kelurahan dengan pompa keliling hingga menjelang petang.",
    "Perusahaan itu membukukan laba bersih Rp1,2 triliun, tumbuh 8 persen dibanding tahun lalu.",
    "Wali kota dan rektor menandatangani nota kesepahaman kerja sama pengelolaan sampah di balai kota.",
    "Sebanyak 120 siswa mengikuti lomba bersama orang tua mereka di halaman balai kota yang teduh.",
)
LENGTH = 2300
SIDEBAR = "".join(
    f'<li class="item"><a href="/berita/{n}"><img src="/f/{n}.jpg">Judul berita lain nomor {n}</a></li>'
    for n in range(80)
)
SCRIPTS = "<script>" + "window.iklan=window.iklan||[];window.iklan.push({slot:1});" * 250 + "</script>"


def articles(count: int) -> list[dict[str, str]]:
    """The same articles every time."""
    rng = random.Random(0)
    rows = []
    for number in range(count):
        sentences = [rng.choice(SENTENCES)]
        while sum(map(len, sentences)) < LENGTH:
            sentences.append(rng.choice(SENTENCES) + f" ({rng.randrange(10**6)})")
        rows.append(
            {
                "id": f"a{number}",
                "title": f"Berita nomor {number} dari daerah",
                "text": "\n".join(sentences),
                "published": "2024-06-05",
                "outlet": "Kabar Kota",
            }
        )
    return rows


def page(row: dict[str, str]) -> bytes:
    """A web page around an article."""
    body = "".join(f"<p>{line}</p>" for line in row["text"].split("\n"))
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{row["title"]} - Kabar Kota</title>'
        '<meta property="og:site_name" content="Kabar Kota"><meta name="pubdate" content="2024-06-05">'
        f"{SCRIPTS}</head><body><nav><ul>{SIDEBAR}</ul></nav><article><h1>{row['title']}</h1>"
        f'<div class="isi">{body}</div></article>'
        f"<aside><h2>Terpopuler</h2><ul>{SIDEBAR}</ul></aside><footer>Redaksi</footer></body></html>"
    ).encode()


def crawl(rows: list[dict[str, str]]) -> bytes:
    """A WARC file of pages, each record packed by itself."""
    records = []
    for row in rows:
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(row)
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{row['id']}>\r\n"
            f"WARC-Target-URI: https://kabar.example/{row['id']}\r\nWARC-Date: 2024-06-07T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + block + b"\r\n\r\n"))
    return b"".join(records)


def files(count: int) -> dict[str, bytes]:
    """One dump in every format; the web formats hold a tenth of the articles."""
    rows = articles(count)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    table, archive = io.BytesIO(), io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), table, compression="zstd")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr("dump.jsonl", lines)
    dumps = {
        "dump.jsonl": lines,
        "dump.jsonl.gz": gzip.compress(lines),
        "dump.json": json.dumps(rows, ensure_ascii=False).encode(),
        "dump.parquet": table.getvalue(),
        "dump.zip": archive.getvalue(),
        "dump.warc.gz": crawl(rows[: count // 10]),
    }
    if importlib.util.find_spec("zstandard"):
        import zstandard

        dumps["dump.jsonl.zst"] = zstandard.compress(lines)
    return dumps


def timed(path: Path, rounds: int) -> tuple[int, float, float]:
    """Articles, and µs an article for reading and for extracting, the best of `rounds`."""
    (source,) = discover([str(path)])
    best_read = best_extract = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        items = list(read_items(source))
        middle = time.process_time()
        done = [complete(item) for item in items] if isinstance(items[0], Page) else items
        end = time.process_time()
        assert not any(isinstance(item, Rejected) for item in done), done[0]
        best_read = min(best_read, (middle - start) / len(items))
        best_extract = min(best_extract, (end - middle) / len(items))
    return len(items), best_read * 1e6, best_extract * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files(options.count).items():
            path = Path(folder) / name
            path.write_bytes(content)
            count, read, extract = timed(path, options.rounds)
            more = f"  extract {extract:8.1f} µs an article" if extract > 1 else ""
            print(f"{name:15} {count:6} articles  read {read:6.1f} µs an article{more}")
    for size in (1, 10):
        text = (SENTENCES[0] + "\n") * (size * 1_000_000 // len(SENTENCES[0])) + SENTENCES[4]
        start = time.process_time()
        excerpt(text)
        print(f"excerpt of {len(text):10,} characters {(time.process_time() - start) * 1000:6.0f} ms")


if __name__ == "__main__":
    main()
