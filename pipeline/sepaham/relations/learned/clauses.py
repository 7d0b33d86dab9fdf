"""What it is about and what was promised: words judged one by one, then joined to clauses."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sepaham import lexicon
from sepaham.records import Commitment
from sepaham.relations.commitments import MOST, find_commitments
from sepaham.relations.learned.chances import logit
from sepaham.relations.learned.judge import Judge
from sepaham.relations.learned.reading import Reading
from sepaham.relations.names import normal
from sepaham.relations.wording import Phrase, next_to_papers, subject_candidates, variants

_EDGE = ' ,;:.–-\n"“”()•'
_SMALL = frozenset(lexicon.toml("relations/words.toml")["clauses"]["small"])
_OPEN = frozenset(lexicon.toml("relations/words.toml")["clauses"]["open"])
_NAMES = ("ORG", "PER", "GPE", "ROLE")  # nothing but the name of who is bound promises nothing
_FEWEST = 2  # words of a clause
_FAINT = 0.01  # chance from which a phrase can be the subject at all
_SURE = 0.8  # chance from which a phrase needs no other that agrees with it
_OWN = 0.5  # how much a phrase's own chance counts beside what agrees with it; 0 to 1 are much alike
_RUNS = (0.5, 0.25, 0.1)  # chances from which words side by side are read as one subject

Rows = npt.NDArray[np.float64]


@dataclass
class SubjectCandidate:
    """A phrase that may be the subject, with its features."""

    phrase: Phrase
    features: dict[str, float]


def subject_spans(reading: Reading, run: float) -> list[Phrase]:
    """Words side by side that the encoder takes for a subject, as phrases."""
    column, begins = reading.chances.column("subject"), reading.chances.column("subject_begin")
    return [
        phrase
        for first, last in _runs(reading, column, begins, run, 0.5)
        if (phrase := _phrase(reading, first, last, "subject_judged"))
    ]


def _subject_phrases(reading: Reading) -> dict[tuple[int, int], tuple[Phrase, float]]:
    """All phrases that may be the subject, by their offsets, each with the rules' points."""
    spans: dict[tuple[int, int], tuple[Phrase, float]] = {}
    for run in _RUNS:
        for phrase in subject_spans(reading, run):
            spans.setdefault((phrase.start, phrase.end), (phrase, 0.0))
    for phrase in next_to_papers(reading.view, reading.papers):
        spans.setdefault((phrase.start, phrase.end), (phrase, 0.0))
    for points, phrase in subject_candidates(reading.view, reading.triggers):
        old = spans.get((phrase.start, phrase.end))
        spans[(phrase.start, phrase.end)] = (phrase, max(points, old[1] if old else 0.0))
    for phrase, points in list(spans.values()):
        for other in variants(reading.view.text, phrase):
            spans.setdefault((other.start, other.end), (other, points))
    return {span: found for span, found in spans.items() if reading.tells(span[0])}


def subject_candidates_of(reading: Reading) -> list[SubjectCandidate]:
    """The phrases that the rules or the encoder take for a subject."""
    spans = _subject_phrases(reading)
    top = max((p for _, p in spans.values()), default=0.0)
    best = max((reading.chances.of(*span, "subject") for span in spans), default=0.0)
    made = []
    for (start, end), (phrase, points) in sorted(spans.items()):
        sentence = reading.view.at(start)
        chance = reading.chances.of(start, end, "subject")
        part = reading.chances.inside(start, end)
        begin = reading.chances.column("subject_begin")[part]
        covered = sum(
            reading.chances.of(a, b, "subject") * (min(b, end) - max(a, start))
            for a, b in spans
            if a < end and start < b and (a, b) != (start, end)
        )
        made.append(
            SubjectCandidate(
                phrase,
                {
                    "subject": logit(chance),
                    "begin": logit(float(begin[0]) if len(begin) else 0.0),
                    "edge": logit(_beside(reading, "subject", part)),
                    "behind": logit(chance) - logit(best),
                    "points": points,
                    "top": float(points > 0 and points == top),
                    "rule": float(points > 0),
                    "commitment": logit(reading.chances.of(start, end, "commitment")),
                    "words": min(30.0, len(phrase.text.split())) / 10,
                    "short": float(len(phrase.text.split()) < 3),
                    "title": float(sentence is not None and sentence.in_title),
                    "trigger": reading.trigger_score.get(sentence.index, 0.0) if sentence else 0.0,
                    "deep": min(sentence.index, 40) / 40 if sentence else 1.0,
                    "met": min(3.0, covered / 50),
                    f"rule_{phrase.rule}": 1.0,
                },
            )
        )
    return made


def _beside(reading: Reading, name: str, part: slice) -> float:
    column = reading.chances.column(name)
    return float(max((column[n] for n in (part.start - 1, part.stop) if 0 <= n < len(column)), default=0.0))


def word_features(reading: Reading) -> tuple[list[str], Rows]:
    """(names, rows): what is known of each word as part of a commitment."""
    chances = reading.chances
    own = _logits(chances.column("commitment"))
    count = len(own)
    by_rule = np.zeros(count)
    kinds: dict[str, Rows] = {k: np.zeros(count) for k in ("scope", "obligation", "aim", "subject")}
    if reading.triggers:
        for item in find_commitments(reading.view, reading.triggers, None, []):
            part = chances.inside(item.start, item.end)
            by_rule[part] = 1
            kinds[item.type][part] = 1
    around = np.convolve(own, np.ones(9) / 9, mode="same") if count >= 9 else own
    told = np.zeros(count)
    for sentence in reading.view.sentences:
        told[chances.inside(sentence.start, sentence.end)] = reading.trigger_score.get(sentence.index, 0.0)
    columns = {
        "own": own,
        "around": around,
        "subject": _logits(chances.column("subject")),
        "by_rule": by_rule,
        **{f"rule_{k}": v for k, v in kinds.items() if k != "subject"},
        "trigger": told,
        "deep": np.arange(count) / max(1, count),
        "title": np.array([float(end <= reading.view.title_end) for _, end in chances.words]),
    }
    return list(columns), np.stack(list(columns.values()), axis=1) if count else np.zeros((0, len(columns)))


