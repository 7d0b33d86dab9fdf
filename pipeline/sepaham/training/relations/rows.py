"""Candidates with their gold answer: what each judge learns from."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

import numpy as np

from sepaham.evaluation.events import Event, PartyFacts, read_event
from sepaham.evaluation.matching import norm, overlap
from sepaham.registry import canonical_name
from sepaham.relations.learned import clauses, events, hub, joint, paper, parties, signers, topics, when_where
from sepaham.relations.learned.judge import Judges
from sepaham.relations.learned.reading import Reading
from sepaham.relations.when import date_fact
from sepaham.training.ner.corpora import fold_of
from sepaham.training.ner.gold import occurrences
from sepaham.training.relations.background import Background
from sepaham.training.relations.readings import Read

# Users' dumps are real news: a real article counts for several written ones.
_WEIGHT = {"real": 4.0, "news": 4.0}
_EVERY = 3  # of the words outside commitments every n-th is learned from: they are many and alike


class Row(NamedTuple):
    """One candidate: features, whether it is right, and how much it counts."""

    features: dict[str, float]
    right: bool
    weight: float = 1.0


Rows = dict[str, list[Row]]


def joined(parts: Iterable[Rows]) -> Rows:
    """The rows of many articles, by slot."""
    found: Rows = {}
    for part in parts:
        for slot, rows in part.items():
            found.setdefault(slot, []).extend(rows)
    return found


class Told:
    """One background article: whether it reports an agreement is all that is known of it."""

    def __init__(self, read: Background) -> None:
        """Read the article and its parties once."""
        self.reading = Reading(read.document, read.slots)
        self.parties = parties.candidates(self.reading)
        self.signers = signers.signers(self.reading)
        self.is_mou = read.is_mou
        self.article_id = read.document.article.article_id
        self.fold = fold_of(self.article_id)

    def row(self, judges: Judges) -> Row:
        """The row of the judge of articles, where parties and signers are judged so."""
        look = joint.look(self.reading, self.parties, self.signers, judges)
        joint.decide(look, judges)
        return Row(joint.article_features(look, judges), self.is_mou)


class Worked:
    """One gold article with all candidates of all slots, made once for every fold."""

    def __init__(self, read: Read) -> None:
        """Read the article; `events` are its gold events."""
        self.read = read
        self.weight = _WEIGHT.get(read.part, 1.0)
        self.reading = Reading(read.document, read.slots)
        self.events = read.events
        self.parties = parties.candidates(self.reading)
        self.signers = signers.signers(self.reading)
        self.dates = when_where.date_candidates(self.reading)
        self.venues = when_where.venue_candidates(self.reading)
        self.subjects = clauses.subject_candidates_of(self.reading)
        self.gold_of = {id(c): self.gold_party(c) for c in self.parties}

    def gold_party(self, candidate: parties.Candidate) -> PartyFacts | None:
        """The gold party that a candidate is, by name or form."""
        body = candidate.body
        texts = parties.forms(self.reading, candidate)
        name, _ = canonical_name(texts, self.reading.view.text, self.reading.bodies.day, known=body.name)
        raw = {"parties": [{"name": name, "kind": "other", "texts": texts[:4]}]}
        mine = read_event(raw, gold=False).parties[0]
        for event in self.events:
            for party in event.parties:
                twins = party.level and mine.level and party.level != mine.level
                if not twins and not party.forms.isdisjoint(mine.forms):
                    return party
        return None

    def bound(self, candidate: parties.Candidate) -> bool:
        """Whether the gold has this body as a party."""
        return self.gold_of[id(candidate)] is not None

    def _named(self) -> set[str]:
        return {p.name if p.named else p.role for e in self.events for q in e.parties for p in q.people}

    def signs(self, signer: signers.Signer) -> bool:
        """Whether the gold has this person, or nameless office, as a signatory."""
        if signer.name is not None:
            return norm(signer.name) in self._named()
        return any(h.role is not None and norm(h.role.text) in self._named() for h in signer.holders)

    @cached_property
    def base(self) -> Rows:
        """The rows of the judges that build on no other."""
        if not self.events:
            return {}
        found: Rows = {
            "party": [Row(c.features, self.bound(c)) for c in self.parties],
            "signer": [Row(s.features, self.signs(s)) for s in self.signers],
            "date": list(self._date_rows()),
            "venue": list(self._venue_rows()),
            "subject": list(self._subject_rows()),
            "commitment": list(self._word_rows()),
            "status": list(self._status_rows()),
            "type": list(self._type_rows()),
            "tie": list(self._tie_rows()),
            "together": list(self._together_rows()),
            "several": list(self._several_rows()),
            "hub": list(self._hub_rows()),
        }
        return {
            slot: [r._replace(weight=r.weight * self.weight) for r in rows] for slot, rows in found.items()
        }

    def _tie_rows(self) -> Iterator[Row]:
        """Right signers with the right parties: which belongs to which."""
        right = [c for c in self.parties if self.gold_of[id(c)] is not None]
        signing = [s for s in self.signers if self.signs(s)]
        for signer in signing:
            for tie in signers.ties(self.reading, signer, right, signing):
                yield Row(tie.features, self._tied(signer, tie.party))

    def _together_rows(self) -> Iterator[Row]:
        """Right parties two by two: does one agreement bind both?"""
        right = [c for c in self.parties if self.bound(c)]
        for one, two in combinations(right, 2):
            mine, theirs = self.gold_of[id(one)], self.gold_of[id(two)]
            bound = any(
                {p.name for p in (mine, theirs) if p} <= {p.name for p in event.parties}
                for event in self.events
            )
            yield Row(events.pair_features(self.reading, one, two, len(right)), bound)

    def _several_rows(self) -> Iterator[Row]:
        """Whether an article with three right parties or more tells of several agreements."""
        right = [c for c in self.parties if self.bound(c)]
        if 2 < len(right) <= events.MOST_PARTIES:
            told = events.statements(self.reading, right)
            yield Row(events.several_features(self.reading, told, len(right)), len(self.events) > 1)

    def _hub_rows(self) -> Iterator[Row]:
        """The right parties of each agreement of three or more: which signed a paper of its own with each?"""
        for event in self.events:
            right = self._parties_of(event)
            if len(right) >= hub.LEAST:
                for candidate, found in zip(right, hub.features(self.reading, right), strict=True):
                    yield Row(found, self._gold_name(candidate) == event.hub)

    def _parties_of(self, event: Event) -> list[parties.Candidate]:
        """The parties of a gold agreement, of two under one name the likelier, in the article's order."""
        names = {party.name for party in event.parties}
        own = (c for c in self.parties if self._gold_name(c) in names)
        found = {self._gold_name(c): c for c in sorted(own, key=lambda c: c.party)}
        return sorted(found.values(), key=lambda c: c.first)

    def _gold_name(self, candidate: parties.Candidate) -> str | None:
        gold = self.gold_of[id(candidate)]
        return gold.name if gold else None

    def _tied(self, signer: signers.Signer, party: parties.Candidate) -> bool:
        gold = self.gold_of[id(party)]
        if gold is None:
            return False
        names = {norm(signer.name)} if signer.name else {norm(h.role.text) for h in signer.holders if h.role}
        return any((p.name if p.named else p.role) in names for p in gold.people)

    def _date_rows(self) -> Iterator[Row]:
        published = self.read.document.article.published
        for item in self.dates:
            values = {
                date_fact(item.date, published, raw["status"]).value for raw in self.read.gold["events"]
            }
            wanted = {e.date for e in self.events if e.date}
            yield Row(item.features, bool((values - {None}) & wanted))

    def _venue_rows(self) -> Iterator[Row]:
        for item in self.venues:
            venue = item.found.venue
            right = any(
                e.venue
                and (
                    overlap(e.venue.words, norm(venue.text).split())
                    or (e.venue.name and norm(venue.name) == e.venue.name)
                )
                for e in self.events
            )
            yield Row(item.features, bool(right))

    def _subject_rows(self) -> Iterator[Row]:
        for item in self.subjects:
            words = norm(item.phrase.text).split()
            yield Row(item.features, any(e.subject and overlap(e.subject, words) for e in self.events))

    def _word_rows(self) -> Iterator[Row]:
        names, rows = clauses.word_features(self.reading)
        inside = self.in_commitment()
        for n, row in enumerate(rows):
            if inside[n] or n % _EVERY == 0:
                weight = 1.0 if inside[n] else float(_EVERY)
                yield Row(dict(zip(names, map(float, row), strict=True)), bool(inside[n]), weight)

    def in_commitment(self) -> list[bool]:
        """For every word, whether it stands in a commitment of the gold."""
        chances = self.reading.chances
        inside = np.zeros(len(chances.words), dtype=bool)
        for event in self.events:
            for form in event.commitments:
                for start, end in occurrences(self.reading.view.text, form):
                    inside[chances.inside(start, end)] = True
        return list(map(bool, inside))

    def _status_rows(self) -> Iterator[Row]:
        wanted = {e.status for e in self.events}
        for state, features in paper.state_features(self.reading).items():
            yield Row(features, state in wanted)

    def _type_rows(self) -> Iterator[Row]:
        wanted = {n for e in self.events for n in e.doc_types}
        for name, features in paper.type_features(self.reading).items():
            yield Row(features, name in wanted)

    @cached_property
    def topics(self) -> Rows:
        """The rows of the judges of fields, which read words alone: one row a gold agreement."""
        around = topics.around(self.reading)
        found: Rows = {}
        for event in self.read.gold["events"]:
            telling = " ".join([event["subject"] or "", *event["commitments"]])
            told = topics.features(telling, around, " ".join(p["name"] for p in event["parties"]))
            for field in topics.FIELDS:
                found.setdefault(f"field_{field}", []).append(
                    Row(told, field in event["fields"], self.weight)
                )
        return found
