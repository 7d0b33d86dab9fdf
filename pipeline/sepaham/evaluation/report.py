"""Precision, recall and F1 from counts, with bootstrap intervals; the records and tables that show them."""

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from sepaham.evaluation.compare import Counts
from sepaham.records import Record

RESAMPLES = 500
# The 13th and the 488th of 500 sorted resamples enclose the middle 95 %.
_LOW, _HIGH = 12, 487


class SlotScore(Record):
    """Micro precision, recall and F1 of one slot, rounded to 4 digits.

    `low` and `high` enclose F1 in 95 % of the resamples of the articles; `gold` and `predicted` count values
    (characters for `commitment`).
    """

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    gold: int
    predicted: int


class ArticleFaults(Record):
    """An article's number of missing and wrong values, with the gold and the found facts as JSON objects."""

    article_id: str
    count: int
    gold: tuple[Any, ...]
    found: tuple[Any, ...]


class Scores(Record):
    """Scores by slot over a number of articles; `gold_sha256` tells which gold file they were measured on.

    `faults` lists the articles, the worst first.
    """

    articles: int
    slots: dict[str, SlotScore]
    faults: tuple[ArticleFaults, ...]
    gold_sha256: str

    def to_json(self) -> str:
        """One JSON object: `articles` and, by slot, precision, recall, f1, low, high and gold."""
        scores = {slot: score.model_dump(exclude={"predicted"}) for slot, score in self.slots.items()}
        return json.dumps({"articles": self.articles, "scores": scores})

    def to_text(self, errors: int = 0) -> str:
        """A table of the slots that either side holds, then the `errors` articles with the most faults."""
        rows = [_row(slot, score) for slot, score in self.slots.items() if score.gold or score.predicted]
        head = f"{'slot':<12}{'P':>7}{'R':>7}{'F1':>7}   95 % interval      gold"
        worst = [line for article in self.faults[:errors] for line in _fault_lines(article)]
        return "\n".join([f"{self.articles} articles", head, *rows, *worst])


def _row(slot: str, score: SlotScore) -> str:
    rates = f"{score.precision:7.3f}{score.recall:7.3f}{score.f1:7.3f}"
    return f"{slot:<12}{rates}   {score.low:.3f} .. {score.high:.3f} {score.gold:9}"


def _fault_lines(article: ArticleFaults) -> list[str]:
    gold, found = (json.dumps(side, ensure_ascii=False) for side in (article.gold, article.found))
    return ["", f"{article.article_id}: {article.count} faults", f"  gold  {gold}", f"  found {found}"]


def rates(right: int, predicted: int, gold: int) -> tuple[float, float, float]:
    """Precision, recall and F1; 0.0 where there is nothing to divide by."""
    precision = right / predicted if predicted else 0.0
    recall = right / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def total(counts: Sequence[Mapping[str, Counts]]) -> dict[str, Counts]:
    """The counts of several comparisons summed slot by slot."""
    slots = dict.fromkeys(slot for each in counts for slot in each)
    return {
        slot: Counts(*(sum(n) for n in zip(*(each[slot] for each in counts if slot in each), strict=True)))
        for slot in slots
    }


def fault_count(counts: Mapping[str, Counts], without: Sequence[str] = ()) -> int:
    """Values that are missing or wrong, over all slots but `without`."""
    return sum(c.predicted + c.gold - 2 * c.right for slot, c in counts.items() if slot not in without)


def worst_first(faults: Iterable[ArticleFaults]) -> tuple[ArticleFaults, ...]:
    """The articles by their number of faults, then by id, both from the top down."""
    return tuple(sorted(faults, key=lambda fault: (fault.count, fault.article_id), reverse=True))


def slot_scores(counts: Sequence[Mapping[str, Counts]], slots: Sequence[str]) -> dict[str, SlotScore]:
    """The score of each slot from the counts of each article, with seeded bootstrap intervals."""
    nothing = Counts(0, 0, 0)
    table = np.array([[each.get(slot, nothing) for slot in slots] for each in counts], dtype=np.int64)
    table = table.reshape(len(counts), len(slots) * 3)
    sums = table.sum(axis=0).reshape(len(slots), 3).tolist()
    samples = (_draws(len(counts)) @ table).reshape(RESAMPLES, len(slots), 3)
    return {slot: _slot_score(sums[n], samples[:, n].tolist()) for n, slot in enumerate(slots)}


def _draws(articles: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """How often each resample (row) draws each article (column)."""
    draw = random.Random(0)  # noqa: S311 -- a resampling, no secret
    picks = [[draw.choice(range(articles)) for _ in range(articles)] for _ in range(RESAMPLES)]
    return np.array([np.bincount(np.array(pick, dtype=np.int64), minlength=articles) for pick in picks])


def _slot_score(sums: Sequence[int], samples: Sequence[Sequence[int]]) -> SlotScore:
    right, predicted, gold = sums
    precision, recall, f1 = rates(right, predicted, gold)
    # Plain floats throughout: numpy rounds by multiplying, which can differ in the last digit.
    spread = sorted(rates(*sample)[2] for sample in samples)
    return SlotScore(
        precision=round(precision, 4),
        recall=round(recall, 4),
        f1=round(f1, 4),
        low=round(spread[_LOW], 4),
        high=round(spread[_HIGH], 4),
        gold=gold,
        predicted=predicted,
    )
