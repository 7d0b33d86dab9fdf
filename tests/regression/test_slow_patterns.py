"""Patterns that an attack made take seconds to hours; whole articles are in tests/security."""

from sepaham.relations.context import _DATELINE
from sepaham.relations.people import _INTRODUCED, NAME_BRACKET
from sepaham.relations.terms import _WORTH_BEGINS


def test_a_dateline_of_initials_is_read_at_once() -> None:
    """Took 28 seconds: a full stop could belong to a word or stand between words."""
    assert _DATELINE.match("A." * 70) is None
    assert _DATELINE.match("JAKARTA, KOMPAS.com - Bupati") is not None
    assert _DATELINE.match("PALU,SuaraPoso.id-Bupati") is not None
    assert _DATELINE.match("St. Petersburg (ANTARA) - Bupati") is not None


def test_titles_behind_a_name_are_read_at_once() -> None:
    """Capitals without spaces could be cut into titles in a million ways."""
    assert NAME_BRACKET.fullmatch(", " + "A." * 39) is None
    assert NAME_BRACKET.fullmatch(", S.H., M.Si. (") is not None


def test_spaces_before_an_introduction_are_read_once() -> None:
    """Two parts of the pattern could share any number of spaces."""
    assert _INTRODUCED.search("\xa0" * 100_000 + "x") is None
    assert _INTRODUCED.fullmatch(" tersebut, yakni dr. ") is not None


def test_commas_before_a_worth_are_read_once() -> None:
    """Each comma began a run of signs of its own, to the end of the text."""
    assert _WORTH_BEGINS.search("," * 100_000 + "x") is None
    assert _WORTH_BEGINS.search("harga total nilainya ") is None
    assert _WORTH_BEGINS.search(": “Total nilainya ") is not None
