"""Which bodies are the parties: those above the bar, each sure signer's own, and who stands in a list with
them; none under two names."""

from dataclasses import dataclass
from itertools import groupby

from sepaham.registry import canonical_name
from sepaham.relations.kinds import kind_of
from sepaham.relations.learned import parties, series, signers
from sepaham.relations.learned.joint import Look
from sepaham.relations.learned.judge import Judges
from sepaham.relations.learned.parties import Candidate, Naming
from sepaham.relations.learned.reading import Reading
from sepaham.relations.learned.sameness import glued, one_body, one_branch
from sepaham.relations.learned.signers import Signer
from sepaham.relations.names import begins, inside, normal
from sepaham.relations.runs import runs

# Chosen on the folds, where values around them give the same scores.
_SURE = 0.7  # chance from which a person signs so surely that the own body must be a party
_FOREIGN = 0.3  # chance of a tie below which a signer speaks for none of the parties
_DOUBTFUL = 0.6  # the same, where the own body is likely a party
_LEAST = 0.1  # chance that a signer's own body needs
_SEVERAL = 2  # names that hold a name which is none, but their kind: "kelompok tani"
_ALIKE = 3  # bodies of one kind that make a list, of which all are parties or none

_LONG = 4  # bodies of any kind that make a long list
_LIKELY = 0.3  # chance that a member of a long list needs, of which half are parties
_ON_AVERAGE = 0.5  # chance of the members of a long list, from which all are parties


@dataclass(frozen=True)
class _Named:
    """A body with its full name, and that in normal form."""

    full: str
    normal: str
    candidate: Candidate


def choose(look: Look, judges: Judges) -> list[Candidate]:
    """The parties of all agreements of an article, in the order of the article; one at least where there are
    bodies. Asked when `joint.decide` has given the chances of the second look."""
    if not look.bodies:
        return []
    bar = judges["party_joint"].bar
    best = max(look.bodies, key=lambda c: c.chance)
    chosen = parties.choose(list(look.bodies), bar, min(bar, judges["second_party"].bar)) or [best]
    chosen += _own(look, judges, chosen)
    signs = judges["signer_joint"].bar
    chosen += _listed(look, chosen, bar, signs)
    chosen += _told(look, chosen, bar, signs)
    return _distinct(look.reading, [*chosen, *_branches(look, chosen)])


def signing(look: Look, judges: Judges) -> list[Signer]:
    """Everyone who signs, by the chances of the second look."""
    return [person for person in look.people if person.chance >= judges["signer_joint"].bar]


def signatories(look: Look, bound: list[Candidate], judges: Judges) -> dict[int, list[Signer]]:
    """Who signs for each of the parties, by the party's index."""
    around = series.series(look.reading, bound, look.people)
    there = {pair.person for run in around for pair in run}
    bar = judges["signer_joint"].bar
    people = [p for n, p in enumerate(look.people) if p.chance >= (_LEAST if n in there else bar)]
    runs = series.series(look.reading, bound, people)
    told = {(pair.person, pair.body) for run in runs for pair in run}
    found = signers.tied(look.reading, people, bound, judges["tie"], told)
    return signers.nameless(look.reading, found, bound, look.people)


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
        if not left:
            continue
        own = max(left, key=lambda c: c.chance)
        ties = signers.ties(look.reading, signer, chosen, people)
        foreign = _DOUBTFUL if own.chance >= _LIKELY and _in_full(own) else _FOREIGN
        if max(judges["tie"].chance(tie.features) for tie in ties) < foreign:
            found.append(own)
    return found


def _in_full(candidate: Candidate) -> bool:
    """A body of its own by its name: an abbreviation may be that of a party, a minister's state no party."""
    return " " in candidate.body.name and not (candidate.body.link.code or "").startswith("iso:")


def _listed(look: Look, chosen: list[Candidate], bar: float, signs: float) -> list[Candidate]:
    """Bodies that stand in one list with a party, by name or by an office that signs, and are of its kind and
    level; of a long list, most of which are parties, the other likely ones too.

    Such lists are bound as a whole, but the chances of the members differ: they fall where many are named.
    """
    bodies, text = look.bodies, look.reading.view.text
    names = [[_place(n) for n in body.namings if n.mention.label != "ROLE"] for body in bodies]
    led = {m.start for p in look.people if p.chance >= signs for m in p.offices()}
    offices = [[_place(n) for n in body.namings if n.mention.start in led] for body in bodies]
    found: list[Candidate] = []
    for run in [*runs(text, names), *runs(text, offices)]:
        listed = [bodies[n] for n in run]
        for _, alike in groupby((c for c in listed if c.chance >= _LEAST), key=_sort):
            members = list(alike)
            left = _left(members, [*chosen, *found])
            if len(members) >= _ALIKE and len(left) < len(members):
                found += left
        left = _left(listed, [*chosen, *found])
        if len(listed) >= _LONG and len(left) <= len(listed) // 2:
            found += [c for c in left if c.chance >= _LIKELY]
        elif _LONG <= len(listed) > len(left) and sum(c.chance for c in listed) >= _ON_AVERAGE * len(listed):
            found += [c for c in left if c.chance >= _LEAST]
    for candidate in found:
        candidate.chance = max(candidate.chance, bar)
    return found


