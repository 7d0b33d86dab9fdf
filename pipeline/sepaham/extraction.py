"""One article in, its agreements out: the whole way from text to agreements."""

from sepaham.cleaning import clean_article, restore, restore_document
from sepaham.excerpt import MAX_CHARS, excerpt
from sepaham.ner import tag
from sepaham.records import Agreement, Article, Document
from sepaham.relations import extract as extract_agreements


def extract_article(article: Article, max_chars: int = MAX_CHARS) -> tuple[Document, list[Agreement]]:
    """Recognise the names, dates and sums of an article and extract its agreements.

    A cleaned copy is read, of a text over `max_chars` code points an excerpt; what comes out counts in the
    article's own body and quotes it letter for letter.
    """
    if len(article.body) > max_chars:
        return _from_excerpt(article, max_chars)
    copy, cleaned = clean_article(article)
    document = tag(copy)
    found = [restore(agreement, cleaned) for agreement in extract_agreements(document)]
    return restore_document(document, article, cleaned), found


def _from_excerpt(article: Article, max_chars: int) -> tuple[Document, list[Agreement]]:
    cut = excerpt(article.body, max_chars)
    short = article.model_copy(update={"title": None, "text": cut.text})
    document, found = extract_article(short, max(max_chars, len(cut.text)))
    return restore_document(document, article, cut), [restore(agreement, cut) for agreement in found]


def extract(text: str, title: str | None = None, published: str | None = None) -> list[Agreement]:
    """The agreements of one text; `published` is an ISO day, month or year that relative dates count from.

    The agreements' ids begin with "text"; offsets count in title, two line breaks, text (only the text
    without a title).
    """
    article = Article(article_id="text", text=text, title=title or None, published=published)
    return extract_article(article)[1]
