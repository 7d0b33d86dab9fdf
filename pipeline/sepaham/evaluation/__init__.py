"""Gold -> scores: how well agreements and mentions were extracted, and whether gold follows the guideline."""

from sepaham.evaluation.check import GoldCheck, check_gold, examine_gold
from sepaham.evaluation.files import articles_beside
from sepaham.evaluation.floors import Floors, check_floors, format_floors, read_floors
from sepaham.evaluation.mentions import score_mentions
from sepaham.evaluation.report import Scores, SlotScore
from sepaham.evaluation.score import score

__all__ = [
    "Floors",
    "GoldCheck",
    "Scores",
    "SlotScore",
    "articles_beside",
    "check_floors",
    "check_gold",
    "examine_gold",
    "format_floors",
    "read_floors",
    "score",
    "score_mentions",
]
