"""Counts the agreeing values of two events, slot by slot, and pairs the events of one article."""

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sepaham.evaluation.events import NOTHING, Event, PartyFacts, Person
from sepaham.evaluation.matching import match, overlap, same_city

SLOTS: dict[str, str] = {
    "article": "the article reports an agreement (yes or no)",
    "event": "number of agreements found: aligned pairs against gold and predicted counts",
    "party": "same canonical name, or one of the gold texts; a Kabupaten is never its twin Kota or Provinsi",
    "party_name": "same canonical name",
    "kind": "kind of a matched party",
    "pair": "two parties bound to each other: the hub with each other party, without a hub all with all",
    "signatory": "person's name (role, where the article gives no name) with the right party",
    "triple": "person's name, role and the right party",
    "acting": "right signatory who is an acting official, marked as acting",
    "date": "ISO value of the day of signing",
    "venue": "the texts overlap by half of the longer one, or same name",
    "city": "kabupaten or kota of the venue",
    "status": "status of an aligned event",
    "signed": "rows of status signed: the aligned event is signed too",
    "doc_type": "types of instrument",
    "subject": "the texts overlap by half of the longer one",
    "field": "fields of cooperation",
    "commitment": "characters of the article covered",
    "value": "amount (within 0.5 %) and currency",
    "duration": "ISO 8601 duration; P36M is P3Y",
    "valid_until": "ISO value of the stated end",
    "witness": "person's name",
    "core_record": "aligned event with status, date, all parties and all signatories right",
}
# Slots that say nothing about which two events are the same one.
_NO_LIKENESS = ("commitment", "event", "pair")
# Up to this many events every order is tried (7! = 5040); above it the best pairs are taken first.
_ALL_ORDERS = 7

Position = int | tuple[str, int]
Pairs = list[tuple[int, int]]


class Counts(NamedTuple):
    """Values of one slot: right ones, predicted ones, gold ones."""

    right: int
    predicted: int
    gold: int


def compare(gold: Event | None, pred: Event | None, body: str) -> dict[str, Counts]:
    """The counts of every slot but `article` for one aligned pair; either side may be None."""
    both = gold is not None and pred is not None
    one_gold, one_pred = int(gold is not None), int(pred is not None)
    g, p = gold or NOTHING, pred or NOTHING
    parties = party_pairs(g.parties, p.parties)
    gold_people, pred_people = _people(g.parties), _people(p.parties)
    signed = _match_people(gold_people, pred_people, parties)
    same_status = both and g.status == p.status
    all_parties = len(parties) == len(g.parties) == len(p.parties)
    all_people = len(signed) == len(gold_people) == len(pred_people)
    whole = same_status and g.date == p.date and all_parties and all_people
    return {
        "event": Counts(int(both), one_pred, one_gold),
        "core_record": Counts(int(whole), one_pred, one_gold),
        "status": Counts(int(same_status), one_pred, one_gold),
        "signed": _signed(g, p),
        "pair": _bound(g, p, parties),
        "commitment": _covered(g.commitments, p.commitments, body),
        **_party_slots(g.parties, p.parties, parties),
        **_people_slots(gold_people, pred_people, signed),
        **_time_and_place(g, p),
        **_terms(g, p),
    }


def party_pairs(gold: Sequence[PartyFacts], pred: Sequence[PartyFacts]) -> Pairs:
    """Which gold party is which found one, by index."""

    def same(i: int, j: int) -> bool:
        a, b = gold[i], pred[j]
        twins = a.level is not None and b.level is not None and a.level != b.level
        return not twins and not a.forms.isdisjoint(b.forms)

    return match(len(gold), len(pred), same, lambda i, j: gold[i].name == pred[j].name)


def _people(parties: Sequence[PartyFacts]) -> list[tuple[int, Person]]:
    return [(n, person) for n, party in enumerate(parties) for person in party.people]


