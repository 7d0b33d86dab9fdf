"""What a worker does with a chunk of records: gate, extraction, one Result for each."""

from sepaham.excerpt import MAX_CHARS
from sepaham.extraction import extract_article
from sepaham.gate import passes
from sepaham.ingestion import Page, Rejected, complete, text_line
from sepaham.language import is_indonesian
from sepaham.records import Article, Outcome, Result

Item = Article | Rejected | Page


def _described(item: Article | Rejected, outcome: Outcome, reason: str | None, **more: object) -> Result:
    keys = ("article_id", "title", "outlet", "published", "published_from", "url", "source_file", "record")
    return Result.model_validate(
        {**{key: getattr(item, key, None) for key in keys}, "outcome": outcome, "reason": reason, **more}
    )


def _extracted(article: Article, max_chars: int) -> Result:
    if not passes(article.body):
        return _described(article, Outcome.NO_AGREEMENT, "gate")
    verdict = is_indonesian(article.body)
    if not verdict.indonesian:
        return _described(article, Outcome.REJECTED, "not_indonesian", detail=verdict.language)
    truncated = len(article.body) > max_chars
    agreements = tuple(extract_article(article, max_chars)[1])
    if not agreements:
        return _described(article, Outcome.NO_AGREEMENT, "model", truncated=truncated)
    kept = text_line(article) if article.extracted else None
    return _described(
        article, Outcome.AGREEMENT, None, agreements=agreements, text_line=kept, truncated=truncated
    )


def _rejected(item: Rejected) -> Result:
    return _described(item, Outcome.REJECTED, item.reason, detail=item.detail)


def process(item: Item, max_chars: int = MAX_CHARS) -> Result:
    """The result of one record; one that breaks a stage is rejected, with the error as its detail."""
    try:
        read = complete(item)
        return _rejected(read) if isinstance(read, Rejected) else _extracted(read, max_chars)
    except Exception as error:
        detail = f"{item.source_file}, record {item.record}: {type(error).__name__}: {error}"
        keys = {key: getattr(item, key) for key in ("article_id", "source_file", "record")}
        return Result(**keys, outcome=Outcome.REJECTED, reason="internal_error", detail=detail[:500])


def process_chunk(items: list[Item], max_chars: int = MAX_CHARS) -> list[Result]:
    """The results of a chunk of records, in their order."""
    return [process(item, max_chars) for item in items]
