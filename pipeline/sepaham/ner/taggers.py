"""The taggers behind one verb: `make(name)` gives a function that reads an article into a Document."""

from collections.abc import Callable
from typing import Literal, Protocol, get_args

from sepaham.errors import ConfigurationError
from sepaham.ner.tagger import LONGEST, tag
from sepaham.records import Article, Document, Mention

TaggerName = Literal["encoder", "spacy", "rules"]
Tag = Callable[[Article], Document]


class Tagger(Protocol):
    """A learned tagger."""

    def mentions(self, text: str) -> list[Mention]:
        """The entities and ROLE spans of a text, in its order."""


# Dates, sums and the names of instruments are closed classes with a grammar: the rules' mentions of them
# carry values, and they beat what is learned from a few hundred articles.
RULED = frozenset({"DATE", "MONEY", "DOC"})


class LearnedTag:
    """Article -> Document: names and offices learned; sentences, dates, sums and instruments by the rules."""

    def __init__(self, tagger: Tagger) -> None:
        """Wrap a tagger."""
        self._tagger = tagger

    def __call__(self, article: Article) -> Document:
        """The article with its sentences, names, dates and amounts; all offsets count in `article.body`."""
        document, found = tag(article), self._tagger.mentions(article.body)
        if len(article.body) > LONGEST:  # of such a text the rules read parts only
            return document.model_copy(update={"mentions": tuple(found)})
        ruled = [m for m in document.mentions if m.label in RULED]
        places = [(m.start, m.end) for m in ruled]
        named = [m for m in found if m.label not in RULED and not _crosses(m, places)]
        mentions = sorted([*ruled, *named], key=lambda m: (m.start, -m.end, m.label))
        return document.model_copy(update={"mentions": tuple(mentions)})


def _crosses(mention: Mention, places: list[tuple[int, int]]) -> bool:
    """Whether a mention overlaps one of these places and does not hold it; a ROLE may."""
    return mention.label != "ROLE" and any(
        a < mention.end and mention.start < b and not (mention.start <= a and b <= mention.end)
        for a, b in places
    )


def learned(name: str) -> Tagger:
    """The learned tagger of this name, its weights checked; raises ModelError if they are not whole."""
    # Imported here, so that the rules need neither onnxruntime nor the spaCy pipeline.
    if name == "encoder":
        from sepaham.ner.encoder import EncoderTagger

        return EncoderTagger()
    from sepaham.ner.cnn import SpacyTagger

    return SpacyTagger()


def make(name: str) -> Tag:
    """The `tag` of a tagger: `encoder` (best), `spacy` (fast) or `rules` (no weights).

    Load it once and use it for many articles. Raises ConfigurationError for another name, ModelError when
    its weights are missing or damaged.
    """
    if name not in get_args(TaggerName):
        raise ConfigurationError(
            f"no tagger is called {name!r}: choose one of {', '.join(get_args(TaggerName))}"
        )
    return tag if name == "rules" else LearnedTag(learned(name))
