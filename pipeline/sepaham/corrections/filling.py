"""What a reviewer left open, worked out as for any article: codes, ISO dates, sums."""

import calendar
from collections.abc import Callable
from typing import Any

from sepaham.amounts import resolve_amount
from sepaham.corrections.model import typed
from sepaham.dates import resolve
from sepaham.records import Amount
from sepaham.registry import canonical_name, lookup_city
from sepaham.relations.bodies import Body
from sepaham.relations.kinds import kind_of
from sepaham.relations.when import date_fact

Raw = dict[str, Any]


def filled(slot: str, value: Any, published: str | None, status: str, *, fill: bool) -> Any:
    """The value of a correction as its slot's type; with `fill`, null parts are worked out from its words.

    `published` anchors relative dates. Raises ValueError (pydantic's is one) when the value stays incomplete.
    """
    if isinstance(value, dict):
        if fill and slot in _FILL:
            value = _FILL[slot](dict(value), published, status)
        if slot == "date":
            value = _bounded(value)
    return typed(slot, value)


def _bounded(value: Raw) -> Raw:
    """A written ISO value gives its precision and, where none is given, its bounds."""
    iso = value.get("value")
    if not isinstance(iso, str) or value.get("lower"):
        return value
    year, month, day = (*(int(part) for part in iso.split("-")), 0, 0)[:3]
    first = f"{year:04}-{month or 1:02}-{day or 1:02}"
    last = f"{year:04}-{month or 12:02}-{day or calendar.monthrange(year, month or 12)[1]:02}"
    precision = "day" if day else "month" if month else "year"
    return {**value, "lower": first, "upper": last, "precision": precision}


def _date(value: Raw, published: str | None, status: str) -> Raw:
    if value.get("value"):
        return value
    found = resolve(value["text"], published, planned=status == "planned")
    if found is None:
        return value
    return {**date_fact(found, published, "planned" if status == "planned" else "signed").model_dump(),
            "text": value["text"]}  # fmt: skip


def _until(value: Raw, published: str | None, status: str) -> Raw:
    if value.get("value"):
        return value
    found = resolve(value["text"], published)
    iso = found.value if found else None
    return {**value, "value": iso if iso and "/" not in iso else None}


def _amount(text: str, kind: str) -> Amount | None:
    found = resolve_amount(text)
    return found if found and found.kind == kind else None


def _money(value: Raw, published: str | None, status: str) -> Raw:
    found = _amount(value["text"], "money")
    if found is None or value.get("amount") is not None:
        return value
    return {**value, "amount": found.amount, "currency": value.get("currency") or found.unit}


def _duration(value: Raw, published: str | None, status: str) -> Raw:
    found = _amount(value["text"], "duration")
    return {**value, "iso": found.iso} if found and not value.get("iso") else value


def _venue(value: Raw, published: str | None, status: str) -> Raw:
    city = value.get("city")
    if not city or value.get("city_code"):
        return value
    return {**value, "city_code": lookup_city(city, on=published, context=value["text"]).code}


def _party(value: Raw, published: str | None, status: str) -> Raw:
    """Name, kind and code from the forms of the article, as the extraction gives them; a typed name stays."""
    texts = [text for text in value.get("texts") or () if text] or [value["name"]]
    given = value.get("name") if value.get("name") not in texts else None
    day = published if published and len(published) == len("2024-05-01") else None
    name, link = canonical_name([given] if given else texts, on=day)
    return {
        **value,
        "name": given or name,
        "kind": value.get("kind") or kind_of(Body(name, name, link, list(texts))),
        "texts": texts,
        "level": link.level,
        "code": link.code,
        "parent_name": link.parent_name,
        "parent_code": link.parent_code,
    }


_FILL: dict[str, Callable[[Raw, str | None, str], Raw]] = {
    "date": _date,
    "valid_until": _until,
    "value": _money,
    "duration": _duration,
    "venue": _venue,
    "parties": _party,
}
