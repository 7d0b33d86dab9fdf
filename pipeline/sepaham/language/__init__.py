"""Tells Indonesian from Malay, English and the regional languages: `is_indonesian` reads one text."""

from sepaham.language.verdict import LanguageVerdict, is_indonesian, words_of

__all__ = ["LanguageVerdict", "is_indonesian", "words_of"]
