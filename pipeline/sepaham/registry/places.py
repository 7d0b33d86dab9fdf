"""From the words of a place to the regions that it can be; twins stay together here."""

from dataclasses import dataclass

from sepaham.records import Level
from sepaham.registry import forms
from sepaham.registry.regions import Named, exists, names, regions
from sepaham.registry.text import Name, squash, words


@dataclass(frozen=True, slots=True)
class Reading:
    """What a name says: the regions it can mean and the rule by which it says so."""

    found: tuple[Named, ...]
    rule: str


def _at_level(found: tuple[Named, ...], level: Level | None) -> tuple[Named, ...]:
    if level is None:
        return found
    return tuple(n for n in found if (len(n.code) == 2) == (level == "provinsi") and _is(n.code, level))


def _is(code: str, level: Level) -> bool:
    return level == "provinsi" or (code[3] == "7") == (level == "kota")


def _strongest(found: tuple[Named, ...]) -> tuple[Named, ...]:
    """Only the regions that bear the name today: Kepulauan Riau is the province, a kabupaten once."""
    best = [n for n in found if n.strength in ("name", "short")] or found
    return tuple(best)


def regions_named(parts: list[str], level: Level | None = None) -> tuple[Named, ...]:
    """The regions that the words name in full, at a level; a province after the name is read as its own."""
    found = _strongest(_at_level(names().get(squash(parts), ()), level))
    if found or len(parts) < 2:
        return found
    for cut in range(len(parts) - 1, 0, -1):
        head = _strongest(_at_level(names().get(squash(parts[:cut]), ()), level))
        tail = _tail_codes(parts[cut:]) if head else ()
        inside = tuple(n for n in head if n.code[:2] in tail and n.code not in tail)
        if inside:
            return inside
    return ()


def _tail_codes(parts: list[str]) -> tuple[str, ...]:
    form = forms.prefix(parts)
    if form and form[0].group == "place":
        parts = form[1]
    return tuple(n.code[:2] for n in names().get(squash(parts), ()))


def read_region(parts: list[str], on: str | None = None) -> Reading | None:
    """The regions that a name can mean with its form, place or title; null when it names none."""
    reading = _with_form(forms.without_acting(parts)) or _bare(parts)
    if reading is None:
        return None
    valid = tuple(n for n in reading.found if exists(n.code, on))
    return Reading(valid, reading.rule) if valid else Reading(reading.found, "not_valid_on")


def _with_form(parts: list[str]) -> Reading | None:
    form = forms.prefix(parts)
    if not form:
        return None
    kind, rest = form
    if kind.group == "title" and rest[:1] == ["dan"]:
        rest = rest[1:]  # "Bupati dan Wakil Bupati Sleman"
    found = regions_named(rest, kind.level)
    rule = f"{kind.group}_form"
    if (not found and kind.level is None) or kind.group == "title":
        inner = _with_form(rest) if rest else None
        if inner and not found:
            return Reading(_at_level(inner.found, kind.level), rule)
        if kind.group == "title" and not found:
            found = _before_a_person(rest, kind.level)
    return Reading(found, rule) if found else None


def _before_a_person(parts: list[str], level: Level | None) -> tuple[Named, ...]:
    """The region at the start of what follows a title: "Bupati Sleman Kustini Purnomo"."""
    for cut in range(min(len(parts) - 1, 5), 0, -1):
        found = regions_named(parts[:cut], level)
        if found:
            return found
    return ()


def _bare(parts: list[str]) -> Reading | None:
    found = tuple(n for n in regions_named(parts) if n.strength in ("name", "short"))
    return Reading(found, "bare_place") if found else None


def region_at_end(parts: list[str], start: int, on: str | None) -> tuple[int, Reading] | None:
    """The longest end of the words from `start` that reads as a region, with where it begins."""
    for cut in range(max(start, len(parts) - 7), len(parts)):
        reading = read_region(parts[cut:], on)
        if reading and reading.rule not in ("title_form", "not_valid_on"):
            return cut, reading
    return None


def form_at_end(parts: list[str], start: int) -> tuple[int, Level | None] | None:
    """Where a name ends in a form without a region ("DPRD Provinsi", "Polres setempat"), and its level."""
    if start < len(parts) and parts[-1] in ("setempat", "tersebut"):
        return len(parts) - 1, None
    for cut in range(max(start, len(parts) - 2), len(parts)):
        form = forms.prefix(parts[cut:])
        if form and not form[1] and form[0].group == "place":
            return cut, form[0].level
    return None


def expand_place(name: Name, start: int, on: str | None) -> str:
    """The words from `start`, a short region name at their end written out: "NTB" -> Nusa Tenggara Barat."""
    end = region_at_end(name.words, start, on)
    if not end:
        return name.printed(start)
    return f"{name.printed(start, end[0])} {printed_place(name, *end)}".strip()


def printed_place(name: Name, cut: int, reading: Reading, code: str | None = None) -> str:
    """The place from word `cut` on as the name has it, only an abbreviation ("NTB") written out."""
    bare = {regions()[code or n.code].name for n in reading.found}
    form = forms.prefix(name.words[cut:])
    skip = len(name.words) - cut - len(form[1]) if form else 0
    own = bare.pop() if len(bare) == 1 else ""
    if not own or not _abbreviates(squash(name.words[cut + skip :]), squash(words(own))):
        own = name.printed(cut + skip)
    head = (form[0].level or name.printed(cut, cut + skip)).capitalize() if form else ""
    return f"{head} {own}".strip()


def _abbreviates(short: str, full: str) -> bool:
    """Whether the letters run through the full name with gaps: "inhil", but not "solo" or "jakarta"."""
    letters = iter(full)
    return short not in full and all(letter in letters for letter in short)
