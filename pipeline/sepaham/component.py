"""The extraction as a spaCy component: `sepaham.load()`, or `nlp.add_pipe("sepaham")` in another one."""

from collections.abc import Iterable

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from sepaham.extraction import DEFAULT_TAGGER, extract_article
from sepaham.ner.annotate import annotate
from sepaham.records import Agreement, Article

FACTORY = "sepaham"
EVIDENCE = "evidence"
_STORED = "sepaham_agreements"

_LABELS = {
    "parties": "PARTY",
    "signatories": "SIGNATORY",
    "witnesses": "WITNESS",
    "status": "STATUS",
    "agreement_text": "INSTRUMENT",
    "subject": "SUBJECT",
    "date": "SIGNED_ON",
    "venue": "VENUE",
    "commitments": "COMMITMENT",
    "value": "VALUE",
    "duration": "DURATION",
    "valid_until": "VALID_UNTIL",
}  # part of a JSON pointer -> label of the span that proves it

DISPLACY_COLORS = {
    "PER": "#f9d5a7", "ORG": "#bfe3d0", "GPE": "#e3cdf4", "LOC": "#d6c9ee", "FAC": "#ecd9f7",
    "ROLE": "#ffe8c7", "DATE": "#c9d7f8", "MONEY": "#ffd9c2", "DOC": "#f6c3cf", "LAW": "#ddd6c8",
    "EVT": "#e9e2b6",
    "PARTY": "#bfe3d0", "SIGNATORY": "#f9d5a7", "WITNESS": "#e9e2b6", "STATUS": "#fff1a8",
    "INSTRUMENT": "#f6c3cf", "SUBJECT": "#d6e8a8", "SIGNED_ON": "#c9d7f8", "VENUE": "#e3cdf4",
    "COMMITMENT": "#c5e8f0", "VALUE": "#ffd9c2", "DURATION": "#ddd6c8", "VALID_UNTIL": "#ddd6c8",
}  # fmt: skip
"""Colours of entities and proofs; displaCy finds them by the entry point `spacy_displacy_colors`."""


class Component:
    """Sets `doc.ents`, `doc.spans["roles"]`, `doc.spans["evidence"]` and `doc._.agreements`.

    Relative dates count from `doc._.published` (ISO day, month or year) where it is set before the component
    runs, else from the component's own `published`. With `keep_ents` the entities that another component
    found stay. It keeps no state, so that a saved pipeline holds its settings only.
    """

    def __init__(self, published: str | None, tagger: str, *, keep_ents: bool) -> None:
        """Take the publication day of docs that have none of their own, and the name of the tagger."""
        self._published = published
        self._tagger = tagger
        self._keep_ents = keep_ents

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc; offsets in its agreements count in `doc.text`."""
        published = doc._.published or self._published
        article = Article(article_id="doc", text=doc.text, published=published)
        document, agreements = extract_article(article, tagger=self._tagger)
        ents = doc.ents
        annotate(doc, document.mentions)
        if self._keep_ents:
            doc.ents = ents
        doc._.agreements = agreements
        doc.spans[EVIDENCE] = _proofs(doc, agreements)
        return doc


def _label(field: str) -> str | None:
    parts = [_LABELS[part] for part in field.split("/") if part in _LABELS]
    return parts[-1] if parts else None


def _proofs(doc: Doc, agreements: Iterable[Agreement]) -> list[spacy.tokens.Span]:
    """The words that prove the fields, each with the agreement's id and the field as its id."""
    spans = [
        doc.char_span(
            proof.start,
            proof.end,
            label=label,
            span_id=f"{agreement.agreement_id}{proof.field}",
            alignment_mode="expand",
        )
        for agreement in agreements
        for proof in agreement.evidence
        if proof.start is not None and proof.end is not None and (label := _label(proof.field))
    ]
    return [span for span in spans if span is not None]


def _agreements(doc: Doc) -> list[Agreement]:
    return [Agreement.model_validate_json(stored) for stored in doc.user_data.get(_STORED, ())]


def _set_agreements(doc: Doc, agreements: Iterable[Agreement]) -> None:
    # As text, because docs go through msgpack between processes, in DocBin and in to_bytes.
    doc.user_data[_STORED] = [agreement.model_dump_json() for agreement in agreements]


def register_extensions() -> None:
    """Add `doc._.agreements` and `doc._.published`; `add_pipe` and `load` do, a process that only reads docs
    back from bytes calls it itself."""
    if not Doc.has_extension("agreements"):
        Doc.set_extension("agreements", getter=_agreements, setter=_set_agreements)
    if not Doc.has_extension("published"):
        Doc.set_extension("published", default=None)


@Language.factory(
    FACTORY,
    assigns=["doc.ents", "doc.spans", "doc._.agreements"],
    default_config={"published": None, "tagger": DEFAULT_TAGGER, "keep_ents": False},
)
def make_component(
    nlp: Language, name: str, published: str | None, tagger: str, keep_ents: bool
) -> Component:
    """`nlp.add_pipe("sepaham", config={"published": "2024-04-27"})`."""
    register_extensions()
    return Component(published, tagger, keep_ents=keep_ents)


def load(published: str | None = None, tagger: str = DEFAULT_TAGGER) -> Language:
    """A spaCy pipeline that finds entities and agreements; see `Component` for what it sets."""
    nlp = spacy.blank("id")
    nlp.add_pipe(FACTORY, config={"published": published, "tagger": tagger})
    return nlp
