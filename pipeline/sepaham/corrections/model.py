"""The records of a corrections file: one decision of a reviewer on one fact, with who and when.

A correction states what shall be: `value` shall stand in the slot, `before` shall not (unless it is the
same). So it can be applied again, and to the output of a later version that orders the parties otherwise.
"""

import json
import re
from typing import Any, Literal, Self

from pydantic import TypeAdapter, model_validator

from sepaham.records import (
    Commitment,
    DateFact,
    DocType,
    DurationFact,
    Field,
    MoneyFact,
    Party,
    Record,
    Span,
    Status,
    UntilFact,
    Venue,
    Witness,
)

Action = Literal["accept", "change", "reject", "add", "withdraw"]

WHOLE = "/agreement_id"
"""The pointer of a decision on the agreement as a whole."""

SCALARS: dict[str, TypeAdapter[Any]] = {
    "status": TypeAdapter(Status),
    "doc_types": TypeAdapter(tuple[DocType, ...]),
    "agreement_text": TypeAdapter(str),
    "doc_number": TypeAdapter(str),
    "subject": TypeAdapter(str),
    "hub": TypeAdapter(str),
    "date": TypeAdapter(DateFact),
    "venue": TypeAdapter(Venue),
    "fields": TypeAdapter(tuple[Field, ...]),
    "value": TypeAdapter(MoneyFact),
    "duration": TypeAdapter(DurationFact),
    "valid_until": TypeAdapter(UntilFact),
}
"""Slots with one value, and the type of that value."""

LISTS: dict[str, TypeAdapter[Any]] = {
    "parties": TypeAdapter(Party),
    "witnesses": TypeAdapter(Witness),
    "commitments": TypeAdapter(Commitment),
}
"""Slots with members, and the type of a member; a party brings its signatories along."""

NEVER_EMPTY = frozenset({"status", "doc_types"})
"""Slots that every agreement has: they can be changed, not rejected."""

_POINTER = re.compile(r"/(?P<slot>[a-z_]+)(?:/(?P<index>\d+|-))?")


class Words(Span):
    """The words that a reviewer pointed at; `part` is a JSON pointer inside the value, `` for all of it."""

    part: str = ""
    quote: str

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if len(self.quote) != self.end - self.start:
            raise ValueError(f"the quote {self.quote!r} is not as long as {self.start}..{self.end}")
        return self


class Anchor(Span):
    """Where the sentence stands that proves the agreement: tells it from another one of the article."""


class Correction(Record):
    """One decision on one slot or member of an agreement.

    `field` is a JSON pointer into the agreement as the reviewer saw it: `/date`, `/parties/1`, `/parties/-`
    for a new member, `/agreement_id` for the agreement as a whole. `before` is what stood there, `value` what
    shall stand there, `words` the words that prove it. `nth` counts equal members from 0. `fill` lets sepaham
    work out what the reviewer left open (a code, an ISO date). `obligor` names the party that takes a
    commitment on. `by` and `at` (ISO 8601, UTC) come from the file; no code here reads a clock.
    """

    agreement_id: str
    article_id: str
    field: str
    action: Action
    before: Any = None
    value: Any = None
    words: tuple[Words, ...] = ()
    anchor: Anchor | None = None
    nth: int = 0
    added: str | None = None
    fill: bool = False
    obligor: str | None = None
    by: str = ""
    at: str
    note: str | None = None

    @property
    def slot(self) -> str:
        """The first part of the pointer."""
        match = _POINTER.fullmatch(self.field)
        return match["slot"] if match else ""

    @property
    def index(self) -> int | None:
        """The place among the members that the pointer names; None for a new one and for single values."""
        match = _POINTER.fullmatch(self.field)
        return int(match["index"]) if match and (match["index"] or "-") != "-" else None

    @property
    def whole(self) -> bool:
        """Whether it decides on the agreement as a whole."""
        return self.field == WHOLE

    @property
    def key(self) -> tuple[str, ...]:
        """Two decisions with one key are on one thing: the later holds."""
        if self.slot not in LISTS:
            return (self.agreement_id, self.field)
        if self.added is not None:
            return (self.agreement_id, self.slot, "added", self.added)
        return (self.agreement_id, self.slot, canonical(self.before), str(self.nth))

    @property
    def desired(self) -> Any:
        """The value that shall stand in the slot, None for nothing."""
        if self.action in ("reject", "withdraw"):
            return None
        return self.before if self.action == "accept" else self.value

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if fault := _fault(self):
            raise ValueError(fault)
        return self


def _fault(item: Correction) -> str | None:
    """What is wrong with a correction, None when it is sound."""
    match = _POINTER.fullmatch(item.field)
    known = match and (item.whole or match["slot"] in SCALARS or match["slot"] in LISTS)
    if not match or not known:
        return f"field {item.field!r} cannot be corrected"
    if (match["index"] is not None) != (item.slot in LISTS):
        return f"field {item.field!r}: a member of a list is named by its number, another field by its name"
    if item.whole or item.action == "withdraw":
        return (
            None if item.action in ("accept", "reject", "withdraw") else "the whole is accepted or rejected"
        )
    if (item.added is not None) != (item.slot in LISTS and item.field.endswith("-")):
        return f"field {item.field!r}: a new member has `added`, another none"
    return _value_fault(item)


def _value_fault(item: Correction) -> str | None:
    if item.action == "reject":
        return f"{item.slot} cannot be empty" if item.slot in NEVER_EMPTY else None
    if item.desired is None:
        # Accepting an empty cell says that the article does not tell it.
        return None if item.action == "accept" and item.slot in SCALARS else "a value is missing"
    if item.fill and isinstance(item.value, dict):
        return None  # what is left open is worked out, and checked, when it is applied
    typed(item.slot, item.desired)
    return None


def typed(slot: str, value: Any) -> Any:
    """The value as the slot's type, None as it is; a pydantic error when it does not fit."""
    if value is None:
        return None
    return (SCALARS.get(slot) or LISTS[slot]).validate_python(value)


def plain(value: Any) -> Any:
    """A slot's value as JSON data."""
    return TypeAdapter(Any).dump_python(value, mode="json")


def canonical(value: Any) -> str:
    """JSON data as one text, the same for equal data."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Corrections(Record):
    """A corrections file."""

    format: Literal["sepaham-corrections"] = "sepaham-corrections"
    version: Literal[1] = 1
    corrections: tuple[Correction, ...] = ()
