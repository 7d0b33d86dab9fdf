"""A second look at bodies and people, once the chances of all are known: who signs speaks for a party, a
list is bound as a whole, an agency and its government seldom both."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from sepaham.relations.learned import events, paper, signers
from sepaham.relations.learned.chances import logit
from sepaham.relations.learned.judge import Judges
from sepaham.relations.learned.lists import mates
from sepaham.relations.learned.parties import Candidate, above, candidates, holds
from sepaham.relations.learned.reading import Reading
from sepaham.relations.learned.signers import Signer

_LEAST = 0.1  # chance from which a body or a person is weighed against the others
_LIKELY = 0.4
_MOST = 8  # bodies that a person is tied to at most
_STEPS = (0.3, 0.5, 0.7, 0.85, 0.93)
_OF_PARTY = [
    "place_only",
    "office_only",
    "bare_place",
    "counted",
    "guess",
    "known",
    "title",
    "times",
    "rule",
    "signer_max",
    "party_max",
    "party_named",
    "party_sum",
    "trigger",
    "above",
    "below",
    "ner",
    "first",
]
_OF_SIGNER = [
    "nameless",
    "no_role",
    "rule",
    "speaks",
    "watches",
    "one_word",
    "guess",
    "witness_max",
    "signer_max",
    "role_max",
    "trigger",
]


@dataclass
class Look:
    """An article's bodies and people with the chances of the first look; `tie` by (person, body) indices.

    `party` and `signer` are what the second judges look at, for each body and each person.
    """

    reading: Reading
    bodies: Sequence[Candidate]
    people: Sequence[Signer]
    tie: dict[tuple[int, int], float] = field(default_factory=dict)
    party: list[dict[str, float]] = field(default_factory=list)
    signer: list[dict[str, float]] = field(default_factory=list)

    def see(self, judges: Judges) -> None:
        """Make the features of all bodies and people."""
        listed = mates(self.reading.view.text, self.bodies)
        self.party = [self._party(index, listed[index], judges) for index in range(len(self.bodies))]
        self.signer = [self._signer(index) for index in range(len(self.people))]

    def signs(self, body: int) -> list[float]:
        """The chance of each person to sign for a body."""
        return [person.chance * self.tie.get((n, body), 0.0) for n, person in enumerate(self.people)]

    def _party(self, index: int, mated: set[int], judges: Judges) -> dict[str, float]:
        own = self.bodies[index]
        others = sorted((b for b in self.bodies if b is not own), key=lambda b: -b.chance)
        better = sum(b.chance > own.chance for b in others)
        signs = self.signs(index)
        found = {
            "chance": logit(own.chance),
            "rank_1": float(better == 0),
            "rank_2": float(better == 1),
            "late": own.party if better > 1 else 0.0,
            "gap": logit(own.chance) - logit(others[0].chance if others else 0.001),
            "expected": min(6.0, sum(b.chance for b in others)),
            "sign": max(signs, default=0.0),
            "sign_sum": min(2.0, sum(signs)),
            "signless": float(max(signs, default=0.0) < 0.2),
            "held": max((b.chance for b in others if holds(b, own)), default=0.0),
            "holds": max((b.chance for b in others if holds(own, b)), default=0.0),
        }
        found |= _offices(own, others) | _namings(own)
        found |= self._list([self.bodies[n].chance for n in sorted(mated)])
        found |= self._bound(own, others, judges)
        found |= {f"first_{name}": own.features[name] for name in _OF_PARTY}
        return found | {name: 1.0 for name in own.features if name.startswith("kind_")}

    @staticmethod
    def _list(chances: list[float]) -> dict[str, float]:
        if not chances:
            return {}
        return {
            "listed": 1.0,
            "mates": math.log1p(len(chances)),
            "mate_max": max(chances),
            "mate_min": min(chances),
            "mate_mean": sum(chances) / len(chances),
        }

    def _bound(self, own: Candidate, others: list[Candidate], judges: Judges) -> dict[str, float]:
        """How likely one agreement binds this body and those that are likely parties."""
        if not others:
            return {}
        count = max(2, sum(b.chance > 0.5 for b in self.bodies))
        together = judges["together"]
        chances = [
            together.chance(events.pair_features(self.reading, own, other, count)) for other in others[:6]
        ]
        weight = sum(b.chance for b in others[:6])
        mean = sum(c * b.chance for c, b in zip(chances, others, strict=False)) / max(_LEAST, weight)
        return {"bound_top": chances[0], "bound": mean}

    def _signer(self, index: int) -> dict[str, float]:
        own = self.people[index]
        rest = [n for n in range(len(self.people)) if n != index]
        others = min(5.0, sum(self.people[n].chance for n in rest))
        expected = min(6.0, sum(b.chance for b in self.bodies))
        found = {
            "chance": logit(own.chance),
            "others": others,
            "parties": expected,
            "fewer": others - expected,
            "nobody": float(others < 0.5),
            "tie": max((self.tie.get((index, n), 0.0) for n in range(len(self.bodies))), default=0.0),
        }
        if self.bodies:
            found |= self._for_party(index, rest)
        return found | {f"first_{name}": own.features[name] for name in _OF_SIGNER}

    def _for_party(self, index: int, rest: list[int]) -> dict[str, float]:
        """The party that the person most likely signs for, and who else may sign for it."""
        own = self.people[index]
        ranked = [(self.tie.get((index, n), 0.0) * b.chance, n) for n, b in enumerate(self.bodies)]
        best, at = max(ranked, key=lambda r: (r[0], -r[1]))
        rival = max((self._signing(n, at) for n in rest), default=0.0)
        near = [self.people[n].chance for n in rest if self.tie.get((n, at), 0.0) > _LIKELY]
        likely = [n for n, b in enumerate(self.bodies) if n != at and b.chance > _LIKELY]
        signed = [max((self._signing(m, n) for m in rest), default=0.0) for n in likely]
        return {
            "tie_party": best,
            "tie_at": self.bodies[at].chance,
            "rival": rival,
            "rival_more": float(rival > self._signing(index, at)),
            "rival_gap": logit(own.chance) - logit(max(near, default=0.001)),
            "others_signed": sum(signed) / max(1, len(likely)),
        }

    def _signing(self, person: int, body: int) -> float:
        return self.people[person].chance * self.tie.get((person, body), 0.0)


def _offices(own: Candidate, others: Sequence[Candidate]) -> dict[str, float]:
    upper = max((b.chance for b in others if above(b, own)), default=0.0)
    lower = max((b.chance for b in others if above(own, b)), default=0.0)
    return {
        "upper": upper,
        "lower": lower,
        "upper_more": float(upper > own.chance),
        "lower_more": float(lower > own.chance),
    }


def _namings(own: Candidate) -> dict[str, float]:
    named = [n.party for n in own.namings if n.mention.label != "ROLE"]
    found = {f"over_{step}": float(own.party > step) for step in _STEPS}
    found["named"] = math.log1p(len(named))
    found["named_mean"] = sum(named) / len(named) if named else 0.0
    found["named_share"] = sum(chance > 0.5 for chance in named) / max(1, len(named))
    return found


def seen(reading: Reading, judges: Judges) -> Look:
    """The article's bodies and people with the chances of the second look."""
    found = look(reading, candidates(reading), signers.signers(reading), judges)
    decide(found, judges)
    return found


