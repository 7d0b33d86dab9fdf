"""The fields of an agreement, by the words of what is agreed on and of who agrees.

One judge for each field, `field_<name>`; what the words of a field are is in resources/relations/fields.toml,
which further words count the judges have learned.
"""

import math
import re
from typing import get_args

from sepaham.records import Field
from sepaham.relations.fields import counted
from sepaham.relations.learned.judge import Features, Judges
from sepaham.relations.learned.reading import Reading

FIELDS: tuple[Field, ...] = get_args(Field)
# The chance from which a second and a third field is named; values around it give the same on the folds.
BAR = 0.3
_MOST = 3
_WORD = re.compile(r"[^\W\d]{3,}")
# The words of a field that count in a text, at most; each half, so that no count outweighs a word.
_CAPS = {"told": 4, "near": 4, "name": 3}
_EACH = 0.5


def features(telling: str, around: str, names: str) -> dict[str, float]:
    """Of an agreement: `telling` is its subject and commitments, `around` the headline and the signing
    sentences, `names` its parties."""
    made: dict[str, float] = {}
    for key, text in (("told", telling), ("near", around), ("name", names)):
        for field, count in counted(text).items():
            if count:
                made[f"{key}_{field}"] = _EACH * min(count, _CAPS[key])
    for key, text in (("told", telling), ("name", names)):
        words = {word.lower() for word in _WORD.findall(text)}
        made |= {f"{key}:{word}": 1 / math.sqrt(len(words)) for word in words}
    return made


def around(reading: Reading) -> str:
    """The headline and the first signing sentences."""
    view = reading.view
    return " ".join([view.text[: view.title_end], *(t.sentence.text for t in reading.triggers[:3])])


def chosen(told: Features, judges: Judges) -> tuple[tuple[Field, ...], float]:
    """The fields, the likeliest first, from one to three; and the chance that it is just these."""
    chances = {field: judges[f"field_{field}"].chance(told) for field in FIELDS}
    ranked = sorted(FIELDS, key=lambda field: (-chances[field], field))
    found = tuple(f for n, f in enumerate(ranked[:_MOST]) if not n or chances[f] >= BAR)
    return found, math.prod(chances[f] if f in found else 1 - chances[f] for f in FIELDS)
