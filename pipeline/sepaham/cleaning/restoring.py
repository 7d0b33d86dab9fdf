"""Agreements found in a cleaned copy, told in the offsets and letters of the original."""

from typing import Any, TypeVar

from sepaham.cleaning.edits import Cleaned
from sepaham.records import Agreement, Article, Document, Evidence, Record, Span, Venue

_S = TypeVar("_S", bound=Span)
# The fields that are copied letter for letter from the text; names, codes and values are the program's own.
_COPIED = frozenset({"text", "agreement_text", "subject", "role", "doc_number"})
_COPIED_OF_VENUE = frozenset({"text", "name", "city"})
_FACTS = ("parties", "witnesses", "date", "venue", "value", "duration", "valid_until")


def restore(agreement: Agreement, cleaned: Cleaned) -> Agreement:
    """The agreement with all offsets in the source of the copy, and its quotes and texts as raw slices of it.

    A text without offsets of its own (a party's form, a role, the date, the venue) stays when the source
    holds it letter for letter; else it becomes the slice of the source from which it was read. Names of
    parties and people are the program's own and stay.
    """
    if not cleaned.changed:
        return agreement
    changes: dict[str, Any] = {
        name: _rewritten(getattr(agreement, name), cleaned, _COPIED) for name in _FACTS
    }
    for name in ("agreement_text", "subject", "doc_number"):
        changes[name] = _raw(getattr(agreement, name), cleaned)
    changes["evidence"] = tuple(_evidence(item, cleaned) for item in agreement.evidence)
    changes["commitments"] = tuple(_moved(item, cleaned) for item in agreement.commitments)
    return agreement.model_copy(update=changes)


def restore_document(document: Document, article: Article, cleaned: Cleaned) -> Document:
    """The document of a copy as one of `article`, whose body is the source: spans moved, texts raw slices."""
    if not cleaned.changed:
        return document
    return Document(
        article=article,
        sentences=tuple(_moved(span, cleaned) for span in document.sentences),
        mentions=tuple(_moved(span, cleaned) for span in document.mentions),
        dates=tuple(_moved(span, cleaned) for span in document.dates),
        amounts=tuple(_moved(span, cleaned) for span in document.amounts),
    )


def _moved(span: _S, cleaned: Cleaned) -> _S:
    start, end = cleaned.original(span.start, span.end)
    changes: dict[str, Any] = {"start": start, "end": end}
    if "text" in type(span).model_fields:
        changes["text"] = cleaned.source[start:end]
    return span.model_copy(update=changes)


def _evidence(item: Evidence, cleaned: Cleaned) -> Evidence:
    if item.start is None or item.end is None:
        return item
    start, end = cleaned.original(item.start, item.end)
    return item.model_copy(update={"start": start, "end": end, "quote": cleaned.source[start:end]})


def _raw(text: str | None, cleaned: Cleaned) -> str | None:
    at = -1 if not text or text in cleaned.source else cleaned.text.find(text)
    if not text or at < 0:
        return text
    start, end = cleaned.original(at, at + len(text))
    return cleaned.source[start:end]


def _rewritten(value: Any, cleaned: Cleaned, copied: frozenset[str]) -> Any:
    """A record, or a tuple of them, with every text that was copied from the article made raw."""
    if isinstance(value, tuple):
        return tuple(_rewritten(item, cleaned, copied) for item in value)
    if not isinstance(value, Record):
        return value
    names = _COPIED_OF_VENUE if isinstance(value, Venue) else copied
    changes = {key: _field(key, getattr(value, key), cleaned, names) for key in type(value).model_fields}
    return value.model_copy(update=changes)


def _field(key: str, value: Any, cleaned: Cleaned, copied: frozenset[str]) -> Any:
    if key in copied and isinstance(value, str):
        return _raw(value, cleaned)
    if key == "texts":
        return tuple(_raw(text, cleaned) for text in value)
    return _rewritten(value, cleaned, copied)
