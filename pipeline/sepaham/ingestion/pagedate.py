"""When a web page was published: by its metadata, or by the date that it shows near its title.

Own rules and not htmldate's: that one drops the zone, fills a missing day from the clock, and takes the
dates of other articles on the page.
"""

import re
from functools import cache
from itertools import islice
from typing import Any

from sepaham.ingestion.calendar import parse_day
from sepaham.ingestion.pagehead import Head, is_page, text_of, words

_DAY = len("2024-04-27")
_LONGEST = 120  # characters of a line that shows a date
_PIECES = 20  # of text inside an element that shows a date
_NOT_SHOWN = frozenset({"script", "style", "head", "title", "noscript"})


@cache
def _cue() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words()["published"]["cues"])))


def from_metadata(tree: Any, head: Head) -> str | None:
    """The date of publication in the metadata of a page (an lxml tree), as `parse_day` gives it."""
    values = [
        *(text_of(item, "datePublished") for item in head.items if is_page(item)),
        *(head.meta.get(name) for name in words()["published"]["meta"]),
        *tree.xpath("//*[@itemprop='datePublished']/@content"),
        *tree.xpath("//*[@itemprop='datePublished']/@datetime"),
    ]
    return next((day for value in values if value and (day := parse_day(value))), None)


def shown(tree: Any) -> str | None:
    """The day that the page shows nearest to its first `h1`; without one, the first."""
    heading = tree.find(".//h1")
    days: list[tuple[int, str]] = []
    title_at: int | None = None
    for place, element in enumerate(tree.iter("*")):
        if element is heading:
            title_at = place
        elif day := _shown_in(element):
            days.append((place, day))
            if title_at is not None:  # the first one behind the title: no later one is nearer
                break
    if not days:
        return None
    return min(days, key=lambda found: abs(found[0] - (title_at or 0)))[1]


def _shown_in(element: Any) -> str | None:
    if element.tag in _NOT_SHOWN or not (element.tag == "time" or _has_cue(element)):
        return None
    text = element.get("datetime") or " ".join(" ".join(islice(element.itertext(), _PIECES)).split())
    if not 6 <= len(text) <= _LONGEST or not any(map(str.isdigit, text)):
        return None
    day = parse_day(text)
    return day if day and len(day) == _DAY else None


def _has_cue(element: Any) -> bool:
    cue = _cue()
    return any(cue.search((element.get(name) or "").lower()) for name in ("class", "id"))
