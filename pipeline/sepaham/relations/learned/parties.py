"""Which bodies are bound: every body that the article names, judged by all its namings together."""

import math
from dataclasses import dataclass, field

from sepaham.records import Mention
from sepaham.relations.bodies import Body
from sepaham.relations.forms import counted_pattern, is_bare_place, is_counted, is_guess
from sepaham.relations.kinds import kind_of
from sepaham.relations.learned.chances import logit
from sepaham.relations.learned.judge import Judge
from sepaham.relations.learned.reading import Reading
from sepaham.relations.learned.sameness import stands_for
from sepaham.relations.parties import Candidate as RuleCandidate

_LABELS = ("ORG", "GPE", "ROLE")
_GOVERNED = ("provinsi", "kabupaten", "kota")
_RUN = 0.5
_TOP = 3  # namings that count towards the mean


@dataclass
class Naming:
    """One mention of a body: the chance that it names a party, or that its office signs."""

    mention: Mention
    party: float
    signer: float
    sentence: int


@dataclass
class Candidate:
    """A body with all its namings; `chance` is set by the judge."""

    body: Body
    namings: list[Naming] = field(default_factory=list)
    features: dict[str, float] = field(default_factory=dict)
    chance: float = 0.0
    keys: set[str] = field(default_factory=set)  # of all bodies that were joined in it

    def __post_init__(self) -> None:
        """A candidate has the key of its body."""
        self.keys.add(self.body.key)

    @property
    def first(self) -> int:
        """Where the body is named first."""
        return min(n.mention.start for n in self.namings)

    @property
    def party(self) -> float:
        """The highest chance of a naming."""
        return max(n.party for n in self.namings)


def candidates(reading: Reading) -> list[Candidate]:
    """The bodies of the article with their features, in the order in which they come up."""
    found: dict[str, Candidate] = {}
    names = {m.end for m in reading.mentions if m.label == "ORG"}
    for mention in [*reading.mentions, *_unnamed(reading)]:
        body = _body(reading, mention)
        if body is None or _clings(reading.view.text, mention, names):
            continue
        chances = reading.chances
        naming = Naming(
            mention,
            chances.of(mention.start, mention.end, "party"),
            chances.of(mention.start, mention.end, "signer"),
            reading.sentence_of(mention.start),
        )
        found.setdefault(body.key, Candidate(body)).namings.append(naming)
    items = _joined(list(found.values()))
    ranked = sorted(items, key=lambda c: -c.party)
    rules = {c.body.key: c for c in reading.rules.chosen}
    for candidate in items:
        candidate.features = _features(reading, candidate, ranked, rules)
    return items


def _clings(text: str, mention: Mention, names: set[int]) -> bool:
    """A place right behind a name belongs to it: "Lantamal IX | Ambon", "Universitas Khairun (Unkhair) |
    Ternate" is not the city's government."""
    before = mention.start - 1
    if text[before : mention.start] != " " or not is_bare_place(mention):
        return False
    return before in names or (text[before - 1] == ")" and before - 1 in names)


def _joined(items: list[Candidate]) -> list[Candidate]:
    """The candidates, those by a shorter name joined to the one body that they can stand for."""
    forms = {id(c): _names(c) for c in items}
    kept = []
    for candidate in items:
        own = forms[id(candidate)]
        long = [
            c
            for c in items
            if c is not candidate and stands_for(candidate.body, c.body, own, _forms(c, forms))
        ]
        # Of longer names that stand for one another the longest counts.
        tops = [
            c
            for c in long
            if not any(stands_for(c.body, d.body, forms[id(c)], _forms(d, forms)) for d in long)
        ]
        if len(tops) == 1:
            join(candidate, tops[0])
        else:
            kept.append(candidate)
    return kept


def _names(candidate: Candidate) -> list[str]:
    """The names of a body; where an abbreviation was read as its long form, that one; of a body that only an
    office names, and that nobody knows, the name that was made of it ("Pj Kabupaten Sidenreng")."""
    texts = {n.mention.text for n in candidate.namings if n.mention.label == "ORG"}
    known = candidate.body.link.code is not None
    if not texts and not known:
        return [candidate.body.name]
    return sorted(candidate.body.name if t.isupper() and " " not in t and not known else t for t in texts)


def _forms(candidate: Candidate, names: dict[int, list[str]]) -> list[str]:
    return [*names[id(candidate)], candidate.body.name]


def join(short: Candidate, long: Candidate) -> None:
    """Give one body's namings and forms to another, of which it is a second name.

    The name of a head office that stands for its branch is no form of the branch: the registry would then
    name the branch so.
    """
    long.namings += short.namings
    long.keys |= short.keys
    if short.body.link.code is None or long.body.link.code is not None:
        long.body.texts += [text for text in short.body.texts if text not in long.body.texts]


def _body(reading: Reading, mention: Mention) -> Body | None:
    """The body of a mention; a village ("Desa Sukamaju") and a bare region ("Maluku") are bodies too, here
    where the judge sees how little speaks for them; so is any place that the encoder takes for a party."""
    if mention.label not in _LABELS:
        return None
    found = reading.bodies.of(mention)
    if found is None and mention.label == "GPE":
        governed = reading.bodies.link(mention.text).level in _GOVERNED
        likely = reading.chances.of(mention.start, mention.end, "party") >= _RUN
        if governed or likely or not is_bare_place(mention):
            return reading.bodies.named(mention.text, shown=mention.text)
    return found


