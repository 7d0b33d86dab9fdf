"""What a reviewer decided: `read_corrections` loads it, `correct` lays it over an agreement."""

from sepaham.corrections.apply import Corrected, correct
from sepaham.corrections.file import merge, read_corrections, to_json
from sepaham.corrections.model import Correction, Corrections, Words
from sepaham.corrections.results import Corrector

__all__ = [
    "Corrected",
    "Correction",
    "Corrections",
    "Corrector",
    "Words",
    "correct",
    "merge",
    "read_corrections",
    "to_json",
]
