"""Agreements in an article: `extract` reads a tagged Document, and every fact points at its words."""

from sepaham.relations.assemble import extract

__all__ = ["extract"]
