"""Known bodies, their parts ("Fakultas Hukum Unpad") and their branches ("BRI Cabang Bangkinang")."""

from functools import cache

from sepaham.lexicon import toml
from sepaham.records import Kind, Link
from sepaham.registry import links
from sepaham.registry.abbreviations import head_written_out
from sepaham.registry.context import Context
from sepaham.registry.kinds import kind_of
from sepaham.registry.organisations import (
    Organisation,
    is_government,
    known,
    ministry_beginning,
    named,
    org_key,
)
from sepaham.registry.places import expand_place, region_at_end
from sepaham.registry.text import Name, key, words

_LONGEST_NAME = 12


def is_known(parts: list[str]) -> bool:
    """Whether any body of the registry bears the name."""
    return known(org_key(parts))


def lookup_organisation(query: str, name: Name, on: str | None, context: Context | None) -> Link | None:
    """The link to the body that bears exactly this name; for a university its city may follow."""
    found = named(name.words, on)
    if not found:
        ministry = ministry_beginning(name.words, on)
        return (
            links.to_organisation(query, ministry, "alias") if ministry else _with_its_city(query, name, on)
        )
    if len(found) == 1:
        official = org_key(words(found[0].name)) == org_key(name.words)
        other = None if official or context is None else _namesake(name, found[0], on, context)
        if other:
            return links.to_organisation(query, other, "alias+context")
        return links.to_organisation(query, found[0], "official_name" if official else "alias")
    chosen = _by_context(found, context) if context else None
    if chosen:
        return links.to_organisation(query, chosen, "alias+context")
    return links.undecided(query, (body.id for body in found), kind=_common_kind(found))


def _namesake(name: Name, body: Organisation, on: str | None, context: Context) -> Organisation | None:
    """Another body with these initials that the article names in full: UMM for U. Muhammadiyah Metro."""
    if len(name.words) > 1 or not name.text.isupper() or _named_in(body, context):
        return None
    for long in context.spelled.get(name.words[0], []):
        found = named(words(long), on)
        if len(found) == 1 and found[0].kind == body.kind:
            return found[0]
    return None


def lookup_initials(query: str, name: Name, on: str | None, context: Context | None) -> Link | None:
    """Initials that no bracket explains, of the one body in the article whose name they spell."""
    if context is None or len(name.words) > 1 or not name.text.isupper():
        return None
    spelled = [long for long in context.spelled.get(name.words[0], []) if kind_of(words(long))]
    if len(spelled) != 1:
        return None
    return lookup_organisation(query, Name(spelled[0]), on, context) or Link(
        query=query, name=spelled[0], kind=kind_of(words(spelled[0])), rule="initials"
    )


def _common_kind(found: tuple[Organisation, ...]) -> Kind | None:
    return found[0].kind if len({body.kind for body in found}) == 1 else None


def _with_its_city(query: str, name: Name, on: str | None) -> Link | None:
    """ "Universitas Khairun Ternate" is Universitas Khairun: the place is where it stands."""
    end = region_at_end(name.words, 1, on)
    found = named(name.words[: end[0]], on) if end else ()
    if len(found) == 1 and name.words[0] in ("universitas", "institut"):
        return links.to_organisation(query, found[0], "official_name+city")
    return None


def _by_context(found: tuple[Organisation, ...], context: Context) -> Organisation | None:
    """The one body whose full name the article has, else the one whose place it names."""
    for test in (_named_in, _placed_in):
        hits = [body for body in found if test(body, context)]
        if len(hits) == 1:
            return hits[0]
    return None


def _named_in(body: Organisation, context: Context) -> bool:
    return context.says(org_key(words(body.name)))


def _placed_in(body: Organisation, context: Context) -> bool:
    parts = words(body.name)
    end = region_at_end(parts, 1, None)
    return end is not None and context.says(" ".join(parts[end[0] :]))


@cache
def _branch_words() -> frozenset[str]:
    return frozenset(toml("registry/forms.toml")["branch"]["forms"])


@cache
def _part_heads() -> frozenset[str]:
    return frozenset(toml("registry/forms.toml")["part"]["forms"])


def lookup_part(query: str, name: Name, on: str | None, context: Context | None) -> Link | None:
    """A part of a known body, by its first words ("UPT Perpustakaan Unand"); the body is its parent."""
    parts = name.words
    if not any(" ".join(parts[:n]) in _part_heads() for n in (3, 2, 1)):
        return None
    for cut in range(1, len(parts)):
        body = _whole(Name(name.printed(cut)), on, context)
        if body and body.name:
            return Link(
                query=query, name=f"{head_written_out(name, cut)} {body.name}", rule="part",
                kind=body.kind or kind_of(name.words),
                parent_name=body.name, parent_code=body.code,
            )  # fmt: skip
    return None


def _whole(name: Name, on: str | None, context: Context | None) -> Link | None:
    link = lookup_organisation(name.text, name, on, context)
    if link:
        return None if is_government(link.code or "") else link
    long = context.abbreviations.get(key(name.text)) if context else None
    return (
        lookup_organisation(name.text, Name(long), on, context) or Link(query=name.text, name=long)
        if long
        else None
    )


def lookup_branch(query: str, name: Name, on: str | None, context: Context | None) -> Link | None:
    """A branch of a known body: the body's name with what follows; the body is its parent."""
    parts = name.words
    for cut in range(min(len(parts) - 1, _LONGEST_NAME), 0, -1):
        found = named(parts[:cut], on)
        if len(found) == 1 and not is_government(found[0].id) and _is_branch(parts, cut, on):
            body = found[0]
            written_out = cut > 2 and not any(part.isupper() for part in name.printed(0, cut).split(" "))
            whole = name.printed(0, cut) if written_out else body.name
            return Link(
                query=query, name=f"{whole} {expand_place(name, cut, on)}", kind=body.kind, rule="branch",
                parent_name=body.name, parent_code=body.id,
            )  # fmt: skip
    return None


def _is_branch(parts: list[str], cut: int, on: str | None) -> bool:
    if any(" ".join(parts[cut : cut + n]) in _branch_words() for n in (3, 2, 1)) and len(parts) > cut + 1:
        return True
    end = region_at_end(parts, cut, on)
    return end is not None and end[0] == cut
