"""Which bodies are the parties: those above the bar, each sure signer's own, and who stands in a list with
them; none under two names."""

from itertools import groupby

from sepaham.registry import canonical_name
from sepaham.relations.kinds import kind_of
from sepaham.relations.learned import parties, signers
from sepaham.relations.learned.joint import Look
from sepaham.relations.learned.judge import Judges
from sepaham.relations.learned.parties import Candidate, Naming
from sepaham.relations.learned.reading import Reading
from sepaham.relations.learned.signers import Signer
from sepaham.relations.names import inside, normal
from sepaham.relations.runs import runs

# Chosen on the folds, where values around them give the same scores.
_SURE = 0.7  # chance from which a person signs so surely that the own body must be a party
_FOREIGN = 0.3  # chance of a tie below which a signer speaks for none of the parties
_LEAST = 0.1  # chance that a signer's own body needs
_SEVERAL = 2  # names that hold a name which is none, but their kind: "kelompok tani"
_ALIKE = 3  # bodies of one kind that make a list, of which all are parties or none

Named = tuple[str, Candidate]
"""A body with its full name in normal form."""


def choose(look: Look, judges: Judges) -> list[Candidate]:
    """The parties of all agreements of an article, in the order of the article; one at least where there are
    bodies. Asked when `joint.decide` has given the chances of the second look."""
    if not look.bodies:
        return []
    bar = judges["party_joint"].bar
    best = max(look.bodies, key=lambda c: c.chance)
    chosen = parties.choose(list(look.bodies), bar, min(bar, judges["second_party"].bar)) or [best]
    chosen += _own(look, judges, chosen)
    return _distinct(look.reading, [*chosen, *_listed(look, chosen, bar)])


def signing(look: Look, judges: Judges) -> list[Signer]:
    """Everyone who signs, by the chances of the second look."""
    return [person for person in look.people if person.chance >= judges["signer_joint"].bar]


def _own(look: Look, judges: Judges, chosen: list[Candidate]) -> list[Candidate]:
    """Bodies that a sure signer's office leads, where the signer would else stand with a stranger."""
    found: list[Candidate] = []
    people = signing(look, judges)
    for signer in people:
        if signer.chance < _SURE:
            continue
        bodies = [b for h in signer.holders if h.role and (b := look.reading.bodies.of(h.role))]
        keys = {body.key for body in bodies}
        left = [
            c
            for c in look.bodies
            if c.chance >= _LEAST
            and not keys.isdisjoint(c.keys)
            and not any(c is other for other in [*chosen, *found])
        ]
        ties = signers.ties(look.reading, signer, chosen, people) if left else []
        if left and max(judges["tie"].chance(tie.features) for tie in ties) < _FOREIGN:
            found.append(max(left, key=lambda c: c.chance))
    return found


def _listed(look: Look, chosen: list[Candidate], bar: float) -> list[Candidate]:
    """Bodies that stand in one list with a party, and are of its kind and level.

    Such lists are bound as a whole, but the chances of the members differ: they fall where many are named.
    """
    bodies = look.bodies
    places = [[_place(n) for n in body.namings if n.mention.label != "ROLE"] for body in bodies]
    found: list[Candidate] = []
    for run in runs(look.reading.view.text, places):
        for _, alike in groupby((bodies[n] for n in run if bodies[n].chance >= _LEAST), key=_sort):
            members = list(alike)
            left = [c for c in members if not any(c is other for other in [*chosen, *found])]
            if len(members) >= _ALIKE and len(left) < len(members):
                found += left
    for candidate in found:
        candidate.chance = max(candidate.chance, bar)
    return found


def _place(naming: Naming) -> tuple[int, int]:
    return naming.mention.start, naming.mention.end


def _sort(candidate: Candidate) -> tuple[str, bool]:
    """What the members of a list have in common: provinces do not stand among their cities."""
    return kind_of(candidate.body), candidate.body.link.level == "provinsi"


def _distinct(reading: Reading, chosen: list[Candidate]) -> list[Candidate]:
    """No body twice under two names, the likelier one stays; and none that is what several others are."""
    named = [(_name(reading, c), c) for c in sorted(chosen, key=lambda c: (-c.chance, c.first))]
    kept: list[Named] = []
    for own in named:
        kind = sum(_within(own, other) for other in named) >= _SEVERAL
        if not kind and not any(_same(*sorted((own, other), key=lambda n: len(n[0]))) for other in kept):
            kept.append(own)
    return sorted((candidate for _, candidate in kept), key=lambda c: c.first)


def _name(reading: Reading, candidate: Candidate) -> str:
    bodies = reading.bodies
    forms = bodies.forms(candidate.body) or [n.mention.text for n in candidate.namings]
    return normal(canonical_name(forms, reading.view.text, bodies.day, known=candidate.body.name)[0])


def _same(short: Named, long: Named) -> bool:
    """One name, or the longer one holds the shorter, which never stands beside it."""
    return short[0] == long[0] or (_within(short, long) and not _beside(short[1], long[1]))


def _within(short: Named, long: Named) -> bool:
    """The longer name holds the shorter, which no list knows: "LRT" and "PT LRT Jakarta"."""
    return inside(short[0], long[0]) and short[1].body.link.code is None


def _beside(one: Candidate, two: Candidate) -> bool:
    """One sentence names both, each for itself."""
    return any(
        a.sentence == b.sentence and (a.mention.end <= b.mention.start or b.mention.end <= a.mention.start)
        for a in one.namings
        for b in two.namings
    )
