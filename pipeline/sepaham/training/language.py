"""Fits resources/language/weights.csv: `python -m sepaham.training.language NEWS.jsonl[.gz]`.

From the even paragraphs of tests/language (the odd ones are held out), the words of markers.toml, and the
relative frequency of words in Indonesian news (any dump). A word's weight is the log odds of a language
against Indonesian: the counts of the language are smoothed with STRENGTH words of Indonesian, so that a word
that the few paragraphs lack says next to nothing.
"""

import argparse
import csv
import gzip
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sepaham import lexicon
from sepaham.language import words_of

ROOT = Path(__file__).parents[3]
TESTS = ROOT / "tests" / "language"
TARGET = ROOT / "pipeline" / "sepaham" / "resources" / "language" / "weights.csv"
STRENGTH = 5_000
MARKER = 3
RAREST = 4e-6
LEAST = 0.7
KNOWN = 3_000
SHARED = 8e-6
OFTEN = 3
PAPERS = frozenset(("memorandum",))
"""Rare in news at large, but the name of a paper in both languages: no sign of Malay."""


def texts(path: Path) -> Iterator[str]:
    """The texts of a JSON lines file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def fitting_half() -> dict[str, Counter[str]]:
    """Word counts of the even paragraphs of each language."""
    counts: dict[str, Counter[str]] = {}
    seen: Counter[str] = Counter()
    for name in ("others_1.tsv", "others_2.tsv"):
        for line in (TESTS / name).read_text(encoding="utf-8").splitlines():
            language, text = line.split("\t")
            seen[language] += 1
            if seen[language] % 2:
                counts.setdefault(language, Counter()).update(words_of(text))
    return counts


def malay_only(
    listed: list[str], own: Counter[str], indonesian: Counter[str], total: int
) -> tuple[list[str], Counter[str]]:
    """Without the words that both languages have: one is Malay when Indonesian news hardly has it.

    A word of both counts only when the Malay paragraphs use it several times ("bagi", "beliau").
    """
    rare = {word for word in set(listed) | set(own) if indonesian[word] / total < SHARED}
    kept = {word: count for word, count in own.items() if word in rare or count >= OFTEN}
    return [word for word in listed if word in rare], Counter(
        {w: n for w, n in kept.items() if w not in PAPERS}
    )


def main() -> None:
    """Fit the weights from the dump named on the command line and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("news", type=Path)
    indonesian = Counter(word for text in texts(parser.parse_args().news) for word in words_of(text))
    total = sum(indonesian.values())
    markers = lexicon.toml("language/markers.toml")
    counts = fitting_half()
    rows: list[tuple[str, str, str]] = []
    for language, listed in markers.items():
        own = counts.get(language, Counter())
        if language == "ms":
            listed, own = malay_only(listed, own, indonesian, total)
        own.update(dict.fromkeys(listed, MARKER))
        size = sum(own.values()) + STRENGTH
        for word, count in own.items():
            rate = max(indonesian[word] / total, RAREST)
            weight = math.log((count + STRENGTH * rate) / size / rate)
            if abs(weight) >= LEAST:
                rows.append((word, language, f"{weight:.2f}"))
    english = set(markers["en"])  # news quotes English names and titles
    rows += [(word, "id", "0") for word, _ in indonesian.most_common(KNOWN) if word not in english]
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("word", "language", "weight"))
        writer.writerows(sorted(rows))
    sys.stdout.write(f"{len(rows)} weights from {total} Indonesian words\n")


if __name__ == "__main__":
    main()
