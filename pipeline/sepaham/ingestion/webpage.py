"""Web page -> title, outlet, address, date and main text, which trafilatura finds; reads .html."""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sepaham.ingestion import pagedate, pagetitle
from sepaham.ingestion.columns import Columns
from sepaham.ingestion.extras import load, require
from sepaham.ingestion.faults import TOO_LARGE
from sepaham.ingestion.items import MAX_RECORD, Fields, Raw, RawPage
from sepaham.ingestion.markup import PageError, decode, parse
from sepaham.ingestion.pagehead import read_head

_MAX_ELEMENTS = 10_000
_MAX_BYTES = 4 << 20


def read_html(stream: io.BufferedReader, _columns: Columns) -> Iterator[Raw | RawPage]:
    """The whole file is one page; raises UnusableFileError (`needs_extra`) when trafilatura is missing."""
    require("trafilatura", "html", "web pages")
    content = stream.read(MAX_RECORD + 1)
    if len(content) > MAX_RECORD:
        yield Raw(1, None, TOO_LARGE)
    elif content.strip():
        yield RawPage(1, content)


def extract(html: bytes, url: str | None, charset: str | None, latest: str | None) -> Fields:
    """The parts of the article in a page, by their names in `Plan`, and the date `shown` near its title
    where its metadata has none.

    Every part may be null; text is "" where a page has no main text. `latest` is the last ISO day on which
    it can have been published. Raises PageError for what no parser can take and UnusableFileError
    (`needs_extra`) when trafilatura is missing.
    """
    library = load("trafilatura", "html", "web pages")
    tree = parse(decode(html, charset))
    if tree is None:
        return {"text": ""}
    head = read_head(tree)
    address = pagetitle.address(tree, head, url)
    outlet = pagetitle.outlet(tree, head, address)
    title = pagetitle.title(tree, head, outlet)
    published = _until(pagedate.from_metadata(tree, head), latest)
    shown = None if published else _until(pagedate.shown(tree), latest)
    try:
        text = _main_text(library, tree, len(html))
    except Exception as error:  # trafilatura promises no kind of error for the pages of strangers
        raise PageError(f"the page's text cannot be found: {type(error).__name__}: {error}"[:300]) from error
    return {
        "title": title,
        "outlet": outlet,
        "url": address,
        "published": published,
        "shown": shown,
        "text": _without_title(text, title),
    }


def _main_text(library: Any, tree: Any, size: int) -> str:
    """The main text, a paragraph a line.

    Some of trafilatura's rules take time that grows with the square of a page's elements: of a page beyond
    all proportion, the paragraphs are taken as they are.
    """
    if size > _MAX_BYTES or sum(1 for _ in tree.iter("*")) > _MAX_ELEMENTS:
        return str(library.baseline(tree)[1])
    found = library.bare_extraction(tree, include_comments=False, with_metadata=False)
    return (found.text if found is not None else None) or ""


def _without_title(text: str, title: str | None) -> str:
    """The text without a first line that repeats the title: it would count twice in the article's body."""
    first, _, rest = text.partition("\n")
    same = title and rest and pagetitle.letters(first) == pagetitle.letters(title)
    return rest.lstrip("\n") if same else text


def _until(day: str | None, latest: str | None) -> str | None:
    """The day, null where it is after the last one possible (with a day of grace for zones)."""
    if day is None or latest is None or len(latest) != len("2024-04-27"):
        return day
    return day if day <= (date.fromisoformat(latest) + timedelta(days=1)).isoformat() else None
