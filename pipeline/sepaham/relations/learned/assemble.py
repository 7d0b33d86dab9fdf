"""Puts one agreement together from what the judges choose; wording and proof are those of the rules."""

from collections.abc import Sequence
from typing import Any, get_args

from sepaham.ner.slots import SlotScores
from sepaham.records import Agreement, DocType, Document, Status
from sepaham.relations.assemble import Assembly
from sepaham.relations.evidence import Proof
from sepaham.relations.learned import (
    choice,
    clauses,
    events,
    joint,
    paper,
    parties,
    partitions,
    signers,
    topics,
    when_where,
)
from sepaham.relations.learned.hub import find_hub
from sepaham.relations.learned.judge import Features, Judges, calibrated, record_features
from sepaham.relations.learned.reading import Reading
from sepaham.relations.parties import Candidate
from sepaham.relations.people import Holder
from sepaham.relations.status import later
from sepaham.relations.terms import Chance
from sepaham.relations.triggers import Trigger, mentions_instrument
from sepaham.relations.when import date_fact
from sepaham.relations.wording import Phrase, instrument_name

_TYPES: tuple[DocType, ...] = get_args(DocType)
_MOST_TYPES = 2
_EVEN = 0.5  # chance of a day behind the publication from which the signing is planned for it


def extract(document: Document, slots: SlotScores, judges: Judges) -> list[Agreement]:
    """The agreements that an article reports, by the learned judges; none for most articles."""
    if not mentions_instrument(document.text):
        return []
    reading = Reading(document, slots)
    if not reading.triggers:
        return []
    look = joint.seen(reading, judges)
    told = judges["article"].chance(joint.article_features(look, judges))
    if told < judges["article"].bar or not look.bodies:
        return []
    chosen, found, *_ = partitions.bound(look, judges)
    tied = choice.signatories(look, chosen, judges)
    around = record_features(told, len(found))
    if len(found) == 1:
        return [_Judged(reading, reading, judges, around).judged(chosen, tied, told, 1)]
    homes = events.homes(reading, chosen, found)
    signing = _apart(reading, tied, found, homes)
    return [
        _Judged(reading.within(home), reading, judges, around).judged(
            [chosen[n] for n in group], own, told, number
        )
        for number, (group, home, own) in enumerate(zip(found, homes, signing, strict=True), 1)
    ]


Signing = dict[int, list[signers.Signer]]
"""The signers of each party, by its index."""


def _apart(
    reading: Reading, tied: Signing, found: Sequence[Sequence[int]], homes: Sequence[frozenset[int]]
) -> list[Signing]:
    """The signers of the parties of each agreement, by the order of the party in it."""
    result: list[Signing] = [{} for _ in found]
    for party, own in tied.items():
        among = [n for n, group in enumerate(found) if party in group]
        for n, here in zip(among, signers.apart(reading, own, [homes[n] for n in among]), strict=True):
            result[n][found[n].index(party)] = here
    return result


