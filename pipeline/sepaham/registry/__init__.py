"""Official names and codes of parties and places: `lookup` links a name as a newspaper writes it."""

from sepaham.registry.acronyms import defined as explained_abbreviations
from sepaham.registry.canonical import canonical_name
from sepaham.registry.engine import lookup, lookup_city
from sepaham.registry.lines import lookup_lines

__all__ = ["canonical_name", "explained_abbreviations", "lookup", "lookup_city", "lookup_lines"]
