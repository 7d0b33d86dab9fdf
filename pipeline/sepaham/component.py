"""The extraction as a spaCy component: `sepaham.load()`, or `nlp.add_pipe("sepaham")` in another one."""

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from sepaham.extraction import extract_article
from sepaham.ner.annotate import annotate
from sepaham.records import Article

FACTORY = "sepaham"


class Component:
    """Sets `doc.ents`, `doc.spans["roles"]` and `doc._.agreements`.

    Relative dates count from `doc._.published` (ISO day, month or year) where it is set before the component
    runs, else from the component's own `published`.
    """

    def __init__(self, published: str | None) -> None:
        """Take the publication day of docs that have none of their own."""
        self._published = published

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc; offsets in its agreements count in `doc.text`."""
        published = doc._.published or self._published
        document, agreements = extract_article(Article(article_id="doc", text=doc.text, published=published))
        doc._.agreements = agreements
        return annotate(doc, document.mentions)


@Language.factory(
    FACTORY, assigns=["doc.ents", "doc.spans", "doc._.agreements"], default_config={"published": None}
)
def make_component(nlp: Language, name: str, published: str | None) -> Component:
    """`nlp.add_pipe("sepaham", config={"published": "2024-04-27"})`."""
    for extension, default in (("agreements", ()), ("published", None)):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=default)
    return Component(published)


def load(published: str | None = None) -> Language:
    """A spaCy pipeline that finds entities and agreements; see `Component` for what it sets."""
    nlp = spacy.blank("id")
    nlp.add_pipe(FACTORY, config={"published": published})
    return nlp
