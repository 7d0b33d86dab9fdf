"""How fast a large page opens and scrolls: `python tests/inspector/measure_page.py [AGREEMENTS]`.

Builds an output folder of that many agreements (20,000 by default) from the sample dump, each with its own
article, writes its page and opens it from disk in headless Chromium. Prints figures; no test needs them.
"""

import json
import random
import shutil
import statistics
import string
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from sepaham import batch
from sepaham.ingestion import read_articles
from sepaham.inspector import write_page
from sepaham.records import Article

ROOT = Path(__file__).parents[2]
SCROLL = """
async ([step, more]) => {
  const box = document.querySelector('#grid');
  const gaps = [];
  let last = performance.now();
  for (let i = 0; i < 120; i += 1) {
    box.scrollTop += step + more * i;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    gaps.push(now - last);
    last = now;
  }
  return gaps;
}
"""


PACES = {"at rest": [0, 0], "scrolling two rows a frame": [112, 0], "ever faster to the end": [400, 37]}
LETTERS = string.ascii_lowercase
TEXTS = frozenset(
    {"title", "text", "texts", "name", "role", "quote", "subject", "agreement_text", "hub", "city"}
)


def told(value: Any, cipher: dict[int, int], key: str = "") -> Any:
    """The same data with its words in another alphabet, so that no two articles pack together."""
    if isinstance(value, dict):
        return {name: told(item, cipher, name) for name, item in value.items()}
    if isinstance(value, list):
        return [told(item, cipher, key) for item in value]
    return value.translate(cipher) if isinstance(value, str) and key in TEXTS else value


def build(folder: Path, count: int) -> Path:
    """An output folder of `count` agreements, and the dump that it was read from."""
    small, out, dump = folder / "small", folder / "out", folder / "dump.jsonl"
    batch.run(batch.Settings(inputs=(str(ROOT / "data" / "raw"),), out=small))
    lines = (small / "agreements.jsonl").read_text(encoding="utf-8").splitlines()
    agreements = [json.loads(line) for line in lines]
    chance = random.Random(1)
    articles = {
        a.article_id: a for a in read_articles([str(ROOT / "data" / "raw")]) if isinstance(a, Article)
    }
    out.mkdir()
    header = (small / "articles.csv").read_text(encoding="utf-8").splitlines()[0]
    with (
        dump.open("w", encoding="utf-8") as texts,
        (out / "agreements.jsonl").open("w", encoding="utf-8") as nested,
        (out / "articles.csv").open("w", encoding="utf-8") as rows,
    ):
        rows.write(header + "\n")
        for number in range(count):
            agreement = agreements[number % len(agreements)]
            article = articles[agreement["article_id"]]
            key = f"a{number:05}"
            cipher = str.maketrans(LETTERS, "".join(chance.sample(LETTERS, len(LETTERS))))
            row = told({"id": key, "title": article.title, "text": article.text}, cipher)
            texts.write(json.dumps(row, ensure_ascii=False) + "\n")
            moved = {**told(agreement, cipher), "agreement_id": f"{key}#1", "article_id": key}
            nested.write(json.dumps(moved, ensure_ascii=False) + "\n")
            rows.write(
                f"{key},agreement,,Berita {number},Harian,2024-05-15,field,,dump.jsonl,{number + 1},,,1\n"
            )
    run = {"versions": {}, "settings": {"inputs": [str(dump)], "columns": {}}, "counts": {}}
    (out / "run.json").write_text(json.dumps(run), encoding="utf-8")
    return out


def measure(page_file: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for _ in range(3):
            page = browser.new_page(viewport={"width": 1440, "height": 860})
            started = time.perf_counter()
            page.goto(page_file.as_uri(), wait_until="commit")
            page.wait_for_selector("html[data-ready]", timeout=60_000)
            opened = time.perf_counter() - started
            pace = {name: sorted(page.evaluate(SCROLL, steps)) for name, steps in PACES.items()}
            nodes = page.evaluate("document.querySelectorAll('*').length")
            heap = page.evaluate("performance.memory ? performance.memory.usedJSHeapSize / 1e6 : 0")
            started = time.perf_counter()
            page.keyboard.press("End")
            page.keyboard.press("Enter")
            page.wait_for_selector("#article .text")
            record = time.perf_counter() - started
            started = time.perf_counter()
            page.keyboard.press("Escape")
            page.fill("#search", "no such words")
            page.wait_for_selector("#grid[aria-rowcount='1']")
            search = time.perf_counter() - started
            print(
                f"open {opened:.2f} s, a record {record:.2f} s, a search {search:.2f} s, "
                f"{nodes} elements, {heap:.0f} MB heap"
            )
            for name, gaps in pace.items():
                late = gaps[int(0.95 * len(gaps))]
                print(f"  frame, {name}: median {statistics.median(gaps):.0f} ms, 95 % {late:.0f} ms")
            page.close()
        print("Chromium", browser.version)
        browser.close()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        out = build(folder, count)
        started = time.perf_counter()
        report = write_page(out, folder / "page.html")
        print(f"written in {time.perf_counter() - started:.1f} s: {report.to_text()}")
        measure(folder / "page.html")


if __name__ == "__main__":
    main()
