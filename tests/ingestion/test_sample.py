"""The sample dump reads as its gold says: every format, matching ids, every gold text in its article."""

import importlib.util
import json
from collections import Counter
from pathlib import Path

import pytest

from sepaham.ingestion import Rejected, read_articles

DATA = Path(__file__).parents[2] / "data"
WRITTEN = DATA.parents[1] / "shared" / "gold" / "written"


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


@pytest.fixture(scope="module")
def read():
    return list(read_articles([str(DATA / "raw")]))


def test_sample_reads_whole(read):
    assert [(item.source_file, item.reason) for item in read if isinstance(item, Rejected)] == [
        ("README.md", "unknown_format")
    ]
    count = Counter(item.source_file.partition("/")[0] for item in read if not isinstance(item, Rejected))
    assert count == {
        "daerah.jsonl.gz": 12,
        "kampus.csv": 7,
        "pusat.json": 7,
        "siaran-pers": 8,
        "usaha.tsv.gz": 6,
    }


def test_articles_beside_the_gold_are_what_is_read(read):
    expected = [
        {"id": a.article_id, "title": a.title, "published": a.published, "outlet": a.outlet, "url": a.url,
         "source": "written", "text": a.text}
        for a in read if not isinstance(a, Rejected)
    ]  # fmt: skip
    assert rows(DATA / "gold" / "articles.jsonl") == expected


def literal(event):
    for party in event["parties"]:
        yield from party["texts"]
        for person in party["signatories"]:
            yield from (person["name"], person["role"])
    yield from event["commitments"]
    yield from (
        event[key]["text"] for key in ("date", "venue", "value", "duration", "valid_until") if event[key]
    )


def test_gold_fits_the_sample(read):
    gold = {row["id"]: row for row in rows(DATA / "gold" / "sample.jsonl")}
    bodies = {item.article_id: item.body for item in read if not isinstance(item, Rejected)}
    assert gold.keys() == bodies.keys()
    assert len(gold) == 40
    assert Counter(row["is_mou"] for row in gold.values()) == {True: 31, False: 9}
    for key, row in gold.items():
        for event in row["events"]:
            assert all(text in bodies[key] for text in literal(event) if text)


def test_dates_of_the_sample_are_those_of_the_written_articles(read):
    if not WRITTEN.is_dir():
        pytest.skip("../shared/gold/written is not there")
    written = {row["id"]: row["published"] for row in rows(WRITTEN / "articles.jsonl")}
    given = {
        a.article_id: a.published
        for a in read
        if a.source_file.startswith(("daerah", "kampus", "pusat", "usaha"))
    }
    assert given == {key: written[key] for key in given}
    splits = json.loads((WRITTEN / "splits.json").read_text())
    assert given.keys() <= {*splits["train"], *splits["dev"]}


def test_sample_is_what_its_script_builds(read):
    if not WRITTEN.is_dir():
        pytest.skip("../shared/gold/written is not there")
    spec = importlib.util.spec_from_file_location("build_sample", DATA / "build_sample.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    built = script.dump({row["id"]: row for row in rows(WRITTEN / "articles.jsonl")})
    for name, content in built.items():
        if not name.endswith(".gz"):  # packed bytes depend on the zlib
            assert (DATA / "raw" / name).read_bytes() == content
