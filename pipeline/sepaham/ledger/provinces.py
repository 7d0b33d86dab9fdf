"""The provinces with what their regions agreed on, as GeoJSON: a feature for each shape of the map."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from sepaham.ledger.entry import Entry
from sepaham.ledger.law import CLASSES, region_of, rule, side
from sepaham.lexicon import json_object

_PREFIX = "kemendagri:"
_COUNTED = ("KSDD", *sorted(CLASSES.values()), "VILLAGE")
LISTED = 50
"""Ledger ids that a feature names; `agreements` counts all."""


@cache
def _shapes() -> dict[str, int]:
    """Code of a province -> the place of its shape; a young province lies in that which it was cut from."""
    features = json_object("ledger/provinces.geojson")["features"]
    return {code: n for n, item in enumerate(features) for code in item["properties"]["codes"]}


def shape_of(code: str | None) -> int | None:
    """The place of the shape in which a region with this code lies."""
    if not code or not code.startswith(_PREFIX):
        return None
    return _shapes().get(_PREFIX + code.removeprefix(_PREFIX).split(".")[0])


class Provinces:
    """What is counted for each shape; `add` the entries in their order, then `write`."""

    def __init__(self) -> None:
        """Nothing counted yet."""
        self._counts: dict[int, Counter[str]] = {}
        self._ids: dict[int, list[str]] = {}

    def add(self, entry: Entry) -> None:
        """Count an agreement for the provinces of its regions and villages; budget papers are left out."""
        legal_class = rule(entry.facts).legal_class
        if legal_class == "BUDGET":
            return
        planned = entry.facts.status == "planned"
        for place in _bound(entry):
            counts = self._counts.setdefault(place, Counter())
            if planned:
                counts["planned"] += 1
                continue
            counts.update(filter(None, ("agreements", legal_class)))
            listed = self._ids.setdefault(place, [])
            if len(listed) < LISTED:
                listed.append(entry.ledger_id)
        venue = shape_of(entry.facts.venue_city_code)
        if venue is not None and not planned:
            self._counts.setdefault(venue, Counter())["signed_here"] += 1

    def write(self, path: Path) -> None:
        """Write one FeatureCollection (RFC 7946), the shapes in the order of their codes."""
        with path.open("w", encoding="utf-8", newline="\n") as file:
            rows = (json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in self._features())
            file.write('{"type":"FeatureCollection","features":[\n' + ",\n".join(rows) + "\n]}\n")

    def _features(self) -> Iterator[dict[str, Any]]:
        for place, shape in enumerate(json_object("ledger/provinces.geojson")["features"]):
            counts, about = self._counts.get(place, Counter()), shape["properties"]
            told = {name: counts[name] for name in ("agreements", "planned", *_COUNTED, "signed_here")}
            properties = {
                "name": about["name"],
                "codes": " ".join(about["codes"]),
                **told,
                "ledger_ids": " ".join(self._ids.get(place, ())),
            }
            yield {**shape, "properties": properties}


def _bound(entry: Entry) -> list[int]:
    """The shapes of the regions and villages among the parties, each once."""
    codes = (region_of(p) for p in entry.facts.parties if side(p) in ("region", "village"))
    return sorted({place for code in codes if (place := shape_of(code)) is not None})
