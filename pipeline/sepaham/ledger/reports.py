"""What matching needs of an agreement as one article reports it: small, normalised, hashable."""

from dataclasses import dataclass
from functools import lru_cache
from sys import intern

from sepaham.ledger.times import Days, bounds
from sepaham.ledger.words import NAMES_KEPT, level_in, name_words, names_budget, topic, years
from sepaham.records import Agreement, Party
from sepaham.registry.text import key as folded

REGION = "kemendagri:"
_REGION_LEVELS = frozenset(("provinsi", "kabupaten", "kota"))


@dataclass(frozen=True, slots=True)
class Body:
    """A party as a key: `key` its code or normalised name, `owner` the code of the body that it is a part of.

    A Dinas is a part of its region, a faculty of its university; a Polres is no part of the kabupaten.
    """

    key: str
    code: str | None
    owner: str | None
    level: str | None
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meta:
    """What `articles.csv` says of an article; `origin` is the same for all copies of one text."""

    article_id: str
    origin: str
    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One agreement in one article, for matching; `key` is unique over all folders, made of content alone.

    `place` is (folder, byte) of the line in that folder's `agreements.jsonl`; days are ordinals.
    """

    key: str
    place: tuple[int, int]
    agreement_id: str
    meta: Meta
    status: str
    docs: frozenset[str]
    bodies: tuple[Body, ...]
    dated: Days | None
    published: Days | None
    venue: tuple[str, ...]
    city: str
    topic: tuple[str, ...]
    years: tuple[int, ...]
    people: tuple[str, ...]
    number: str
    budget: bool


@lru_cache(maxsize=NAMES_KEPT)
def _body(name: str, code: str | None, parent: str | None, level: str, kind: str) -> Body:
    part = level == "unit" or (code is None and parent is not None and not parent.startswith(REGION))
    known = level if level in _REGION_LEVELS or level == "desa" else None
    if known is None and code is None and kind == "local_government":
        known = level_in(name)
    return Body(
        key=intern(code or folded(name)),
        code=code,
        owner=parent if part else None,
        level=known,
        words=name_words(name),
    )


def body(party: Party) -> Body:
    """The key of a party."""
    return _body(party.name, party.code, party.parent_code, party.level, party.kind)


@lru_cache(maxsize=1 << 12)
def _docs(doc_types: tuple[str, ...]) -> frozenset[str]:
    return frozenset(doc_types)


def dated(agreement: Agreement) -> Days | None:
    """First and last day of the agreement's date, None where it has none that can be worked out."""
    date = agreement.date
    if date is None:
        return None
    if date.lower and date.upper and (first := bounds(date.lower)) and (last := bounds(date.upper)):
        return first[0], max(first[0], last[1])
    return bounds(date.value)


def report(agreement: Agreement, meta: Meta, place: tuple[int, int]) -> Report:
    """The report of an agreement in the article `meta`, which stands at `place`."""
    venue = agreement.venue
    names = (p.name for party in agreement.parties for p in party.signatories if p.name)
    about = (agreement.subject or "", *(c.text for c in agreement.commitments))
    titled = (agreement.subject or "", agreement.agreement_text or "", agreement.doc_number or "")
    return Report(
        key=f"{agreement.agreement_id}@{meta.origin}",
        place=place,
        agreement_id=agreement.agreement_id,
        meta=meta,
        status=agreement.status,
        docs=_docs(agreement.doc_types),
        bodies=tuple(dict.fromkeys(body(party) for party in agreement.parties)),
        dated=dated(agreement),
        published=bounds(meta.published),
        venue=name_words(venue.name or venue.text) if venue else (),
        city=intern((venue.city_code or folded(venue.city or "")) if venue else ""),
        topic=topic(about),
        years=years(titled),
        people=tuple(sorted({intern(folded(name)) for name in names})),
        number="".join(folded(agreement.doc_number or "").split()),
        budget=names_budget(titled),
    )
