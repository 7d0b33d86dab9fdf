"""The map: a shape for every province, what is counted in it, and how the shapes are made."""

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from sepaham.ledger import build
from sepaham.ledger.provinces import shape_of
from sepaham.lexicon import csv_rows, json_object
from sepaham.training.build_provinces import TOLERANCE, area, belonging, polygons, simplified

GOLD = Path(__file__).parents[2] / "data" / "ledger"


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("map")
    build([GOLD], folder)
    return folder


@pytest.fixture(scope="module")
def counted(out) -> dict[str, dict[str, object]]:
    features = json.loads((out / "regions.geojson").read_text(encoding="utf-8"))["features"]
    return {item["properties"]["name"]: item["properties"] for item in features}


def test_every_province_lies_in_a_shape():
    provinces = [row["code"] for row in csv_rows("registry/regions.csv") if row["level"] == "provinsi"]
    assert len(provinces) == 38
    assert all(shape_of(f"kemendagri:{code}") is not None for code in provinces)
    assert len({shape_of(f"kemendagri:{code}") for code in provinces}) == 33
    assert shape_of("kemendagri:96.71") == shape_of("kemendagri:92")
    assert shape_of("kemendagri:65") == shape_of("kemendagri:64.72")
    assert shape_of("polri:polres.34.04") is shape_of(None) is None


def test_shapes_are_rings_of_the_archipelago():
    for feature in json_object("ledger/provinces.geojson")["features"]:
        assert feature["geometry"]["type"] == "MultiPolygon"
        for outer, *holes in feature["geometry"]["coordinates"]:
            assert outer[0] == outer[-1]
            assert len(outer) >= 4
            assert area(outer) > 0, "counterclockwise, as RFC 7946 wants"
            assert all(area(hole) < 0 for hole in holes)
            assert all(94 < x < 142 and -12 < y < 7 for x, y in outer)


def test_counts_are_those_of_the_ledger(out, counted):
    wanted: Counter[int | None] = Counter()
    with (out / "ledger.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["legal_class"] in ("KSDD", "KSDPK", "SINERGI") and row["status"] != "planned":
                wanted.update({shape_of(code) for code in row["regions"].split(" | ")} - {None})
    places = {name: n for n, name in enumerate(counted)}
    found = {
        name: sum(int(facts[c]) for c in ("KSDD", "KSDPK", "SINERGI")) for name, facts in counted.items()
    }
    assert found == {name: wanted[place] for name, place in places.items()}
    assert sum(found.values()) > 20


def test_an_agreement_of_two_provinces_is_counted_in_both_and_budget_papers_in_none(out, counted):
    with (out / "ledger.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    shared = next(r for r in rows if r["legal_class"] == "KSDD" and r["date_signed"] == "2023-03-09")
    for name in ("Jawa Tengah", "Daerah Istimewa Yogyakarta"):
        assert shared["ledger_id"] in str(counted[name]["ledger_ids"]).split()
    budget = {row["ledger_id"] for row in rows if row["legal_class"] == "BUDGET"}
    assert budget
    assert budget.isdisjoint(word for facts in counted.values() for word in str(facts["ledger_ids"]).split())


def test_lines_are_simplified_within_the_tolerance():
    wave = [(n / 100, (n % 2) * TOLERANCE / 2) for n in range(101)]
    assert simplified(wave) == [wave[0], wave[-1]]
    peak = [(0.0, 0.0), (0.5, 0.001), (1.0, 1.0), (1.5, 0.0), (2.0, 0.0)]
    assert simplified(peak) == peak
    square = [(0.0, 0.0), (0.5, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
    assert simplified(square) == [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]


def test_rings_are_put_together_wound_and_islets_left_out():
    lines = [[(0.0, 0.0), (0.0, 1.0), (1.0, 1.0)], [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]]
    islet = [[(5.0, 5.0), (5.0, 5.01), (5.01, 5.01), (5.0, 5.0)]]
    shape = {"type": "MultiPolygon", "arcs": [[[0, ~1]], [[2]]]}
    (found,) = polygons(shape, [*lines, *islet])
    assert area(found[0]) == 1.0
    assert polygons({"type": "Polygon", "arcs": [[0]]}, islet), "the only part stays, however small"


def test_young_provinces_belong_to_the_one_they_were_cut_from():
    old = [row["code"] for row in csv_rows("registry/regions.csv") if row["level"] == "provinsi"]
    found = belonging([code for code in old if code not in ("65", "93", "96")])
    assert found["64"] == ["64", "65"]
    assert found["91"] == ["91", "93"]
    assert found["92"] == ["92", "96"]
