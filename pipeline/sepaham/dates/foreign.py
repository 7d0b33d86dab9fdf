"""The rare dates that are no Indonesian ones (`April 26, 2024`, `12 March 2024`): dateparser reads them.

dateparser costs about half a millisecond a call: it gets only phrases with a foreign order or month.
"""

from datetime import datetime
from typing import Any

import dateparser

from sepaham.dates.lexer import Tokens, numbers
from sepaham.dates.reading import Reading

_LANGUAGES = ["en", "ms", "id"]
# A fixed base: a part that is not written makes the parse fail or is dropped, so that it never shows.
_SETTINGS: dict[str, Any] = {
    "RELATIVE_BASE": datetime.fromisoformat("2000-01-01"),
    "PREFER_DAY_OF_MONTH": "first",
    "DATE_ORDER": "DMY",
    "PARSERS": ["absolute-time"],
    "STRICT_PARSING": False,
}


def parse(phrase: str, *parts: str) -> datetime | None:
    """What dateparser makes of a phrase that holds all of `parts` (day, month, year); None if it does not."""
    settings = _SETTINGS | {"REQUIRE_PARTS": list(parts)}
    return dateparser.parse(phrase, languages=_LANGUAGES, settings=settings)


def read(tokens: Tokens, start: int, end: int) -> Reading | None:
    """A date in English or Malay, or with the month first."""
    has_day = bool(numbers(tokens, start, end, "1"))
    phrase = tokens.text[tokens.starts[start] : tokens.starts[end]]
    found = parse(phrase, *(("day", "month", "year") if has_day else ("month", "year")))
    if found is None or not 1000 <= found.year <= 2100:
        return None
    return Reading(start, end, "dateparser", first=(found.year, found.month, found.day if has_day else None))
