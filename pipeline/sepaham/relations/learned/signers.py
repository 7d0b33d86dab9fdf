"""Who signs, and for whom: every person and nameless office judged, then tied to one party each."""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from sepaham.records import Mention
from sepaham.relations.bodies import Body
from sepaham.relations.forms import is_guess
from sepaham.relations.kinds import kind_of
from sepaham.relations.learned.chances import logit
from sepaham.relations.learned.judge import Judge
from sepaham.relations.learned.parties import Candidate
from sepaham.relations.learned.reading import Reading
from sepaham.relations.learned.told import SURE, acted, acting, in_place_of, says_signs, two_offices
from sepaham.relations.patterns import grammar
from sepaham.relations.people import NAME_BRACKET, Holder
from sepaham.relations.runs import runs
from sepaham.relations.signers import STANDS_FOR, office_kind, speaks, watching

_NEAR, _CLAUSE = 30, 90  # characters: right beside, in one clause
_FROM = grammar(r"[^\n;.]{0,25}?\b<people.comes_from>\s+(?:<people.comes_filler>\s+)*")
_STOOD_FOR = grammar(r"(?<!\w)<people.stands_in>\s+(?:<people.salutations>\s+)?\Z")
_AWAY = grammar(r"(?:[\s,]{1,3}+(?-i:[A-Z])[\w.]{0,9}){0,6}[\s,]{0,3}+(?:yang\s)?<people.stood_in>\b")
_WHO = grammar(r"(?:[\s,]{1,3}+(?-i:[A-Z])[\w.]{0,9}){0,6}[\s,]{1,3}+yang\s")
_FAR = 400  # characters from which two names count as far apart
_OFFICE = 0.15  # chance from which an office without a name signs for a party that nobody else signs for
_HALF = 0.5  # of the highest chance of a naming: another one tells of a signing too
_STRANGER = logit(0.15)  # log odds of the best tie below which a signer speaks for no party
_TOLD = 20.0  # log odds of a tie that the words say
_MOST_LOST = 3.0  # log odds that a signer may lose to stand with a party that nobody else signs for


@dataclass
class Signer:
    """A person, or an office without a name: `holders` are its namings."""

    name: str | None
    holders: list[Holder] = field(default_factory=list)
    features: dict[str, float] = field(default_factory=dict)
    chance: float = 0.0
    least: float = 0.0  # whatever the judges think
    in_place: list[Mention] = field(default_factory=list)  # offices and bodies whose place is taken

    @property
    def first(self) -> int:
        """Where the person or office is named first."""
        return min(m.start for h in self.holders for m in (h.person, h.role) if m)

    def mentions(self) -> list[Mention]:
        """The names, or the offices where there is no name."""
        return [m for h in self.holders if (m := h.person or h.role)]

    def offices(self) -> list[Mention]:
        """The offices of all namings, and those in whose place the person stands."""
        return [*(h.role for h in self.holders if h.role), *self.in_place]


@dataclass(frozen=True)
class Tie:
    """A signer and a party with the features of their being tied."""

    signer: Signer
    party: Candidate
    features: dict[str, float]


def signers(reading: Reading) -> list[Signer]:
    """Everyone named in the article, and offices that no name goes with, in the order of the article.

    Of "Sekda Andi mewakili Bupati" and of "Bupati Budi, yang diwakili Sekda Andi" only Andi can sign.
    """
    found: dict[str, Signer] = {}
    people = reading.people
    for sentence in reading.view.sentences:
        for holder in people.holders(sentence):
            if _absent(reading, holder):
                continue
            if holder.person:
                name = people.full_name(holder.person.text)
                key = name.casefold()
            elif holder.role and people.person_of(holder.role) is None:
                name, key = None, f"office {holder.role.text.casefold()}"
            else:
                continue
            found.setdefault(key, Signer(name)).holders.append(holder)
    items = list(found.values())
    ranked = sorted(items, key=lambda s: -_signing(reading, s))
    for signer in items:
        signer.features = _features(reading, signer, ranked)
        names = [h.person for h in signer.holders if h.person]
        places = (in_place_of(reading, *extent(h)) for h in signer.holders if h.person)
        signer.in_place = [place for place in places if place]
        signer.least = SURE if any(says_signs(reading, name) for name in names) else 0.0
    named = sorted((*extent(h), index) for index, s in enumerate(items) for h in s.holders)
    for index in acted(reading, named) | acting(reading, named):
        items[index].least = SURE if items[index].name else _OFFICE
    return items


