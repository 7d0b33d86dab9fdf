"""ms of processor time an article for dates and amounts: `python benchmarks/amounts.py [ARTICLES.jsonl]`.

Measured beside `dateparser.search.search_dates` (languages fixed to Indonesian) on the same articles, then on
texts of one pattern at three lengths, where time must grow no faster than the text. Without a file it reads
invented articles of 2,000 characters.
"""

import argparse
import json
import random
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from dateparser.search import search_dates

from sepaham.amounts import find_amounts
from sepaham.dates import find_dates

SENTENCES = (
    "Nota kesepahaman senilai Rp 12,5 miliar itu diteken Jumat (26/4/2024) dan berlaku tiga tahun.",
    "Wali kota menyebut 15 persen warga di 12 kelurahan belum terlayani air bersih.",
    "Rektor yang hadir bersama jajarannya menyambut baik kerja sama di bidang riset dan pengabdian.",
    "Pembahasan dimulai dua tahun lalu, tepatnya 3 Maret 2022, lalu tertunda karena perubahan pejabat.",
    "Para petani berharap pupuk datang tepat waktu sehingga musim tanam tidak bergeser lagi.",
    "Lahan seluas 1.250 hektare disiapkan, sedangkan biaya 300 juta dolar AS ditanggung investor.",
    "Kegiatan di aula dinas itu turut dihadiri kepala bagian hukum dan para camat se-kabupaten.",
    "Kapal berangkat pukul 10.00 WIB dan tiba keesokan harinya setelah berlayar 14 jam.",
    "Menurut panitia, pendaftaran dibuka kembali pekan depan dan ditutup akhir Mei 2024.",
    "Perwakilan komunitas menyampaikan aspirasi agar lapangan desa tetap terbuka bagi anak-anak.",
)
Article = tuple[str, str | None]
LENGTH = 2000
PUBLISHED = "2024-04-27"
PATTERNS = ("1", "1.", "(", "((1) ", "12.", "1-", "Rp 1 ", "dua ", "2020-", "5 juta ", "1/1/")
SIZES = (250_000, 500_000, 1_000_000)


def invented(count: int) -> list[Article]:
    """`count` texts of LENGTH characters with their publication day, the same ones every time."""
    rng = random.Random(0)
    return [(" ".join(rng.choices(SENTENCES, k=LENGTH // 90))[:LENGTH], PUBLISHED) for _ in range(count)]


def read(path: Path, count: int) -> list[Article]:
    """The first `count` articles of a JSON lines file with `title`, `text`, `published`."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, count)]
    return [
        (f"{row['title']}\n\n{row['text']}" if row.get("title") else row["text"], row.get("published"))
        for row in rows
    ]


def cost(verb: Callable[[str, str | None], object], articles: list[Article], rounds: int) -> float:
    """ms of processor time an article: the best of `rounds`, so that other work counts least."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for text, published in articles:
            verb(text, published)
        best = min(best, time.process_time() - start)
    return best / len(articles) * 1e3


def search(text: str, _: str | None) -> object:
    """The other tool, as its documentation has it."""
    return search_dates(text, languages=["id"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--searched", type=int, default=20, help="articles given to search_dates")
    options = parser.parse_args()
    articles = read(options.file, options.count) if options.file else invented(options.count)
    mean = sum(len(text) for text, _ in articles) / len(articles)
    print(f"{len(articles)} articles, {mean:.0f} characters on average")
    amounts, dates = cost(find_amounts, articles, options.rounds), cost(find_dates, articles, options.rounds)
    few = articles[: options.searched]
    both = cost(find_amounts, few, options.rounds) + cost(find_dates, few, options.rounds)
    other = cost(search, few, 1)
    print(f"find_amounts                      {amounts:8.3f} ms an article")
    print(f"find_dates                        {dates:8.3f} ms an article")
    print(f"both, the first {options.searched:4}              {both:8.3f} ms an article")
    print(f"search_dates, the first {options.searched:4}      {other:8.3f} ms an article")
    print(f"both : search_dates               {both / other:8.3f} (aim: at most 0.25)")
    for pattern in PATTERNS:
        times = [cost(find_amounts, [(pattern * (size // len(pattern)), PUBLISHED)], 1) for size in SIZES]
        row = " ".join(f"{value:9.1f}" for value in times)
        print(f"find_amounts {pattern!r:10} ms at {SIZES[0]:,} {SIZES[1]:,} {SIZES[2]:,} characters: {row}")


if __name__ == "__main__":
    main()
