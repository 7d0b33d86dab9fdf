"""Who signs for whom, and who witnesses."""

import re
from functools import cache, lru_cache

from sepaham import lexicon
from sepaham.records import Mention, Signatory, Witness
from sepaham.relations.bodies import Bodies, Body
from sepaham.relations.context import Sentence, View
from sepaham.relations.kinds import kind_of
from sepaham.relations.offices import read_office
from sepaham.relations.parties import Candidate
from sepaham.relations.patterns import grammar
from sepaham.relations.people import Holder, People
from sepaham.relations.triggers import Trigger

_MOST = 4
_SOON, _BESIDE = 4, 25
STANDS_FOR = grammar(r"\b<people.stands_for>\b")
_SAYS = grammar(r"\A[\s,]*<people.says>\b")
_SAID = grammar(r"\b<people.said>[\s,]*\Z")
_WATCHED = grammar(r"\b<people.watched>\b")
_WATCHES = grammar(r"\b<people.watches>\b")
_TOGETHER = grammar(r"[^,;]{0,60}?(?:\b<people.together>|,\s{1,9}+<people.likewise>)\s")
# "..., Rini Astuti, M.Si. Tampak hadir ...": a sentence that the splitter takes for part of the name before.
_DEGREE_ENDS = re.compile(r"\b[A-Z][a-z]{0,2}\.(?:[A-Z][A-Za-z]{0,4}\.){1,2}\s(?=[A-Z])")
_OTHER_GUESTS = grammar(r"\b<people.other_guests>\b")


@lru_cache(maxsize=1024)  # bounded: a dump never runs out of new offices
def office_kind(text: str) -> str | None:
    """The kind of body that an office leads ("Rektor": education); None where its head does not tell."""
    return _kinds().get(read_office(text).head)


@cache
def _kinds() -> dict[str, str]:
    table = lexicon.toml("relations/offices.toml")["kind"]
    return {head: kind for kind, heads in table.items() for head in heads}


def attach(alone: list[Holder], parties: list[Candidate], people: People, bodies: Bodies) -> None:
    """Give signers whose body their sentence does not name to the party that their office fits."""
    for holder in alone:
        role = holder.role or (people.role_of(holder.person.text) if holder.person else None)
        known = bodies.of(role) if role else None
        fitting = [c for c in parties if known and c.body.key == known.key] or _fitting(role, parties)
        if len(fitting) == 1 and not fitting[0].signers:
            fitting[0].signers.append(Holder(holder.person, holder.role or role))


def represent(
    view: View, triggers: list[Trigger], parties: list[Candidate], people: People, bodies: Bodies
) -> None:
    """Officials who sign for a party without signers in a sentence near the signing that speaks of it.

    "Pemkot Bitung diwakili Kepala Dinas Kesehatan X", "untuk Undip ditandatangani Wakil Rektor I, Y": by the
    body of the office, else by the party named last before it.
    """
    first = min((t.sentence.index for t in triggers[:3] if not t.sentence.in_title), default=0)
    for sentence in view.body_sentences:
        if not first <= sentence.index <= first + _SOON or not STANDS_FOR.search(sentence.text):
            continue
        watchers = watching(sentence, people)
        for holder in people.holders(sentence):
            if not holder.role or not holder.person or holder in watchers or speaks(sentence, holder):
                continue
            party = _led_by(holder.role, sentence, parties, bodies)
            if party and not party.signers:
                party.signers.append(holder)


def speaks(sentence: Sentence, holder: Holder) -> bool:
    """A verb of speech stands right behind the person or right before."""
    behind = sentence.text[_end(holder) - sentence.start :][:_BESIDE]
    before = sentence.text[: _begin(holder) - sentence.start][-_BESIDE:]
    return _SAYS.search(behind) is not None or _SAID.search(before) is not None


def _above(above: Body, body: Body) -> bool:
    return above.link.code is not None and body.link.parent_code == above.link.code


def _led_by(role: Mention, sentence: Sentence, parties: list[Candidate], bodies: Bodies) -> Candidate | None:
    body = bodies.of(role)
    if body:
        return next((c for c in parties if body.key == c.body.key or _above(c.body, body)), None)
    before = [m for m in sentence.labelled("ORG") if m.end <= role.start]
    named = bodies.of(before[-1]) if before else None
    return next((c for c in parties if named and named.key == c.body.key), None)