def _unnamed(reading: Reading) -> list[Mention]:
    """Bodies that the tagger does not see: what the encoder takes for a party, and counted groups."""
    runs = unnamed_runs(reading)
    taken = [(m.start, m.end) for m in [*runs, *reading.mentions] if m.label in (*_LABELS, "PER")]
    counted = [
        _run_mention(reading.view.text, *found.span())
        for found in counted_pattern().finditer(reading.view.text)
        if not any(a < found.end() and found.start() < b for a, b in taken)
    ]
    return runs + counted


def _run_mention(text: str, start: int, end: int) -> Mention:
    return Mention(start=start, end=end, label="ORG", text=text[start:end], confidence=0.5, source="run")


def unnamed_runs(reading: Reading) -> list[Mention]:
    """Words that the encoder takes for a party where the tagger sees no name."""
    column, words, text = reading.chances.column("party"), reading.chances.words, reading.view.text
    taken = [(m.start, m.end) for m in reading.mentions if m.label in (*_LABELS, "PER")]
    found: list[Mention] = []
    first: int | None = None
    for n in range(len(words) + 1):
        inside = n < len(words) and column[n] >= _RUN
        if inside and first is None:
            first = n
        if not inside and first is not None:
            start, end = words[first][0], words[n - 1][1]
            free = not any(a < end and start < b for a, b in taken)
            if free and any(c.isalpha() for c in text[start:end]) and "\n" not in text[start:end]:
                found.append(_run_mention(text, start, end))
            first = None
    return found


def _features(
    reading: Reading, candidate: Candidate, ranked: list[Candidate], rules: dict[str, RuleCandidate]
) -> dict[str, float]:
    namings = candidate.namings
    scores = sorted((n.party for n in namings), reverse=True)
    rank = ranked.index(candidate)
    title = [n for n in namings if n.mention.end <= reading.view.title_end]
    rule = next((r for key in sorted(candidate.keys) if (r := rules.get(key))), None)
    others = [c.party for c in ranked if c is not candidate]
    named = [n for n in namings if n.mention.label != "ROLE"]
    found = {
        "party_max": logit(scores[0]),
        "party_mean": logit(sum(scores[:_TOP]) / len(scores[:_TOP])),
        "party_sum": math.log1p(sum(scores)),
        "party_named": logit(max((n.party for n in named), default=0.001)),
        "signer_max": logit(max((n.signer for n in namings if n.mention.label == "ROLE"), default=0.001)),
        "times": math.log1p(len(namings)),
        "title": float(bool(title)),
        "title_party": max((n.party for n in title), default=0.0),
        "rank_1": float(rank == 0),
        "rank_2": float(rank == 1),
        "rank_4": float(rank > 2),
        "behind": logit(scores[0]) - logit(max(others, default=0.001)),
        "others": float(sum(s > 0.5 for s in others)),
        "rule": float(rule is not None),
        "rule_points": min(4.0, rule.points if rule else 0.0),
        "office_only": float(not named),
        "place_only": float(all(n.mention.label == "GPE" for n in namings)),
        "bare_place": float(all(is_bare_place(n.mention) for n in namings)),
        "guess": float(all(is_guess(n.mention) for n in named) if named else 0),
        "counted": float(any(is_counted(n.mention) for n in namings)),
        "known": float(candidate.body.link.code is not None),
        "first": candidate.first / max(1, len(reading.view.text)),
        "trigger": max((reading.trigger_score.get(n.sentence, 0.0) for n in namings), default=0.0),
        "ner": min((n.mention.confidence for n in named), default=0.5),
        "below": max((c.party for c in ranked if above(candidate, c)), default=0.0),
        "above": max((c.party for c in ranked if above(c, candidate)), default=0.0),
        "held": max((c.party for c in ranked if c is not candidate and holds(c, candidate)), default=0.0),
    }
    found[f"kind_{kind_of(candidate.body)}"] = 1.0
    likeliest = sorted(namings, key=lambda n: -n.party)
    return found | reading.zones([n.mention.start for n in likeliest])


def forms(reading: Reading, candidate: Candidate) -> list[str]:
    """What the article calls a body, the fullest form first."""
    return reading.bodies.forms(candidate.body) or [n.mention.text for n in candidate.namings]


def above(upper: Candidate, lower: Candidate) -> bool:
    """The registry says that `lower` is an agency of `upper`."""
    code = upper.body.link.code
    return code is not None and lower is not upper and lower.body.link.parent_code == code


def holds(outer: Candidate, inner: Candidate) -> bool:
    """Every naming of `inner` stands inside a naming of `outer`."""
    spans = [(n.mention.start, n.mention.end) for n in outer.namings]
    return all(any(a <= n.mention.start and n.mention.end <= b for a, b in spans) for n in inner.namings)


def judged(items: list[Candidate], judge: Judge) -> list[Candidate]:
    """The candidates with their chances set, the likeliest first."""
    for candidate in items:
        candidate.chance = judge.chance(candidate.features)
    return sorted(items, key=lambda c: (-c.chance, c.first))


def choose(items: list[Candidate], bar: float, least: float) -> list[Candidate]:
    """Those above the bar; two at least, where the next best reach `least`; in the order of the article."""
    ranked = sorted(items, key=lambda c: (-c.chance, c.first))
    chosen = [c for n, c in enumerate(ranked) if c.chance >= (bar if n > 1 else least)]
    return sorted(chosen, key=lambda c: c.first)
