"""The reports of one agreement -> one record, fact by fact."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from sepaham.ledger.entry import STAGES, Conflict, Merged
from sepaham.ledger.parties import merged_parties
from sepaham.ledger.reports import Report
from sepaham.ledger.times import Days, common
from sepaham.ledger.votes import Choice, Said, choose, sources
from sepaham.ledger.words import name_words, topic
from sepaham.records import Agreement, Venue
from sepaham.registry.text import key as folded

T = TypeVar("T")
Told = Sequence[tuple[Report, Agreement]]

MOST_COMMITMENTS = 12
ALREADY_SAID = 0.7


class _Facts:
    """Chooses facts one by one and keeps their votes and conflicts."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.votes: dict[str, tuple[int, int]] = {}
        self.conflicts: list[Conflict] = []

    def said(self, of: Callable[[Agreement], T | None]) -> list[Said[T]]:
        """What each report says of a fact, those that say nothing left out."""
        values = ((report, of(agreement)) for report, agreement in self.told)
        return [
            Said(report.meta.origin, rank, value)
            for rank, (report, value) in enumerate(values)
            if value is not None
        ]

    def keep(self, fact: str, choice: Choice[T] | None, show: Callable[[T], str]) -> T | None:
        """Note the votes of a choice and what lost; its value."""
        if choice is None:
            return None
        self.votes[fact] = (choice.votes, choice.of)
        if choice.others:
            values = ((choice.value, choice.votes), *choice.others)
            self.conflicts.append(Conflict(fact, tuple((show(v), n) for v, n in values)))
        return choice.value

    def text(self, fact: str, of: Callable[[Agreement], str | None], *, quiet: bool = False) -> str | None:
        """A fact that is a text; `quiet` when another wording of it is no contradiction."""
        choice = choose(self.said(of), folded)
        if choice and quiet:
            choice = Choice(choice.value, choice.votes, choice.of)
        return self.keep(fact, choice, str)


def merge(told: Told) -> Merged:
    """The facts of an agreement out of its reports, the leading one first."""
    facts = _Facts(told)
    parties, contested = merged_parties(told)
    facts.votes["parties"] = (contested.agreeing, contested.of)
    facts.conflicts += contested.conflicts
    days = _days(facts)
    venue, city = _venue(facts)
    amount = facts.keep(
        "value",
        choose(facts.said(lambda a: (a.value.amount, a.value.currency) if a.value else None), _same),
        lambda v: f"{v[0]} {v[1]}",
    )
    return Merged(
        stages=_stages(told),
        docs=_docs(facts),
        doc_name=facts.text("doc_name", lambda a: a.agreement_text, quiet=True),
        doc_number=facts.text("doc_number", lambda a: a.doc_number),
        subject=_subject(facts),
        parties=parties,
        hub=facts.text("hub", lambda a: a.hub),
        dated=days,
        date_value=common(days) if days else None,
        venue_name=venue,
        venue_city=city.city if city else None,
        venue_city_code=city.city_code if city else None,
        commitments=_commitments(facts),
        fields=_frequent(facts.said(lambda a: a.fields or None)),
        amount=amount[0] if amount else None,
        currency=amount[1] if amount else None,
        duration=facts.text("duration", lambda a: a.duration.iso if a.duration else None),
        until=facts.text("valid_until", lambda a: a.valid_until.value if a.valid_until else None),
        votes=facts.votes,
        conflicts=tuple(facts.conflicts),
    )


def _same(value: Hashable) -> Hashable:
    return value


def _stages(told: Told) -> tuple[tuple[str, str | None], ...]:
    """Every status that was reported, in the order of a paper's life, each with its first publication day."""
    found: dict[str, str | None] = {}
    for report, _ in sorted(told, key=lambda pair: pair[0].meta.published or "9"):
        found.setdefault(report.status, report.meta.published)
    return tuple((stage, found[stage]) for stage in STAGES if stage in found)


