"""Builds the links that the rules give out."""

from collections.abc import Iterable

from sepaham.records import Kind, Level, Link
from sepaham.registry.context import Context
from sepaham.registry.organisations import Organisation, organisations
from sepaham.registry.places import Reading
from sepaham.registry.regions import PREFIX, Region, parent, region, regions


def to_region(query: str, found: Region, rule: str, on: str | None) -> Link:
    """The link to a region's government, with its province as parent."""
    above = parent(found.code, on)
    return Link(
        query=query,
        name=found.government,
        code=found.id,
        kind="local_government",
        level=found.level,
        parent_name=above.government if above else None,
        parent_code=above.id if above else None,
        rule=rule,
    )


def undecided(query: str, codes: Iterable[str], rule: str = "ambiguous", kind: Kind | None = None) -> Link:
    """A name with several bearers (prefixed ids) between which nothing decides: no code, all candidates."""
    return Link(query=query, kind=kind, rule=rule, candidates=tuple(codes))


def one_region(reading: Reading, context: Context | None) -> tuple[str | None, str]:
    """(the bare code, the rule) of a reading: the only region, else the one that the context speaks for."""
    codes = tuple(dict.fromkeys(n.code for n in reading.found))
    if reading.rule == "not_valid_on":
        return None, reading.rule
    if len(codes) == 1:
        return codes[0], reading.rule
    decided = context.decide(codes) if context else None
    return (decided, f"{reading.rule}+context") if decided else (None, "ambiguous")


def by_reading(query: str, reading: Reading, on: str | None, context: Context | None) -> Link:
    """The link to the region that a name means."""
    code, rule = one_region(reading, context)
    if code:
        return to_region(query, region(code, on), rule, on)
    ids = tuple(dict.fromkeys(PREFIX + n.code for n in reading.found))
    if rule == "not_valid_on" and len(ids) == 1:
        early = to_region(query, region(reading.found[0].code), rule, on)
        return early.model_copy(update={"code": None, "candidates": ids})
    return undecided(query, ids, rule, "local_government")


def name_of(ident: str) -> str | None:
    """The official name behind a prefixed id: a region's government or a body; null when there is none."""
    if ident.startswith(PREFIX):
        found = regions().get(ident.removeprefix(PREFIX))
        return found.government if found else None
    body = organisations().get(ident)
    return body.name if body else None


def to_organisation(query: str, body: Organisation, rule: str) -> Link:
    """The link to a body of the registry."""
    return Link(
        query=query,
        name=body.name,
        code=body.id,
        kind=body.kind,
        level=body.level,
        parent_name=name_of(body.parent),
        parent_code=body.parent or None,
        rule=rule,
    )


def inside(
    query: str, name: str, rule: str, *, kind: Kind, level: Level, code: str | None = None,
    above: Region | None = None, candidates: tuple[str, ...] = (),
) -> Link:  # fmt: skip
    """The link to a body with a region as its parent."""
    return Link(
        query=query,
        name=name,
        code=code,
        kind=kind,
        level=level,
        parent_name=above.government if above else None,
        parent_code=above.id if above else None,
        rule=rule,
        candidates=candidates,
    )
