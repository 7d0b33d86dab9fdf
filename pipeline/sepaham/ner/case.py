"""Texts whose capitals say nothing: shouted lines, and articles that are in one case throughout.

Lines all in capitals, as some papers print titles and whole articles, are read in lower case: the vocabulary
of the encoder holds few pieces in capitals, so that a shouted name falls into letters.
"""

import re

_LINE = re.compile(r"[^\n]+")
_FEWEST, _SHARE = 16, 0.9  # letters of a line that is judged; share of capitals from which it is shouted
_FEW_CAPITALS = 0.01  # of all letters: an article of news has some 0.05, one in lower case none


def calmed(text: str) -> str:
    """The text with its shouted lines in lower case; as long as before, so that offsets hold."""
    return _LINE.sub(lambda line: _lower(line.group()) if _shouted(line.group()) else line.group(), text)


def one_case(text: str) -> bool:
    """Whether (nearly) all letters of a text are small, or all are capitals: no name stands out."""
    capitals, small = sum(map(str.isupper, text)), sum(map(str.islower, text))
    letters = capitals + small
    return letters > 0 and (capitals <= _FEW_CAPITALS * letters or capitals >= _SHARE * letters)


def _shouted(line: str) -> bool:
    capitals, small = sum(map(str.isupper, line)), sum(map(str.islower, line))
    return capitals + small >= _FEWEST and capitals >= _SHARE * (capitals + small)


def _lower(line: str) -> str:
    """Letter by letter: a letter whose small form is longer stays."""
    return "".join(low if len(low := c.lower()) == 1 else c for c in line)