def _absent(reading: Reading, holder: Holder) -> bool:
    """Somebody else signs in this one's place: "Budi, yang diwakili Andi", "Andi mewakili Bupati Budi"."""
    text, (start, end) = reading.view.text, extent(holder)
    if _AWAY.match(text, end):
        return True
    several = holder.role is not None and two_offices(holder.role)
    before = _STOOD_FOR.search(text, max(0, start - _NEAR), start)
    # "mewakili Kepala Kejati, Amandra, yang meneken MoU di Jakarta": that tells where this one is.
    return before is not None and not several and not _WHO.match(text, end)


def _signing(reading: Reading, signer: Signer) -> float:
    """The highest chance that one of the namings signs, by name or office."""
    spans = [m for h in signer.holders for m in (h.person, h.role) if m]
    return max(reading.chances.of(m.start, m.end, "signer") for m in spans)


def _features(reading: Reading, signer: Signer, ranked: list[Signer]) -> dict[str, float]:
    chances = reading.chances
    names = signer.mentions()
    roles = [h.role for h in signer.holders if h.role]
    own = sorted((chances.of(m.start, m.end, "signer") for m in names), reverse=True)
    sentences = [s for m in names if (s := reading.view.at(m.start))]
    by_rule = {id(h) for c in reading.rules.chosen for h in c.signers} | {id(h) for h in reading.rules.alone}
    told = [reading.trigger_score.get(s.index, 0.0) for s in sentences]
    return {
        "signer_max": logit(own[0]),
        "signer_mean": logit(sum(own) / len(own)),
        "role_max": logit(max((chances.of(m.start, m.end, "signer") for m in roles), default=0.001)),
        "witness_max": logit(max(chances.of(m.start, m.end, "witness") for m in names)),
        "nameless": float(signer.name is None),
        "no_role": float(not roles),
        "times": float(len(names)),
        "rank_1": float(ranked[0] is signer),
        "rank_2": float(len(ranked) > 1 and ranked[1] is signer),
        "behind": logit(own[0])
        - logit(max((_signing(reading, s) for s in ranked if s is not signer), default=0.001)),
        "others": float(min(4, sum(_signing(reading, s) > 0.5 for s in ranked if s is not signer))),
        "rule": float(any(id(h) in by_rule for h in signer.holders)),
        "speaks": float(any(speaks(s, h) for s in sentences for h in _here(signer, s.start, s.end))),
        "watches": float(any(h in watching(s, reading.people) for s in sentences for h in signer.holders)),
        "trigger": max(told, default=0.0),
        "title": float(any(s.in_title for s in sentences)),
        "first": signer.first / max(1, len(reading.view.text)),
        "guess": float(all(is_guess(m) for m in names)),
        "one_word": float(signer.name is not None and " " not in signer.name),
        **_zones(reading, signer),
    }


def _zones(reading: Reading, signer: Signer) -> dict[str, float]:
    """What the words before the namings say: of the one that most likely signs, and of those where a
    signing is told."""
    spans = [[(m.start, m.end) for m in (h.person, h.role) if m] for h in signer.holders]
    ranked = sorted(spans, key=lambda own: -max(reading.chances.of(a, b, "signer") for a, b in own))
    return reading.zones([min(own)[0] for own in ranked])


def _here(signer: Signer, start: int, end: int) -> list[Holder]:
    return [h for h in signer.holders if h.person and start <= h.person.start < end]


def ties(reading: Reading, signer: Signer, parties: list[Candidate], signing: list[Signer]) -> list[Tie]:
    """The signer with each party: by the body of the office, by nearness, by order in a list."""
    made = [Tie(signer, party, _tie(reading, signer, party, parties, signing)) for party in parties]
    aligned = _aligned(reading, signer, parties, signing)
    for n, tie in enumerate(made if aligned is not None else ()):
        tie.features["aligned" if n == aligned else "not_aligned"] = 1.0
    nearest = min((t.features["distance"] for t in made), default=0.0)
    for tie in made:
        tie.features["nearest"] = float(tie.features["distance"] == nearest)
    return made


