"""Writes a dump of any size: `python benchmarks/dump.py 1000000 dump.jsonl.gz [--news FILE]`.

Background articles with a share of agreements among them (1 %), the same bytes for the same arguments. No two
are copies of each other: an article that is used again is mixed with sentences of another one, half and half,
which is too little for a copy (docs/duplicates.md). The agreements are articles of the project's gold; the
background comes from `--news` (JSON lines with `text`, read whole into memory), without it from invented
sentences, which none of the gate's cues is in.
"""

import argparse
import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
GOLD = (
    ("data/gold/sample.jsonl", "data/gold/articles.jsonl"),
    ("data/gold/more/gold.jsonl", "data/gold/more/articles.jsonl"),
)
INVENTED = (
    "Harga {n} kilogram cabai rawit naik sejak awal pekan karena pasokan dari gunung berkurang.",
    "Kepala dinas meminta {n} warga tetap tenang, “stok aman sampai akhir bulan,” ujarnya kepada wartawan.",
    "Petugas menangani genangan di {n} kelurahan dengan pompa keliling hingga menjelang petang.",
    "Tim tuan rumah menang tipis pada laga ke-{n}, pelatih memuji kerja keras para pemain muda.",
    "Perusahaan itu membukukan laba bersih Rp{n} miliar, tumbuh dibanding tahun lalu.",
    "Sebanyak {n} siswa mengikuti lomba bersama orang tua mereka di halaman balai kota yang teduh.",
    "Polisi memeriksa {n} saksi, penyidik belum menetapkan tersangka dalam perkara kebakaran gudang.",
    "Hujan turun {n} jam di bagian hulu, warga di bantaran sungai diminta pindah ke tempat aman.",
)  # fmt: skip
Row = dict[str, Any]


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of a JSON lines file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def agreements() -> list[Row]:
    """The gold articles that report an agreement."""
    found: list[Row] = []
    for gold, articles in GOLD:
        told = {row["id"] for row in rows_of(ROOT / gold) if row.get("events")}
        found += [row for row in rows_of(ROOT / articles) if row["id"] in told]
    return found


def invented(number: int) -> Row:
    """A background article of 16 sentences."""
    rng = random.Random(number)
    text = " ".join(rng.choice(INVENTED).format(n=rng.randrange(2, 10**6)) for _ in range(16))
    return {
        "title": f"Kabar daerah {number}",
        "text": text,
        "published": f"2024-{number % 12 + 1:02}-05",
        "outlet": "Kabar",
    }


def sentences(row: Row) -> list[str]:
    return [part for part in row["text"].replace("\n", " \n").split(". ") if part]


def mixed(base: Row, other: Row, rng: random.Random, whole: bool) -> Row:
    """`base` with a sentence of `other` behind each of its own; not `whole`: of half of its own."""
    own, more = sentences(base), sentences(other)
    if not whole:
        start = rng.randrange(max(1, len(own) // 2))
        own = own[start : start + max(1, len(own) // 2)]
    text = ". ".join(piece for sentence in own for piece in (sentence, rng.choice(more)))
    return {**base, "text": text}


def articles(count: int, share: float, news: list[Row]) -> Iterator[Row]:
    """The articles of the dump; every 1/share-th is an agreement."""
    signed, used = agreements(), 0
    every = round(1 / share) if share else count + 1
    for number in range(count):
        rng = random.Random(number)
        other = rng.choice(news) if news else invented(count + number)
        if number % every == every - 1:
            row = mixed(signed[used % len(signed)], other, rng, whole=True)
            used += 1
        elif not news:
            row = invented(number)
        elif number < len(news):
            row = news[number]
        else:
            row = mixed(news[number % len(news)], other, rng, whole=False)
        yield {key: row.get(key) for key in ("title", "text", "published", "outlet", "url")} | {
            "id": f"d{number}"
        }


def write(path: Path, count: int, share: float = 0.01, news: Path | None = None) -> None:
    """Write the dump; gzip by the suffix, without a time in it, so that the bytes are the same."""
    background = [row for row in rows_of(news) if len(row["text"]) > 200] if news else []
    with path.open("wb") as plain:
        out = gzip.GzipFile("", "wb", 5, plain, mtime=0) if path.suffix == ".gz" else plain
        for row in articles(count, share, background):
            out.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        if out is not plain:
            out.close()


def main() -> None:
    """Write a dump."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--news", type=Path)
    parser.add_argument("--agreements", type=float, default=0.01)
    options = parser.parse_args()
    write(options.path, options.count, options.agreements, options.news)


if __name__ == "__main__":
    main()