def _told(look: Look, chosen: list[Candidate], bar: float, signs: float) -> list[Candidate]:
    """Bodies told in one series with a party, each with somebody who signs."""
    found: list[Candidate] = []
    for run in series.series(look.reading, look.bodies, look.people):
        bodies = [look.bodies[pair.body] for pair in run if look.people[pair.person].chance >= signs]
        left = _left([c for c in bodies if c.chance >= _LEAST], [*chosen, *found])
        if len(_left(bodies, chosen)) < len(bodies):
            found += left
    for candidate in found:
        candidate.chance = max(candidate.chance, bar)
    return found


def _branches(look: Look, chosen: list[Candidate]) -> list[Candidate]:
    """The likely bodies that are a party under the full name of a branch."""
    left = [c for c in _left(list(look.bodies), chosen) if c.chance >= _LIKELY]
    return [c for c in left if any(one_branch(c.body.name, other.body.name) for other in chosen)]


def _left(members: list[Candidate], taken: list[Candidate]) -> list[Candidate]:
    return [c for c in members if not any(c is other for other in taken)]


def _place(naming: Naming) -> tuple[int, int]:
    return naming.mention.start, naming.mention.end


def _sort(candidate: Candidate) -> tuple[str, bool]:
    """What the members of a list have in common: provinces do not stand among their cities."""
    return kind_of(candidate.body), candidate.body.link.level == "provinsi"


def _distinct(reading: Reading, chosen: list[Candidate]) -> list[Candidate]:
    """No body twice under two names, which are joined; and none that is what several others are."""
    named = [_named(reading, c) for c in sorted(chosen, key=lambda c: (-c.chance, c.first))]
    kept: list[_Named] = []
    for own in named:
        if sum(_within(own, other) for other in named) >= _SEVERAL:
            continue
        twin = next((n for n, other in enumerate(kept) if _same(*_by_length(own, other))), None)
        if twin is None:
            kept.append(own)
        else:
            kept[twin] = _joined(*_by_length(own, kept[twin]))
    return sorted((named.candidate for named in kept), key=lambda c: c.first)


def _named(reading: Reading, candidate: Candidate) -> _Named:
    forms = parties.forms(reading, candidate)
    full = canonical_name(forms, reading.view.text, reading.bodies.day, known=candidate.body.name)[0]
    return _Named(full, normal(full), candidate)


def _by_length(one: _Named, two: _Named) -> tuple[_Named, _Named]:
    """The shorter name first; of equals the less likely."""
    if len(one.normal) == len(two.normal):
        return (one, two) if one.candidate.chance < two.candidate.chance else (two, one)
    return (one, two) if len(one.normal) < len(two.normal) else (two, one)


def _joined(short: _Named, long: _Named) -> _Named:
    """The body under the longer of its names, unless that is a known name with a word too many."""
    known = short.candidate.body.link.code is not None and begins(long.normal, short.normal)
    kept, other = (short, long) if known or glued(long.full, short.full) else (long, short)
    parties.join(other.candidate, kept.candidate)
    kept.candidate.chance = max(short.candidate.chance, long.candidate.chance)
    return kept


def _same(short: _Named, long: _Named) -> bool:
    """One name, or the longer one holds or abbreviates the shorter, which never stands beside it."""
    if short.normal == long.normal or glued(long.full, short.full) or one_branch(short.full, long.full):
        return True
    return (_within(short, long) or _one_body(short, long)) and not _beside(short.candidate, long.candidate)


def _one_body(short: _Named, long: _Named) -> bool:
    """By the names alone; of two that the registry knows only a number may tell them apart ("Kodim 0813")."""
    codes = {short.candidate.body.link.code, long.candidate.body.link.code}
    if None not in codes and not any(c.isdigit() for c in long.normal):
        return False
    return one_body(short.full, long.full)


def _within(short: _Named, long: _Named) -> bool:
    """The longer name holds the shorter, which no list knows: "LRT" and "PT LRT Jakarta"."""
    return inside(short.normal, long.normal) and short.candidate.body.link.code is None


def _beside(one: Candidate, two: Candidate) -> bool:
    """One sentence names both, each for itself."""
    return any(
        a.sentence == b.sentence and (a.mention.end <= b.mention.start or b.mention.end <= a.mention.start)
        for a in one.namings
        for b in two.namings
    )
