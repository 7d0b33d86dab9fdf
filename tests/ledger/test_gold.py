"""The groups on the written gold: 138 reports of 50 agreements, the half "held" never fitted on."""

import csv
import importlib.util
import random
from dataclasses import replace
from pathlib import Path

import pytest

from sepaham.ledger import build
from sepaham.ledger.matcher import shipped
from sepaham.ledger.reports import Report
from sepaham.training.ledger.fit import measure, read_gold, train

GOLD = Path(__file__).parents[2] / "data" / "ledger"


@pytest.fixture(scope="module")
def gold():
    return read_gold(GOLD)


@pytest.fixture(scope="module")
def rows(tmp_path_factory) -> dict[str, dict[str, str]]:
    """Name of the agreement -> its row of the ledger."""
    out = tmp_path_factory.mktemp("ledger")
    build([GOLD], out)
    with (GOLD / "clusters.csv").open(encoding="utf-8") as file:
        names = {row["agreement_id"]: row["cluster"] for row in csv.DictReader(file)}
    with (out / "ledger.csv").open(encoding="utf-8") as file:
        return {names[row["primary_report"]]: row for row in csv.DictReader(file)}


def test_gold_has_its_size(gold):
    reports, clusters, half = gold
    assert len(reports) >= 120
    assert len(set(clusters.values())) >= 40
    assert 0.4 < sum(h == "held" for h in half.values()) / len(half) < 0.6
    assert all(len({half[i] for i in half if clusters[i] == name}) == 1 for name in set(clusters.values()))


def test_near_misses_are_in_one_half(gold):
    reports, _, half = gold
    bodies: dict[frozenset[str], set[str]] = {}
    for report in reports:
        bodies.setdefault(frozenset(b.key for b in report.bodies), set()).add(half[report.agreement_id])
    assert all(len(halves) == 1 for halves in bodies.values())


@pytest.mark.parametrize("part", ["held", "fit", "all"])
def test_groups_reach_the_floor(gold, part):
    reports, clusters, half = gold
    chosen = [r for r in reports if part in ("all", half[r.agreement_id])]
    result = measure(chosen, clusters, shipped())
    assert result.f1 >= 0.97
    assert result.merge_precision >= 0.98
    assert result.merged_pairs >= len(chosen) / 2


def poorer(report: Report, chance: random.Random) -> Report:
    """A report as extraction leaves it: facts missing, the kind of paper mistaken."""
    keep = chance.random
    return replace(
        report,
        dated=report.dated if keep() > 0.3 else None,
        venue=report.venue if keep() > 0.5 else (),
        topic=report.topic if keep() > 0.3 else (),
        people=report.people if keep() > 0.5 else (),
        published=report.published if keep() > 0.1 else None,
        docs=report.docs if keep() > 0.1 else frozenset({"mou"}),
        years=report.years if keep() > 0.3 else (),
        number="",
    )


def test_groups_of_poor_reports_reach_the_floor(gold):
    reports, clusters, half = gold
    held = [r for r in reports if half[r.agreement_id] == "held"]
    results = [
        measure([poorer(r, chance) for r in held], clusters, shipped())
        for chance in map(random.Random, range(10))
    ]
    assert sum(r.f1 for r in results) / len(results) >= 0.93
    assert sum(r.right_pairs for r in results) / sum(r.merged_pairs for r in results) >= 0.98


def test_shipped_weights_are_those_of_the_recipe():
    matcher, _ = train(GOLD)
    shipped_matcher = shipped()
    assert matcher.threshold == shipped_matcher.threshold
    assert matcher.values == pytest.approx(shipped_matcher.values, abs=0.002)


