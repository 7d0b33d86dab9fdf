"""Mentions -> spaCy annotations."""

from collections.abc import Iterable

from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from sepaham.records import Mention

ROLES = "roles"


def annotate(doc: Doc, found: Iterable[Mention]) -> Doc:
    """Set `doc.ents` (flat entities) and `doc.spans["roles"]` (ROLE spans, which may hold entities).

    A mention that begins or ends inside a token of the doc takes the whole token; of two that then meet
    the longer stays.
    """
    flat: list[Span] = []
    roles: list[Span] = []
    for mention in found:
        span = doc.char_span(mention.start, mention.end, label=mention.label, alignment_mode="expand")
        if span is not None:
            (roles if mention.label == "ROLE" else flat).append(span)
    doc.ents = filter_spans(flat)
    doc.spans[ROLES] = filter_spans(roles)
    return doc
