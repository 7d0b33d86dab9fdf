"""Agreements and articles as one page to check them in, and the way back: corrections into the tables."""

from sepaham.inspector.applying import Report, apply_corrections, reapply_corrections
from sepaham.inspector.gold import GoldReport, gold_from_corrections
from sepaham.inspector.writing import PageReport, write_page

__all__ = [
    "GoldReport",
    "PageReport",
    "Report",
    "apply_corrections",
    "gold_from_corrections",
    "reapply_corrections",
    "write_page",
]
