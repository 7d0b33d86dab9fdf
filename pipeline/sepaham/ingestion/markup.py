"""Bytes of a web page -> its tree, within the bounds of what a parser can take without losing anything."""

import re
from typing import Any

from sepaham.ingestion.extras import load

_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,9}+=\s{0,9}+[\"']?\s{0,9}+([\w.:-]{1,40})", re.IGNORECASE
)
_LATIN = frozenset({"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"})
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{20000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MAX_ATTRIBUTES = 2_000


class PageError(ValueError):
    """The page cannot be read; the message says why."""


def decode(html: bytes, charset: str | None) -> str:
    """The text of a page: UTF-8 where it is that, else as its server, else as the page itself says.

    As in browsers, bytes that are none in a declared encoding become U+FFFD, and Windows-1252 is what is
    meant where nothing is declared.
    """
    try:
        return html.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _META_CHARSET.search(html[:4096])
    for name in (charset, declared[1].decode("ascii", "replace") if declared else None):
        try:
            text = html.decode("cp1252" if name and name.lower() in _LATIN else name or "", "replace")
        except (LookupError, ValueError):
            continue
        return text
    return html.decode("cp1252", "replace")


def parse(text: str) -> Any:
    """The tree of the page (lxml), null where there is nothing to parse.

    An HTML parser knows no entities but HTML's own, so none is expanded. Raises PageError beyond 2048 nested
    tags, where the parser stops and what stands behind would be lost in silence, and for a tag of more than
    2,000 attributes, which take time that grows with their square.
    """
    html = load("lxml.html", "html", "web pages")
    etree = load("lxml.etree", "html", "web pages")
    if any(len(_QUOTED.sub("", tag).split()) > _MAX_ATTRIBUTES for tag in _LONG_TAG.findall(text)):
        raise PageError(f"the page has a tag with more than {_MAX_ATTRIBUTES} attributes")
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    content = text.replace("\0", "\ufffd").encode("utf-8", "replace")
    try:
        tree = html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    for error in parser.error_log:
        if error.type_name == "ERR_RESOURCE_LIMIT":
            raise PageError(f"the page is nested too deep or too large for the parser: {error.message}")
    return tree
