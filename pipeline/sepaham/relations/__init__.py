"""Agreements in an article: `extract` reads a tagged Document, and every fact points at its words."""

from sepaham.ner.slots import SlotScores
from sepaham.records import Agreement, Document
from sepaham.relations.assemble import extract as extract_by_rules
from sepaham.relations.context import View
from sepaham.relations.learned.assemble import extract as extract_by_judges
from sepaham.relations.learned.judge import judges
from sepaham.relations.triggers import find_triggers, mentions_instrument

__all__ = ["extract", "reports"]


def reports(document: Document) -> bool:
    """Whether any sentence may report a signing: without one there is no agreement, whatever the names are.

    It takes the rules' mentions only, which no tagger changes: the names of instruments.
    """
    return mentions_instrument(document.text) and bool(find_triggers(View(document)))


def extract(document: Document, slots: SlotScores | None = None) -> list[Agreement]:
    """The agreements that an article reports, in the order of their first proof; none for most articles.

    With the slot scores of the encoder the learned judges decide, without them the rules alone.
    """
    if slots is None:
        return extract_by_rules(document)
    return extract_by_judges(document, slots, judges())
