"""Agreements in an article: `extract` reads a tagged Document, and every fact points at its words."""

from sepaham.ner.slots import SlotScores
from sepaham.records import Agreement, Document
from sepaham.relations.assemble import extract as extract_by_rules
from sepaham.relations.learned.assemble import extract as extract_by_judges
from sepaham.relations.learned.judge import judges
from sepaham.relations.screen import Screened, screened

__all__ = ["Screened", "extract", "reports", "screened"]


def reports(document: Document) -> bool:
    """Whether an article may report a signing at all: without a sentence that does there is no agreement,
    whatever the names are, and the screen stops one whose words speak against it.

    It takes the rules' mentions only, which no tagger changes: the names of instruments.
    """
    return screened(document).passed


def extract(document: Document, slots: SlotScores | None = None) -> list[Agreement]:
    """The agreements that an article reports, in the order of their first proof; none for most articles.

    With the slot scores of the encoder the learned judges decide, without them the rules alone.
    """
    if slots is None:
        return extract_by_rules(document)
    return extract_by_judges(document, slots, judges())