def _fitting(role: Mention | None, parties: list[Candidate]) -> list[Candidate]:
    if role is None:
        return []
    kind = office_kind(role.text)
    wanted = {kind, "state_owned_company"} if kind == "company" else {kind}
    return [c for c in parties if kind_of(c.body) in wanted and not c.signers]


def _holder_elsewhere(candidate: Candidate, role: Mention, people: People, bodies: Bodies) -> Mention | None:
    """Who holds this office by another sentence: the same body, and the same head or ministry."""
    if exact := people.person_of(role):
        return exact
    wanted = bodies.office(role)
    for holder in people.all:
        if holder.role and holder.person and bodies.office(holder.role).acting == wanted.acting:
            other, body = bodies.office(holder.role), bodies.of(holder.role)
            # "Mentan" is the "Menteri Pertanian"; a chairman is not the secretary of the same body.
            ministers = wanted.fixed and other.fixed and wanted.body == other.body
            if body and body.key == candidate.body.key and (other.head == wanted.head or ministers):
                return holder.person
    return None


def signatories(
    candidate: Candidate, people: People, bodies: Bodies
) -> list[tuple[Signatory, Mention | None, Mention | None]]:
    """The signatories of a party with the mentions that prove name and role."""
    found: list[tuple[Signatory, Mention | None, Mention | None]] = []
    seen: set[str] = set()
    for holder in candidate.signers:
        person = holder.person or (
            _holder_elsewhere(candidate, holder.role, people, bodies) if holder.role else None
        )
        role = holder.role or (people.role_of(person.text) if person else None)
        name = people.full_name(person.text) if person else None
        key = (name or (role.text if role else "")).casefold()
        if not key or key in seen:
            continue
        seen.add(key)
        office = read_office(role.text) if role else None
        acting = office.acting if office else None
        signatory = Signatory(
            name=name, role=role.text if role else None, acting=acting is not None, acting_form=acting
        )
        found.append((signatory, person, role))
    named = [item for item in found if item[0].name]
    return (named or found)[:_MOST]


def witnesses(view: View, triggers: list[Trigger], people: People) -> list[tuple[Witness, Mention]]:
    """Those said to witness, in the sentences from the first signing on that speak of it.

    Of an office that no name goes with, who holds it by another sentence, else the office alone.
    """
    first = min((t.sentence.index for t in triggers[:3] if not t.sentence.in_title), default=0)
    found: list[tuple[Witness, Mention]] = []
    seen: set[str] = set()
    for sentence in view.body_sentences:
        if sentence.index < first - 1:
            continue
        for holder in watching(sentence, people, nameless=True):
            person = holder.person or (people.person_of(holder.role) if holder.role else None)
            name = people.full_name(person.text) if person else None
            role = holder.role.text if holder.role else None
            shown, key = holder.person or holder.role, (name or role or "").casefold()
            # A bare "gubernur" is mostly one who was named before.
            if shown and key not in seen and (name or shown.text[0].isupper()):
                seen.add(key)
                found.append((Witness(name=name, role=role), shown))
    return found


def watching(sentence: Sentence, people: People, *, nameless: bool = False) -> list[Holder]:
    """ "disaksikan | X dan Y", "X dan Y | menyaksikan", "X | sebagai saksi", "Menjadi saksi | X"; with
    `nameless` also offices that nobody's name goes with."""
    holders = [h for h in people.holders(sentence) if h.person or nameless]
    if found := sentence.find(_WATCHED):
        after = sentence.start + found.end()
        stop = _OTHER_GUESTS.search(sentence.text, found.end())
        until = sentence.start + (stop.start() if stop else len(sentence.text))
        return [h for h in holders if after <= _begin(h) and _end(h) <= until]
    if found := sentence.find(_WATCHES):
        ended = [m.end() for m in _DEGREE_ENDS.finditer(sentence.text, 0, found.start())]
        start, at = sentence.start + max(ended, default=0), sentence.start + found.start()
        before = [h for h in holders if start <= _begin(h) and _end(h) <= at]
        beside = _TOGETHER.match(sentence.text, found.end()) if before else found
        after = sentence.start + beside.end() if beside else sentence.end
        return before + [h for h in holders if _begin(h) >= after]
    return []


def _begin(holder: Holder) -> int:
    return min(m.start for m in (holder.person, holder.role) if m)


def _end(holder: Holder) -> int:
    return max(m.end for m in (holder.person, holder.role) if m)
