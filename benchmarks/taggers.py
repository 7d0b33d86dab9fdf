"""Words a second of the taggers that need no extra, in one run: `python benchmarks/taggers.py`.

The articles of data/gold, one process and one thread; the best of several rounds of processor time, and each
tagger's speed as a multiple of the encoder's.
"""

import json
from pathlib import Path

from timing import cost

from sepaham.ner.taggers import make
from sepaham.records import Article

ROOT = Path(__file__).parents[1]
ROUNDS = 5


def main() -> None:
    """Measure and print."""
    lines = (ROOT / "data/gold/articles.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    words = sum(len(text.split()) for text in texts) / len(texts)
    speeds: dict[str, float] = {}
    for name in ("encoder", "fast", "rules"):
        tag = make(name)
        each = cost(lambda text, tag=tag: tag(Article(article_id="a", text=text)), texts, ROUNDS)
        speeds[name] = words / each * 1e6
        times = speeds[name] / speeds["encoder"]
        print(f"{name}: {speeds[name]:,.0f} words a second, {times:.2f} times the encoder")


if __name__ == "__main__":
    main()
