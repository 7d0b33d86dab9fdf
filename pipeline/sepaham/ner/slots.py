"""The columns of the slot layer: what part each word has in an agreement, read by the relation stage.

The encoder gives one row of scores per word. A span column says whether the word belongs to such a slot of
any agreement in the article. The other columns are learned, and to be read, at names of instruments only:
what became of the paper, its fields and its kinds.
"""

from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt

from sepaham.records import DocType, Field, Status

SPANS = (
    "party", "signer", "witness", "date", "venue", "commitment", "subject",
    "value", "duration", "valid_until",
)  # fmt: skip
BEGINS = ("commitment", "subject")  # these stand side by side, so their first words have a column too
STATES = ("none", *get_args(Status))
FIELDS: tuple[str, ...] = get_args(Field)
DOC_TYPES: tuple[str, ...] = get_args(DocType)

COLUMNS = (
    *SPANS,
    *(f"{name}_begin" for name in BEGINS),
    *(f"state_{name}" for name in STATES),
    *(f"field_{name}" for name in FIELDS),
    *(f"type_{name}" for name in DOC_TYPES),
)
COLUMN = {name: number for number, name in enumerate(COLUMNS)}
STATE_COLUMNS = slice(COLUMN["state_none"], COLUMN["state_none"] + len(STATES))
PAPER_COLUMNS = slice(STATE_COLUMNS.stop, len(COLUMNS))


@dataclass(frozen=True)
class SlotScores:
    """Logits (words, columns), and the words as half-open offsets in the text."""

    words: list[tuple[int, int]]
    logits: npt.NDArray[np.float32]
