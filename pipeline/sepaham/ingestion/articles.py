"""Raw record -> Article, or what it lacks to be one."""

import math

from sepaham.ingestion.columns import Plan
from sepaham.ingestion.faults import not_unicode
from sepaham.ingestion.ids import place_id
from sepaham.ingestion.items import MIN_TEXT, Fields, Reason, Rejected, Source
from sepaham.ingestion.published import find_published
from sepaham.records import Article

_INNER = ("$oid", "$numberLong", "name")  # where an object given for an id or outlet keeps its plain value


def rejected(source: Source, record: int, reason: Reason, detail: str) -> Rejected:
    """A rejection of which nothing is known but its place."""
    return Rejected(
        article_id=place_id(source.name, record),
        source_file=source.name,
        record=record,
        reason=reason,
        detail=detail,
    )


def build(source: Source, number: int, fields: Fields, plan: Plan) -> Article | Rejected:
    """The article in the fields of a record; `plan` names its columns."""
    faults: list[str] = []
    given_id = _clean(fields.get(plan.id), plan.id, faults)
    outlet = _clean(fields.get(plan.outlet), plan.outlet, faults)
    url = _clean(fields.get(plan.url), plan.url, faults)
    title = _clean(_title(fields.get(plan.title), faults), plan.title, faults)
    text = _clean(_text(fields.get(plan.text), faults), plan.text, faults)
    published, published_from = find_published(fields.get(plan.published), url, text or "")
    article_id = given_id or place_id(source.name, number)
    if text is not None and not faults and len(text.strip()) >= MIN_TEXT:
        return Article(
            article_id=article_id,
            text=text,
            title=title,
            published=published,
            published_from=published_from,
            outlet=outlet,
            url=url,
            source_file=source.name,
            record=number,
        )
    reason, detail = _why(text, faults, fields)
    return Rejected(
        article_id=article_id,
        source_file=source.name,
        record=number,
        reason=reason,
        detail=detail,
        title=title,
        outlet=outlet,
        published=published,
        published_from=published_from,
        url=url,
    )


def _why(text: str | None, faults: list[str], fields: Fields) -> tuple[Reason, str]:
    if faults:
        return "unreadable", "; ".join(faults)
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
