"""Lines all in capitals, as some papers print titles and whole articles, are read in lower case.

The vocabulary of the encoder holds few pieces in capitals, so that a shouted name falls into letters.
"""

import re

_LINE = re.compile(r"[^\n]+")
_FEWEST, _SHARE = 16, 0.9  # letters of a line that is judged; share of capitals from which it is shouted


def calmed(text: str) -> str:
    """The text with its shouted lines in lower case; as long as before, so that offsets hold."""
    return _LINE.sub(lambda line: _lower(line.group()) if _shouted(line.group()) else line.group(), text)


def _shouted(line: str) -> bool:
    capitals, small = sum(map(str.isupper, line)), sum(map(str.islower, line))
    return capitals + small >= _FEWEST and capitals >= _SHARE * (capitals + small)


def _lower(line: str) -> str:
    """Letter by letter: a letter whose small form is longer stays."""
    return "".join(low if len(low := c.lower()) == 1 else c for c in line)