def test_gold_is_built_from_its_facts(tmp_path):
    spec = importlib.util.spec_from_file_location("ledger_gold", GOLD / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(tmp_path)
    for name in ("agreements.jsonl", "articles.csv", "clusters.csv"):
        assert (tmp_path / name).read_bytes() == (GOLD / name).read_bytes(), (
            f"run data/ledger/build.py: {name}"
        )


def test_papers_follow_each_other(rows):
    with (GOLD / "clusters.csv").open(encoding="utf-8") as file:
        wanted = {r["cluster"]: r["earlier"] for r in csv.DictReader(file) if r["earlier"]}
    name_of = {row["ledger_id"]: name for name, row in rows.items()}
    found = {name: name_of[row["follows"]] for name, row in rows.items() if row["follows"]}
    assert found == wanted
    loi, mou, pks = (rows[n] for n in ("riau-jica-loi", "riau-jica-mou", "pekanbaru-dlhk-pks"))
    assert loi["lineage_id"] == mou["lineage_id"] == pks["lineage_id"] == loi["ledger_id"]
    assert rows["sleman-ugm-2024"]["follows_how"] == "extends"
    assert mou["next_paper_ids"] == pks["ledger_id"]
    assert mou["next_paper_note"] == "seen"


def test_plan_signing_and_follow_up_are_stages_of_one_paper(rows):
    row = rows["tomohon-sorong"]
    assert row["stages"] == "planned 2025-09-17 | signed 2025-10-22 | implemented 2026-03-10"
    assert row["status"] == "implemented"
    assert rows["tangsel-telko"]["stages"] == "signed 2022-09-15 | ended 2024-10-02"


def test_a_plan_that_names_the_wrong_day_does_not_outvote_the_signing(rows):
    assert rows["jateng-diy-mou"]["date_signed"] == "2023-03-09"
    assert rows["jateng-diy-mou"]["conflicts"] == ""


def test_conflicts_stay_visible(rows):
    row = rows["kulonprogo-pangkalpinang"]
    assert row["date_signed"] == "2024-04-25"
    assert row["conflicts"] == "date: 2024-04-25 (2), not 2024-04-23 (1)"
    assert row["n_conflicts"] == "1"
    assert "date 2/3" in row["votes"]
    assert rows["unand-petronas"]["conflicts"].startswith("value: 2500000000 IDR (1), not 2300000000")
    assert rows["mandiri-unhas"]["date_signed"] == "2023-05-22"


def test_copies_are_one_source(rows):
    row = rows["polda-ntb-media"]
    assert (row["n_reports"], row["independent_sources"]) == ("5", "3")
    assert row["votes"].startswith("parties 3/3")


def test_terms_are_stated_or_computed_with_their_basis(rows):
    assert rows["kulonprogo-pangkalpinang"]["valid_until_basis"] == "stated"
    row = rows["jateng-diy-mou"]
    assert (row["valid_until"], row["valid_until_basis"]) == ("2028-03-09", "computed: 2023-03-09 + P5Y")
    assert rows["kai-kemenag"]["valid_until"] == ""


def test_classes_of_the_gold(rows):
    of = {name: row["legal_class"] for name, row in rows.items()}
    assert of["bandung-kua-2024"] == of["hibah-pilkada-ogan"] == "BUDGET"
    assert of["toyama-semarang"] == of["ambon-darwin"] == "KSDPL"
    assert of["riau-jica-mou"] == "KSDLL"
    assert of["desa-wisata-bank"] == "VILLAGE"
    assert of["kejari-batu"] == of["bps-kalbar"] == "SINERGI"
    assert of["jateng-diy-pks"] == "KSDD"
    assert of["lamongan-bpbd"] == "KSDPK"
    assert of["unand-mou"] == "NON_GOVERNMENT"


def test_missing_next_paper_is_only_not_seen(rows):
    assert rows["ponorogo-madiun-kab"]["next_paper"] == "Perjanjian Kerja Sama"
    assert rows["ponorogo-madiun-kab"]["next_paper_note"] == "not seen in these articles after 12 months"
    assert rows["tomohon-sorong"]["next_paper_note"] == "not seen in these articles"
    assert rows["bandung-kua-2024"]["next_paper"] == ""
    assert rows["tangsel-telko"]["next_paper"] == ""


def test_a_report_of_some_parties_is_merged_with_the_whole_ceremony(tmp_path):
    build([GOLD], tmp_path)
    with (tmp_path / "ledger.csv").open(encoding="utf-8") as file:
        ceremony = [r for r in csv.DictReader(file) if r["date_signed"] == "2023-11-07"]
    assert max(int(row["n_reports"]) for row in ceremony) >= 2
    assert max(int(row["n_parties"]) for row in ceremony) == 6
    assert {row["hub"] for row in ceremony if row["n_parties"] == "6"} == {"Kejaksaan Tinggi Jawa Timur"}
