"""What an article costs all in: `python benchmarks/batch.py [ARTICLES.jsonl[.gz]]`, µs of processor time.

All in: reading, gate, digest, journal, search for copies, tables: all that `sepaham extract` does, with one
worker. The articles that the gate stops are run by themselves, as are some that pass; the last line is both
in their shares. Without a file it reads invented articles of 2,300 characters, of which one in thirty passes
and one in ten is a copy.
"""

import argparse
import gzip
import json
import random
import tempfile
import time
from pathlib import Path

from sepaham import batch
from sepaham.gate import passes

GOLD = Path(__file__).parents[1] / "data" / "gold" / "articles.jsonl"
SENTENCES = (
    "Harga cabai rawit di Pasar Lama naik sejak awal pekan karena pasokan dari lereng gunung berkurang.",
    "Kepala dinas meminta warga tetap tenang, “stok aman sampai akhir bulan,” ujarnya kepada wartawan.",
    "Petugas menangani genangan di tiga kelurahan dengan pompa keliling hingga menjelang petang.",
    "Tim tuan rumah menang tipis, pelatih memuji kerja keras para pemain muda pada babak kedua.",
    "Perusahaan itu membukukan laba bersih Rp1,2 triliun, tumbuh 8 persen dibanding tahun lalu.",
    "Anda dapat mendatangi loket pada hari kerja, membawa surat keterangan dari ketua rukun tetangga.",
    "Sebanyak 120 siswa mengikuti lomba bersama orang tua mereka di halaman balai kota yang teduh.",
    "Polisi memeriksa dua saksi, penyidik belum menetapkan tersangka dalam perkara kebakaran gudang.",
)
LENGTH = 2300
Rows = list[dict[str, str]]


def invented(count: int) -> Rows:
    """`count` articles, the same ones every time: background, copies of it, and articles of the sample."""
    rng = random.Random(0)
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    rows: Rows = []
    for number in range(count):
        if number % 50 == 0:
            text = f"{rng.choice(gold)['text']} Laporan nomor {number}."
        elif number % 10 == 1:
            text = rows[-1]["text"]
        else:
            text = f"Laporan {number}."
            while len(text) < LENGTH:
                text += f" {rng.choice(SENTENCES)} ({rng.randrange(10**6)})"
        rows.append({"id": f"a{number}", "title": "Kabar daerah hari ini", "text": text, "outlet": "Kabar"})
    return rows


def read(path: Path, count: int) -> Rows:
    """The first `count` articles of a JSON lines file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for _, line in zip(range(count), lines, strict=False)]


def body(row: dict[str, str]) -> str:
    return f"{row['title']}\n\n{row['text']}" if row.get("title") else row["text"]


def cost(rows: Rows, rounds: int, folder: Path) -> tuple[float, batch.Summary]:
    """µs an article, the best of `rounds`."""
    dump = folder / "dump.jsonl"
    dump.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        summary = batch.run(batch.Settings(inputs=(str(dump),), out=folder / "out"))
        best = min(best, time.process_time() - start)
    return best / len(rows) * 1e6, summary


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--through", type=int, default=200, help="Articles that pass, timed by themselves.")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    rows = read(options.file, options.count) if options.file else invented(options.count)
    opened = [row for row in rows if passes(body(row))]
    stopped = [row for row in rows if not passes(body(row))]
    mean = sum(len(body(row)) for row in rows) / len(rows)
    share = len(opened) / len(rows)
    print(f"{len(rows):,} articles of {mean:,.0f} characters on average; {share:.2%} pass the gate")
    with tempfile.TemporaryDirectory() as name:
        cost(opened[:5], 1, Path(name))  # loads the models
        below, summary = cost(stopped, options.rounds, Path(name))
        copies = summary.counts.outcomes["duplicate"]
        print(f"stopped by the gate {below:9.1f} µs an article, all in ({copies:,} of them exact copies)")
        above, summary = cost(opened[: options.through], 1, Path(name))
        print(f"through the gate    {above:9.1f} µs an article, all in")
    print(f"all together        {(1 - share) * below + share * above:9.1f} µs an article")


if __name__ == "__main__":
    main()
