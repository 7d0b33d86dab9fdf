"""Raw record -> Article, or what it lacks to be one."""

import math
from typing import Any

from sepaham.ingestion import webpage
from sepaham.ingestion.columns import Plan
from sepaham.ingestion.faults import not_unicode
from sepaham.ingestion.ids import place_id
from sepaham.ingestion.items import MIN_TEXT, Fields, Page, Reason, Rejected, Source, UnusableFileError
from sepaham.ingestion.markup import PageError
from sepaham.ingestion.published import find_published
from sepaham.records import Article

_INNER = ("$oid", "$numberLong", "name")  # where an object given for an id or outlet keeps its plain value


_PAGE_PLAN = Plan(*Plan._fields)  # a page's fields have the names of the parts


def rejected(
    source: Source | Page, record: int, reason: Reason, detail: str, article_id: str | None = None
) -> Rejected:
    """A rejection of which nothing is known but its place."""
    name = source.name if isinstance(source, Source) else source.source_file
    return Rejected(
        article_id=article_id or place_id(name, record),
        source_file=name,
        record=record,
        reason=reason,
        detail=detail,
    )


def build(source: str, number: int, fields: Fields, plan: Plan, page: bool = False) -> Article | Rejected:
    """The article in the fields of a record; `plan` names its columns, `source` is its file's name.

    `page`: the fields are those that `webpage.extract` gives.
    """
    faults: list[str] = []
    given_id = _clean(fields.get(plan.id), plan.id, faults)
    outlet = _clean(fields.get(plan.outlet), plan.outlet, faults)
    url = _clean(fields.get(plan.url), plan.url, faults)
    title = _clean(_title(fields.get(plan.title), faults), plan.title, faults)
    text = _clean(_text(fields.get(plan.text), faults), plan.text, faults)
    shown = fields.get("shown") if page else None
    published, published_from = find_published(
        fields.get(plan.published), url, text or "", shown if isinstance(shown, str) else None
    )
    about: dict[str, Any] = {
        "article_id": given_id or place_id(source, number),
        "title": title,
        "published": published,
        "published_from": published_from,
        "outlet": outlet,
        "url": url,
        "source_file": source,
        "record": number,
    }
    if text is not None and not faults and len(text.strip()) >= MIN_TEXT:
        return Article(text=text, extracted=page, **about)
    reason, detail = _why(text, faults, fields, page)
    return Rejected(reason=reason, detail=detail, **about)


def complete(item: Article | Rejected | Page) -> Article | Rejected:
    """The article in a page, or why there is none; other items as they are."""
    if not isinstance(item, Page):
        return item
    try:
        fields = webpage.extract(item.html, item.url, item.charset, item.latest)
    except PageError as error:
        return rejected(item, item.record, "unreadable", str(error), item.article_id)
    except UnusableFileError as fault:
        return rejected(item, item.record, fault.reason, fault.detail, item.article_id)
    return build(item.source_file, item.record, {**fields, "id": item.article_id}, _PAGE_PLAN, page=True)


def _why(text: str | None, faults: list[str], fields: Fields, page: bool) -> tuple[Reason, str]:
    if faults:
        return "unreadable", "; ".join(faults)
    if text is None and page:
        return "too_short", "the page has no main text: it may be a front page, or be filled by a script"
    if text is not None:
        return "too_short", f"the text has {len(text.strip())} characters; an article has at least {MIN_TEXT}"
    names = ", ".join(map(repr, list(fields)[:20])) or "none"
    return "unreadable", f"the record has no text; its fields are {names}; say which with --map text=FIELD"


def _text(value: object, faults: list[str]) -> object:
    if value is None or isinstance(value, str):
        return value
    faults.append(f"the text is a {type(value).__name__}, not a string")
    return None


def _title(value: object, faults: list[str]) -> object:
    """A title that is dropped would change the text that offsets count in, so only null is none."""
    if not isinstance(value, list | dict | bool):
        return value
    faults.append(f"the title is a {type(value).__name__}, not a string")
    return None


def _clean(value: object, name: str | None, faults: list[str]) -> str | None:
    """The value as text; null where it is blank, has no plain text, or holds what no table can (a fault)."""
    text = value if isinstance(value, str) else _plain(value)
    if not text or text.isspace():
        return None
    if "\0" in text:
        faults.append(f"NUL at character {text.index(chr(0)) + 1} of {name!r}")
        return None
    if not text.isascii() and (fault := not_unicode(text)):
        faults.append(f"{fault} (in {name!r})")
        return None
    return text


def _plain(value: object) -> str | None:
    """A number as its decimal text; the plain value inside an object such as `{"$oid": ...}`."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(value) if math.isfinite(value) else None
    if isinstance(value, dict):
        inner = next((value[key] for key in _INNER if key in value), None)
        return inner if isinstance(inner, str) else None
    return None