def _match_people(gold: list[tuple[int, Person]], pred: list[tuple[int, Person]], parties: Pairs) -> Pairs:
    aligned = set(parties)

    def same(i: int, j: int) -> bool:
        (a_party, a), (b_party, b) = gold[i], pred[j]
        same_person = a.name == b.name if a.named or b.named else a.role == b.role
        return same_person and (a_party, b_party) in aligned

    return match(len(gold), len(pred), same)


def _party_slots(gold: Sequence[PartyFacts], pred: Sequence[PartyFacts], parties: Pairs) -> dict[str, Counts]:
    named = match(len(gold), len(pred), lambda i, j: gold[i].name == pred[j].name)
    kinds = sum(gold[i].kind == pred[j].kind for i, j in parties)
    return {
        "party": Counts(len(parties), len(pred), len(gold)),
        "party_name": Counts(len(named), len(pred), len(gold)),
        "kind": Counts(kinds, len(pred), len(gold)),
    }


def _people_slots(
    gold: list[tuple[int, Person]], pred: list[tuple[int, Person]], signed: Pairs
) -> dict[str, Counts]:
    roles = sum(gold[i][1].role == pred[j][1].role for i, j in signed)
    acting = sum(gold[i][1].acting and pred[j][1].acting for i, j in signed)
    return {
        "signatory": Counts(len(signed), len(pred), len(gold)),
        "triple": Counts(roles, len(pred), len(gold)),
        "acting": Counts(acting, sum(b.acting for _, b in pred), sum(a.acting for _, a in gold)),
    }


def _ties(event: Event) -> set[tuple[int, int]]:
    """Index pairs of the parties that the instrument binds to each other."""
    everyone = range(len(event.parties))
    hub = next((i for i in everyone if event.parties[i].name == event.hub), None)
    if hub is not None:
        return {(min(hub, i), max(hub, i)) for i in everyone if i != hub}
    return set(itertools.combinations(everyone, 2))


def _bound(gold: Event, pred: Event, parties: Pairs) -> Counts:
    gold_ties, pred_ties = _ties(gold), _ties(pred)
    twin = {j: i for i, j in parties}
    known = [(twin[a], twin[b]) for a, b in pred_ties if a in twin and b in twin]
    right = {(min(pair), max(pair)) for pair in known} & gold_ties
    return Counts(len(right), len(pred_ties), len(gold_ties))


def _signed(gold: Event, pred: Event) -> Counts:
    a, b = int(gold.status == "signed"), int(pred.status == "signed")
    return Counts(a & b, b, a)


def _time_and_place(gold: Event, pred: Event) -> dict[str, Counts]:
    a, b = gold.venue, pred.venue
    venue = city = False
    if a and b:
        venue = overlap(a.words, b.words) or (a.name is not None and a.name == (b.name or ""))
        city = bool(a.city and b.city and same_city(a.city, b.city))
    return {
        "date": Counts(
            int(bool(gold.date) and gold.date == pred.date), int(bool(pred.date)), int(bool(gold.date))
        ),
        "venue": Counts(int(venue), int(b is not None), int(a is not None)),
        "city": Counts(int(city), int(bool(b and b.city)), int(bool(a and a.city))),
    }


def _terms(gold: Event, pred: Event) -> dict[str, Counts]:
    subject = overlap(gold.subject or (), pred.subject or ())
    money = False
    if (a := gold.value) and (b := pred.value):
        money = a.currency == b.currency and abs(a.amount - b.amount) <= 0.005 * abs(a.amount)
    witnesses = match(
        len(gold.witnesses), len(pred.witnesses), lambda i, j: gold.witnesses[i] == pred.witnesses[j]
    )
    return {
        "subject": Counts(int(subject), int(pred.subject is not None), int(gold.subject is not None)),
        "doc_type": _shared(gold.doc_types, pred.doc_types),
        "field": _shared(gold.fields, pred.fields),
        "value": Counts(int(money), int(pred.value is not None), int(gold.value is not None)),
        "duration": _equal(gold.duration, pred.duration),
        "valid_until": _equal(gold.valid_until, pred.valid_until),
        "witness": Counts(len(witnesses), len(pred.witnesses), len(gold.witnesses)),
    }


