"""Offices of national bodies by territory: Polres Sleman, Kejati Sultra, Kodim 0735/Surakarta, KPU Lembata.

The patterns are data (`resources/registry/territorial.toml`, which explains its keys).
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sepaham.lexicon import toml
from sepaham.records import Kind, Level, Link
from sepaham.registry import forms, links, organisations
from sepaham.registry.context import Context, level_of
from sepaham.registry.places import Reading, form_at_end, printed_place, region_at_end, regions_named
from sepaham.registry.regions import names, region
from sepaham.registry.text import Name, key, squash, words

_LONGEST_FORM = 9
_NUMBER = re.compile(r"\d{1,4}|[ivx]+")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One kind of office; `slug` is the middle of its ids, `scope` the level of its territory, if any."""

    name: str
    kind: Kind
    prefix: str
    slug: str
    scope: str
    numbered: bool

    def covers(self, code: str) -> bool:
        """Whether a region of that level can have such an office."""
        if not self.scope:
            return True
        return (len(code) == 2) == (self.scope == "provinsi")


@cache
def _patterns() -> dict[str, tuple[Pattern, ...]]:
    found: dict[str, tuple[Pattern, ...]] = {}
    for row in toml("registry/territorial.toml")["pattern"]:
        pattern = Pattern(
            row["name"],
            row["kind"],
            row["id_prefix"],
            row["slug"],
            row.get("scope", ""),
            row.get("numbered", False),
        )
        for form in row["forms"]:
            found[key(form)] = (*found.get(key(form), ()), pattern)
    return found


_CLASS = toml("registry/forms.toml")["class"]
_GRADE = re.compile(rf"[ivx]{{1,4}}+[a-d]?|{'|'.join(_CLASS['of'])}")


def patterns_of(parts: list[str]) -> tuple[tuple[Pattern, ...], int]:
    """The patterns whose form begins the name, by the longest form, and its length in words (0: none)."""
    for length in range(min(_LONGEST_FORM, len(parts)), 0, -1):
        patterns = _patterns().get(" ".join(parts[:length]))
        if patterns:
            return patterns, length
    return (), 0


@cache
def _chiefs() -> dict[str, str]:
    chiefs: dict[str, str] = toml("registry/forms.toml")["chief"]
    return chiefs


def _without_chief(name: Name) -> Name:
    """ "Kapolda Jambi" -> "polda Jambi"."""
    chief = _chiefs().get(name.words[0])
    return Name(f"{chief} {name.printed(1)}".strip()) if chief else name


def lookup_territorial(query: str, name: Name, on: str | None, context: Context | None) -> Link | None:
    """The link to an office of a national body; null when the name begins with no such form."""
    initials = " " in _chiefs().get(name.words[0], "") and len(name.words) == 1  # "PN" may be anything
    name = _without_chief(name)
    patterns, length = patterns_of(name.words)
    if not patterns:
        return None
    if length == len(name.words):
        return _lone(query, patterns, on, context) if not initials else lookup_local(query, name, on, context)
    number = name.words[length]
    if patterns[0].numbered and _NUMBER.fullmatch(number):
        local = f"{patterns[0].slug}.{number}"
        return _link(query, patterns[0], name.printed(length), local, None, "territorial:number")
    return _placed(query, patterns, name, length, on, context)


def lookup_local(query: str, name: Name, on: str | None, context: Context | None) -> Link | None:
    """A national body's short name for its local office: "Bawaslu" in a text on "Bawaslu Lembata"."""
    patterns, length = patterns_of(name.words)
    if not patterns or context is None or length < len(name.words) or len(name.words) > 2:
        return None
    return _as_the_article_has_it(query, patterns, on, context)


