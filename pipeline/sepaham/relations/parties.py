"""Who is bound: the bodies in the sentences that report the signing, weighed by how they are named there."""

from dataclasses import dataclass, field

from sepaham import lexicon
from sepaham.records import Mention
from sepaham.relations.bodies import Bodies, Body
from sepaham.relations.context import Sentence, View
from sepaham.relations.forms import is_bare_place, is_counted, is_guess
from sepaham.relations.patterns import grammar
from sepaham.relations.people import Holder, People
from sepaham.relations.triggers import SIGNING, Trigger
from sepaham.relations.zones import Placed, outer, place_names

# A body with less is no party; about what one clear naming gives.
BAR = 1.3
# Two bodies at least are bound: the next best fill up from here.
LEAST = 0.7
_MOST_TRIGGERS = 6
# A sentence that surely reports a signing; the sentences around it, and what a naming there counts.
SURE = 3.0
_BEFORE, _AFTER = 3, 2
_NEIGHBOUR = 0.45
_STRONG = frozenset(lexicon.toml("relations/zones.toml")["binding"])
_WEIGHT = {"active": 1.0, "passive": 1.0, "nominal": 1.0, "agree": 0.6, "named": 0.4}
# The names follow the signing sentence: "Mereka ialah Kades Wonokerso Sugiyanto, ...".
_GOES_ON = grammar(r"\A[\"“]?\s*<parties.goes_on>\b[^.]{0,90}?<parties.goes_on_verb>")


@dataclass
class Candidate:
    """A body with its points, the mentions that gave them, its signers, and where it came up first."""

    body: Body
    points: float = 0.0
    mentions: list[Mention] = field(default_factory=list)
    signers: list[Holder] = field(default_factory=list)
    order: int = 0
    named: bool = False
    first: bool = False


@dataclass
class Parties:
    """The chosen bodies in the order of the article, and signers whose body is not named beside them."""

    chosen: list[Candidate]
    alone: list[Holder]


def find_parties(view: View, triggers: list[Trigger], bodies: Bodies, people: People) -> Parties:
    """The parties of the agreement that these sentences report."""
    found: dict[str, Candidate] = {}
    alone: list[Holder] = []
    for trigger in sorted(triggers[:_MOST_TRIGGERS], key=lambda t: t.sentence.index):
        placed = place_names(trigger.sentence, trigger.start, trigger.end, nominal=trigger.act != "active")
        alone += _weigh(placed, trigger, bodies, found, people.holders(trigger.sentence))
        for sentence in _continuations(view, trigger):
            placed = place_names(sentence, sentence.start, sentence.start, nominal=False)
            alone += _weigh(placed, trigger, bodies, found, people.holders(sentence))
    _add_salience(view, bodies, found)
    chosen = _choose(list(found.values()))
    if len(chosen) < 2 and triggers[0].score >= SURE and triggers[0].act in SIGNING:
        _add_neighbours(view, triggers[0], bodies, found)
        chosen = _choose(list(found.values()))
    return Parties(sorted(chosen, key=lambda c: c.order), alone)


def _add_neighbours(view: View, trigger: Trigger, bodies: Bodies, found: dict[str, Candidate]) -> None:
    """ "Kedua perusahaan meneken ...": the sentences around a plain report of the signing name who signs."""
    for sentence in view.near(trigger.sentence, before=_BEFORE, after=_AFTER):
        _add_named(sentence, _NEIGHBOUR, bodies, found, guesses=False)


def _choose(candidates: list[Candidate]) -> list[Candidate]:
    ranked = sorted(candidates, key=lambda c: (-c.points, c.order))
    chosen = [c for c in ranked if c.points >= BAR]
    for candidate in ranked[len(chosen) :]:
        if len(chosen) < 2 and candidate.points >= LEAST:
            chosen.append(candidate)
    return chosen


def _continuations(view: View, trigger: Trigger) -> list[Sentence]:
    """The sentences right behind the signing that go on to name who signs."""
    behind = [s for s in view.sentences if trigger.sentence.index < s.index <= trigger.sentence.index + 3]
    return [s for s in behind if _GOES_ON.search(s.text) and not trigger.sentence.in_title]