def _tie(
    reading: Reading, signer: Signer, party: Candidate, parties: list[Candidate], signing: list[Signer]
) -> dict[str, float]:
    roles = [h.role for h in signer.holders if h.role]
    bodies = [b for r in signer.offices() if (b := reading.bodies.of(r))]
    body = party.body
    links = [b.link for b in bodies]
    wanted = {office_kind(r.text) for r in roles} - {None}
    names = [n.mention for n in party.namings if n.mention.label != "ROLE"]
    gaps = [(n.start - m.end, m.start - n.end) for n in signer.mentions() for m in names]
    before = min((a for a, _ in gaps if a >= 0), default=_FAR)
    behind = min((b for _, b in gaps if b >= 0), default=_FAR)
    forms = [text.casefold() for text in body.texts]
    rule = [c for c in reading.rules.chosen if any(h in c.signers for h in signer.holders)]
    return {
        "same_body": float(any(b.key in party.keys for b in bodies)),
        "other_body": float(_of_another(bodies, party, parties)),
        "unit": float(any(_part_of(b, party) for b in bodies)),
        "above": float(any(k.code is not None and k.code == body.link.parent_code for k in links)),
        "in_role": float(any(f in r.text.casefold() for r in roles for f in forms)),
        "kind": float(bool(wanted) and kind_of(body) in wanted),
        "other_kind": float(bool(wanted) and kind_of(body) not in wanted),
        "rule": float(any(c.body.key in party.keys for c in rule)),
        "rule_other": float(bool(rule) and all(c.body.key not in party.keys for c in rule)),
        "before": min(before, _FAR) / _FAR,
        "behind": min(behind, _FAR) / _FAR,
        "distance": float(min(before, behind)) / _FAR,
        "office_only": float(not names),
        "only": float(len(parties) == 1),
        "order": float(_place(signer, signing) == _place(party, parties) and len(signing) == len(parties)),
        **_beside(reading, signer, party, parties, signing),
        "taken": float(any(_fits(reading, s, party) for s in signing if s is not signer)),
    }


def _of_another(bodies: list[Body], party: Candidate, parties: list[Candidate]) -> bool:
    """An office leads another party, or a part of another and none of this one."""
    if any(b.key not in party.keys and any(b.key in p.keys for p in parties) for b in bodies):
        return True
    if any(b.key in party.keys or _part_of(b, party) for b in bodies):
        return False
    return any(_part_of(b, p) for b in bodies for p in parties)


def _part_of(body: Body, party: Candidate) -> bool:
    """The registry says that a body is an agency of the party: its dinas, its faculty."""
    code = party.body.link.code
    return code is not None and body.link.parent_code == code


def _beside(
    reading: Reading, signer: Signer, party: Candidate, parties: list[Candidate], signing: list[Signer]
) -> dict[str, float]:
    """How the nearest namings of party and signer stand to each other: "PT X (Andi)", "PT X diwakili Andi",
    "Andi dari PT X"; whether names of others stand between."""
    names = [n.mention for n in party.namings if n.mention.label != "ROLE"]
    pairs = [
        (m, n)
        for m in signer.mentions()
        for n in names
        if reading.sentence_of(m.start) == reading.sentence_of(n.start)
    ]
    if not pairs:
        return {"apart": 1.0}
    person, name = min(pairs, key=lambda p: max(p[0].start - p[1].end, p[1].start - p[0].end))
    first, second = sorted((person, name), key=lambda m: m.start)
    gap = reading.view.text[first.end : second.start]
    between = (first.end, second.start)
    side = "before" if first is name else "behind"
    return {
        f"{side}_bracket": float(_in_bracket(gap, behind=second is name)),
        f"{side}_stands_for": float(len(gap) < _CLAUSE and STANDS_FOR.search(gap) is not None),
        f"{side}_beside": float(len(gap) < _NEAR),
        f"{side}_from": float(_FROM.fullmatch(gap) is not None),
        f"{side}_first": 1.0,
        "party_between": float(
            _any_between(between, (n.mention for p in parties if p is not party for n in p.namings))
        ),
        "signer_between": float(
            _any_between(between, (m for s in signing if s is not signer for m in s.mentions()))
        ),
    }


def _in_bracket(gap: str, *, behind: bool) -> bool:
    """ "PT X (Andi", "Andi (PT X", and with degrees between, "Andi, M.Hum. (PT X"."""
    plain = gap.strip().startswith("(") and len(gap) < _NEAR
    return plain or (behind and NAME_BRACKET.fullmatch(gap) is not None)


def _any_between(span: tuple[int, int], mentions: Iterable[Mention]) -> bool:
    return any(span[0] <= m.start and m.end <= span[1] for m in mentions)


def _aligned(reading: Reading, signer: Signer, parties: list[Candidate], signing: list[Signer]) -> int | None:
    """The party that stands where the signer does in a list as long: "A, B dan C, masing-masing diwakili X, Y
    dan Z"; None where there are no such lists, or several."""
    text = reading.view.text
    named = [
        [(n.mention.start, n.mention.end) for n in p.namings if n.mention.label != "ROLE"] for p in parties
    ]
    people = [[extent(h) for h in s.holders] for s in signing]
    own = next(n for n, s in enumerate(signing) if s is signer)
    beside = [run for run in runs(text, people, titles=True) if own in run]
    listed = runs(text, named) if beside else []
    places = {run[other.index(own)] for other in beside for run in listed if len(run) == len(other)}
    return places.pop() if len(places) == 1 else None