class _Judged(Assembly):
    """One agreement in the making, by the judges."""

    def __init__(self, reading: Reading, whole: Reading, judges: Judges, around: Features) -> None:
        """Begin; of an article with several agreements `reading` is the part that tells of this one."""
        super().__init__(reading.view, reading.triggers)
        self.reading, self.whole, self.judges = reading, whole, judges
        self.people, self.bodies = reading.people, reading.bodies
        self.proof = Proof(self.view.text, self._sureness)
        self.around = around
        self.hub: int | None = None
        self.date = self._date(reading) or self._date(whole)

    def judged(
        self, chosen: list[parties.Candidate], signing: Signing, told: float, number: int
    ) -> Agreement:
        """The agreement of these parties with its proof, the `number`-th of its article."""
        candidates = [self._candidate(n, c, signing[n]) for n, c in enumerate(chosen)]
        self.hub = find_hub(self.reading, chosen, self.judges["hub"])
        what = self._what([candidate.body.name for candidate in candidates])
        slots = what | self._who(candidates) | self._when_where(what["status"]) | self._terms()
        return self._record(slots, self._sureness("agreement", told), number)

    def _sureness(self, slot: str, chance: float) -> float:
        return calibrated(self.judges, slot, chance, self.around)

    def _chance(self, slot: str) -> Chance:
        """How likely words fill a slot; not at all where they tell of another agreement of the article."""
        reading = self.reading
        return lambda start, end: reading.chances.of(start, end, slot) if reading.tells(start) else 0.0

    def _candidate(self, number: int, party: parties.Candidate, tied: list[signers.Signer]) -> Candidate:
        holders = [self._holder(s) for s in tied]
        self.sure[f"/parties/{number}"] = party.chance
        for order, signer in enumerate(tied):
            self.sure[f"/parties/{number}/signatories/{order}"] = signer.chance
        return Candidate(
            body=party.body,
            points=party.chance,
            mentions=[n.mention for n in party.namings],
            signers=holders,
            order=party.first,
            named=any(n.mention.label != "ROLE" for n in party.namings),
            first=any(
                n.mention.start < self.top.start and n.sentence == self.top.sentence.index
                for n in party.namings
            ),
        )

    def _hub(self, chosen: list[Candidate]) -> int | None:
        return self.hub

    def _holder(self, signer: signers.Signer) -> Holder:
        person = next((h.person for h in signer.holders if h.person), None)
        return Holder(person, signers.role_of(self.reading, signer))

    def _what(self, names: list[str]) -> dict[str, Any]:
        status, sure = self._status()
        self.proof.add("/status", "status", *self._span(self.top), "status_judged", sure)
        name = instrument_name(self.triggers)
        place = name or self.top.instrument
        start, end = (place.start, place.end) if place else (self.top.start, self.top.end)
        if name:
            self.proof.add("/agreement_text", "agreement_text", name.start, name.end, "instrument")
        subject = self._subject()
        items = clauses.commitments(self.reading, self.judges["commitment"])
        for number, (item, chance) in enumerate(items):
            self.proof.add(
                f"/commitments/{number}", "commitments", item.start, item.end, "commitment_judged", chance
            )
        telling = " ".join([subject.text if subject else "", *(c.text for c, _ in items)])
        told = topics.features(telling, topics.around(self.reading), " ".join(names))
        fields, just = topics.chosen(told, self.judges)
        kinds = self._types()
        self.proof.add("/doc_types", "doc_types", start, end, "instrument", max(c for _, c in kinds))
        self.proof.add("/fields", "fields", *self._span(self.top), "field_judged", just)
        return {
            "status": status,
            "doc_types": tuple(k for k, _ in kinds),
            "agreement_text": name.text if name else None,
            "subject": subject.text if subject else None,
            "commitments": tuple(c for c, _ in items),
            "fields": fields,
        }

    def _span(self, trigger: Trigger) -> tuple[int, int]:
        return trigger.sentence.start, trigger.sentence.end

    def _status(self) -> tuple[Status, float]:
        features = paper.state_features(self.reading)
        chances = {state: self.judges["status"].chance(f) for state, f in features.items()}
        best = max(get_args(Status), key=lambda s: chances[s])
        if best == "signed" and self.date and later(self.view, self.date[0].date):
            if self.date[1] >= _EVEN:
                return "planned", self.date[1]
            self.date = None  # more likely the day of something that follows from it
        return best, chances[best] / sum(chances.values())

    def _subject(self) -> Phrase | None:
        found = clauses.best_subject(clauses.subject_candidates_of(self.reading), self.judges["subject"])
        if found is None or found[1] < self.judges["subject"].bar:
            return None
        phrase = found[0].phrase
        self.proof.add("/subject", "subject", phrase.start, phrase.end, phrase.rule, found[1])
        return phrase

    def _types(self) -> list[tuple[DocType, float]]:
        """The kinds above the judge's bar, the likeliest first; one at least."""
        judge, features = self.judges["type"], paper.type_features(self.reading)
        ranked = sorted(((n, judge.chance(features[n])) for n in _TYPES), key=lambda r: -r[1])
        return [r for n, r in enumerate(ranked[:_MOST_TYPES]) if not n or r[1] >= judge.bar]

    def _when_where(self, status: Status) -> dict[str, Any]:
        if status == "planned":
            self.date = self._date(self.reading, ahead=True) or self._date(self.whole, ahead=True)
        if self.date:
            found = self.date[0].date
            self.proof.add("/date", "date", found.start, found.end, "date_judged", self.date[1])
        else:
            self.proof.empty(
                "/date", "date", "no date of the article is likely enough to be that of the signing"
            )
        venue = self._venue(self.reading) or self._venue(self.whole)
        if venue:
            place = venue[0].found
            self.proof.add("/venue", "venue", place.start, place.end, place.rule, venue[1])
        published = self.view.document.article.published
        return {
            "date": date_fact(self.date[0].date, published, status) if self.date else None,
            "venue": venue[0].found.venue if venue else None,
        }

    def _date(
        self, reading: Reading, *, ahead: bool = False
    ) -> tuple[when_where.DateCandidate, float] | None:
        """The likeliest date, where it reaches the bar; of a planned signing one that lies `ahead`."""
        possible = when_where.dates_ahead(reading) if ahead else when_where.possible_dates(reading)
        found = when_where.best_date(possible, self.judges["date"])
        return found if found and found[1] >= self.judges["date"].bar else None

    def _venue(self, reading: Reading) -> tuple[when_where.VenueCandidate, float] | None:
        """The likeliest place, where it reaches the bar."""
        found = when_where.best_venue(when_where.venue_candidates(reading), self.judges["venue"])
        return found if found and found[1] >= self.judges["venue"].bar else None
