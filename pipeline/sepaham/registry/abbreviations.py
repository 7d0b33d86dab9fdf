"""Common abbreviations inside names that no single body owns: FH, Ponpes, PCNU (`abbreviations.csv`)."""

from functools import cache

from sepaham.lexicon import csv_rows
from sepaham.registry.text import Name, key


@cache
def _table() -> dict[str, tuple[str, str]]:
    """Abbreviation key -> (long form, where it may stand: head, branch or any)."""
    return {key(row["short"]): (row["long"], row["where"]) for row in csv_rows("registry/abbreviations.csv")}


def is_abbreviation(word: str) -> bool:
    """Whether a case-folded word is in the table."""
    return word in _table()


def long_form(word: str, *, at_head: bool) -> str | None:
    """What a case-folded word stands for; some stand for it at the head of a name only ("PP", "FT"), some
    only inside ("Ranting NU": alone it is the head office)."""
    long, where = _table().get(word, ("", ""))
    return long if long and where != ("inside" if at_head else "head") else None


def branches_written_out(name: Name) -> str:
    """A company's branch with its kind written out ("Kanwil"); the brand itself stays as it is."""
    pieces = []
    for at, word in enumerate(name.words):
        long, where = _table().get(word, ("", ""))
        pieces += [name.between(at), long if at and where == "branch" else name.printed(at, at + 1)]
    return "".join(pieces)


def head_written_out(name: Name, end: int) -> str:
    """The words before `end` as printed, the first of them written out: "FH" -> "Fakultas Hukum"."""
    long = long_form(name.words[0], at_head=True)
    return f"{long} {name.printed(1, end)}".strip() if long else name.printed(0, end)