def _lone(
    query: str,
    patterns: tuple[Pattern, ...],
    on: str | None,
    context: Context | None,
    level: Level | None = None,
) -> Link | None:
    """An office without its place: in the place that the article gives it, else the one in its focus."""
    if context is None:
        return None
    link = _as_the_article_has_it(query, patterns, on, context)
    if link or patterns[0].numbered:
        return link
    pattern = next(
        (p for p in patterns if not level or (p.scope == "provinsi") == (level == "provinsi")), patterns[0]
    )
    if level or pattern.scope == "provinsi":
        code = context.focus(level or "provinsi")
    else:
        code = context.focus_below_province()
    return _lone_link(query, pattern, code, on, "territorial:focus") if code else None


def _as_the_article_has_it(
    query: str, patterns: tuple[Pattern, ...], on: str | None, context: Context
) -> Link | None:
    """The office under the place that most often follows its forms in the article."""
    if patterns[0].numbered:
        return _numbered_in(query, patterns[0], context)
    found = _named_in(patterns, context)
    if not found:
        return None
    pattern, code, with_form = found
    if with_form and pattern.scope != "police":
        local = f"{pattern.slug}.{code}"
        return _link(query, pattern, region(code, on).place, local, code, "territorial:context")
    return _lone_link(query, pattern, code, on, "territorial:context")


def _numbered_in(query: str, pattern: Pattern, context: Context) -> Link | None:
    """The numbered office of the pattern that the article names: "Kodam" after "Kodam XII/Tanjungpura"."""
    for position in range(len(context.tokens) - 1):
        chief, *rest = context.tokens[position : position + _LONGEST_FORM]
        here, length = patterns_of([_chiefs().get(chief, chief), *rest])
        place = _NUMBERED_NAME.match(context.printed(position + length)) if pattern in here else None
        if place:
            name = pattern.name.replace("{place}", place[0])
            known = organisations.named(words(name))
            if len(known) == 1:
                return links.to_organisation(query, known[0], "territorial:context")
            number = words(place[0])[0]
            return _link(query, pattern, place[0], f"{pattern.slug}.{number}", None, "territorial:context")
    return None


_NUMBERED_NAME = re.compile(r"[\dIVX]+(?:\s?/\s?[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,2})?")


def _lone_link(query: str, pattern: Pattern, code: str, on: str | None, rule: str) -> Link:
    place = region(code, on).name
    if (
        pattern.scope == "police"
        and level_of(code) == "kota"
        and "Besar" not in pattern.name
        and _has_twin(place)
    ):
        place = f"{place} Kota"
    return _link(query, pattern, place, f"{pattern.slug}.{code}", code, rule)


def _has_twin(name: str) -> bool:
    bearers = names().get(squash(words(name)), ())
    return any(level_of(n.code) == "kabupaten" and n.strength == "name" for n in bearers)


def _named_in(patterns: tuple[Pattern, ...], context: Context) -> tuple[Pattern, str, bool] | None:
    """The pattern, the region that most often follows its forms, and whether as "Kabupaten X"."""
    counts: Counter[tuple[Pattern, str]] = Counter()
    formed: set[tuple[Pattern, str]] = set()
    starts = {mention.position: mention for mention in context.mentions}
    for position in range(len(context.tokens)):
        window = context.tokens[position : position + _LONGEST_FORM]
        chief = _chiefs().get(window[0], window[0]).split(" ")
        here, length = patterns_of([*chief, *window[1:]])
        behind = _behind_class(context, position + length + 1 - len(chief))
        own = here and not set(here).isdisjoint(patterns)
        own = own and not context.breaks(behind)  # a headline's last word does not lie where the text begins
        mention = starts.get(behind) or context.region_at(behind) if own else None
        if mention:
            pattern, codes = _fitting(patterns, mention.codes)
            code = codes[0] if len(codes) == 1 else context.decide(codes)
            if code:
                counts[pattern, code] += 1
                if mention.group == "place":
                    formed.add((pattern, code))
    if not counts:
        return None
    best = max(counts, key=lambda pair: counts[pair])
    return (*best, best in formed)


def _behind_class(context: Context, position: int) -> int:
    """Behind the class of an office: "Kantor Imigrasi Kelas II Non TPI Pamekasan"."""
    if context.tokens[position : position + 1] != [_CLASS["word"]]:
        return position
    position += 1
    while position < len(context.tokens) and _GRADE.fullmatch(context.tokens[position]):
        position += 1
    return position


