"""The targets of the slot layer: which words of an article fill which slot of its agreements."""

import numpy as np
import numpy.typing as npt

from sepaham.ner.slots import BEGINS, COLUMN, COLUMNS, DOC_TYPES, FIELDS, SPANS, STATE_COLUMNS, STATES
from sepaham.training.ner.examples import Facts

Targets = npt.NDArray[np.float32]


def slot_targets(facts: Facts | None, words: list[tuple[int, int]]) -> Targets:
    """(words, columns): 1 and 0 where the gold says so, NaN where it says nothing."""
    targets = np.full((len(words), len(COLUMNS)), np.nan, dtype=np.float32)
    if facts is None:
        return targets
    targets[:, : len(SPANS) + len(BEGINS)] = 0
    for start, end, slot in facts.spans:
        inside = [n for n, (a, b) in enumerate(words) if a < end and start < b]
        targets[inside, COLUMN[slot]] = 1
        if slot in BEGINS and inside:
            targets[inside[0], COLUMN[f"{slot}_begin"]] = 1
    states = np.array([state in facts.states for state in STATES], dtype=np.float32)
    told = [f in facts.fields for f in FIELDS] + [k in facts.doc_types for k in DOC_TYPES]
    for start, end in facts.papers:
        inside = [n for n, (a, b) in enumerate(words) if a < end and start < b]
        targets[inside, STATE_COLUMNS] = states
        if facts.fields:
            targets[inside, STATE_COLUMNS.stop :] = np.array(told, dtype=np.float32)
    return targets
