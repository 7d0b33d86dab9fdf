"""Evidence under correction: what stays proof, what is replaced, and who decided it."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from sepaham.corrections.members import Seat, folded
from sepaham.corrections.model import LISTS, Correction
from sepaham.records import Agreement, Evidence, Span

PREFIX = "reviewer_"
"""How the rule of a line begins that tells of a reviewer's decision."""

_SIGNATORY = re.compile(r"/signatories/(\d+)(?:/.*)?")


class Line(NamedTuple):
    """A line of evidence with its pointer taken apart: `/parties/1` + `/signatories/0`."""

    slot: str
    member: int | None
    rest: str
    evidence: Evidence


def lines_of(agreement: Agreement) -> list[Line]:
    """The extractor's own evidence; a reviewer's lines are made anew."""
    return [_line(item) for item in agreement.evidence if not item.rule.startswith(PREFIX)]


def _line(item: Evidence) -> Line:
    slot, _, rest = item.field[1:].partition("/")
    if slot in LISTS and rest:
        index, _, inner = rest.partition("/")
        return Line(slot, int(index), f"/{inner}" if inner else "", item)
    return Line(slot, None, f"/{rest}" if rest else "", item)


def reviewed(item: Correction, pointer: str, at: Span | None, quote: str | None) -> Evidence:
    """The line that tells who decided what and when."""
    who = item.by or "unnamed reviewer"
    removed = f": {_short(item.before)}" if item.action == "reject" and item.before is not None else ""
    note = f"; {item.note}" if item.note else ""
    words = {"start": at.start, "end": at.end, "quote": quote} if at is not None and quote is not None else {}
    return Evidence(field=pointer, rule=PREFIX + item.action, why=f"{who}, {item.at}{removed}{note}", **words)


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("name") or value.get("text") or value.get("role") or "")
    return str(value)


def _notes(item: Correction, pointer: str, kept: Sequence[Line]) -> list[Evidence]:
    """A reviewer's lines for one value: one for each of its words, and always one for the value itself."""
    notes = [reviewed(item, pointer + words.part, words, words.quote) for words in item.words]
    if not any(words.part == "" for words in item.words):
        old = next(
            (line.evidence for line in kept if line.rest == "" and line.evidence.start is not None), None
        )
        at = Span(start=old.start or 0, end=old.end or 0) if old else None
        notes.insert(0, reviewed(item, pointer, at, old.quote if old else None))
    return notes


def scalar_lines(lines: list[Line], item: Correction, value: Any) -> tuple[list[Line], list[Evidence]]:
    """(the extractor's lines that stay, the reviewer's lines) for a slot with one value."""
    if value is None and item.action != "accept":
        return [line for line in lines if line.slot != item.slot], [reviewed(item, item.field, None, None)]
    replaced = {words.part for words in item.words} if item.action == "change" else set()

    def stays(line: Line) -> bool:
        proves = line.evidence.start is not None or value is None
        return line.slot != item.slot or (proves and line.rest not in replaced)

    kept = [line for line in lines if stays(line)]
    return kept, _notes(item, item.field, [line for line in kept if line.slot == item.slot])


def member_lines(
    lines: list[Line], slot: str, before: Sequence[Any], seats: Sequence[Seat]
) -> tuple[list[Line], list[Evidence]]:
    """(the extractor's lines that stay, renumbered, and the reviewer's lines) for a slot with members."""
    places = {each.origin: place for place, each in enumerate(seats) if each.origin is not None}
    kept: list[Line] = []
    for line in lines:
        if line.slot != slot or line.member is None:
            kept.append(line)
        elif line.member in places and _stands(line, before[line.member], seats[places[line.member]]):
            kept.append(_moved(line, places[line.member]))
    notes: list[Evidence] = []
    for place, each in enumerate(seats):
        if each.correction is not None:
            own = [line for line in kept if line.slot == slot and line.member == place]
            notes += _notes(each.correction, f"/{slot}/{place}", own)
    return kept, notes


def _moved(line: Line, place: int) -> Line:
    pointer = f"/{line.slot}/{place}{line.rest}"
    return line._replace(member=place, evidence=line.evidence.model_copy(update={"field": pointer}))


def _stands(line: Line, before: Any, each: Seat) -> bool:
    """Whether a line still proves what stands in the member's place."""
    if each.correction is None:
        return True
    if match := _SIGNATORY.fullmatch(line.rest):
        number = int(match[1])
        people, now = before.signatories, each.member.signatories
        if number >= min(len(people), len(now)) or _who(people[number]) != _who(now[number]):
            return False
    if each.correction.action == "accept":
        return True
    return line.rest not in {words.part for words in each.correction.words}


def _who(person: Any) -> tuple[str, str]:
    return folded(person.name), "" if person.name else folded(person.role)