def _fitting(patterns: tuple[Pattern, ...], codes: Iterable[str]) -> tuple[Pattern, tuple[str, ...]]:
    """The first pattern whose scope fits some of the regions, with those; else the first with all."""
    every = tuple(codes)
    for pattern in patterns:
        fitting = tuple(code for code in every if pattern.covers(code))
        if fitting:
            return pattern, fitting
    return patterns[0], every


def _placed(
    query: str,
    patterns: tuple[Pattern, ...],
    name: Name,
    length: int,
    on: str | None,
    context: Context | None,
) -> Link | None:
    parts = name.words
    end = _city_suffix(patterns[0], parts, length) or region_at_end(parts, length, on)
    form = None if end else form_at_end(parts, length)
    if form and form[0] == length:
        return _lone(query, patterns, on, context, form[1])
    if not end:
        return _place_unknown(query, patterns[0], name, length)
    cut, reading = end
    pattern, codes = _fitting(patterns, (n.code for n in reading.found))
    reading = Reading(tuple(n for n in reading.found if n.code in codes), reading.rule)
    code, rule = _one(pattern, reading, context, has_form=forms.prefix(parts[cut:]) is not None)
    place = f"{name.printed(length, cut)} {_printed(name, cut, reading, code)}".strip()
    if code:
        return _link(query, pattern, place, f"{pattern.slug}.{code}", code, f"territorial:{rule}")
    link = _link(query, pattern, place, None, None, rule)
    return link.model_copy(
        update={"candidates": tuple(f"{pattern.prefix}:{pattern.slug}.{c}" for c in codes)}
    )


def _place_unknown(query: str, pattern: Pattern, name: Name, length: int) -> Link | None:
    """An office whose place is no region (a port); not for a body's bare name: "BPK Penabur"."""
    head = name.words[:length]
    if name.words[length] == "dan" or organisations.known(organisations.org_key(head)):
        return None
    return _link(query, pattern, name.printed(length), None, None, "territorial:place_unknown")


def _one(
    pattern: Pattern, reading: Reading, context: Context | None, *, has_form: bool
) -> tuple[str | None, str]:
    """One region of a reading; of twins, a bare Polres name is the kabupaten's, "X Kota" the city's."""
    lower = [n.code for n in reading.found if level_of(n.code) == "kabupaten"]
    by_habit = pattern.scope == "police" and not has_form and len(lower) == 1 < len(reading.found)
    if by_habit and " Kota" not in pattern.name:
        return lower[0], "police_district"
    code, rule = links.one_region(reading, context)
    return (lower[0], "police_district") if by_habit and code is None else (code, rule)


def _city_suffix(pattern: Pattern, parts: list[str], length: int) -> tuple[int, Reading] | None:
    """ "Polres Bima Kota": the police call the city's district so."""
    if pattern.scope != "police" or parts[-1] != "kota" or len(parts) - length < 2:
        return None
    found = regions_named(parts[length:-1], "kota")
    return (length, Reading(found, "police_city")) if found else None


def _printed(name: Name, cut: int, reading: Reading, code: str | None) -> str:
    return name.printed(cut) if reading.rule == "police_city" else printed_place(name, cut, reading, code)


def _link(query: str, pattern: Pattern, place: str, local: str | None, code: str | None, rule: str) -> Link:
    above = region(code) if code else None
    printed = pattern.name.replace("{region}", _region_in(place, above.place) if above else place)
    return links.inside(
        query, " ".join(printed.replace("{place}", place).split()), rule, kind=pattern.kind, level="none",
        code=f"{pattern.prefix}:{local}" if local else None, above=above,
    )  # fmt: skip


def _region_in(place: str, full: str) -> str:
    """The region with its form; words before it ("Kelas IA Bandung") stay."""
    bare = full.split(" ", 1)[-1]
    before = place.removesuffix(full) if place.endswith(full) else place.removesuffix(bare)
    return f"{before.strip()} {full}".strip() if before != place else full
