"""Puts the slots of one agreement together, each with its proof."""

from typing import Any

from sepaham.records import Agreement, Document, Party, Status
from sepaham.registry import canonical_name
from sepaham.relations.bodies import Bodies
from sepaham.relations.commitments import find_commitments
from sepaham.relations.context import View
from sepaham.relations.evidence import Proof, confidence
from sepaham.relations.fields import find_fields
from sepaham.relations.hubs import find_hub
from sepaham.relations.kinds import kind_of
from sepaham.relations.parties import Candidate, bound_firmly, find_parties, settle
from sepaham.relations.people import People
from sepaham.relations.review import lowest, reviewed
from sepaham.relations.signers import attach, represent, signatories, witnesses
from sepaham.relations.status import find_status
from sepaham.relations.terms import Chance, find_duration, find_until, find_value
from sepaham.relations.triggers import BAR, LEAST, Trigger, find_triggers, mentions_instrument
from sepaham.relations.venue import find_venue
from sepaham.relations.when import date_fact, find_date
from sepaham.relations.wording import doc_types, find_subject, instrument_name

_LONGEST_TEXTS = 4


def extract(document: Document) -> list[Agreement]:
    """The agreements that an article reports, in the order of their first proof; none for most articles.

    Rules only: a sentence must report an instrument being signed or agreed, and name who is bound.
    Denials, wishes and papers told as history give nothing.
    """
    if not mentions_instrument(document.text):
        return []
    view = View(document)
    triggers = find_triggers(view)
    if not triggers or triggers[0].score < LEAST:
        return []
    agreement = Assembly(view, triggers).agreement()
    return [agreement] if agreement else []


