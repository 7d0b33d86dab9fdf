"""The regions of Indonesia with their names by day: 38 provinces, 514 kabupaten/kota, 7,285 kecamatan.

Source: the CSV files under `resources/registry/` (see SOURCES.md there). Codes are those of Kepmendagri
300.2.2-2138/2025; a region keeps its code whatever the day, its name and its province are those of the day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from sepaham.lexicon import csv_rows
from sepaham.records import Level
from sepaham.registry.text import squash, words

PREFIX = "kemendagri:"
_STRENGTH = ("name", "short", "weak", "former")


@dataclass(frozen=True, slots=True)
class Region:
    """A province, kabupaten or kota: `place` names the territory, `government` the possible party."""

    code: str
    level: Level
    name: str
    place: str
    government: str

    @property
    def id(self) -> str:
        """The code with its prefix: `kemendagri:73.14`."""
        return PREFIX + self.code

    @property
    def province(self) -> str:
        """The code of the province it lies in today (its own for a province)."""
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class Named:
    """A region under one of its names; `strength` is name, short, weak (a common word too) or former."""

    code: str
    strength: str


def before(day: str | None, limit: str) -> bool:
    """Whether an ISO day, month or year lies before another for certain, whatever their precision."""
    if not day:
        return False
    length = min(len(day), len(limit))
    return day[:length] < limit[:length]


@cache
def regions() -> dict[str, Region]:
    """Code -> region, in the order of the codes."""
    special = {row["code"]: row for row in csv_rows("registry/governments.csv")}
    found = {}
    for row in csv_rows("registry/regions.csv"):
        place = f"{row['form']} {row['name']}"
        own = special.get(row["code"], {"place": place, "government": f"Pemerintah {place}"})
        level: Level = row["level"]  # type: ignore[assignment]  # the file holds provinsi, kabupaten, kota only
        found[row["code"]] = Region(row["code"], level, row["name"], own["place"], own["government"])
    return found


@cache
def districts() -> dict[str, str]:
    """Kecamatan code -> name; read when first needed."""
    return {row["code"]: row["name"] for row in csv_rows("registry/districts.csv")}


@cache
def district_codes() -> dict[str, tuple[str, ...]]:
    """Squashed kecamatan name -> codes; many names stand in several kabupaten."""
    index: dict[str, list[str]] = {}
    for code, name in districts().items():
        index.setdefault(squash(words(name)), []).append(code)
    return {name: tuple(codes) for name, codes in index.items()}


@cache
def district_names(code: str) -> frozenset[str]:
    """The squashed names of the kecamatan of a kabupaten or kota."""
    return frozenset(squash(words(name)) for own, name in districts().items() if own.startswith(f"{code}."))


@cache
def _founded() -> dict[str, tuple[str, str]]:
    """Province code -> (its first day, the province it was cut from)."""
    return {
        row["code"]: (row["valid_from"], row["parent_before"])
        for row in csv_rows("registry/new_provinces.csv")
    }


@cache
def _former() -> dict[str, tuple[Region, str]]:
    """Code -> (the region under its former name, the day that name ended)."""
    found = {}
    for row in csv_rows("registry/former_names.csv"):
        place = f"{row['form']} {row['name']}"
        old = replace(regions()[row["code"]], name=row["name"], place=place, government=f"Pemerintah {place}")
        found[row["code"]] = (old, row["valid_to"])
    return found


def exists(code: str, on: str | None) -> bool:
    """Whether the region had been founded on the day (provinces only; a kabupaten is taken as it is)."""
    first = _founded().get(code)
    return not (first and before(on, first[0]))


def region(code: str, on: str | None = None) -> Region:
    """The region by its bare code (`73.14`) under the name that it bore on the day."""
    old = _former().get(code)
    return old[0] if old and before(on, old[1]) else regions()[code]


def parent(code: str, on: str | None = None) -> Region | None:
    """The province that a kabupaten or kota lay in on the day; null for a province."""
    if len(code) == 2:
        return None
    province = code[:2]
    return region(province if exists(province, on) else _founded()[province][1], on)


def _names(code: str, name: str) -> Iterable[tuple[str, str]]:
    yield name, "name"
    if name.startswith("Kepulauan ") and code not in ("21", "31.01"):
        yield name.removeprefix("Kepulauan "), "short"
    if name.startswith("Kepulauan "):
        yield name.replace("Kepulauan ", "Kep "), "name"


@cache
def names() -> dict[str, tuple[Named, ...]]:
    """Squashed name -> the regions that bear it, the full names first."""
    index: dict[str, dict[str, str]] = {}

    def add(name: str, code: str, strength: str) -> None:
        index.setdefault(squash(words(name)), {}).setdefault(code, strength)

    for code, item in regions().items():
        for name, strength in _names(code, item.name):
            add(name, code, strength)
        add(item.place, code, "name")
    for row in csv_rows("registry/aliases.csv"):
        for strength, column in (("short", "aliases"), ("weak", "weak")):
            for name in filter(None, row[column].split("|")):
                add(name, row["code"], strength)
    for code, (old, _) in _former().items():
        add(old.name, code, "former")
    order = _STRENGTH.index
    return {
        name: tuple(
            sorted(
                (Named(code, strength) for code, strength in codes.items()), key=lambda n: order(n.strength)
            )
        )
        for name, codes in index.items()
    }