def _logits(column: Rows) -> Rows:
    kept = np.clip(column, 0.001, 0.999)
    found: Rows = np.log(kept / (1 - kept))
    return found


def word_chances(reading: Reading, judge: Judge) -> Rows:
    """The chance of every word to be part of a commitment."""
    names, rows = word_features(reading)
    weights = np.array([judge.weights.get(name, 0.0) for name in names])
    total: Rows = 1 / (1 + np.exp(-(rows @ weights + judge.bias)))
    return total


def commitments(reading: Reading, judge: Judge) -> list[tuple[Commitment, float]]:
    """Up to MOST clauses with their chances, in the order of the article."""
    column = word_chances(reading, judge)
    begins = reading.chances.column("commitment_begin")
    found: list[tuple[Commitment, float]] = []
    names = {(m.start, m.end) for m in reading.mentions if m.label in _NAMES}
    seen: set[str] = set()
    for first, last in _runs(reading, column, begins, judge.bar, 0.4):
        phrase = _phrase(reading, first, last, "commitment_judged", _SMALL | _OPEN)
        if phrase is None or not reading.tells(phrase.start) or (phrase.start, phrase.end) in names:
            continue
        if phrase.text.casefold() not in seen and len(phrase.text.split()) >= _FEWEST:
            seen.add(phrase.text.casefold())
            item = Commitment(start=phrase.start, end=phrase.end, text=phrase.text, type="scope")
            found.append((item, float(column[first:last].mean())))
    kept = sorted(found, key=lambda f: -f[1])[:MOST]
    return sorted(kept, key=lambda f: f[0].start)


def _runs(reading: Reading, column: Rows, begins: Rows, bar: float, cut: float) -> list[tuple[int, int]]:
    """(first word, one past the last) of words above the bar in a sentence; a new one where a clause begins.

    A gap of one word or sign is bridged.
    """
    text, words = reading.view.text, reading.chances.words
    inside = column >= bar
    for n in range(1, len(inside) - 1):
        if not inside[n] and inside[n - 1] and inside[n + 1]:
            inside[n] = True
    sentence = np.array([reading.sentence_of(start) for start, _ in words])
    found: list[tuple[int, int]] = []
    first: int | None = None
    for n in range(len(words) + 1):
        open_ = n < len(words) and bool(inside[n])
        new = open_ and n > 0 and (begins[n] >= cut or sentence[n] != sentence[n - 1])
        if first is not None and (not open_ or new):
            found.append((first, n))
            first = None
        if open_ and first is None:
            first = n
    return [(a, b) for a, b in found if text[words[a][0] : words[b - 1][1]].strip(_EDGE)]


def _phrase(
    reading: Reading, first: int, last: int, rule: str, small: frozenset[str] = _SMALL
) -> Phrase | None:
    """The words as a phrase, without signs at its ends and words of `small` behind."""
    words, text = reading.chances.words, reading.view.text
    while first < last and _idle(text[slice(*words[first])]):
        first += 1
    while first < last and _idle(text[slice(*words[last - 1])], small):
        last -= 1
    if first >= last:
        return None
    start, end = words[first][0], words[last - 1][1]
    if text[start:end].count("(") > text[start:end].count(")") and text[end : end + 1] == ")":
        end += 1
    return Phrase(text[start:end], start, end, rule)


def _idle(word: str, small: frozenset[str] | None = None) -> bool:
    """Whether a phrase neither begins with a word nor, where `small` is given, ends with it."""
    if not word.strip(_EDGE):
        return word != ("(" if small is None else ")")
    return small is not None and word.lower() in small


def best_subject(items: list[SubjectCandidate], judge: Judge) -> tuple[SubjectCandidate, float] | None:
    """The phrase that says what most of the likely ones say, with its chance."""
    chances = [judge.chance(item.features) for item in items]
    best = agreed([item.phrase.text for item in items], chances)
    return (items[best], chances[best]) if best is not None else None


def agreed(phrases: Sequence[str], chances: Sequence[float]) -> int | None:
    """The phrase (by index) that is likely itself and shares half its words with most of what is likely.

    The candidates are often one phrase cut in many ways, none of them much likelier than the next; one of
    middle length is right about the subject whichever of them is (minimum Bayes risk). A sure one is taken
    as it is.
    """
    top = max(range(len(chances)), key=lambda n: (chances[n], -n), default=None)
    if top is None or chances[top] >= _SURE:
        return top
    words = [Counter(normal(phrase).split()) for phrase in phrases]
    sizes = [own.total() for own in words]
    weights = [chance * chance for chance in chances]
    whole = sum(weights)
    best: tuple[float, int] | None = None
    for n, own in enumerate(words):
        if chances[n] < _FAINT:
            continue
        shared = sum(
            weight
            for weight, other, size in zip(weights, words, sizes, strict=True)
            if size and (own & other).total() * 2 >= max(size, sizes[n])
        )
        score = _OWN * chances[n] + shared / whole
        if best is None or score > best[0]:
            best = score, n
    return best[1] if best else None
