"""One article in, its agreements out: the whole way from text to agreements."""

from functools import cache

from sepaham.cleaning import clean_article, restore, restore_document
from sepaham.excerpt import MAX_CHARS, excerpt
from sepaham.ner import tag
from sepaham.ner.slots import SlotScores
from sepaham.ner.tagger import LONGEST
from sepaham.ner.taggers import Read, reader
from sepaham.records import Agreement, Article, Document
from sepaham.relations import extract as extract_agreements
from sepaham.relations import reports
from sepaham.relations.opinion import compared
from sepaham.stages import stage

DEFAULT_TAGGER = "encoder"
SECOND_TAGGER = "stanza"


def extract_article(
    article: Article,
    max_chars: int = MAX_CHARS,
    tagger: str = DEFAULT_TAGGER,
    second: str | None = None,
    *,
    names: bool = True,
) -> tuple[Document, list[Agreement]]:
    """Recognise the names, dates and sums of an article and extract its agreements.

    A cleaned copy is read, of a text over `max_chars` code points an excerpt; what comes out counts in the
    article's own body and quotes it letter for letter. `tagger` is one of `sepaham.ner.taggers.NAMES`; its
    weights are loaded at its first use. With a `second` tagger an article that holds an agreement is read
    once more with the names that it finds, and rows on which the readings disagree are marked for review.
    A text that reports no signing (`sepaham.relations.screened`) has no agreement, whatever a tagger finds in
    it: without `names` it is left as the rules have tagged it.
    Raises ConfigurationError for another name, ModelError when weights are missing or damaged.
    """
    if len(article.body) > max_chars:
        return _from_excerpt(article, max_chars, tagger, second, names)
    with stage("cleaning"):
        copy, cleaned = clean_article(article)
    with stage("rules"):
        document = tag(copy)
        # Of a longer text the rules read parts only.
        through = len(copy.body) > LONGEST or reports(document)
    agreements: list[Agreement] = []
    slots: SlotScores | None = None
    if names or through:
        with stage("tagger"):
            document, slots = loaded(tagger)(copy, document)
    if through:
        with stage("relations"):
            agreements = extract_agreements(document, slots)
    if second is not None and agreements:
        with stage("second opinion"):
            others = extract_agreements(loaded(second)(copy)[0], slots)
            agreements = [compared(agreement, others) for agreement in agreements]
    found = [restore(agreement, cleaned) for agreement in agreements]
    return restore_document(document, article, cleaned), found


def second_of(tagger: str) -> str:
    """The tagger that gives a second opinion beside this one."""
    return DEFAULT_TAGGER if tagger == SECOND_TAGGER else SECOND_TAGGER


@cache
def loaded(tagger: str) -> Read:
    """The tagger of this name, loaded once in a process."""
    return reader(tagger)


def _from_excerpt(
    article: Article, max_chars: int, tagger: str, second: str | None, names: bool
) -> tuple[Document, list[Agreement]]:
    cut = excerpt(article.body, max_chars)
    short = article.model_copy(update={"title": None, "text": cut.text})
    document, found = extract_article(short, max(max_chars, len(cut.text)), tagger, second, names=names)
    return restore_document(document, article, cut), [restore(agreement, cut) for agreement in found]


def extract(
    text: str, title: str | None = None, published: str | None = None, tagger: str = DEFAULT_TAGGER
) -> list[Agreement]:
    """The agreements of one text; `published` is an ISO day, month or year that relative dates count from.

    The agreements' ids begin with "text"; offsets count in title, two line breaks, text (only the text
    without a title).
    """
    article = Article(article_id="text", text=text, title=title or None, published=published)
    return extract_article(article, tagger=tagger)[1]
