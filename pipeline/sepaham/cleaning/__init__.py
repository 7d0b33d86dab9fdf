"""Cleans a copy of an article: `clean` cuts out what is no part of the story, with a map to the original."""

from sepaham.cleaning.boilerplate import find_boilerplate
from sepaham.cleaning.edits import Cleaned, Edit, Removed, apply
from sepaham.cleaning.repair import repairs
from sepaham.cleaning.restoring import restore, restore_document
from sepaham.records import Article

__all__ = ["Cleaned", "Removed", "clean", "clean_article", "restore", "restore_document"]

_PASSES = 3


def clean(text: str) -> Cleaned:
    """The text as it reads without HTML, broken characters and boilerplate; the original is not changed.

    The work is linear in the length of the text.
    """
    return apply(text, _edits(text))


def clean_article(article: Article) -> tuple[Article, Cleaned]:
    """A copy of the article with cleaned title and text, and the map from its body to the original's.

    In a title only characters are mended. An article that needs nothing comes back itself.
    """
    body, title = article.body, article.title or ""
    head = len(body) - len(article.text)
    in_text, in_title = _edits(article.text), repairs(title)
    if not apply(title, in_title).text.strip():
        in_title = []
    if not in_text and not in_title:
        return article, apply(body, ())
    shifted = [Edit(head + edit.start, head + edit.end, edit.new, edit.rule) for edit in in_text]
    copy = {"text": apply(article.text, in_text).text, "title": apply(title, in_title).text or None}
    return article.model_copy(update=copy), apply(body, in_title + shifted)


def _edits(text: str) -> list[Edit]:
    edits = repairs(text)
    # What is cut lays bare what stood behind it: "Baca juga: ... Pewarta: ... Copyright ... Dilarang ...".
    for _ in range(_PASSES):
        readable = apply(text, edits)
        found = find_boilerplate(readable.text)
        if not found:
            break
        cuts = [Edit(*readable.original(edit.start, edit.end), edit.new, edit.rule) for edit in found]
        edits = _without_inner(edits, cuts)
    return edits


def _without_inner(edits: list[Edit], cuts: list[Edit]) -> list[Edit]:
    """Both lists as one, in order, without the edits inside of what is cut; both come in order."""
    kept: list[Edit] = []
    at = 0
    for edit in edits:
        while at < len(cuts) and cuts[at].end <= edit.start:
            at += 1
        if at == len(cuts) or edit.end <= cuts[at].start:
            kept.append(edit)
    return sorted(kept + cuts)
