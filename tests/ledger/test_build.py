"""The ledger as files: any order, any number of folders, nothing lost; agreements point to it."""

import csv
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.errors import ConfigurationError, InputError
from sepaham.ledger import FILES, annotate, build
from sepaham.ledger.commands import build_ledger, day_number
from sepaham.ledger.times import bounds
from sepaham.tables.schema import AGREEMENTS

GOLD = Path(__file__).parents[2] / "data" / "ledger"


def lines() -> list[str]:
    return (GOLD / "agreements.jsonl").read_text(encoding="utf-8").splitlines()


def folder(path: Path, kept: list[str], names: list[str] | None = None) -> Path:
    """An output folder with these agreements and all articles (or those named)."""
    path.mkdir()
    (path / "agreements.jsonl").write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
    with (GOLD / "articles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    body = [row for row in rows[1:] if names is None or row[0] in names]
    with (path / "articles.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([rows[0], *body])
    return path


def written(path: Path) -> dict[str, bytes]:
    return {name: (path / name).read_bytes() for name in FILES}


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("whole")
    build([GOLD], out)
    return out


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_order_of_the_agreements_does_not_matter(tmp_path, whole, seed):
    shuffled = lines()
    random.Random(seed).shuffle(shuffled)
    build([folder(tmp_path / "in", shuffled)], tmp_path / "out")
    assert written(tmp_path / "out") == written(whole)


def test_articles_added_later_give_the_ledger_of_one_run(tmp_path, whole):
    first, second = lines()[::2], lines()[1::2]
    names = [[json.loads(line)["article_id"] for line in part] for part in (first, second)]
    folders = [folder(tmp_path / "a", first, names[0]), folder(tmp_path / "b", second, names[1])]
    build([folders[0]], tmp_path / "early")
    build(folders, tmp_path / "late")
    with (tmp_path / "late" / "ledger.csv").open() as file, (whole / "ledger.csv").open() as other:
        assert file.read() == other.read()
    build(folders[::-1], tmp_path / "turned")
    assert (tmp_path / "turned" / "ledger.csv").read_bytes() == (
        tmp_path / "late" / "ledger.csv"
    ).read_bytes()


def test_an_article_in_two_folders_counts_once(tmp_path, whole):
    build([GOLD, folder(tmp_path / "again", lines()[:40])], tmp_path / "out")
    assert (tmp_path / "out" / "ledger.csv").read_bytes() == (whole / "ledger.csv").read_bytes()


def test_every_report_is_in_one_entry(whole):
    with (whole / "ledger_sources.csv").open(encoding="utf-8") as file:
        sources = list(csv.DictReader(file))
    with (whole / "ledger.csv").open(encoding="utf-8") as file:
        ledger = {row["ledger_id"]: row for row in csv.DictReader(file)}
    assert sorted(row["agreement_id"] for row in sources) == sorted(
        json.loads(line)["agreement_id"] for line in lines()
    )
    assert [row["ledger_id"] for row in sources if row["role"] == "primary"] == list(ledger)
    assert sum(int(row["n_reports"]) for row in ledger.values()) == len(sources)


def test_agreements_point_to_the_ledger(tmp_path):
    target = folder(tmp_path / "out", lines())
    with (target / "agreements.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [c.name for c in AGREEMENTS.columns], lineterminator="\n")
        writer.writeheader()
        writer.writerows(
            {"agreement_id": json.loads(line)["agreement_id"], "subject": "'=1+1", "needs_review": "false"}
            for line in lines()
        )
    before = (target / "agreements.csv").read_text(encoding="utf-8")
    built, _ = build_ledger([target], None)
    with (target / "agreements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["subject"] == "'=1+1" for row in rows)
    assert sum(row["is_primary_report"] == "true" for row in rows) == built.entries
    assert len({row["ledger_id"] for row in rows}) == built.entries
    assert {row["is_primary_report"] for row in rows} == {"true", "false"}
    annotate(target, built)
    assert len(before) < len((target / "agreements.csv").read_text(encoding="utf-8"))


def test_duplicates_stand_under_their_article(tmp_path):
    target = folder(tmp_path / "in", lines())
    with (target / "articles.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(
            [
                "salinan-1",
                "duplicate",
                "sleman-ugm-2022-1",
                "Salinan",
                "Agregator",
                "2022-05-19",
                "",
                "0",
                "",
                "x",
            ]
        )
    build([target], tmp_path / "out")
    with (tmp_path / "out" / "ledger_sources.csv").open(encoding="utf-8") as file:
        copies = [row for row in csv.DictReader(file) if row["role"] == "copy"]
    assert [(row["article_id"], row["outlet"], row["agreement_id"]) for row in copies] == [
        ("salinan-1", "Agregator", "")
    ]
    with (tmp_path / "out" / "ledger.csv").open(encoding="utf-8") as file:
        row = next(r for r in csv.DictReader(file) if r["ledger_id"] == copies[0]["ledger_id"])
    assert (row["n_reports"], row["n_articles"], row["independent_sources"]) == ("3", "4", "3")


def test_deadlines_count_from_the_given_day(tmp_path):
    build([GOLD], tmp_path, on=day_number("2026-01-10"))
    with (tmp_path / "ledger.csv").open(encoding="utf-8") as file:
        soon = [r["valid_until"] for r in csv.DictReader(file) if r["expires_within_90_days"] == "true"]
    assert soon == ["2026-02-27", "2026-01-15"]


def test_graph_is_graphml(whole):
    from xml.etree import ElementTree

    root = ElementTree.parse(whole / "network.graphml").getroot()
    space = "{http://graphml.graphdrawing.org/xmlns}"
    nodes = {node.get("id") for node in root.iter(f"{space}node")}
    edges = [(edge.get("source"), edge.get("target")) for edge in root.iter(f"{space}edge")]
    assert ("kemendagri:33.08", "pt:001028") in edges or any("kemendagri:33.08" in edge for edge in edges)
    assert all(a in nodes and b in nodes for a, b in edges)
    assert not any("dprd:" in name for name in nodes), "budget papers are no cooperation"


def test_no_agreements_give_an_empty_ledger(tmp_path):
    build([folder(tmp_path / "in", [])], tmp_path / "out")
    assert len((tmp_path / "out" / "ledger.csv").read_text().splitlines()) == 1


def test_errors_say_what_to_do(tmp_path):
    with pytest.raises(InputError, match="sepaham extract"):
        build([tmp_path], tmp_path / "out")
    broken = folder(tmp_path / "in", ['{"agreement_id": "a#1"}'])
    with pytest.raises(InputError, match="line 1"):
        build([broken], tmp_path / "out")
    with pytest.raises(ConfigurationError, match="-o FOLDER"):
        build_ledger([GOLD, broken], None)
    with pytest.raises(ConfigurationError, match="2025-12-31"):
        day_number("besok")


@given(st.text(max_size=12))
def test_bounds_take_any_text(text):
    found = bounds(text)
    assert found is None or found[0] <= found[1]


@pytest.mark.parametrize("text", ["5", "02/05/2024", "2024-13", "2024-02-30", "", "12-05-2024"])
def test_bounds_know_only_iso(text):
    assert bounds(text) is None