class Assembly:
    """One agreement in the making."""

    def __init__(self, view: View, triggers: list[Trigger]) -> None:
        """Begin with the sentences that report the signing, the surest first."""
        self.view = view
        self.triggers = triggers
        self.top = triggers[0]
        self.proof = Proof(view.text)
        self.people = People(view)
        self.bodies = Bodies(view)
        self.sure: dict[str, float] = {}  # chances of parties and signatories, by field

    def agreement(self) -> Agreement | None:
        """The agreement, or None when no party is named."""
        found = find_parties(self.view, self.triggers, self.bodies, self.people)
        chosen = settle(found.chosen)
        if not chosen or not self._plain_enough(chosen):
            return None
        attach(found.alone, chosen, self.people, self.bodies)
        represent(self.view, self.triggers, chosen, self.people, self.bodies)
        who = self._who(chosen)
        names = [text for candidate in chosen for text in self._texts(candidate)]
        what = self._what(names)
        return self._record(what | who | self._when_where(what["status"]) | self._terms())

    def _record(self, slots: dict[str, Any], told: float | None = None, number: int = 1) -> Agreement:
        """The agreement with its proof; `told` is the chance that there is one."""
        article = self.view.document.article.article_id
        agreement = Agreement(
            agreement_id=f"{article}#{number}",
            article_id=article,
            confidence={"agreement": round(told or confidence("agreement"), 3)} | lowest(self.proof.items),
            evidence=self.proof.items,
            **slots,
        )
        return reviewed(agreement)

    def _plain_enough(self, chosen: list[Candidate]) -> bool:
        """A weak sentence must plainly bind two bodies; one body alone needs a named instrument."""
        if self.top.score < BAR:
            return bound_firmly(chosen)
        return len(chosen) > 1 or any(
            t.kind not in ("", "weak") and t.act != "named" for t in self.triggers[:3]
        )

    def _what(self, names: list[str]) -> dict[str, Any]:
        date = find_date(self.view, self.triggers)
        status, shown = find_status(self.view, self.triggers, date.date if date else None)
        sentence = shown.sentence
        self.proof.add("/status", "status", sentence.start, sentence.end, f"status_{status}")
        kinds = doc_types(self.view, self.triggers)
        name = instrument_name(self.triggers)
        place = name or self.top.instrument
        start, end = (place.start, place.end) if place else (self.top.start, self.top.end)
        self.proof.add("/doc_types", "doc_types", start, end, "instrument")
        if name:
            self.proof.add("/agreement_text", "agreement_text", name.start, name.end, "instrument")
        subject = find_subject(self.view, self.triggers)
        commitments = find_commitments(self.view, self.triggers, subject, names)
        if subject:
            self.proof.add("/subject", "subject", subject.start, subject.end, subject.rule)
        for number, item in enumerate(commitments):
            self.proof.add(
                f"/commitments/{number}", "commitments", item.start, item.end, f"commitment_{item.type}"
            )
        telling = " ".join([subject.text if subject else "", *(c.text for c in commitments)])
        around = " ".join(
            [self.view.text[: self.view.title_end], *(t.sentence.text for t in self.triggers[:3])]
        )
        self.proof.add("/fields", "fields", self.top.sentence.start, self.top.sentence.end, "field_words")
        return {
            "status": status,
            "doc_types": kinds,
            "agreement_text": name.text if name else None,
            "subject": subject.text if subject else None,
            "commitments": tuple(commitments),
            "fields": find_fields(telling, around),
        }

    def _who(self, chosen: list[Candidate]) -> dict[str, object]:
        parties = tuple(self._party(number, candidate) for number, candidate in enumerate(chosen))
        hub = self._hub(chosen)
        if hub is not None:
            self.proof.add("/hub", "hub", self.top.sentence.start, self.top.sentence.end, "hub")
        seen = witnesses(self.view, self.triggers, self.people)
        signing = {s.name for p in parties for s in p.signatories}
        watching = [item for item in seen if item[0].name not in signing]
        for number, (_, mention) in enumerate(watching):
            self.proof.add(f"/witnesses/{number}", "witnesses", mention.start, mention.end, "witness")
        return {
            "parties": parties,
            "hub": parties[hub].name if hub is not None else None,
            "witnesses": tuple(witness for witness, _ in watching),
        }

    def _hub(self, chosen: list[Candidate]) -> int | None:
        return find_hub(self.triggers, chosen)

    def _party(self, number: int, candidate: Candidate) -> Party:
        body = candidate.body
        texts = self._texts(candidate)
        field = f"/parties/{number}"
        self.proof.add_text(
            field, "parties", texts[0], self.top.sentence, "bound_in_sentence", self.sure.get(field)
        )
        signers = []
        for order, (signatory, person, role) in enumerate(signatories(candidate, self.people, self.bodies)):
            shown = person or role
            if shown:
                field = f"/parties/{number}/signatories/{order}"
                sure = self.sure.get(field)
                self.proof.add(field, "signatories", shown.start, shown.end, "signs_in_sentence", sure)
            signers.append(signatory)
        name, link = canonical_name(texts, self.view.text, self.bodies.day, known=body.name)
        return Party(
            name=name,
            kind=link.kind or kind_of(body),
            texts=texts,
            signatories=tuple(signers),
            level=link.level,
            code=link.code,
            parent_name=link.parent_name,
            parent_code=link.parent_code,
        )

    def _texts(self, candidate: Candidate) -> tuple[str, ...]:
        """The forms of the article for a party, the fullest first; else the title of its official."""
        forms = self.bodies.forms(candidate.body)
        if not forms:
            roles = [m.text for m in candidate.mentions if m.label == "ROLE"]
            forms = roles[:1] or [m.text for m in candidate.mentions][:1]
        return tuple(forms[:_LONGEST_TEXTS])

    def _when_where(self, status: Status) -> dict[str, Any]:
        date = find_date(self.view, self.triggers)
        if date:
            self.proof.add("/date", "date", date.date.start, date.date.end, date.rule)
        else:
            self.proof.empty("/date", "date", "no date in or beside the sentence that reports the signing")
        venue = find_venue(self.view, self.triggers)
        if venue:
            self.proof.add("/venue", "venue", venue.start, venue.end, venue.rule)
        return {
            "date": date_fact(date.date, self.view.document.article.published, status) if date else None,
            "venue": venue.venue if venue else None,
        }

    def _chance(self, _slot: str) -> Chance | None:
        """How likely words fill a slot; nothing by the rules alone."""
        return None

    def _terms(self) -> dict[str, object]:
        value = find_value(self.view, self.triggers, self._chance("value"))
        if value:
            self.proof.add("/value", "value", value[1].start, value[1].end, value[2])
        duration = find_duration(self.view, self.triggers, self._chance("duration"))
        if duration:
            self.proof.add("/duration", "duration", duration[1].start, duration[1].end, duration[2])
        until = find_until(self.view, self.triggers)
        if until:
            self.proof.add("/valid_until", "valid_until", until[1].start, until[1].end, until[1].rule)
        return {
            "value": value[0] if value else None,
            "duration": duration[0] if duration else None,
            "valid_until": until[0] if until else None,
        }
