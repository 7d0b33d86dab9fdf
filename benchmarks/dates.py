"""Time of finding dates and amounts as a share of dateparser's search on the same articles, in one run.

`python benchmarks/dates.py [ARTICLES.jsonl]`: a line per article with `title`, `text` and `published`; by
default the articles in data/gold. Prints a JSON object; exits with 1 if the share is above a quarter, or if a
megabyte of hostile text costs more than twice what a quarter of it lets expect.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from dateparser.search import search_dates

from sepaham.amounts import find_amounts
from sepaham.dates import find_dates

ROOT = Path(__file__).parents[1]
DEFAULT = ROOT / "data" / "gold" / "articles.jsonl"
SHARE = 0.25
# The same figures four times: linear is 4.
GROWTH = 8.0
HOSTILE = [
    "1",
    "(",
    ".",
    "1/",
    "1-",
    "1.",
    "1, ",
    "(1)",
    "12/3/",
    "Senin ",
    "12 Maret ",
    "hari ini, ",
    "&#39;",
    "a'",
]

Article = tuple[str, str | None]


def read(path: Path) -> list[Article]:
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [(f"{record['title'] or ''}\n\n{record['text']}", record["published"]) for record in records]


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds, the better of two runs."""
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def ours(articles: list[Article]) -> None:
    for text, published in articles:
        find_dates(text, published)


def ours_with_amounts(articles: list[Article]) -> None:
    for text, published in articles:
        find_dates(text, published)
        find_amounts(text, published)


def theirs(articles: list[Article]) -> None:
    for text, published in articles:
        base = datetime.fromisoformat(f"{published or '2000'}-01-01"[:10])
        search_dates(text, languages=["id"], settings={"DATE_ORDER": "DMY", "RELATIVE_BASE": base})


def growth(find: Callable[[str], object]) -> dict[str, dict[str, float]]:
    """Seconds for a megabyte of each hostile text, and how much more than for a quarter of it."""
    found = {}
    for piece in HOSTILE:
        text = (piece * (1_000_000 // len(piece) + 1))[:1_000_000]
        quarter = seconds(partial(find, text[: len(text) // 4]))
        whole = seconds(partial(find, text))
        found[piece] = {
            "seconds_a_megabyte": round(whole, 3),
            "growth_by_4": round(whole / max(quarter, 0.005), 1),
        }
    return found


def main(path: Path) -> int:
    articles = read(path)
    ours_with_amounts(articles[:5])
    theirs(articles[:1])
    reference = seconds(partial(theirs, articles))
    dates, both = seconds(partial(ours, articles)), seconds(partial(ours_with_amounts, articles))
    hostile = growth(lambda text: find_dates(text, "2024-05-15"))
    result = {
        "articles": len(articles),
        "milliseconds_an_article": {
            "find_dates": round(1000 * dates / len(articles), 2),
            "find_dates and find_amounts": round(1000 * both / len(articles), 2),
            "dateparser.search.search_dates": round(1000 * reference / len(articles), 2),
        },
        "share_of_search_dates": {
            "find_dates": round(dates / reference, 3),
            "both": round(both / reference, 3),
        },
        "hostile": hostile,
    }
    print(json.dumps(result, indent=1, ensure_ascii=False))
    return int(both / reference > SHARE or any(one["growth_by_4"] > GROWTH for one in hostile.values()))


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
