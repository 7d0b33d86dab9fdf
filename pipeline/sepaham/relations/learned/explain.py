"""Why each field is what it is, or empty: the candidates of every slot with their chances and reasons."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sepaham.ner.slots import SlotScores
from sepaham.records import Document
from sepaham.relations.learned import (
    choice,
    clauses,
    hub,
    joint,
    members,
    paper,
    parties,
    partitions,
    when_where,
)
from sepaham.relations.learned.judge import Features, Judge, Judges
from sepaham.relations.learned.reading import Reading

_MOST = 6


class Reason(NamedTuple):
    """A candidate of a slot: its chance, the bar, and what moved the judge most; `chosen` is what was decided
    by the record as a whole, where that is not the bar alone; a `whole` text is not to be cut."""

    slot: str
    text: str
    chance: float
    bar: float
    moved: tuple[tuple[str, float], ...]
    chosen: bool | None = None
    whole: bool = False

    @property
    def taken(self) -> bool:
        """Whether the record has it."""
        return self.chance >= self.bar if self.chosen is None else self.chosen


def explain(document: Document, slots: SlotScores, judges: Judges) -> Iterator[Reason]:
    """The likeliest candidates of each slot, the likeliest first; the article's own chance comes first."""
    reading = Reading(document, slots)
    seen = joint.seen(reading, judges)
    told = joint.article_features(seen, judges)
    yield _reason("agreement", "does the article report one?", told, judges["article"])
    chosen, groups, gone, named, ways = partitions.bound(seen, judges)
    yield from _parties(seen, chosen, gone, judges)
    yield from _ways(named, ways, judges["partition"])
    for group in groups:
        yield from _hosts(reading, [chosen[n] for n in group], judges["hub"])
    yield from _signatories(seen, chosen, judges)
    dates = ((d.date.text, d.features) for d in when_where.possible_dates(reading))
    yield from _ranked("date", dates, judges["date"])
    places = ((v.found.venue.text, v.features) for v in when_where.venue_candidates(reading))
    yield from _ranked("venue", places, judges["venue"])
    yield from _subjects(reading, judges["subject"])
    for item, chance in clauses.commitments(reading, judges["commitment"]):
        yield Reason("commitment", item.text, chance, judges["commitment"].bar, ())
    yield from _ranked("status", paper.state_features(reading).items(), judges["status"])


def _subjects(reading: Reading, judge: Judge) -> list[Reason]:
    items = clauses.subject_candidates_of(reading)
    best = clauses.best_subject(items, judge)
    found = []
    for item in items:
        reason = _reason("subject", item.phrase.text, item.features, judge)
        taken = best is not None and item is best[0] and reason.chance >= judge.bar
        found.append(reason._replace(chosen=taken))
    return _shown(found)


def _hosts(reading: Reading, bound: list[parties.Candidate], judge: Judge) -> list[Reason]:
    """Which party of an agreement of three or more signed a paper of its own with each of the others."""
    if len(bound) < hub.LEAST:
        return []
    names = (party.body.name for party in bound)
    return _ranked("hub", zip(names, hub.features(reading, bound), strict=True), judge)


def _parties(
    seen: joint.Look, bound: list[parties.Candidate], gone: list[members.Gone], judges: Judges
) -> list[Reason]:
    """The bodies with the chances of the second look; those that the third sent away with what that saw."""
    chosen, went = {id(c) for c in bound}, {id(c): features for c, features in gone}
    found = []
    for candidate, features in zip(seen.bodies, seen.party, strict=True):
        by, looked = "party_joint", features
        if id(candidate) not in chosen and id(candidate) in went:
            by, looked = "member", went[id(candidate)]
        reason = _reason("party", _name(candidate.body.name, candidate), looked, judges[by])
        found.append(reason._replace(chosen=id(candidate) in chosen))
    return _shown(found)


def _ways(named: list[parties.Candidate], ways: list[partitions.Way], judge: Judge) -> list[Reason]:
    """Who stands together: the likeliest ways to part the parties, of which the first was chosen."""
    if len(ways) == 1:
        return []
    names, shares = [party.body.name for party in named], partitions.shares(ways, judge)
    told = ("; ".join(" + ".join(names[n] for n in group) for group in way.groups) for way in ways)
    return [
        Reason(
            "parties of each agreement",
            text,
            share,
            shares[0],
            tuple(judge.reasons(way.features)),
            whole=True,
        )
        for text, share, way in zip(told, shares, ways, strict=True)
    ][:_MOST]


def _signatories(seen: joint.Look, bound: list[parties.Candidate], judges: Judges) -> list[Reason]:
    """Everyone who may sign; taken are those who are tied to a party."""
    taken = {id(s) for own in choice.signatories(seen, bound, judges).values() for s in own}
    found = []
    for person, features in zip(seen.people, seen.signer, strict=True):
        name = person.name or person.mentions()[0].text
        reason = _reason("signatory", name, features, judges["signer_joint"])
        if person.least:
            sure = max(person.least, reason.chance)
            reason = reason._replace(chance=sure, moved=(("the words say so", person.least), *reason.moved))
        found.append(reason._replace(chosen=id(person) in taken))
    return _shown(found)


def _shown(found: Iterable[Reason]) -> list[Reason]:
    """The likeliest, and whatever else was taken."""
    ranked = sorted(found, key=lambda r: -r.chance)
    return [r for n, r in enumerate(ranked) if n < _MOST or r.taken]


def _name(name: str, candidate: parties.Candidate) -> str:
    forms = sorted({n.mention.text for n in candidate.namings} - {name}, key=lambda form: (len(form), form))
    return f"{name} ({', '.join(forms[:3])})" if forms else name


def _reason(slot: str, text: str, features: Features, judge: Judge) -> Reason:
    return Reason(slot, text, judge.chance(features), judge.bar, tuple(judge.reasons(features)))


def _ranked(slot: str, items: Iterable[tuple[str, Mapping[str, float]]], judge: Judge) -> list[Reason]:
    found = [_reason(slot, text, features, judge) for text, features in items]
    return sorted(found, key=lambda r: -r.chance)[:_MOST]
