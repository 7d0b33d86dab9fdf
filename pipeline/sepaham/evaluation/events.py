"""The facts of one gold or predicted event, checked once and normalised for comparison."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sepaham.evaluation.matching import city_parts, level, norm, whole_duration

Raw = Mapping[str, Any]


class ShapeError(ValueError):
    """A value that cannot be compared; the caller says in which file and record it stands."""


@dataclass(frozen=True, slots=True)
class Person:
    """A signatory: `name` and `role` normalised; `named` when the article gives a name."""

    name: str
    role: str
    named: bool
    acting: bool


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A party: normalised `name`, the telling `forms` (name and texts), level of a regional government."""

    name: str
    forms: frozenset[str]
    level: str | None
    kind: object
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A venue: words of its text, normalised name, city as (kab, kota or None; bare name)."""

    words: tuple[str, ...]
    name: str | None
    city: tuple[str | None, str] | None


@dataclass(frozen=True, slots=True)
class Money:
    """A sum and its currency."""

    amount: float
    currency: object


@dataclass(frozen=True, slots=True)
class Event:
    """One event ready for comparison; an absent fact is None, "" or ().

    `status` and `date` are as they stand in the file: they are only ever tested for equality.
    """

    status: object = None
    parties: tuple[PartyFacts, ...] = ()
    hub: str | None = None
    date: object = None
    venue: Place | None = None
    subject: tuple[str, ...] | None = None
    doc_types: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    commitments: tuple[str, ...] = ()
    value: Money | None = None
    duration: str = ""
    valid_until: str = ""
    witnesses: tuple[str, ...] = ()


NOTHING = Event()


def read_event(raw: Raw, *, gold: bool) -> Event:
    """The facts of a gold event or of an agreement (`gold=False`, where any key may be missing).

    Raises ShapeError for a value of the wrong type and, in gold, for a missing key that scoring needs.
    """
    need = _need if gold else _optional
    parties = _objects(raw, "parties")
    hub = _text(raw, "hub")
    subject = _text(raw, "subject")
    return Event(
        status=need(raw, "status", "event"),
        parties=tuple(_party(party, own, gold=gold) for party, own in _telling(parties)),
        hub=norm(hub) if hub else None,
        date=_object(raw, "date").get("value"),
        venue=_venue(_object(raw, "venue"), gold=gold),
        subject=tuple(norm(subject).split()) if subject else None,
        doc_types=frozenset(_strings(raw, "doc_types")),
        fields=frozenset(_strings(raw, "fields")),
        commitments=tuple(_commitment(item) for item in _list(raw, "commitments")),
        value=_money(_object(raw, "value"), gold=gold),
        duration=whole_duration(_text(_object(raw, "duration"), "iso")),
        valid_until=whole_duration(_text(_object(raw, "valid_until"), "value")),
        witnesses=tuple(norm(_text(w, "name")) for w in _objects(raw, "witnesses") if w.get("name")),
    )


def _telling(parties: list[Raw]) -> list[tuple[Raw, list[str]]]:
    """Each party with those of its first 4 texts (normalised) that no other party has as text or name."""
    forms = [
        (norm(_text(p, "name")), [norm(text) for text in _strings(p, "texts", limit=4)]) for p in parties
    ]
    count = Counter(form for name, texts in forms for form in {name, *texts})
    return [
        (party, [text for text in texts if count[text] == 1])
        for party, (_, texts) in zip(parties, forms, strict=True)
    ]


def _party(raw: Raw, texts: list[str], *, gold: bool) -> PartyFacts:
    need = _need if gold else _optional
    need(raw, "name", "party")
    name = norm(_text(raw, "name"))
    people = [person for person in _objects(raw, "signatories") if person.get("name") or person.get("role")]
    return PartyFacts(
        name=name,
        forms=frozenset({name, *texts} - {""}),
        level=level([name, *texts]),
        kind=need(raw, "kind", "party"),
        people=tuple(_person(person, gold=gold) for person in people),
    )


def _person(raw: Raw, *, gold: bool) -> Person:
    if gold:
        for key in ("name", "role", "acting"):
            _need(raw, key, "signatory")
    name, role = _text(raw, "name"), _text(raw, "role")
    return Person(name=norm(name), role=norm(role), named=bool(name), acting=bool(raw.get("acting")))


def _venue(raw: Raw, *, gold: bool) -> Place | None:
    if not raw:
        return None
    if gold:
        _need(raw, "text", "venue")
    name, city = _text(raw, "name"), _text(raw, "city")
    return Place(
        words=tuple(norm(_text(raw, "text")).split()),
        name=norm(name) if name else None,
        city=city_parts(city) if city else None,
    )


def _money(raw: Raw, *, gold: bool) -> Money | None:
    if not raw:
        return None
    need = _need if gold else _optional
    amount = need(raw, "amount", "value")
    try:
        return Money(amount=float(amount or 0), currency=need(raw, "currency", "value"))
    except (TypeError, ValueError) as error:
        raise ShapeError(f"amount {amount!r} is no number") from error


def _commitment(item: object) -> str:
    if isinstance(item, dict):
        return _text(item, "text")
    return _text({"commitments": item}, "commitments")


def _need(raw: Raw, key: str, what: str) -> Any:
    if key not in raw:
        raise ShapeError(f"{what} without {key!r}")
    return raw[key]


def _optional(raw: Raw, key: str, what: str) -> Any:
    return raw.get(key)


def _text(raw: Raw, key: str) -> str:
    value = raw.get(key) or ""
    if not isinstance(value, str):
        raise ShapeError(f"{key} must be a string or null, not {value!r}")
    return value


def _list(raw: Raw, key: str) -> list[Any]:
    value = raw.get(key) or []
    if not isinstance(value, list):
        raise ShapeError(f"{key} must be a list, not {value!r}")
    return value


def _strings(raw: Raw, key: str, limit: int | None = None) -> list[str]:
    values = _list(raw, key)[:limit]
    if not all(isinstance(value, str | None) for value in values):
        raise ShapeError(f"{key} must hold strings, not {values!r}")
    return values


def _objects(raw: Raw, key: str) -> list[Raw]:
    values = _list(raw, key)
    if not all(isinstance(value, dict) for value in values):
        raise ShapeError(f"{key} must hold objects, not {values!r}")
    return values


def _object(raw: Raw, key: str) -> Raw:
    value = raw.get(key) or {}
    if not isinstance(value, dict):
        raise ShapeError(f"{key} must be an object or null, not {value!r}")
    return value
