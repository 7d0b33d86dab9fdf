"""What the page holds of each agreement: a row of the table, and what opening it shows."""

import math
from collections.abc import Iterable
from typing import Any

from sepaham.records import Agreement, Article, Result
from sepaham.tables.schema import PACK

Row = dict[str, Any]

COLUMNS = (
    "id", "article", "title", "outlet", "published", "url", "status", "types", "date", "parties", "people",
    "more", "sure", "least", "all", "review", "why", "conflict",
)  # fmt: skip
"""The keys of a row."""


def table_row(agreement: Agreement, result: Result) -> Row:
    """The cells that the table shows, sorts, filters and searches."""
    parties = agreement.parties
    people = [person.name or person.role for party in parties for person in party.signatories]
    people += [witness.name or witness.role for witness in agreement.witnesses]
    sure = agreement.confidence
    return {
        "id": agreement.agreement_id,
        "article": agreement.article_id,
        "title": result.title,
        "outlet": result.outlet,
        "published": result.published,
        "url": result.url,
        "status": agreement.status,
        "types": list(agreement.doc_types),
        "date": agreement.date.value if agreement.date else None,
        "parties": PACK.join(party.name for party in parties),
        "people": PACK.join(name for name in people if name),
        "more": PACK.join(_more(agreement)),
        "sure": sure.get("agreement"),
        "least": min(sure.values(), default=None),
        "all": round(math.prod(sure.values()), 6) if sure else None,
        "review": agreement.needs_review,
        "why": list(agreement.review_why),
        "conflict": bool(agreement.date and agreement.date.conflict),
    }


def _more(agreement: Agreement) -> Iterable[str]:
    """What else a search finds an agreement by."""
    venue = agreement.venue.text if agreement.venue else None
    forms = [text for party in agreement.parties for text in party.texts]
    found = [agreement.agreement_text, agreement.doc_number, agreement.subject, venue, *forms]
    return [text for text in found if text]


def columns(rows: list[Row]) -> dict[str, list[Any]]:
    """The rows as columns, which are a third as long as JSON."""
    return {key: [row[key] for row in rows] for key in COLUMNS}


def shown(agreement: Agreement, body: str | None) -> dict[str, Any]:
    """All of an agreement; quotes that are a slice of the article's text are left to the page to cut."""
    data = agreement.model_dump(mode="json")
    if body is not None:
        for line in data["evidence"]:
            line.pop("quote")
    return data


def text_of(article: Article | None) -> dict[str, Any] | None:
    """The article as the page shows it: its text, and how much of that is the title."""
    return None if article is None else {"text": article.body, "title": len(article.title or "")}
