"""What cleaning and the language cost: `python benchmarks/cleaning.py [ARTICLES.jsonl[.gz]]`.

µs of processor time an article, for those that the gate lets through, which alone are cleaned. Without a file
it reads invented articles, half of them with boilerplate.
"""

import argparse
import gzip
import json
import random
from collections.abc import Callable
from pathlib import Path

from timing import cost

from sepaham.cleaning import clean, clean_article
from sepaham.cleaning.repair import repairs
from sepaham.gate import passes
from sepaham.language import is_indonesian
from sepaham.records import Article

NEWS = (
    "Bupati dan rektor menandatangani nota kesepahaman pengelolaan sampah di pendopo, Senin (4/3/2024).",
    "Kepala dinas meminta warga memilah sampah sejak dari rumah, “itu kuncinya,” ujarnya kepada wartawan.",
    "Kedua pihak sepakat membangun tiga tempat pengolahan dan melatih seratus kader dalam dua tahun.",
    "Sebanyak 120 warga mengikuti penyuluhan bersama dosen dan mahasiswa di balai desa yang teduh.",
    "Perjanjian itu berlaku lima tahun dan dapat diperpanjang bila kedua pihak menghendakinya.",
)
BOILERPLATE = (
    "Baca juga: Pemkab Tegal Gandeng Undip Bangun Laboratorium Garam",
    "ADVERTISEMENT\n\nSCROLL TO CONTINUE WITH CONTENT",
    "<p>Bagikan:&nbsp;Facebook Twitter WhatsApp</p>",
    "Editor: Ayu Sari\nCopyright © Kabar Kita 2024",
    "â€œKami siap,â€\u009d kata camat.",
)
LENGTH = 2300


def invented(count: int) -> list[str]:
    """`count` articles of about LENGTH characters, the same ones every time."""
    rng = random.Random(0)
    articles = []
    for number in range(count):
        parts = [NEWS[0]]
        while sum(map(len, parts)) < LENGTH:
            parts.append(rng.choice(NEWS))
            if number % 2 and rng.random() < 0.15:
                parts.append(rng.choice(BOILERPLATE))
        articles.append("\n\n".join(parts))
    return articles


def read(path: Path, count: int) -> list[str]:
    """The first `count` texts of a JSON lines file that pass the gate."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        texts = (json.loads(line)["text"] for line in lines)
        through = (text for text in texts if passes(text))
        return [text for _, text in zip(range(count), through, strict=False)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    articles = read(options.file, options.count) if options.file else invented(options.count)
    mean = sum(map(len, articles)) / len(articles)
    changed = sum(clean(article).changed for article in articles) / len(articles)
    print(f"{len(articles)} articles, {mean:.0f} characters on average, {changed:.0%} change when cleaned")
    verbs: dict[str, Callable[[str], object]] = {
        "repairs (HTML, ftfy)": repairs,
        "clean": clean,
        "clean_article": lambda text: clean_article(Article(article_id="a", text=text)),
        "is_indonesian": is_indonesian,
    }
    for name, verb in verbs.items():
        print(f"{name:22}{cost(verb, articles, options.rounds):9.1f} µs an article")
    for size in (1, 2, 4):
        text = ("\n".join((*NEWS, *BOILERPLATE)) + "\n") * (size * 250_000 // 900)
        print(f"clean, {len(text):9,} characters {cost(clean, [text], 1) / 1000:9.1f} ms")


if __name__ == "__main__":
    main()
