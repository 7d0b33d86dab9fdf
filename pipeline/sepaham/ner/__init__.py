"""Names in Indonesian news: `tag` reads an article into a Document, `split_sentences` finds its sentences."""

from sepaham.ner.sentences import split_sentences
from sepaham.ner.tagger import tag

__all__ = ["split_sentences", "tag"]
