"""`canonical_name`: the full official name of a party from the several forms by which an article calls it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sepaham.records import Link
from sepaham.registry import forms, kinds
from sepaham.registry.context import Context, read_context
from sepaham.registry.derive import complete, derived, full_form, village_head
from sepaham.registry.engine import find
from sepaham.registry.places import read_region
from sepaham.registry.text import MAX_NAME, key, read_name

_KEEPS_ITS_FORM = ("company", "state_owned_company")
_KEEPS_IF_WRITTEN_OUT = ("association", "foreign_government", "international_organization", "other")
_LONGER_BY = frozenset(
    ("group", "grup", "tbk", "ltd", "inc", "corporation", "company", "indonesia", "international")
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    link: Link
    rank: int


def canonical_name(
    texts: Sequence[str], context: str = "", on: str | None = None, *, known: str | None = None
) -> tuple[str, Link]:
    """(full name, link) of the party that an article calls by `texts`, best first.

    `known` is the name that was made of them, where the article need not have it ("Pemerintah Kabupaten
    Alor" of a bare "Pemkab"): it says which body is meant, but is no form of the article.

    The name is the registry's where it knows the body; companies and banks keep the fullest form of the
    article, as the annotation guideline has it; any other name is the fullest form with its abbreviations
    written out. Raises ValueError without any text.
    """
    if not texts:
        raise ValueError("a party needs at least one text")
    read = read_context(context or " ; ".join(texts))
    candidates = [_candidate(text[:MAX_NAME], read, on) for text in texts]
    made = _candidate(known[:MAX_NAME], read, on) if known else None
    together = _together(candidates, read, on)
    if together:
        candidates.append(together)
    best = _fuller(max(candidates, key=lambda candidate: candidate.rank), candidates)
    if made and (made.rank > best.rank or _narrower(made.link, best.link)):
        best, candidates = made, [made, *candidates]
    return _name(best, candidates, read, on), best.link


def _narrower(one: Link, other: Link) -> bool:
    """A body that the registry knows, where it does not know the other or only the body above it."""
    return one.code is not None and (other.code is None or one.code.startswith(f"{other.code}."))


def _candidate(text: str, context: Context, on: str | None) -> _Candidate:
    link = find(text, on, context)
    if link.name is None and not link.candidates:
        head = village_head(text, context)
        link = find(f"{head} {text}", on, context).model_copy(update={"query": text}) if head else link
    if link.name is None and not link.candidates:
        link = _written_out(text, link, context, on)
    return _Candidate(text, link, _rank(link, text))


def _written_out(text: str, link: Link, context: Context, on: str | None) -> Link:
    """The link of an unknown name once its abbreviations ("Ditjen") are written out."""
    long = derived(text, context, on)
    again = find(long, on, context) if long != text else link
    return again.model_copy(update={"query": text}) if again.code else link


def _together(candidates: list[_Candidate], context: Context, on: str | None) -> _Candidate | None:
    """A form from one text and the place from another: ["pemkot", "Bekasi"] is Pemerintah Kota Bekasi."""
    places = [c for c in candidates if c.link.rule.startswith(("ambiguous", "bare_place"))]
    levels = [forms.lone(read_name(c.text).words) for c in candidates]
    level = next((form.level for form in levels if form and form.level), None)
    if not places or not level:
        return None
    text = f"{level} {places[0].text}"
    link = find(text, on, context)
    return _Candidate(places[0].text, link, _NAMED) if link.level == level else None


def _fuller(best: _Candidate, candidates: list[_Candidate]) -> _Candidate:
    """An earlier form that holds the chosen one and more words: a company's full name, a branch, a board."""
    inner = f" {key(best.text)} "
    for other in candidates[: candidates.index(best)]:
        outer = f" {key(read_name(other.text).text)} "
        titled = forms.leader(read_name(other.text).words)  # "manajemen PSM", "kampus UGM"
        if not titled and not other.link.code and inner in outer and len(outer) > len(inner):
            link = best.link if best.link.kind == "company" else other.link
            return _Candidate(other.text, link.model_copy(update={"query": other.text}), other.rank)
    return best


def _name(best: _Candidate, candidates: list[_Candidate], context: Context, on: str | None) -> str:
    texts = [c.text for c in candidates]
    if not best.link.name:
        longer = full_form(best.text, context) if best.rank < _NAMED else None
        return complete(derived(longer or _longer(best.text, texts), context, on), texts, context, on)
    if not _keeps_form(best):
        name = _as_written(best.link.name, best.text)
        return name if best.link.code else complete(name, texts, context, on)
    official = [
        c.text
        for c in candidates
        if c.link.code == best.link.code and c.link.rule == "official_name" and len(c.text) > len(best.text)
    ]
    return derived((official or [best.text])[0], context, on, keep=True)


def _as_written(official: str, text: str) -> str:
    """The official name, with "Republik Indonesia" behind only where a written-out form has it."""
    written = read_name(text).text
    for longer, shorter in ((official, written), (written, official)):
        if key(longer) == f"{key(shorter)} republik indonesia" and len(key(shorter).split(" ")) > 1:
            return written
    return official


def _keeps_form(best: _Candidate) -> bool:
    """Whether the article's own form is the name: companies, and private or foreign bodies if written out."""
    words = read_name(best.text).text.split(" ")
    initials = [word for word in words if word.isupper() and word.isalpha() and len(word) > 1]
    if best.link.kind in _KEEPS_ITS_FORM and not best.link.rule.startswith(_NOT_IN_THE_TEXT):
        return "PT" in initials or not initials or _is_brand(words, initials)
    if (best.link.name or "").startswith("Pemerintah ") or best.link.rule.startswith(
        ("branch", "territorial")
    ):
        return False
    return best.link.kind in _KEEPS_IF_WRITTEN_OUT and not initials and len(words) > 1


def _is_brand(words: list[str], initials: list[str]) -> bool:
    """More than initials, a group and a place: "KAI Commuter", not "KAI Group" or "BPD Bali"."""
    rest = [word for word in words if word not in initials and word.casefold() not in _LONGER_BY]
    return bool(rest) and read_region([word.casefold() for word in rest]) is None


def _longer(text: str, texts: list[str]) -> str:
    """The form of a company that adds "Group", "Tbk" or the like to the first one."""
    parts = read_name(text).words
    for other in texts:
        longer = read_name(other).words
        if (
            len(longer) > len(parts)
            and longer[: len(parts)] == parts
            and set(longer[len(parts) :]) <= _LONGER_BY
        ):
            return other
    return text


_NAMED = 5  # the rank of a text that is a name of its own
_NOT_IN_THE_TEXT = ("explained", "territorial:context", "territorial:focus")  # the name comes from elsewhere
_RANKS = (
    ("unit:own_name", 5), ("unit:focus", 2), ("territorial:focus", 2), ("territorial:context", 3),
    ("explained", 4), ("initials", 3),
    ("bare_place", 3), ("lone_form", 2), ("ambiguous", 1), ("unknown", 0),
)  # fmt: skip


def _rank(link: Link, text: str) -> int:
    """How much a text says of the party: a name of its own 5, an unknown one 3 to 4, a common noun 0 to 1."""
    read = read_name(text)
    if not any(c.isupper() or c.isdigit() for c in read.text) and len(read.words) == 1:
        return 0 if link.name is None else 1
    for rule, rank in _RANKS:
        if link.rule.startswith(rule):
            return rank or _unknown_rank(link, read.text, read.words)
    return 5


def _unknown_rank(link: Link, text: str, words: list[str]) -> int:
    if kinds.is_generic(words) or not any(c.isupper() or c.isdigit() for c in text):
        return 0
    if len(words) < 2:
        return 2 if text[:1].isupper() else 1
    head = text.split(" ")[0]
    acronym = link.kind is None and head.isupper() and len(head) >= 3 and not text.isupper()
    if link.kind and len(words) > 2:
        return 5
    return 3 if acronym else 4
