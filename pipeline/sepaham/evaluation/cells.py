"""Every cell of an agreement held against the gold: is it right, and if not, what kind of fault is it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from sepaham.evaluation.compare import paired, party_pairs
from sepaham.evaluation.events import Event, PartyFacts, read_event
from sepaham.evaluation.matching import norm, overlap
from sepaham.records import Agreement

Fault = Literal["", "missed", "binding", "boundary", "value", "invented"]
FAULTS: tuple[Fault, ...] = ("missed", "binding", "boundary", "value", "invented")


class Cell(NamedTuple):
    """One cell: `field` is its pointer in the agreement ("" for one that is missing), `fault` "" if right."""

    slot: str
    agreement: int
    field: str
    fault: Fault

    @property
    def right(self) -> bool:
        """Whether the gold says the same."""
        return not self.fault


def cells(gold: Sequence[Event], agreements: Sequence[Agreement], body: str) -> list[Cell]:
    """The cells of the agreements of one article, and those that the gold has and they lack.

    Kinds of fault: `missed` (the gold alone has it), `binding` (it belongs to another party or agreement),
    `boundary` (the words overlap those of the gold), `value` (another value), `invented` (the gold has none).
    """
    mine = [read_event(a.model_dump(mode="json"), gold=False) for a in agreements]
    pairs = paired(gold, mine, body)
    of = {j: i for i, j in pairs}
    found: list[Cell] = []
    for j, event in enumerate(mine):
        other = gold[of[j]] if j in of else None
        found.append(Cell("agreement", j, "/agreement", "" if other else "invented"))
        found += _event(j, other or Event(), event, agreements[j], gold)
    for i, event in enumerate(gold):
        if i not in of.values():
            found.append(Cell("agreement", -1, "", "missed"))
            found += _missing(-1, event, Event())
    return found


def _event(j: int, gold: Event, mine: Event, agreement: Agreement, every: Sequence[Event]) -> Iterator[Cell]:
    yield Cell(
        "status", j, "/status", "" if gold.status == mine.status else "value" if gold.status else "invented"
    )
    for name, a, b in (("doc_types", gold.doc_types, mine.doc_types), ("fields", gold.fields, mine.fields)):
        yield Cell(name, j, f"/{name}", "" if b and b <= a else "value" if a else "invented")
    if mine.date:
        yield Cell("date", j, "/date", _single(gold.date, mine.date, [e.date for e in every]))
    if mine.venue:
        yield Cell("venue", j, "/venue", _place(gold, mine))
    if mine.subject:
        yield Cell("subject", j, "/subject", _words(gold.subject, mine.subject))
    for name in ("value", "duration", "valid_until"):
        a, b = getattr(gold, name), getattr(mine, name)
        if b:
            yield Cell(name, j, f"/{name}", "" if a == b else "value" if a else "invented")
    yield from _who(j, gold, mine, every)
    wanted = [norm(text).split() for text in gold.commitments]
    for n, item in enumerate(agreement.commitments):
        shares = [_share(w, norm(item.text).split()) for w in wanted]
        best = max(shares, default=0.0)
        fault: Fault = "" if best >= 0.5 else "boundary" if best > 0.2 else "invented"
        yield Cell("commitments", j, f"/commitments/{n}", fault)
    yield from _missing(j, gold, mine)


def _single(gold: object, mine: object, every: Sequence[object]) -> Fault:
    if gold == mine:
        return ""
    return "binding" if mine in every else "value" if gold else "invented"


def _place(gold: Event, mine: Event) -> Fault:
    a, b = gold.venue, mine.venue
    if a is None or b is None:
        return "invented"
    if overlap(a.words, b.words) or (a.name and a.name == b.name):
        return ""
    return "boundary" if set(a.words) & set(b.words) else "value"


def _words(gold: Sequence[str] | None, mine: Sequence[str]) -> Fault:
    if not gold:
        return "invented"
    return "" if overlap(gold, mine) else "boundary" if _share(gold, mine) > 0.2 else "value"


def _share(a: Sequence[str], b: Sequence[str]) -> float:
    """Common words by the longer of the two."""
    return sum((Counter(a) & Counter(b)).values()) / max(1, len(a), len(b))


def _who(j: int, gold: Event, mine: Event, every: Sequence[Event]) -> Iterator[Cell]:
    pairs = {b: a for a, b in party_pairs(gold.parties, mine.parties)}
    elsewhere = [p for e in every if e is not gold for p in e.parties]
    for n, party in enumerate(mine.parties):
        yield Cell(
            "parties", j, f"/parties/{n}", "" if n in pairs else _party(party, gold.parties, elsewhere)
        )
        own = gold.parties[pairs[n]].people if n in pairs else ()
        names = {p.name if p.named else p.role for p in own}
        others = {p.name if p.named else p.role for e in every for q in e.parties for p in q.people}
        for m, person in enumerate(party.people):
            key = person.name if person.named else person.role
            fault: Fault = "" if key in names else "binding" if key in others else "invented"
            if fault == "invented" and any(set(key.split()) & set(o.split()) for o in others):
                fault = "boundary"
            yield Cell("signatories", j, f"/parties/{n}/signatories/{m}", fault)


def _party(party: PartyFacts, gold: Sequence[PartyFacts], elsewhere: Sequence[PartyFacts]) -> Fault:
    if any(not p.forms.isdisjoint(party.forms) for p in elsewhere):
        return "binding"
    near = (_share(a.split(), b.split()) for p in gold for a in p.forms for b in party.forms)
    return "boundary" if max(near, default=0.0) >= 0.5 else "invented"


def _missing(j: int, gold: Event, mine: Event) -> Iterator[Cell]:
    for name in ("date", "venue", "subject", "value", "duration", "valid_until"):
        if getattr(gold, name) and not getattr(mine, name):
            yield Cell(name, j, "", "missed")
    pairs = dict(party_pairs(gold.parties, mine.parties))
    for n, party in enumerate(gold.parties):
        if n not in pairs:
            yield Cell("parties", j, "", "missed")
        signed = {p.name if p.named else p.role for q in mine.parties for p in q.people}
        for person in party.people:
            if (person.name if person.named else person.role) not in signed:
                yield Cell("signatories", j, "", "missed")
    for text in gold.commitments:
        if not any(_share(norm(text).split(), norm(c).split()) > 0.2 for c in mine.commitments):
            yield Cell("commitments", j, "", "missed")