def _days(facts: _Facts) -> Days | None:
    """The signing day: a full day beats a month, a signing a plan; a month with the day in it supports it."""
    signed = [
        (r, n) for n, (r, _) in enumerate(facts.told) if r.dated and r.status not in ("planned", "ended")
    ]
    dated = signed or [(r, n) for n, (r, _) in enumerate(facts.told) if r.dated]
    said = [Said(r.meta.origin, n, r.dated) for r, n in dated if r.dated]
    exact = [item for item in said if item.value[0] == item.value[1]]
    choice = choose(exact, _same) or choose(said, _same, weight=lambda v: -(v[1] - v[0]))
    if choice is None:
        return None
    won = choice.value
    apart = [item for item in said if not (item.value[0] <= won[0] and won[1] <= item.value[1])]
    lost = choose([i for i in apart if i.value[1] < won[0] or i.value[0] > won[1]], _same)
    others = ((lost.value, lost.votes), *lost.others) if lost else ()
    support = sources(item for item in said if item not in apart)
    facts.keep("date", Choice(won, support, sources(said), others), lambda v: common(v) or "unclear")
    return won


def _docs(facts: _Facts) -> tuple[str, ...]:
    """The kinds of paper that at least half of the sources name; newspapers mix up MoU and PKS."""
    said = facts.said(lambda a: a.doc_types or None)
    kept = _frequent(said)
    choice = choose(said, frozenset)
    if choice:
        others = tuple((v, n) for v, n in choice.others if not set(v) & set(kept))
        facts.keep("doc_types", Choice(kept, choice.votes, choice.of, others), "+".join)
    return kept


def _frequent(said: Iterable[Said[tuple[T, ...]]]) -> tuple[T, ...]:
    """The values that at least half of the sources give, at least those of the most sources."""
    items = list(said)
    votes: dict[T, set[str]] = {}
    for item in items:
        for value in item.value:
            votes.setdefault(value, set()).add(item.origin)
    enough = min(sources(items) / 2, max((len(v) for v in votes.values()), default=0))
    return tuple(value for value, origins in votes.items() if len(origins) >= enough)


def _subject(facts: _Facts) -> str | None:
    """The subject in the wording of the most sources; of several the one that says most."""
    choice = choose(facts.said(lambda a: a.subject), folded, weight=lambda s: min(len(s), 160))
    return facts.keep("subject", Choice(choice.value, choice.votes, choice.of) if choice else None, str)


def _venue(facts: _Facts) -> tuple[str | None, Venue | None]:
    """The building and, by a vote of its own, the city."""

    def building(agreement: Agreement) -> str | None:
        return (agreement.venue.name or agreement.venue.text) if agreement.venue else None

    def city(agreement: Agreement) -> Venue | None:
        return agreement.venue if agreement.venue and agreement.venue.city else None

    told = facts.said(building)
    choice = choose(told, name_words, weight=len)
    if choice:
        mine = set(name_words(choice.value))
        others = tuple((v, n) for v, n in choice.others if not mine & set(name_words(v)))
        choice = Choice(choice.value, choice.of - sum(n for _, n in others), choice.of, others)
    place = choose(facts.said(city), lambda v: v.city_code or folded(v.city or ""))
    return facts.keep("venue", choice, str), facts.keep("city", place, lambda v: v.city or "")


def _commitments(facts: _Facts) -> tuple[str, ...]:
    """The different commitments, those of the leading report first; a wording of the same is left out."""
    kept: list[tuple[str, set[str]]] = []
    for _, agreement in facts.told:
        for commitment in agreement.commitments:
            stems = set(topic((commitment.text,)))
            if not any(_said(stems, known) for _, known in kept):
                kept.append((commitment.text, stems))
    return tuple(text for text, _ in kept[:MOST_COMMITMENTS])


def _said(stems: set[str], known: set[str]) -> bool:
    few = min(len(stems), len(known))
    return stems == known if few == 0 else len(stems & known) / few >= ALREADY_SAID
