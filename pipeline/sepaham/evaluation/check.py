"""Checks a gold file against its articles; every fault is one line that says where and what."""

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from sepaham.evaluation.files import PathLike, body_of, lines_of, read_articles
from sepaham.records import DocType, Field, Kind, Label, Record, Status

Raw = Mapping[str, Any]
_STATUS, _DOC_TYPES, _KINDS = (frozenset(get_args(values)) for values in (Status, DocType, Kind))
_FIELDS, _LABELS = (frozenset(get_args(values)) for values in (Field, Label))
_ISO_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_ISO_DURATION = re.compile(r"P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_LINE_KEYS = {"id", "is_mou", "events", "mentions"}
_PARTY_KEYS = {"name", "kind", "texts", "signatories"}
_PERSON_KEYS = {"name", "role", "acting"}
_EVENT_KEYS = {
    "status", "doc_types", "agreement_text", "subject", "parties", "hub", "witnesses", "date", "venue",
    "commitments", "fields", "value", "duration", "valid_until",
}  # fmt: skip
_MOST_TEXTS, _MOST_FIELDS, _MOST_COMMITMENTS = 4, 3, 8


class GoldCheck(Record):
    """What a check found: gold lines read, articles without gold, and the faults."""

    checked: int
    missing: int
    faults: tuple[str, ...]

    def to_text(self) -> str:
        """The faults, one a line, and a summary."""
        summary = f"{self.checked} articles checked, {self.missing} without gold, {len(self.faults)} faults"
        return "\n".join([*self.faults, summary])


def check_gold(articles_path: PathLike, gold_path: PathLike) -> list[str]:
    """What is wrong with a gold file, one line a fault; empty when every line follows the guideline.

    Raises InputError when a file cannot be read or the articles are no JSON Lines.
    """
    return list(examine_gold(articles_path, gold_path).faults)


def examine_gold(articles_path: PathLike, gold_path: PathLike) -> GoldCheck:
    """The faults of a gold file with the counts of lines read and of articles that have no gold."""
    articles = read_articles(articles_path)
    faults: list[str] = []
    checked = 0
    seen: set[str] = set()
    for number, line in enumerate(lines_of(gold_path), 1):
        try:
            gold = json.loads(line)
        except ValueError as error:
            faults.append(f"line {number}: {error}")
            continue
        checked += 1
        key = gold.get("id") if isinstance(gold, dict) else None
        if not isinstance(key, str) or key not in articles or key in seen:
            faults.append(f"line {number}: unknown or repeated id {key!r}")
            continue
        seen.add(key)
        body = body_of(articles[key], articles_path)
        faults.extend(f"line {number} {key}: {fault}" for fault in line_faults(gold, body))
    return GoldCheck(checked=checked, missing=len(articles.keys() - seen), faults=tuple(faults))


def line_faults(gold: Raw, body: str) -> Iterator[str]:
    """What is wrong with one gold object, as text."""
    try:
        yield from _faults(gold, body)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        # A value of another type than the guideline's: what follows in this object cannot be checked.
        yield f"not the guideline's types, the rest is unchecked: {type(error).__name__}: {error}"


def _faults(gold: Raw, body: str) -> Iterator[str]:
    if set(gold) != _LINE_KEYS:
        yield f"keys {sorted(gold)}"
        return
    if gold["is_mou"] != bool(gold["events"]):
        yield "is_mou and events disagree"
    for number, event in enumerate(gold["events"]):
        at = f"event {number}"
        if set(event) != _EVENT_KEYS:
            yield f"{at}: keys differ: {sorted(set(event) ^ _EVENT_KEYS)}"
            continue
        for part in (_class_faults, _parties_faults, _time_and_place_faults, _terms_faults):
            yield from part(event, at, body)
    for label, text in gold["mentions"]:
        if label not in _LABELS:
            yield f"mention label {label!r}"
        yield from _literal(text, f"mention {label}", body)


def _literal(text: object, what: str, body: str) -> Iterator[str]:
    if not isinstance(text, str) or not text.strip():
        yield f"{what}: empty"
    elif text not in body:
        yield f"{what}: not letter for letter in the article: {text!r}"


def _class_faults(event: Raw, at: str, body: str) -> Iterator[str]:
    if event["status"] not in _STATUS:
        yield f"{at}: status {event['status']!r}"
    if not event["doc_types"] or not set(event["doc_types"]) <= _DOC_TYPES:
        yield f"{at}: doc_types {event['doc_types']!r}"
    if not 1 <= len(event["fields"]) <= _MOST_FIELDS or not set(event["fields"]) <= _FIELDS:
        yield f"{at}: fields {event['fields']!r}"
    for key in ("agreement_text", "subject"):
        if event[key] is not None:
            yield from _literal(event[key], f"{at}: {key}", body)


def _parties_faults(event: Raw, at: str, body: str) -> Iterator[str]:
    if event["hub"] is not None and event["hub"] not in [party.get("name") for party in event["parties"]]:
        yield f"{at}: hub {event['hub']!r} is no party's name"
    if not event["parties"]:
        yield f"{at}: no party"
    for party in event["parties"]:
        yield from _party_faults(party, f"{at}: party {party.get('name')!r}", body)
    for person in event["witnesses"]:
        for key in ("name", "role"):
            if person.get(key) is not None:
                yield from _literal(person[key], f"{at}: witness {key}", body)


def _party_faults(party: Raw, who: str, body: str) -> Iterator[str]:
    if set(party) != _PARTY_KEYS:
        yield f"{who}: keys {sorted(party)}"
        return
    if party["kind"] not in _KINDS:
        yield f"{who}: kind {party['kind']!r}"
    if not 1 <= len(party["texts"]) <= _MOST_TEXTS:
        yield f"{who}: {len(party['texts'])} texts"
    for text in party["texts"]:
        yield from _literal(text, f"{who}: texts", body)
    for person in party["signatories"]:
        yield from _signatory_faults(person, who, body)


def _signatory_faults(person: Raw, who: str, body: str) -> Iterator[str]:
    if set(person) != _PERSON_KEYS:
        yield f"{who}: signatory keys {sorted(person)}"
        return
    if person["name"] is not None:
        yield from _literal(person["name"], f"{who}: signatory", body)
    if person["role"] is not None:
        yield from _literal(person["role"], f"{who}: role", body)
    if person["name"] is None and person["role"] is None:
        yield f"{who}: signatory with neither name nor role"


def _time_and_place_faults(event: Raw, at: str, body: str) -> Iterator[str]:
    if (date := event["date"]) is not None:
        yield from _literal(date["text"], f"{at}: date", body)
        if date["value"] is not None and not _is_date(date["value"]):
            yield f"{at}: date value {date['value']!r}"
    if (venue := event["venue"]) is not None:
        for key in ("text", "name", "city"):
            if key == "text" or venue[key] is not None:
                yield from _literal(venue[key], f"{at}: venue {key}", body)
    if (until := event["valid_until"]) is not None:
        yield from _literal(until["text"], f"{at}: valid_until", body)
        if not until["value"] or not _is_date(until["value"]):
            yield f"{at}: valid_until {until!r}"


def _terms_faults(event: Raw, at: str, body: str) -> Iterator[str]:
    if len(event["commitments"]) > _MOST_COMMITMENTS:
        yield f"{at}: more than {_MOST_COMMITMENTS} commitments"
    for text in event["commitments"]:
        yield from _literal(text, f"{at}: commitment", body)
    if (value := event["value"]) is not None:
        yield from _literal(value["text"], f"{at}: value", body)
        if not isinstance(value["amount"], int | float) or not _CURRENCY.fullmatch(value["currency"] or ""):
            yield f"{at}: value {value!r}"
    if (duration := event["duration"]) is not None:
        yield from _literal(duration["text"], f"{at}: duration", body)
        iso = duration["iso"]
        if not iso or not _ISO_DURATION.fullmatch(iso) or iso == "P":
            yield f"{at}: duration {duration!r}"


def _is_date(value: str) -> bool:
    """A year, a month or a day that exists."""
    if not _ISO_DATE.fullmatch(value):
        return False
    try:
        datetime.date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True
