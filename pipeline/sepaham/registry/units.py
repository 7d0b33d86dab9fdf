"""Bodies inside a region (DPRD, Dinas, RSUD, desa): they keep their name, the region is their parent."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sepaham.lexicon import toml
from sepaham.records import Kind, Level, Link
from sepaham.registry import links
from sepaham.registry.acronyms import initials
from sepaham.registry.context import Context
from sepaham.registry.places import Reading, form_at_end, read_region, region_at_end
from sepaham.registry.regions import PREFIX, Region, district_codes, districts, region
from sepaham.registry.text import Name, squash

_FILE = "registry/units.toml"
_LONGEST_HEAD = 5


@dataclass(frozen=True, slots=True)
class Unit:
    """A kind of unit: `name` replaces the head when set, `place` says how the place belongs to the name."""

    kind: Kind
    level: Level
    place: str
    name: str | None
    prefix: str | None
    region: str | None


def _rows(column: str) -> Iterator[tuple[str, Unit]]:
    for row in toml(_FILE)["unit"]:
        unit = Unit(
            row["kind"],
            row.get("level", "unit"),
            row["place"],
            row.get("name"),
            row.get("prefix"),
            row.get("region"),
        )
        yield from ((head, unit) for head in row.get(column, ()))


@cache
def _heads() -> dict[str, Unit]:
    return dict(_rows("heads"))


@cache
def _alone() -> dict[str, Unit]:
    return dict(_rows("alone"))


def expand(name: Name) -> Name:
    """The name with a short head written out: "Dinkes Sleman" -> "Dinas Kesehatan Sleman"."""
    data = toml(_FILE)
    parts = name.words
    long = data["abbreviations"].get(parts[0]) if parts else None
    if long:
        return Name(f"{long} {name.printed(1)}".strip())
    inside = [i for i, part in enumerate(parts) if part in data["inside"]]
    if inside and unit_of(parts):
        at = inside[0]
        return Name(f"{name.printed(0, at)} {data['inside'][parts[at]]} {name.printed(at + 1)}".strip())
    return name


def unit_of(parts: list[str]) -> tuple[Unit, int] | None:
    """The kind of unit that the name begins with and the length of its head in words."""
    alone = _alone().get(" ".join(parts))
    if alone:
        return alone, len(parts)
    for length in range(min(_LONGEST_HEAD, len(parts)), 0, -1):
        unit = _heads().get(" ".join(parts[:length]))
        if unit:
            return unit, length
    return None


def lookup_unit(query: str, name: Name, on: str | None, context: Context | None) -> Link | None:
    """The link to a unit; null when the name begins with no unit's head, or with nothing but one."""
    name = expand(name)
    found = unit_of(name.words)
    if not found:
        return None
    unit, length = found
    rest = _REST[unit.place]
    return rest(query, name, length, unit, on, context)


def _in_region(
    query: str, name: Name, length: int, unit: Unit, on: str | None, context: Context | None
) -> Link | None:
    end = region_at_end(name.words, length, on)
    form = None if end else form_at_end(name.words, length)
    cut = end[0] if end else form[0] if form else len(name.words)
    head = _capitalised(
        " ".join(filter(None, (unit.name or name.printed(0, length), name.printed(length, cut))))
    )
    if end:
        code, rule = links.one_region(end[1], context)
        candidates = () if code else tuple(PREFIX + n.code for n in end[1].found)
    else:
        code, rule, candidates = context.focus(form[1] if form else None) if context else None, "focus", ()
    if not code and not end and (not unit.prefix and name.words[:length] == name.words):
        return None
    above = region(code, on) if code else None
    return links.inside(
        query, f"{_without(head, above.place)} {above.place}" if above else _own(name, unit, length),
        f"unit:{rule}" if above or end else "unit",
        kind=unit.kind, level=unit.level, above=above, candidates=candidates,
        code=f"{unit.prefix}:{above.code}" if unit.prefix and above else None,
    )  # fmt: skip


def _without(head: str, place: str) -> str:
    """A unit's head without the initials of its place: "Dinas Kesehatan KLU" of Kabupaten Lombok Utara."""
    shorter, _, last = head.rpartition(" ")
    letters, parts = last.casefold(), place.split(" ")
    told = initials(letters, parts) or initials(letters, parts[1:])
    return shorter if shorter and told and last.isupper() and len(last) > 2 else head


