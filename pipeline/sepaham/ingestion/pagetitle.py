"""Title, outlet and address of a web page."""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from sepaham.ingestion.pagehead import Head, is_page, kinds, text_of, words

_SHORT = 8  # letters; a heading with fewer may be a part of any title
_PARTS = re.compile(r"^(.+\S)\s+[|–—»•:-]+\s+(\S.*)$", re.DOTALL)


def title(tree: Any, head: Head, outlet: str | None) -> str | None:
    """The title as the page shows it: metadata often has the site's name behind it, or is cut short."""
    headings = [text for heading in tree.iterfind(".//h1") if (text := _line(heading.text_content()))]
    given = head.first(words()["title"]["meta"]) or _linked(head, "headline")
    given = _line(given or (headings[0] if len(headings) == 1 else _window_title(tree)) or "")
    wanted = letters(given)
    for heading in headings:
        found = letters(heading)
        if len(found) > _SHORT and (wanted.startswith(found) or found.startswith(wanted)):
            return heading
    parts = _PARTS.match(given)
    if parts and outlet and letters(parts[2]) in letters(outlet):
        return parts[1]
    return given or None


def outlet(tree: Any, head: Head, url: str | None) -> str | None:
    """The site's name, else its publisher's, else what stands behind the title, else its host."""
    sites = (text_of(item, "name") for item in head.items if "website" in kinds(item))
    named = head.first(words()["outlet"]["meta"]) or _linked(head, "publisher", "name") or next(sites, None)
    if named:
        return _line(named.lstrip("@")) or None
    parts = _PARTS.match(_window_title(tree) or "")
    if parts and any(
        letters(_line(one.text_content())) == letters(parts[1]) for one in tree.iterfind(".//h1")
    ):
        return parts[2]
    return (urlsplit(url).hostname or "").removeprefix("www.") or None if url else None


def address(tree: Any, head: Head, url: str | None) -> str | None:
    """The canonical link, else og:url, else `url`, where the page was fetched; a front page is no article."""
    links: list[str] = tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
    for link in [*links, head.meta.get("og:url", "")]:
        try:
            found = urljoin(url or "", link.strip())
            parts = urlsplit(found)
        except ValueError:  # a broken IPv6 host, say
            continue
        if parts.scheme in ("http", "https") and parts.netloc and (parts.path.strip("/") or parts.query):
            return found
    return url


def letters(text: str) -> str:
    """Only the letters and digits, without case: enough to tell whether two titles are one."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _linked(head: Head, *path: str) -> str | None:
    return next((text for item in head.items if is_page(item) and (text := text_of(item, *path))), None)


def _window_title(tree: Any) -> str | None:
    found = tree.find(".//title")
    return _line(found.text_content()) if found is not None else None


def _line(text: str) -> str:
    return " ".join(text.split())
