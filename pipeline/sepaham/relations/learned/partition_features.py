"""What speaks for parting the parties of an article into these agreements: what its sentences bind, who would
be left out, whom the others would share, and what each agreement would have of its own."""

import math
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from sepaham.relations.context import Sentence
from sepaham.relations.learned import events, hub
from sepaham.relations.learned.chances import logit
from sepaham.relations.learned.joint import Look
from sepaham.relations.learned.judge import Judges
from sepaham.relations.learned.parties import Candidate
from sepaham.relations.learned.reading import Reading

Partition = Sequence[Sequence[int]]
"""The parties (by index) of each agreement."""
_Sets = Sequence[frozenset[int]]

_SIGNED = 0.3  # chance from which somebody signs for a party
_INSIDE = 0.4  # chance from which a word is one of a commitment or subject
_WORDS = 3  # such words, from which an agreement has commitments of its own
_DATED = 0.3  # chance from which a date is that of a signing
_FLOOR = 7.0  # `logit` says no less than minus this
_LOWEST = 0.01  # chance below which a pair is not counted as even less likely


class _Told(NamedTuple):
    """What a sentence tells: its words of commitments and of subjects, how surely of a signing, whether it
    names a paper, the chance of its likeliest date."""

    promised: int
    agreed: int
    act: float
    paper: bool
    date: float

    @property
    def of_an_agreement(self) -> bool:
        return self.act > 0 or self.paper