def _capitalised(head: str) -> str:
    """A unit's name that stands in small letters, as a name: "dinas kesehatan" -> "Dinas Kesehatan"."""
    if any(c.isupper() for c in head):
        return head
    return " ".join(word if word in ("dan", "di") else word.capitalize() for word in head.split(" "))


def _own(name: Name, unit: Unit, length: int) -> str:
    return f"{unit.name} {name.printed(length)}".strip() if unit.name else name.text


def _fixed(query: str, name: Name, length: int, unit: Unit, on: str | None, context: Context | None) -> Link:
    above = region(unit.region or "", on)
    return links.inside(
        query, unit.name or name.text, "unit:fixed", kind=unit.kind, level=unit.level, above=above,
        code=f"{unit.prefix}:{above.code}",
    )  # fmt: skip


def _named(
    query: str, name: Name, length: int, unit: Unit, on: str | None, context: Context | None
) -> Link | None:
    if length == len(name.words):
        return None
    end = region_at_end(name.words, length, on)
    above, rule = _parent(end[1] if end else None, on, context)
    return links.inside(query, _own(name, unit, length), rule, kind=unit.kind, level=unit.level, above=above)


def _parent(reading: Reading | None, on: str | None, context: Context | None) -> tuple[Region | None, str]:
    """The region of a unit and the rule: what the name says, else what the context speaks of most."""
    if reading:
        code, rule = links.one_region(reading, context)
    else:
        code, rule = (context.focus() if context else None), "context"
    return (region(code, on), f"unit:own_name+{rule}") if code else (None, "unit:own_name")


def _village(
    query: str, name: Name, length: int, unit: Unit, on: str | None, context: Context | None
) -> Link | None:
    parts = name.words
    if length == len(parts):
        return None
    if parts[length] in ("wisata", "adat", "binaan", "siaga"):
        return _named(query, name, 0, Unit(unit.kind, "unit", "own", None, None, None), on, context)
    stop = next((i for i in range(length + 1, len(parts)) if parts[i] in _AFTER_VILLAGE), len(parts))
    end = region_at_end(parts, length + 1, on)
    if end and "," in name.text:
        stop = min(stop, end[0])
    above, rule = _parent(end[1] if end else None, on, context)
    own = f"{unit.name} {name.printed(length, stop)}"
    return links.inside(query, own, rule, kind=unit.kind, level=unit.level, above=above)


_AFTER_VILLAGE = frozenset(("kecamatan", "kec", "kabupaten", "kab", "kota", "distrik", "provinsi"))


def _district(
    query: str, name: Name, length: int, unit: Unit, on: str | None, context: Context | None
) -> Link | None:
    parts = name.words
    codes, stop = _district_codes(parts, length)
    if not codes:
        return _named(query, name, length, unit, on, context)
    reading = read_region(parts[stop:], on) if stop < len(parts) else None
    if reading:
        codes = tuple(
            c for c in codes if c[:5] in {n.code for n in reading.found} | {n.code[:2] for n in reading.found}
        )
        if not codes:  # the region that is named has no such district
            return _named(query, name, length, unit, on, context)
    code = codes[0] if len(codes) == 1 else _district_by_context(codes, context)
    if code is None:
        ids = tuple(PREFIX + c for c in codes)
        return links.inside(query, f"{unit.name} {name.printed(length, stop)}", "ambiguous", kind=unit.kind,
                            level=unit.level, candidates=ids)  # fmt: skip
    rule = "unit:district" if len(codes) == 1 else "unit:district+context"
    head = "Distrik" if parts[length - 1] == "distrik" else unit.name
    return links.inside(
        query, f"{head} {districts()[code]}", rule, kind=unit.kind, level=unit.level, code=PREFIX + code,
        above=region(code[:5], on),
    )  # fmt: skip


def _district_codes(parts: list[str], start: int) -> tuple[tuple[str, ...], int]:
    for stop in range(min(len(parts), start + 4), start, -1):
        codes = district_codes().get(squash(parts[start:stop]))
        if codes:
            return codes, stop
    return (), len(parts)


def _district_by_context(codes: tuple[str, ...], context: Context | None) -> str | None:
    """The one kecamatan whose kabupaten the article names."""
    if context is None:
        return None
    counts = context.counts
    ranked = sorted(((counts.get(code[:5], 0), code) for code in codes), reverse=True)
    first = ranked[0][0]
    return ranked[0][1] if first and (len(ranked) == 1 or first > ranked[1][0]) else None


_REST = {"region": _in_region, "fixed": _fixed, "own": _named, "village": _village, "district": _district}