def _shared(gold: frozenset[str], pred: frozenset[str]) -> Counts:
    return Counts(len(gold & pred), len(pred), len(gold))


def _equal(gold: str, pred: str) -> Counts:
    return Counts(int(bool(gold) and gold == pred), int(bool(pred)), int(bool(gold)))


def _places(text: str, body: str) -> list[set[Position]]:
    """Every place of a text in the body, each as its non-space positions.

    A text that is not in the article covers positions of its own, so that it counts as wrong by its length.
    """
    starts = [found.start() for found in re.finditer(f"(?={re.escape(text)})", body)] if text else []
    if not starts:
        return [{(text, i) for i, c in enumerate(text) if not c.isspace()}]
    inside = [i for i, c in enumerate(text) if not c.isspace()]
    return [{start + i for i in inside} for start in starts]


def _covered(gold: Sequence[str], pred: Sequence[str], body: str) -> Counts:
    """Characters that the commitments cover, each text at the place where it meets the other side most."""
    gold_places = [_places(text, body) for text in gold]
    pred_places = [_places(text, body) for text in pred]
    anywhere: set[Position] = set().union(*(place for each in pred_places for place in each))
    right: set[Position] = set().union(
        *(max(each, key=lambda place: len(place & anywhere)) for each in gold_places)
    )
    said: set[Position] = set().union(
        *(max(each, key=lambda place: len(place & right)) for each in pred_places)
    )
    return Counts(len(right & said), len(said), len(right))


def _likeness(slots: Mapping[str, Counts]) -> float:
    shared = slots["commitment"]
    agreeing = sum(counts.right for slot, counts in slots.items() if slot not in _NO_LIKENESS)
    return agreeing + 2 * shared.right / max(1, shared.predicted + shared.gold)


def align(gold: Sequence[Event], pred: Sequence[Event], body: str) -> list[dict[str, Counts]]:
    """The counts of each event of one article, paired one to one so that the most slot values agree.

    Events that stay alone are compared with nothing.
    """
    table, pairs = _table(gold, pred, body)
    paired_gold, paired_pred = {i for i, _ in pairs}, {j for _, j in pairs}
    return [
        *(table[pair] for pair in pairs),
        *(compare(g, None, body) for i, g in enumerate(gold) if i not in paired_gold),
        *(compare(None, p, body) for j, p in enumerate(pred) if j not in paired_pred),
    ]


def paired(gold: Sequence[Event], pred: Sequence[Event], body: str) -> Pairs:
    """Which gold event goes with which found one, by index, as `align` pairs them."""
    return _table(gold, pred, body)[1]


def _table(
    gold: Sequence[Event], pred: Sequence[Event], body: str
) -> tuple[dict[tuple[int, int], dict[str, Counts]], Pairs]:
    table = {(i, j): compare(g, p, body) for i, g in enumerate(gold) for j, p in enumerate(pred)}
    likeness = {pair: _likeness(slots) for pair, slots in table.items()}
    small = max(len(gold), len(pred)) <= _ALL_ORDERS
    return table, (_best_order if small else _best_first)(likeness, len(gold), len(pred))


def _best_order(likeness: Mapping[tuple[int, int], float], n_gold: int, n_pred: int) -> Pairs:
    orders = itertools.permutations(range(max(n_gold, n_pred)), n_gold)
    best = max(orders, key=lambda order: sum(likeness.get((i, j), 0) for i, j in enumerate(order)))
    return [(i, j) for i, j in enumerate(best) if j < n_pred]


def _best_first(likeness: Mapping[tuple[int, int], float], n_gold: int, n_pred: int) -> Pairs:
    pairs: Pairs = []
    free_gold, free_pred = set(range(n_gold)), set(range(n_pred))
    for (i, j), _ in sorted(likeness.items(), key=lambda item: -item[1]):
        if i in free_gold and j in free_pred:
            pairs.append((i, j))
            free_gold.discard(i)
            free_pred.discard(j)
    return pairs
