"""The party that signs a paper of its own with each of the others, where three or more are bound."""

import math
from collections.abc import Sequence

from sepaham.relations import hubs
from sepaham.relations.forms import paper_kind
from sepaham.relations.kinds import kind_of
from sepaham.relations.learned.events import NUMBERS, counts_papers
from sepaham.relations.learned.judge import Judge
from sepaham.relations.learned.parties import Candidate
from sepaham.relations.learned.reading import Reading
from sepaham.relations.patterns import grammar
from sepaham.relations.runs import runs

LEAST = 3
"""Parties from which one of them can be the hub."""

_NUMBER = "|".join(sorted(NUMBERS, key=len, reverse=True))
_EACH = grammar(r"\b<hub.each>\b")
_APART = grammar(rf"\b(?:<hub.apart>|(?:{_NUMBER}) (?:<several.pieces> )?<hub.papers>)\b")
_JOINT = grammar(rf"\b(?:<hub.joint>|(?:ke)?(?:{_NUMBER}) pihak)\b")
_COUNTED = grammar(rf"\b(?P<number>{_NUMBER}|\d{{1,2}})\s+(?:\w+\s+)?<hub.partners>\b")
_TELLING = ("grant", "loi", "joint_statement")  # kinds of papers that are mostly one's own, or all's


def find_hub(reading: Reading, parties: Sequence[Candidate], judge: Judge) -> int | None:
    """The index of the hub, None where one paper binds all or nothing tells."""
    if len(parties) < LEAST:
        return None
    chances = [judge.chance(found) for found in features(reading, parties)]
    best = max(range(len(parties)), key=lambda n: chances[n])
    return best if chances[best] >= judge.bar else None


def features(reading: Reading, parties: Sequence[Candidate]) -> list[dict[str, float]]:
    """What speaks for each party as the hub of them all."""
    places = [
        [(n.mention.start, n.mention.end) for n in c.namings if n.mention.label != "ROLE"] for c in parties
    ]
    ruled = _by_rule(reading, parties)
    lists = runs(reading.view.text, places)
    sentences = [{n.sentence for n in c.namings} for c in parties]
    around = _around(reading, len(parties))
    return [
        around
        | {"rule": float(index == ruled)}
        | _own(reading, parties, index, lists)
        | _alone(sentences, index, reading)
        for index in range(len(parties))
    ]


def _by_rule(reading: Reading, parties: Sequence[Candidate]) -> int | None:
    """What the rule says: one of them before the act of signing, several papers or very many partners."""
    if not reading.triggers:
        return None
    top = reading.triggers[0]
    before = [
        n
        for n, c in enumerate(parties)
        if any(i.mention.start < top.start and i.sentence == top.sentence.index for i in c.namings)
    ]
    return before[0] if len(before) == 1 and hubs.many(reading.triggers, len(parties)) else None


def _around(reading: Reading, count: int) -> dict[str, float]:
    """What the article says of the papers and the partners, whoever the hub is."""
    whole = reading.view.text
    told = " ".join(s.text for s in reading.view.sentences if s.index in reading.trigger_score)
    numbers = [m["number"].lower() for m in _COUNTED.finditer(whole)]
    counted = {int(n) if n.isdigit() else NUMBERS[n] for n in numbers}
    found = {
        "count": math.log(count),
        "papers": counts_papers(told),
        "papers_all": counts_papers(whole),
        "each": float(bool(_EACH.search(told))),
        "apart": float(bool(_APART.search(whole))),
        "joint": float(bool(_JOINT.search(whole))),
        "partners": float(count - 1 in counted),
        "everyone": float(count in counted),
    }
    kinds = {paper_kind(m.text) for m in reading.papers}
    return found | {f"paper_{kind}": float(kind in kinds) for kind in _TELLING}


def _own(
    reading: Reading, parties: Sequence[Candidate], index: int, lists: Sequence[Sequence[int]]
) -> dict[str, float]:
    """How a party stands among the others."""
    own, others = parties[index], [c for n, c in enumerate(parties) if n != index]
    kinds = [kind_of(c.body) for c in others]
    kind = kind_of(own.body)
    title = reading.view.title_end
    return {
        "first": float(all(own.first <= c.first for c in others)),
        "subject": float(any(p == "subject" for p in _zones(reading, own))),
        "unlike": float(kind not in kinds),
        "unlike_alike": float(kind not in kinds and len(set(kinds)) == 1),
        "title": float(any(n.mention.start < title for n in own.namings)),
        "times": math.log(len(own.namings) / max(len(c.namings) for c in others)),
        "listed": float(any(index in run for run in lists)),
    }


def _zones(reading: Reading, candidate: Candidate) -> list[str]:
    """The zones of a party's namings in sentences that report a signing."""
    return [
        reading.placed[n.mention.start].zone
        for n in candidate.namings
        if n.sentence in reading.trigger_score and n.mention.start in reading.placed
    ]


def _alone(sentences: Sequence[set[int]], index: int, reading: Reading) -> dict[str, float]:
    """Sentences that name the party with some of the others, and others without it."""
    told = set(reading.trigger_score)
    others = [places for n, places in enumerate(sentences) if n != index]
    some = [
        line for line in sentences[index] & told if 0 < sum(line in places for places in others) < len(others)
    ]
    return {
        "some": math.log1p(len(some)),
        "all": float(any(all(line in places for places in others) for line in sentences[index] & told)),
    }