def _weigh(
    placed: list[Placed], trigger: Trigger, bodies: Bodies, found: dict[str, Candidate], holders: list[Holder]
) -> list[Holder]:
    """Add what one sentence says, a body counts once in it; gives back signers whose body is not named."""
    joined = sum(p.zone == "partner" and p.cue in ("antara", "oleh") and not p.before_act for p in placed) > 1
    held = {m.start: h for h in holders for m in (h.role, h.person) if m}
    best: dict[str, float] = {}
    alone: list[Holder] = []
    for item in placed:
        points = _points(item, trigger, joined=joined)
        if points <= 0:
            continue
        holder = held.get(item.mention.start)
        body = bodies.of(item.mention)
        signs = (
            holder
            if trigger.act in SIGNING and item.mention.label in ("ROLE", "PER") and points > 1
            else None
        )
        if body is None:
            alone += [signs] if signs else []
            continue
        candidate = found.setdefault(body.key, Candidate(body, order=item.mention.start))
        _note(candidate, item, signs)
        best[body.key] = max(best.get(body.key, 0.0), points)
    for key, points in best.items():
        found[key].points += points
    return alone


def _note(candidate: Candidate, item: Placed, signs: Holder | None) -> None:
    candidate.mentions.append(item.mention)
    candidate.named |= item.mention.label in ("ORG", "GPE")
    candidate.first |= item.zone == "subject"
    if signs and signs not in candidate.signers:
        candidate.signers.append(signs)


def _trust(mention: Mention) -> float:
    """How far a mention is a body at all: a guess from capitals is worth less, a long one more."""
    if not is_guess(mention):
        return 1.0
    return 0.85 if len(mention.text.split()) > 2 else 0.6


def _points(item: Placed, trigger: Trigger, *, joined: bool) -> float:
    """What one naming counts: bound by "antara", "dengan", "oleh", or the subject of the signing verb."""
    label = item.mention.label
    if label in ("LOC", "FAC"):
        return 0.0
    weight = _WEIGHT[trigger.act] * _trust(item.mention)
    if trigger.kind in ("", "weak") and trigger.act != "agree":
        weight *= 0.9
    if item.zone == "partner" and not (item.cue == "oleh" and item.before_act and trigger.act != "agree"):
        bare_place = is_bare_place(item.mention)
        return weight * (0.5 if bare_place else 1.0) * (2.6 if item.cue in _STRONG else 1.3)
    if item.zone == "subject" and item.before_act and trigger.act != "passive":
        return weight * (0.5 if joined else 2.3)
    return 0.0


def _add_salience(view: View, bodies: Bodies, found: dict[str, Candidate]) -> None:
    """Weak signs: a body of the headline or the lead is more likely bound than one further down."""
    for sentence in [s for s in view.sentences if s.in_title] + view.body_sentences[:2]:
        points = 0.5 if sentence.in_title else 0.4
        _add_named(sentence, points, bodies, found, guesses=not sentence.in_title)


def _add_named(
    sentence: Sentence, points: float, bodies: Bodies, found: dict[str, Candidate], *, guesses: bool
) -> None:
    """Give every body that a sentence names so many points, once; `guesses` from capitals count or not."""
    seen: set[str] = set()
    for mention in outer(sentence.labelled("ORG", "ROLE")):
        body = bodies.of(mention) if guesses or not is_guess(mention) else None
        if body is None or body.key in seen:
            continue
        seen.add(body.key)
        candidate = found.setdefault(body.key, Candidate(body, order=mention.start))
        candidate.named |= mention.label == "ORG"
        candidate.points += points
        candidate.mentions.append(mention)


def settle(parties: list[Candidate]) -> list[Candidate]:
    """An agency that only its head stands for signs for the government that is named as the party."""
    by_key = {c.body.key: c for c in parties}
    kept = []
    for candidate in _without_states(_without_counted(parties)):
        above = by_key.get(candidate.body.link.parent_code or "")
        if above and above is not candidate and above.named and not candidate.named and len(parties) > 2:
            above.signers += [s for s in candidate.signers if s not in above.signers]
        else:
            kept.append(candidate)
    return kept


def bound_firmly(parties: list[Candidate]) -> bool:
    """Two bodies or more that a sentence plainly binds."""
    return sum(c.points >= BAR for c in parties) >= 2


def _without_counted(parties: list[Candidate]) -> list[Candidate]:
    """A counted group ("empat perguruan tinggi") goes when its members are named behind it."""
    counted = [c for c in parties if any(is_counted(m) for m in c.mentions)]
    return [
        c
        for c in parties
        if c not in counted or sum(o.order > c.order for o in parties if o not in counted) < 2
    ]


def _without_states(parties: list[Candidate]) -> list[Candidate]:
    """Bare names of states go when two other bodies are bound: they say where those come from."""
    bare = [c for c in parties if all(is_bare_place(m) for m in c.mentions)]
    return [c for c in parties if c not in bare] if len(parties) - len(bare) >= 2 else parties
