"""Words with their offsets: the unit over which names are read."""

import re
from dataclasses import dataclass

# A number with its separators; a degree ("S.Kom", "Ph.D"); a word with inner apostrophes; any other sign.
_TOKEN = re.compile(
    r"\d+(?:[.,:/]\d+)*"
    r"|(?:[A-Z][a-z]?\.)+[A-Z][A-Za-z]{0,4}\b"
    r"|[^\W\d_]+(?:['’`][^\W\d_]+)*\d*"
    r"|[^\w\s]|_"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign; offsets count in the article's body; `space`: white space stands before it."""

    text: str
    start: int
    end: int
    space: bool

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """It begins with a capital letter, or is a number joined to letters ("KB1")."""
        return self.text[0].isupper()

    @property
    def acronym(self) -> bool:
        """Two or more letters, all capital ("BPJS", "RI")."""
        return len(self.text) > 1 and self.text.isupper()


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words, numbers and signs of `text[start:end]`; offsets count in `text`."""
    tokens: list[Token] = []
    last = start
    for found in _TOKEN.finditer(text, start, len(text) if end is None else end):
        tokens.append(Token(found.group(), found.start(), found.end(), found.start() > last))
        last = found.end()
    return tokens