class Ground:
    """What all ways to part the parties of one article are weighed on."""

    def __init__(self, look: Look, parties: Sequence[Candidate], judges: Judges) -> None:
        """Read what the sentences bind, and ask the judges of pairs, hubs and articles with several."""
        self._reading, self._parties = look.reading, parties
        reading, count = look.reading, len(parties)
        self._stated = events.statements(reading, parties)
        several = events.several_features(reading, self._stated, count)
        self._several = logit(judges["several"].chance(several))
        self._days = float(events.days_apart(reading, parties))
        self._counted = events.counted(reading.view.text)
        self._hubs = [judges["hub"].chance(found) for found in hub.features(reading, parties)]
        self._bound = {
            (a, b): judges["together"].chance(events.pair_features(reading, parties[a], parties[b], count))
            for a, b in combinations(range(count), 2)
        }
        self._titled = self._named(s for s in reading.view.sentences if s.in_title)
        self._beside = self._named(reading.view.body_sentences)
        at = {id(body): n for n, body in enumerate(look.bodies)}
        self._signed = [max(look.signs(at[id(c)]), default=0.0) > _SIGNED for c in parties]
        self._tells = {sentence.index: _told(reading, sentence) for sentence in reading.view.sentences}

    def _named(self, sentences: Iterable[Sentence]) -> list[frozenset[int]]:
        """The parties that each sentence names, where it names several."""
        places = [{n.sentence for n in party.namings} for party in self._parties]
        found = (frozenset(n for n, own in enumerate(places) if s.index in own) for s in sentences)
        return [one for one in found if len(one) > 1]

    def features(self, proposed: str, groups: Partition) -> dict[str, float]:
        """What speaks for this way; `proposed` says by what it was thought of."""
        sets = [frozenset(group) for group in groups]
        used = frozenset[int]().union(*sets)
        several = len(sets) > 1
        found = {
            "agreements": math.log(len(sets)),
            "two": float(len(sets) == 2),
            f"proposed_{proposed}": 1.0,
            **self._left([n for n in range(len(self._parties)) if n not in used]),
            **self._shared(sets, used),
            **self._pairs(sets, used),
            **self._sentences(sets),
            **_of_all(sets, self._signed),
            "counted": float(len(sets) in self._counted),
            "counted_else": float(bool(self._counted) and len(sets) not in self._counted),
            "counted_one": float(bool(self._counted) and not several),
        }
        if several:
            found |= {"several": 1.0, "several_chance": self._several, "days": self._days}
            found |= self._own(groups)
        return found

    def _left(self, left: list[int]) -> dict[str, float]:
        """Who would be in no agreement."""
        if not left:
            return {}
        parties, title = [self._parties[n] for n in left], self._reading.view.title_end
        return {
            "left": float(len(left)),
            "left_any": 1.0,
            "left_share": len(left) / len(self._parties),
            "left_best": max(logit(c.chance) for c in parties) + _FLOOR,
            "left_sum": sum(c.chance for c in parties),
            "left_signed": float(sum(self._signed[n] for n in left)),
            "left_told": float(sum(any(n in one for one in self._stated) for n in left)),
            "left_title": float(sum(n.mention.start < title for c in parties for n in c.namings)),
        }

    def _shared(self, sets: _Sets, used: frozenset[int]) -> dict[str, float]:
        """Who would be in several agreements, and who in all of them."""
        if len(sets) == 1:
            return {"hub_missed": max(self._hubs)}
        hosts = frozenset[int].intersection(*sets)
        found = {"shared": float(sum(sum(n in one for one in sets) > 1 for n in used))}
        if hosts:
            found["hosts_one"] = float(len(hosts) == 1)
            found["host_first"] = float(0 in hosts)
            found["host"] = max(self._hubs[n] for n in hosts)
            found["host_other"] = max((self._hubs[n] for n in used - hosts), default=0.0)
        return found

    def _pairs(self, sets: _Sets, used: frozenset[int]) -> dict[str, float]:
        """How likely one agreement binds the pairs within, and those that it would part."""
        inside = {pair for one in sets for pair in combinations(sorted(one), 2)}
        within = [self._bound[pair] for pair in sorted(inside)]
        parted = [c for pair, c in self._bound.items() if pair not in inside and used.issuperset(pair)]
        likely = sum(math.log(max(_LOWEST, c)) for c in within)
        likely += sum(math.log(max(_LOWEST, 1 - c)) for c in parted)
        return {
            "within": sum(within) / len(within),
            "within_least": min(within),
            "parted": sum(parted) / len(parted) if parted else 0.0,
            "parted_most": max(parted, default=0.0),
            "parted_pairs": math.log1p(len(parted)),
            "pairs": likely,
            "pairs_mean": likely / (len(within) + len(parted)),
        }

    def _sentences(self, sets: _Sets) -> dict[str, float]:
        """How well what the sentences bind fits the agreements."""
        stated, count = self._stated, max(1, len(self._stated))
        exact = sum(one in sets for one in stated)
        backed = [any(own <= one for one in stated) for own in sets]
        return {
            "covered": sum(_fits(one, sets) for one in stated) / count,
            "exact": exact / count,
            "exact_any": math.log1p(exact),
            "stated": sum(own in stated for own in sets) / len(sets),
            "backed": sum(backed) / len(sets),
            "unbacked": float(len(sets) - sum(backed)),
            "title_covered": _share_that_fits(self._titled, sets),
            "title_exact": float(any(one in sets for one in self._titled)),
            "title_against": float(not all(_fits(one, sets) for one in self._titled)),
            "beside_covered": _share_that_fits(self._beside, sets),
            "beside_backed": sum(any(own <= one for one in self._beside) for own in sets) / len(sets),
        }

    def _own(self, groups: Partition) -> dict[str, float]:
        """What each of several agreements has in sentences that tell of it alone."""
        homes = events.homes(self._reading, self._parties, groups)
        own = [[self._tells[s] for s in home if sum(s in other for other in homes) == 1] for home in homes]
        count = len(groups)
        promised = [sum(s.promised for s in told) >= _WORDS for told in own]
        acts = [max((s.act for s in told), default=0.0) for told in own]
        words = [sum(s.promised + s.agreed for s in told) >= _WORDS for told in own]
        papers = [any(s.of_an_agreement for s in told) for told in own]
        return {
            "own_sentences": sum(bool(told) for told in own) / count,
            "own_fewest": math.log1p(min(map(len, own))),
            "own_promised": sum(promised) / count,
            "own_promised_times": float(min(4, sum(promised))),
            "own_promised_all": float(all(promised)),
            "own_subject": sum(sum(s.agreed for s in told) >= _WORDS for told in own) / count,
            "own_act": sum(act > 0 for act in acts) / count,
            "own_act_all": float(all(act > 0 for act in acts)),
            "own_act_score": sum(acts) / count,
            "own_paper": sum(any(s.paper for s in told) for told in own) / count,
            "own_date": sum(any(s.date > _DATED for s in told) for told in own) / count,
            "own_agreement": sum(a and b for a, b in zip(papers, words, strict=True)) / count,
        }


def _told(reading: Reading, sentence: Sentence) -> _Told:
    chances, start, end = reading.chances, sentence.start, sentence.end
    words = chances.inside(start, end)
    dates = [d for d in reading.view.document.dates if start <= d.start < end]
    return _Told(
        int((chances.column("commitment")[words] > _INSIDE).sum()),
        int((chances.column("subject")[words] > _INSIDE).sum()),
        reading.trigger_score.get(sentence.index, 0.0),
        bool(sentence.labelled("DOC")),
        max((chances.of(d.start, d.end, "date") for d in dates), default=0.0),
    )


def _fits(one: frozenset[int], sets: _Sets) -> bool:
    """Whether all that a sentence binds stands in one agreement."""
    return any(one <= own for own in sets)


def _share_that_fits(bound: _Sets, sets: _Sets) -> float:
    return sum(_fits(one, sets) for one in bound) / len(bound) if bound else 0.5


def _of_all(sets: _Sets, signed: Sequence[bool]) -> dict[str, float]:
    """In how many of the agreements somebody signs for all parties, for none, for some."""
    all_of, none_of = (sum(all(signed[n] == yes for n in one) for one in sets) for yes in (True, False))
    return {
        "signed_all": all_of / len(sets),
        "signed_none": none_of / len(sets),
        "signed_some": (len(sets) - all_of - none_of) / len(sets),
    }
