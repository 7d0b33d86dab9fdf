"""Bodies that an article calls by several names that nothing has joined yet: short ones go to the long."""

import re
from collections.abc import Sequence

from sepaham.relations.bodies import Body
from sepaham.relations.names import normal

_BRACKET = re.compile(r"\(\s{0,9}([^()]{2,30}?)\s{0,9}\)")
_PLACES = ("kemendagri:", "iso:", "city:")


def stands_for(short: Body, long: Body, short_forms: Sequence[str], long_forms: Sequence[str]) -> bool:
    """Whether every form of one body is a shorter form of another's: a run of its words, the short name in
    its brackets ("Lapas" for "Lembaga Pemasyarakatan (Lapas) Kelas IIA Cibinong"), or its head office
    ("BPS" for "BPS Kabupaten Garut"), which papers say for the branch once the branch is named.

    A region is never short for its offices, nor a registered body for one that is not its branch in a region:
    "PLN" and its company "PLN Nusantara Power" are two.
    """
    own, other = short.link.code, long.link.code
    if own and own.startswith(_PLACES):
        return False
    if own:
        return other is not None and other != own and other.startswith(f"{own}.")
    return bool(short_forms) and all(any(_shorter(s, form) for form in long_forms) for s in short_forms)


def _shorter(short: str, long: str) -> bool:
    """A run of words of the long form, with its brackets left out, or read in place of what they shorten."""
    words = normal(short).split()
    if not words:
        return False
    found = [normal(inside) for inside in _BRACKET.findall(long)]
    if " ".join(words) in found:
        return True
    whole = normal(long).split()
    if len(words) < len(whole) and _run(words, whole):
        return len(words) > 1 or len(words[0]) > 3
    # "Lapas Cibinong": the short name in brackets, then words that stand behind it.
    behind = normal(long[long.rfind(")") + 1 :]).split() if found else []
    return len(words) > 1 and words[0] in found and _in_order(words[1:], [*whole, *behind])


def _run(short: list[str], long: list[str]) -> bool:
    width = len(short)
    return any(long[n : n + width] == short for n in range(len(long) - width + 1))


def _in_order(short: list[str], long: list[str]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)
