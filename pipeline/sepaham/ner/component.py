"""The spaCy component `sepaham_ner`: any tagger in a spaCy pipeline."""

from spacy.language import Language
from spacy.tokens import Doc

from sepaham.ner.annotate import annotate
from sepaham.ner.taggers import make
from sepaham.records import Article

FACTORY = "sepaham_ner"


class NerComponent:
    """Doc -> the same doc with `doc.ents` and `doc.spans["roles"]`."""

    def __init__(self, tagger: str) -> None:
        """Load a tagger by its name."""
        self._tag = make(tagger)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc."""
        return annotate(doc, self._tag(Article(article_id="doc", text=doc.text)).mentions)


@Language.factory(FACTORY, assigns=["doc.ents", "doc.spans"], default_config={"tagger": "encoder"})
def make_component(nlp: Language, name: str, tagger: str) -> NerComponent:
    """`nlp.add_pipe("sepaham_ner", config={"tagger": "encoder"})`."""
    return NerComponent(tagger)
