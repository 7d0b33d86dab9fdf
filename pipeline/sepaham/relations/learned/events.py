"""Several agreements in one article: which parties stand together, and which sentences tell of which."""

import math
from collections.abc import Sequence
from itertools import combinations

from sepaham import lexicon
from sepaham.relations.forms import paper_kind
from sepaham.relations.learned.judge import Judge
from sepaham.relations.learned.parties import Candidate
from sepaham.relations.learned.reading import Reading
from sepaham.relations.learned.when_where import possible_dates
from sepaham.relations.patterns import grammar
from sepaham.relations.signers import STANDS_FOR

MOST_PARTIES = 14  # with more, an article is a list of partners of one ceremony
_LIKELY = 0.3  # a date from this chance on counts as one of a signing
# "dua naskah", "sejumlah MoU"; "sementara itu"; "yang kedua".
_COUNTED = grammar(r"\b<several.numbers>\s+(?:<several.pieces>\s+)?<several.papers>\b")
# "dua" to "tiga belas"; behind them the list has words that count roughly.
NUMBERS = {word: n for n, word in enumerate(lexicon.toml("ner/heads.toml")["org"]["numbers"][:12], 2)}
"""Numbers as words."""
_TURNS = grammar(r"\b<several.turns>\b")
_ORDINALS = grammar(r"\b<several.ordinals>\b")


def pair_features(reading: Reading, one: Candidate, two: Candidate, count: int) -> dict[str, float]:
    """Are two parties, of `count`, bound by the same agreement?"""
    a, b = ({n.sentence for n in c.namings} for c in (one, two))
    shared = a & b
    told = set(reading.trigger_score)
    titles = {s.index for s in reading.view.sentences if s.in_title}
    return {
        "shared": math.log1p(len(shared)),
        "shared_any": float(bool(shared)),
        "shared_told": float(bool(shared & told)),
        "shared_title": float(bool(shared & titles)),
        "apart": math.log1p(min(abs(x - y) for x in a for y in b)),
        "told_apart": math.log1p(min((abs(x - y) for x in a & told for y in b & told), default=9)),
        "two": float(count == 2),
        "count": math.log1p(count),
        "dates": float(min(3, len(_dates(reading)))),
        "triggers": math.log1p(len(told)),
        "same_kind": float(one.body.link.level == two.body.link.level != "none"),
        "listed": float(abs(one.first - two.first) < 120),
    }


def _named(reading: Reading, parties: Sequence[Candidate]) -> list[set[int]]:
    """The sentences that name each party, or a person who holds its office."""
    people, bodies = reading.people, reading.bodies
    leads: dict[str, set[int]] = {}
    for holder in people.all:
        body = bodies.of(holder.role) if holder.role else None
        for n, party in enumerate(parties):
            if body and holder.person and body.key in party.keys:
                leads.setdefault(people.full_name(holder.person.text), set()).add(n)
    named = [{n.sentence for n in party.namings} for party in parties]
    for sentence in reading.view.sentences if leads else ():
        for mention in sentence.labelled("PER"):
            for n in leads.get(people.full_name(mention.text), ()):
                named[n].add(sentence.index)
    return named


def statements(reading: Reading, parties: Sequence[Candidate]) -> list[frozenset[int]]:
    """The parties (by index), two at least, that each sentence names which tells of a signing; no title."""
    return [one for _, one in _stated(reading, parties)]


def _stated(reading: Reading, parties: Sequence[Candidate]) -> list[tuple[int, frozenset[int]]]:
    """The `statements`, each with the number of its sentence."""
    named = _named(reading, parties)
    told = (
        s.index
        for s in reading.view.body_sentences
        if s.index in reading.trigger_score or STANDS_FOR.search(s.text)
    )
    found = ((index, frozenset(n for n, places in enumerate(named) if index in places)) for index in told)
    return [(index, one) for index, one in found if len(one) > 1]


def days_apart(reading: Reading, parties: Sequence[Candidate]) -> bool:
    """Whether two sets of parties that sentences bind on their own have days of their own: then they have
    papers of their own."""
    told_in = dict(_stated(reading, parties))
    days: dict[frozenset[int], set[str]] = {
        one: set() for one in parting(list(told_in.values()), len(parties))
    }
    for date in (candidate.date for candidate in possible_dates(reading)):
        one = told_in.get(reading.sentence_of(date.start))
        if one in days and date.value and reading.chances.of(date.start, date.end, "date") > _LIKELY:
            days[one].add(date.value)
    told = [own for own in days.values() if own]
    return any(one.isdisjoint(two) for one, two in combinations(told, 2))


def parting(told: Sequence[frozenset[int]], count: int) -> list[frozenset[int]]:
    """The sets of parties that may each have a paper: not all of them, and none within another."""
    some = [one for one in dict.fromkeys(told) if len(one) < count]
    return [one for one in some if not any(one < other for other in some)]