def look(reading: Reading, bodies: Sequence[Candidate], people: Sequence[Signer], judges: Judges) -> Look:
    """Give every body and person the chance of the first look, and weigh who may sign for whom."""
    for body in bodies:
        body.chance = judges["party"].chance(body.features)
    for person in people:
        person.chance = max(person.least, judges["signer"].chance(person.features))
    made = Look(reading, bodies, people)
    ranked = sorted(range(len(bodies)), key=lambda n: (-bodies[n].chance, n))[:_MOST]
    top = [n for place, n in enumerate(ranked) if place < 2 or bodies[n].chance > _LEAST]
    likely = [p for p in people if p.chance > _LIKELY] or [p for p in people if p.chance > _LEAST]
    for index, person in enumerate(people):
        if person.chance > _LEAST:
            among = likely if any(p is person for p in likely) else [*likely, person]
            ties = signers.ties(reading, person, [bodies[n] for n in top], among)
            for n, tie in zip(top, ties, strict=True):
                made.tie[index, n] = judges["tie"].chance(tie.features)
    made.see(judges)
    return made


def article_features(found: Look, judges: Judges) -> dict[str, float]:
    """Does the article report an agreement? Asked when `decide` has given the chances of the second look."""
    ranked = sorted(found.bodies, key=lambda b: (-b.chance, b.first))
    features = paper.article_features(found.reading, ranked)
    features["signers"] = min(4.0, sum(p.chance for p in found.people))
    features["signer_1"] = logit(max((p.chance for p in found.people), default=0.0))
    if len(ranked) > 1:
        pair = events.pair_features(found.reading, ranked[0], ranked[1], 2)
        features["bound"] = judges["together"].chance(pair) * ranked[1].chance
    return features


def decide(found: Look, judges: Judges) -> None:
    """Give every body and person the chance of the second look."""
    for body, features in zip(found.bodies, found.party, strict=True):
        body.chance = judges["party_joint"].chance(features)
    for person, features in zip(found.people, found.signer, strict=True):
        person.chance = max(person.least, judges["signer_joint"].chance(features))