def extent(holder: Holder) -> tuple[int, int]:
    """From where to where a naming reaches, with its office unless that stands before a whole list."""
    both = [m for m in (holder.person, None if holder.listed else holder.role) if m]
    return min(m.start for m in both), max(m.end for m in both)


def _place(item: Signer | Candidate, items: list[Signer] | list[Candidate]) -> int:
    ranked = sorted(items, key=lambda i: i.first)
    return next(n for n, other in enumerate(ranked) if other is item)


def _fits(reading: Reading, signer: Signer, party: Candidate) -> bool:
    """The office of another signer leads this party."""
    bodies = (reading.bodies.of(h.role) for h in signer.holders if h.role)
    return any(b is not None and b.key in party.keys for b in bodies)


def role_of(reading: Reading, signer: Signer) -> Mention | None:
    """The office by which a signer is shown: of the naming that most likely signs."""
    roles = [h.role for h in signer.holders if h.role]
    if not roles:
        return reading.people.role_of(signer.name) if signer.name else None
    ranked = sorted(roles, key=lambda r: (-round(reading.chances.of(r.start, r.end, "signer"), 2), r.start))
    return ranked[0]


def tied(
    reading: Reading,
    chosen: list[Signer],
    parties: list[Candidate],
    judge: Judge,
    told: Container[tuple[int, int]] = (),
) -> dict[int, list[Signer]]:
    """The signers of each party (by its index): everyone tied to the party that fits best, but of two at one
    party one goes to a party that nobody signs for, where that fits nearly as well. Whoever fits none and
    is not the only one there is a guest, or the official of a party that was not found.

    `told` has the (signer, party) by index of whom the words say it.
    """
    found: dict[int, list[Signer]] = {n: [] for n in range(len(parties))}
    if not parties:
        return found
    odds = [
        [
            judge.odds(tie.features) + _TOLD * ((n, m) in told)
            for m, tie in enumerate(ties(reading, s, parties, chosen))
        ]
        for n, s in enumerate(chosen)
    ]
    at = spread(odds)
    best = {party: max(own[party] for own, n in zip(odds, at, strict=True) if n == party) for party in at}
    for signer, party, own in zip(chosen, at, odds, strict=True):
        if max(own) >= _STRANGER or own[party] == best[party]:
            found[party].append(signer)
    return found


def nameless(
    reading: Reading, tied: dict[int, list[Signer]], parties: Sequence[Candidate], people: Sequence[Signer]
) -> dict[int, list[Signer]]:
    """The signers of each party; one for whom nobody signs has the office without a name that leads it, where
    that is likely enough: judged by itself, being without a name counts against it."""
    return {
        n: own or _likeliest(s for s in people if s.name is None and _fits(reading, s, parties[n]))
        for n, own in tied.items()
    }


def _likeliest(found: Iterable[Signer]) -> list[Signer]:
    best = max(found, key=lambda s: s.chance, default=None)
    return [best] if best and best.chance >= _OFFICE else []


def apart(reading: Reading, own: Sequence[Signer], homes: Sequence[frozenset[int]]) -> list[list[Signer]]:
    """Of the signers of one party that has several agreements, those of each: who is told of in its sentences
    (`homes`) and not in those of another, and who is told of in those of all. Where that is nobody, nobody is
    said to have signed this one."""
    common = frozenset.intersection(*homes)
    places = [_told(reading, signer) - common for signer in own]
    return [[s for s, at in zip(own, places, strict=True) if at & home or not at] for home in homes]


def _told(reading: Reading, signer: Signer) -> set[int]:
    """The sentences that most likely tell that the person signs."""
    sure: dict[int, float] = {}
    for holder in signer.holders:
        spans = [m for m in (holder.person, holder.role) if m]
        chance = max(reading.chances.of(m.start, m.end, "signer") for m in spans)
        place = reading.sentence_of(spans[0].start)
        sure[place] = max(chance, sure.get(place, 0.0))
    return {place for place, chance in sure.items() if chance >= _HALF * max(sure.values())}


def spread(odds: Sequence[Sequence[float]]) -> list[int]:
    """The party of each signer by the log odds of their ties, (signers, parties)."""
    at = [max(range(len(own)), key=lambda n: (own[n], -n)) for own in odds]
    while True:
        used = Counter(at)
        free = [party for party in range(len(odds[0]) if odds else 0) if party not in used]
        moves = (
            (odds[signer][party] - odds[signer][other], signer, other)
            for signer, party in enumerate(at)
            if used[party] > 1
            for other in free
        )
        loss, signer, other = min(moves, default=(_MOST_LOST, 0, 0))
        if loss >= _MOST_LOST:
            return at
        at[signer] = other