def several_features(reading: Reading, told: Sequence[frozenset[int]], count: int) -> dict[str, float]:
    """Does the article tell of several agreements? What its `statements` bind of `count` parties, and how it
    counts its papers."""
    apart = parting(told, count)
    sentences = [s for s in reading.view.sentences if s.index in reading.trigger_score]
    text = " ".join(s.text for s in sentences)
    return {
        "parties": math.log(count),
        "statements": math.log1p(len(told)),
        "all": float(any(len(one) == count for one in told)),
        "most": max((len(one) / count for one in told), default=0.0),
        "apart": float(len(apart)),
        "apart_any": float(len(apart) > 1),
        "pairs": float(sum(len(one) == 2 for one in apart)),
        "told": math.log1p(len(sentences)),
        "papers": math.log1p(sum(m.label == "DOC" for m in reading.mentions)),
        "kinds": float(len({paper_kind(m.text) for s in sentences for m in s.labelled("DOC")})),
        "counted": counts_papers(reading.view.text),
        "turns": math.log1p(len(_TURNS.findall(text))),
        "ordinals": math.log1p(len(_ORDINALS.findall(text))),
        "dates": float(min(3, len(_dates(reading)))),
    }


def counted(text: str) -> set[int]:
    """How many papers a text counts, where it gives a number: "tiga nota kesepahaman"."""
    words = (found.group().split()[0].casefold() for found in _COUNTED.finditer(text))
    return {NUMBERS[word] for word in words if word in NUMBERS}


def counts_papers(text: str) -> float:
    """How often a text counts papers ("tiga nota kesepahaman"), as a logarithm."""
    return math.log1p(len(_COUNTED.findall(text)))


def _dates(reading: Reading) -> set[str]:
    """The days that are likely those of a signing."""
    dates = reading.view.document.dates
    return {d.value for d in dates if d.value and reading.chances.of(d.start, d.end, "date") > _LIKELY}


def groups(
    reading: Reading, parties: Sequence[Candidate], judge: Judge, *, hub: bool = False
) -> list[list[int]]:
    """The parties (by index) of each agreement, in the order of the article; a host may be in several.

    An article that tells of several has one for each set of parties that sentences bind on their own, and for
    those that one sentence names beside them; where there is one such set, also one with its host for those
    that it leaves out, unless a sentence binds all, or one party is the `hub` of them all.
    """
    count = len(parties)
    whole = [list(range(count))]
    if not 2 < count <= MOST_PARTIES:
        return whole
    told = statements(reading, parties)
    sets = parting(told, count)
    if not sets:
        return whole
    chance = judge.chance(several_features(reading, told, count))
    if chance < judge.bar and not days_apart(reading, parties):
        return whole
    apart = [set(one) for one in sets]
    left = set(range(count)) - set().union(*apart)
    if len(apart) == 1:
        if hub or any(len(one) == count for one in told):
            return whole
        return [sorted(one) for one in (*apart, *_others(reading, parties, apart[0], left))]
    # A party that nothing binds goes with the first agreement: better one too many there than a row of one.
    for one in _others(reading, parties, set().union(*apart), left):
        if one <= left:
            apart.append(one)
        else:
            apart[0] |= one & left
    return [sorted(one) for one in apart]


def _others(
    reading: Reading, parties: Sequence[Candidate], bound: set[int], left: set[int]
) -> list[set[int]]:
    """The agreements of the parties that are left where a sentence binds the others: of those that one
    sentence names, with each other if it names nobody else, else with the host of the bound ones."""
    places = [{n.sentence for n in party.namings} for party in parties]
    body = {s.index for s in reading.view.body_sentences}
    host = max(bound, key=lambda n: (len(places[n]), -parties[n].first))
    found: list[set[int]] = []
    for party in sorted(left, key=lambda n: parties[n].first):
        if any(party in one for one in found):
            continue
        first = min(places[party] & body or places[party])
        here = {n for n in left if first in places[n]}
        alone = len(here) > 1 and not any(first in places[n] for n in bound)
        found.append(here if alone else {host, *here})
    return found


def homes(
    reading: Reading, parties: Sequence[Candidate], found: Sequence[Sequence[int]]
) -> list[frozenset[int]]:
    """The sentences (by number) of each agreement: where its own parties are named, and what follows.

    A sentence that names parties of several is one of each; what stands before any is one of all.
    """
    own = [
        {n.sentence for i in group if sum(i in other for other in found) == 1 for n in parties[i].namings}
        for group in found
    ]
    result: list[set[int]] = [set() for _ in found]
    last = list(range(len(found)))
    for sentence in reading.view.sentences:
        here = [n for n, places in enumerate(own) if sentence.index in places]
        if here and not sentence.in_title:
            last = here
        for n in here or last:
            result[n].add(sentence.index)
    return [frozenset(places) for places in result]
