"""The taggers behind one verb: `make(name)` gives a function that reads an article into a Document."""

from collections.abc import Callable
from typing import Literal, Protocol, get_args

from sepaham.errors import ConfigurationError
from sepaham.ner.elsewhere import elsewhere
from sepaham.ner.neighbours import neighbours
from sepaham.ner.slots import SlotScores
from sepaham.ner.tagger import LONGEST, tag
from sepaham.records import Article, Document, Mention

TaggerName = Literal["encoder", "fast", "spacy", "stanza", "rules"]
NAMES: tuple[str, ...] = get_args(TaggerName)
Tag = Callable[[Article], Document]


class Read(Protocol):
    """A tagger with its slot scores; `ruled` is the article as the rules have tagged it, if they have."""

    def __call__(self, article: Article, ruled: Document | None = None) -> tuple[Document, SlotScores | None]:
        """The tagged article, and its slot scores where the tagger has them."""


class Tagger(Protocol):
    """A learned tagger."""

    def mentions(self, text: str) -> list[Mention]:
        """The entities and ROLE spans of a text, in its order."""

    def read(self, text: str) -> tuple[list[Mention], SlotScores | None]:
        """The mentions, and the slot scores of a tagger that has them."""


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
        return self.read(article)[0]

    def read(self, article: Article, ruled: Document | None = None) -> tuple[Document, SlotScores | None]:
        """The tagged article, and the slot scores where the tagger has such a layer; `ruled`: the article as
        the rules have tagged it, where they have already."""
        found, slots = self._tagger.read(article.body)
        mended = elsewhere(article.body, neighbours(article.body, found))
        return self._joined(article, mended, ruled or tag(article, names=False)), slots

    def _joined(self, article: Article, found: list[Mention], document: Document) -> Document:
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
    # Imported here, so that no tagger needs the libraries of another.
    if name == "encoder":
        from sepaham.ner.encoder import EncoderTagger

        return EncoderTagger()
    if name == "fast":
        from sepaham.ner.encoder import FastTagger

        return FastTagger()
    if name == "stanza":
        from sepaham.ner.stanza import StanzaTagger

        return StanzaTagger()
    from sepaham.ner.cnn import SpacyTagger

    return SpacyTagger()


def reader(name: str) -> Read:
    """A tagger that gives its slot scores too, None where it has none; loads and raises as `make`."""
    found = make(name)
    return found.read if isinstance(found, LearnedTag) else _by_rules


def _by_rules(article: Article, ruled: Document | None = None) -> tuple[Document, SlotScores | None]:
    return ruled or tag(article), None


def make(name: str) -> Tag:
    """The `tag` of a tagger: `encoder` (best), `fast`, `spacy`, `stanza` (extras) or `rules` (no weights).

    Load it once and use it for many articles. Raises ConfigurationError for another name or where the extra
    is not installed, ModelError when its weights are missing or damaged.
    """
    if name not in NAMES:
        raise ConfigurationError(f"no tagger is called {name!r}: choose one of {', '.join(NAMES)}")
    return tag if name == "rules" else LearnedTag(learned(name))
