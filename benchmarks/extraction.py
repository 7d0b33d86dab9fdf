"""What an agreement article costs beyond its entity recognition: `python benchmarks/extraction.py`.

The articles of data/gold that report an agreement, one process, best of several rounds: seconds of processor
time for all of `extract_article` and for the tagger alone, and their ratio (asked for: at most 1.5).
"""

import json
import time
from pathlib import Path

from sepaham.cleaning import clean_article
from sepaham.extraction import DEFAULT_TAGGER, extract_article, loaded
from sepaham.records import Article

ROOT = Path(__file__).parents[1]
ROUNDS = 5


def articles() -> list[Article]:
    """The articles of the sample's gold that report an agreement."""
    gold = [json.loads(line) for line in (ROOT / "data/gold/sample.jsonl").read_text("utf-8").splitlines()]
    told = {item["id"] for item in gold if item["is_mou"]}
    lines = (ROOT / "data/gold/articles.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        Article(article_id=r["id"], title=r.get("title"), text=r["text"], published=r.get("published"))
        for r in rows
        if r["id"] in told
    ]


def main() -> None:
    """Measure and print."""
    found, read = articles(), loaded(DEFAULT_TAGGER)
    extract_article(found[0])
    whole, alone = [], []
    for _ in range(ROUNDS):
        begun = time.process_time()
        for article in found:
            extract_article(article)
        whole.append(time.process_time() - begun)
        begun = time.process_time()
        for article in found:
            read(clean_article(article)[0])
        alone.append(time.process_time() - begun)
    each = 1000 / len(found)
    print(f"{len(found)} articles: {min(whole) * each:.0f} ms each, tagger {min(alone) * each:.0f} ms")
    print(f"ratio {min(whole) / min(alone):.2f} (best of {ROUNDS} rounds)")


if __name__ == "__main__":
    main()
