"""Merges on real news: each was looked at, and none is made that was not."""

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sepaham.batch import Settings, run

LIST = Path(__file__).parents[2] / "data" / "ledger" / "merges.csv"
CORPORA = {"news": "news/background.jsonl.gz", "real": "gold/real/articles.jsonl"}


def judged(corpus: str) -> list[dict[str, str]]:
    with LIST.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["corpus"] == corpus]


def articles(path: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if path.suffix == ".gz" else Path.open
    with opened(path, "rb") as lines:
        yield from map(json.loads, lines)


def pair(one: str, other: str) -> frozenset[str]:
    """The articles of two reports, whichever leads."""
    return frozenset(name.partition("#")[0] for name in (one, other))


def right(corpus: str) -> set[frozenset[str]]:
    """Article pairs whose merge was found right, directly or through the report that leads both."""
    groups: dict[str, list[str]] = {}
    for row in judged(corpus):
        if row["verdict"] == "right":
            groups.setdefault(row["primary"], [row["primary"]]).append(row["report"])
    return {pair(one, other) for group in groups.values() for one in group for other in group}


def merges(out: Path) -> set[frozenset[str]]:
    """Articles of the leading and of each other report of every entry with several."""
    found: set[frozenset[str]] = set()
    leading = ""
    with (out / "ledger_sources.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["role"] == "primary":
                leading = row["agreement_id"]
            elif row["role"] == "report":
                found.add(pair(leading, row["agreement_id"]))
    return found


def test_every_merge_has_a_verdict():
    rows = [row for corpus in CORPORA for row in judged(corpus)]
    assert {row["verdict"] for row in rows} <= {"right", "wrong"}
    assert sum(row["verdict"] == "right" for row in rows) / len(rows) >= 0.98


@pytest.mark.parametrize("corpus", list(CORPORA))
def test_their_articles_are_merged_as_they_were_judged(shared: Path, tmp_path: Path, corpus: str):
    rows = judged(corpus)
    wanted = {row[key].partition("#")[0] for row in rows for key in ("primary", "report")}
    dump = tmp_path / "dump.jsonl"
    kept = [row for row in articles(shared / CORPORA[corpus]) if row["id"] in wanted]
    dump.write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8")
    run(Settings(inputs=(str(dump),), out=tmp_path / "out"))
    found = merges(tmp_path / "out")
    assert found <= right(corpus)
    assert len(found) >= len(rows) / 2, "a change of the extraction may lose a report, not most of them"


@pytest.mark.slow
@pytest.mark.parametrize("corpus", list(CORPORA))
def test_no_merge_of_the_whole_corpus_is_unseen(shared: Path, tmp_path: Path, corpus: str):
    run(Settings(inputs=(str(shared / CORPORA[corpus]),), out=tmp_path / "out", workers=2))
    assert merges(tmp_path / "out") <= right(corpus), "look at the new ones and add them to merges.csv"
