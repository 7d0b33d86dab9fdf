"""The slot scores of an article as probabilities of stretches of its text."""

from bisect import bisect_left, bisect_right

import numpy as np
import numpy.typing as npt

from sepaham.ner.slots import (
    COLUMN,
    COLUMNS,
    DOC_TYPES,
    FIELDS,
    PAPER_COLUMNS,
    STATE_COLUMNS,
    STATES,
    SlotScores,
)

Values = npt.NDArray[np.float64]


class Chances:
    """Probabilities by word; spans are half-open offsets of the article's body."""

    def __init__(self, slots: SlotScores) -> None:
        """Turn logits into probabilities: states exclude one another, the other columns do not."""
        logits = slots.logits.astype(np.float64)
        self._starts = [start for start, _ in slots.words]
        self._ends = [end for _, end in slots.words]
        self.words = slots.words
        self.table: Values = 1 / (1 + np.exp(-logits))
        if len(logits):
            states = np.exp(logits[:, STATE_COLUMNS] - logits[:, STATE_COLUMNS].max(axis=1, keepdims=True))
            self.table[:, STATE_COLUMNS] = states / states.sum(axis=1, keepdims=True)

    def inside(self, start: int, end: int) -> slice:
        """The words that overlap a span."""
        return slice(bisect_right(self._ends, start), bisect_left(self._starts, end))

    def column(self, name: str) -> Values:
        """One column, a probability per word."""
        found: Values = self.table[:, COLUMN[name]]
        return found

    def of(self, start: int, end: int, name: str) -> float:
        """Mean probability of a column over the words of a span; 0 where no word stands."""
        part = self.column(name)[self.inside(start, end)]
        return float(np.add.reduce(part) / len(part)) if len(part) else 0.0

    def states(self, start: int, end: int) -> dict[str, float]:
        """What became of the paper that is named at a span."""
        part = self.table[self.inside(start, end), STATE_COLUMNS]
        means = part.mean(axis=0) if len(part) else np.eye(len(STATES))[0]
        return dict(zip(STATES, map(float, means), strict=True))

    def paper(self, start: int, end: int) -> dict[str, float]:
        """Fields and kinds of the paper that is named at a span: `field_...`, `type_...`."""
        part = self.table[self.inside(start, end), PAPER_COLUMNS]
        means = part.mean(axis=0) if len(part) else np.zeros(len(FIELDS) + len(DOC_TYPES))
        return dict(zip(COLUMNS[PAPER_COLUMNS.start :], map(float, means), strict=True))


def logit(chance: float) -> float:
    """The log odds of a probability, kept within -7 to 7."""
    kept = min(max(chance, 0.001), 0.999)
    return float(np.log(kept / (1 - kept)))
