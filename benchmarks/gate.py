"""What the gate costs: `python benchmarks/gate.py [ARTICLES.jsonl[.gz]]`, µs of processor time an article.

Without a file it reads invented articles of 2,300 characters, of which one in fifty tells of a signing.
"""

import argparse
import gzip
import json
import random
from pathlib import Path

from timing import cost

from sepaham.gate import judge, passes

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
SIGNING = "Wali kota dan rektor menandatangani nota kesepahaman kerja sama pengelolaan sampah."
LENGTH = 2300


def invented(count: int) -> list[str]:
    """`count` articles of LENGTH characters, the same ones every time."""
    rng = random.Random(0)
    articles = []
    for number in range(count):
        text = SIGNING if number % 50 == 0 else ""
        while len(text) < LENGTH:
            text += " " + rng.choice(SENTENCES)
        articles.append(text[:LENGTH])
    return articles


def read(path: Path, count: int) -> list[str]:
    """The first `count` texts of a JSON lines file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = (json.loads(line) for _, line in zip(range(count), lines, strict=False))
        return [f"{row['title']}\n\n{row['text']}" if row.get("title") else row["text"] for row in rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    articles = read(options.file, options.count) if options.file else invented(options.count)
    through = [article for article in articles if passes(article)]
    stopped = [article for article in articles if not passes(article)]
    mean = sum(map(len, articles)) / len(articles)
    print(
        f"{len(articles)} articles, {mean:.0f} characters on average, {len(through) / len(articles):.2%} pass"
    )
    print(f"passes, all articles      {cost(passes, articles, options.rounds):8.1f} µs an article")
    print(f"passes, those stopped     {cost(passes, stopped, options.rounds):8.1f} µs an article")
    if through:
        print(f"passes, those through     {cost(passes, through, options.rounds):8.1f} µs an article")
    print(f"judge, all articles       {cost(judge, articles, options.rounds):8.1f} µs an article")
    for size in (1, 2, 4):
        text = (SIGNING + " ") * (size * 250_000 // (len(SIGNING) + 1))
        print(f"passes, {len(text):9,} characters full of cues {cost(passes, [text], 1) / 1000:8.1f} ms")


if __name__ == "__main__":
    main()
