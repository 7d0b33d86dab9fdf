"""Bodies that an article calls by several names that nothing has joined yet: short ones go to the long."""

import re
from collections.abc import Sequence

from sepaham import lexicon
from sepaham.relations.bodies import Body
from sepaham.relations.names import normal
from sepaham.relations.patterns import grammar

_BRACKET = re.compile(r"\(\s{0,9}([^()]{2,30}?)\s{0,9}\)")
_PLACES = ("kemendagri:", "iso:", "city:")
_GUESSED = "territorial:focus"  # the registry took the region that the article is mostly about
_NATIONAL = ("kl:", "org:")
_REGISTRY = lexicon.toml("registry/forms.toml")
_BRANCHES = frozenset(_REGISTRY["branch"]["forms"])
_HEADS: dict[str, list[str]] = lexicon.toml("relations/words.toml")["same_heads"]
_BOARDS = tuple(f"{name} " for name in lexicon.toml("relations/words.toml")["boards"]["names"])
_BRANCH = grammar(r"(?<=\w )(?:<boards.branches>)\b(?= \w)")
_CLASS = re.compile(rf"\b{_REGISTRY['class']['word']} [ivx]{{1,4}}+[a-d]?\b")
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")


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
    if own and short.link.rule != _GUESSED:
        if other is None:
            return own.startswith(_NATIONAL) and _stands_inside(short_forms, long_forms)
        return other.startswith((f"{own}.", f"{own}-")) and "." in other[len(own) :]
    return bool(short_forms) and all(any(_shorter(s, form) for form in long_forms) for s in short_forms)


def _stands_inside(short_forms: Sequence[str], long_forms: Sequence[str]) -> bool:
    """An office whose name holds that of its head office: "Bea Cukai", "Kantor Bea dan Cukai Entikong"."""
    offices = [form for form in long_forms if not _BRANCHES.isdisjoint(normal(form).split()[:-1])]
    return bool(short_forms) and all(
        any(_shorter(s, form) or _in_order(normal(s).split(), normal(form).split()) for form in offices)
        for s in short_forms
    )


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


def one_body(short: str, long: str) -> bool:
    """Whether two full names, the shorter first, are of one body: by another word for its kind ("RS", "RSU"),
    by another class ("Kelas II", "Kelas IIA"), with lost spaces, without its board ("HIPMI Sumbar"), or with
    words of the longer left out or abbreviated ("KA Cargo" for "Kereta Api Cargo Mandiri").
    """
    board = next((b for b in _BOARDS if normal(long).startswith(b)), "")
    one, two = _plain(short), _plain(long[len(board) :])
    if one == two or "".join(one) == "".join(two):
        return bool(one)
    return len(one) > 1 and one[0][0] == two[0][0] and _reads_as(one, two)


def glued(name: str, other: str) -> bool:
    """Whether a name is another with the end of a word before it: "JakartaBadan Karantina Indonesia"."""
    return any(normal(name[m.end() :]) == normal(other) for m in _GLUED.finditer(name))


def one_branch(name: str, other: str) -> bool:
    """Whether two names are one but for the word for a branch: "Bank Jatim Cabang Lamongan", "Bank Jatim
    Lamongan"."""
    one, two = (_BRANCH.sub(" ", normal(full)).split() for full in (name, other))
    return len(one) > 1 and one == two


def _plain(name: str) -> list[str]:
    """The words of a name, parts of numbers ("0813/Bojonegoro") alone, with one head for each kind."""
    words = _CLASS.sub(" ", normal(name).replace("/", " "))
    for head, others in _HEADS.items():
        found = next((other for other in others if words.startswith(f"{other} ")), None)
        if found:
            words = head + words[len(found) :]
    return words.split()


def _reads_as(short: list[str], long: list[str]) -> bool:
    """Each word of the short name is one of the long name's, or made of the beginnings of two or more ("UIN",
    "Daop"), in their order."""
    at = 0
    for word in short:
        ends = [
            end
            for n in range(at, len(long))
            if (end := n + 1 if word == long[n] else _beginnings(word, long, n)) is not None
        ]
        if not ends:
            return False
        at = min(ends)
    return True


def _beginnings(word: str, long: list[str], start: int) -> int | None:
    """Where the words end, two at least from `start` on, of whose beginnings a word is made."""
    made = {0}  # letters of the word that the words so far can give
    for n in range(start, min(len(long), start + len(word))):
        made = {
            at + size
            for at in made
            for size in range(1, len(long[n]) + 1)
            if at + size <= len(word) and word[at : at + size] == long[n][:size]
        }
        if len(word) in made and n > start:
            return n + 1
    return None
