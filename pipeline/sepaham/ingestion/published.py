"""When an article was published, by its field, its URL, its dateline, or the names of its photos."""

import re
from datetime import date
from functools import cache

from sepaham import lexicon
from sepaham.ingestion.calendar import alternatives, day_of, months, parse_day
from sepaham.records import PublishedFrom

_HEAD = 600  # characters in which a dateline is looked for
_HEAD_LINES = 6
_DAY = len("2024-04-27")
_URL_DAY = re.compile(
    r"/(?P<y>(?:19|20)\d\d)(?P<sep>[-/])(?P<m>\d\d?)(?P=sep)(?P<d>\d\d?)(?![\d])"
    r"|/(?P<y2>(?:19|20)\d\d)(?P<m2>[01]\d)(?P<d2>[0-3]\d)(?:\d{4}|\d{6})?(?=[/_-]|$)"
)
_URL_MONTH = re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>0[1-9]|1[0-2])/")


def find_published(
    field: object, url: str | None, text: str, shown: str | None = None
) -> tuple[str | None, PublishedFrom | None]:
    """The publication date (ISO day, month or year) and where it was found: field, url, dateline, hint.

    `shown` is the day beside the title of a web page, which is a dateline.
    """
    if field is not None and (value := parse_day(field)):
        return value, "field"
    by_url = from_url(url) if url else None
    if by_url and len(by_url) == _DAY:
        return by_url, "url"
    dateline = shown or from_dateline(text)
    if dateline and (by_url is None or dateline.startswith(by_url)):
        return dateline, "dateline"
    if by_url:
        return by_url, "url"
    if value := from_hint(text):
        return value, "hint"
    return None, None


def from_url(url: str) -> str | None:
    """`/2024/04/27/`, `/2024-04-27`, `/20240427101500-20-…` as a day; `/2024/04/` as a month."""
    path = url.partition("?")[0].partition("#")[0]
    for match in _URL_DAY.finditer(path):
        parts = [match[key] or match[f"{key}2"] for key in ("y", "m", "d")]
        if day := _day(*parts):
            return day
    month = _URL_MONTH.search(path)
    return f"{month['y']}-{month['m']}" if month else None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


@cache
def _dateline_patterns() -> tuple[re.Pattern[str], ...]:
    words = lexicon.toml("ingestion/published.toml")
    weekdays = alternatives(words["weekdays"]["names"])
    weekday = rf"(?:(?:{weekdays})\s{{0,9}}+,?\s{{0,9}}+)?"
    numeric = r"(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d)"
    named = rf"(?P<d>\d{{1,2}})\s{{1,9}}+(?P<name>{alternatives(months())})\.?\s{{1,9}}+(?P<y>\d{{4}})"
    zones = alternatives(words["zones"])
    label = rf"(?:(?:{alternatives(words['labels']['names'])})\s{{0,9}}+[:|,–—-]?\s{{0,9}}+)?"
    place = rf"(?:(?!(?:{weekdays})\b)[^\W\d_][\w.'’/& -]{{1,40}}[,|–—-]\s{{0,9}}+)"
    time = (
        rf"(?:[\s,|·•-]{{0,20}}+(?:pukul|jam|at)?\s{{0,9}}+\d{{1,2}}[:.]\d\d"
        rf"(?:[:.]\d\d)?\s{{0,9}}+(?:{zones})?)?"
    )
    # "Jakarta, 27 April 2024 - ", "JAKARTA, KOMPAS.com (Sabtu, 27/4/2024) – "; no range ("1 - 3 Mei")
    dash = r"\s{0,9}+(?:\([^)\n]{1,40}\)|/[^/\n]{1,40}/)?\s{0,9}+[-–—]{1,2}(?!\s{0,9}\d)"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for date_ in (named, numeric)
        for pattern in (
            rf"{place}{{1,2}}{weekday}{date_}{dash}",
            rf"[^\W\d_][\w.,'’/& -]{{1,50}}\(\s{{0,9}}+{weekday}{date_}\s{{0,9}}+\){dash}",
            # a line of its own at the head of the page
            rf"{label}{place}{{0,2}}{weekday}{date_}{time}\s{{0,9}}$",
        )
    )


def from_dateline(text: str) -> str | None:
    """The day of a dateline (`Jakarta, 27 April 2024 -`), or of a line at the head that is only a date."""
    head = text[:_HEAD] + ("…" if len(text) > _HEAD else "")  # so that no cut line seems to end in a date
    lines = [line.strip() for line in head.splitlines()]
    for line in [line for line in lines if line][:_HEAD_LINES]:
        if not any(map(str.isdigit, line[:160])):
            continue
        for pattern in _dateline_patterns():
            match = pattern.match(line)
            day = day_of(match) if match else None
            if day is not None:
                return day.isoformat()
    return None


@cache
def _hints() -> tuple[tuple[str, ...], re.Pattern[str]]:
    """The prefixes of names of photos, and the pattern for prefix and day."""
    prefixes: list[str] = lexicon.toml("ingestion/published.toml")["hints"]["prefixes"]
    day = r"(?P<y>20\d\d)(?P<sep>-?)(?P<m>[01]\d)(?P=sep)(?P<d>[0-3]\d)(?!\d)"
    return tuple(prefixes), re.compile(rf"\b(?:{alternatives(prefixes)})[ _-]*{day}")


def from_hint(text: str) -> str | None:
    """The latest day in names of photos (`IMG 20240427 WA0017`): an article is no older than the last."""
    prefixes, pattern = _hints()
    if not any(prefix in text for prefix in prefixes):  # 20 times as fast as the pattern
        return None
    days = (day_of(match) for match in pattern.finditer(text))
    return max((day.isoformat() for day in days if day is not None), default=None)
