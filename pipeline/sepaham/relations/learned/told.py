"""Who signs by the words themselves: "ujar Agung yang meneken perjanjian", "Selain Anang, PKS diteken B"."""

from sepaham.records import Mention
from sepaham.relations.learned.reading import Reading
from sepaham.relations.patterns import grammar

SURE = 0.8
"""Chance of signing of whom the words say it: of 22 in gold all do but one before "akan"."""

_BEHIND = grammar(
    r"(?:\s{0,9}+,[^,.;\n]{0,60})?,?\s{1,9}+yang\s{1,9}+(?:<people.signs_filler>\s{1,9}+){0,2}<people.signs>(?:nya)?\b"
)
_BESIDES = grammar(r"(?<![^\W_])selain\s{1,9}(?:\w{1,20}\s{1,9}){0,3}\Z")
_OTHERS = grammar(r"[^.;\n]{0,80}?\b<people.signed>\b")
_REACH = 200


def says_signs(reading: Reading, mention: Mention) -> bool:
    """Whether the words around a name say that the person signs."""
    text, end = reading.view.text, mention.end
    if _BEHIND.match(text, end, end + _REACH):
        return True
    before = _BESIDES.search(text, max(0, mention.start - _REACH // 2), mention.start)
    return bool(before and _OTHERS.match(text, end, end + _REACH))
