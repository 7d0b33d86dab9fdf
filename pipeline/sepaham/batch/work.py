"""What a worker does with a chunk of records: gate, extraction, one Result for each."""

from sepaham.extraction import extract_article
from sepaham.gate import passes
from sepaham.ingestion import Rejected
from sepaham.records import Agreement, Article, Outcome, Result

Item = Article | Rejected


def _described(item: Item, outcome: Outcome, reason: str | None, **more: object) -> Result:
    keys = ("article_id", "title", "outlet", "published", "published_from", "url", "source_file", "record")
    return Result.model_validate(
        {**{key: getattr(item, key, None) for key in keys}, "outcome": outcome, "reason": reason, **more}
    )


def _extracted(article: Article) -> Result:
    if not passes(article.body):
        return _described(article, Outcome.NO_AGREEMENT, "gate")
    agreements: list[Agreement] = extract_article(article)[1]
    if not agreements:
        return _described(article, Outcome.NO_AGREEMENT, "model")
    return _described(article, Outcome.AGREEMENT, None, agreements=tuple(agreements))


def process(item: Item) -> Result:
    """The result of one record; one that breaks a stage is rejected, with the error as its detail."""
    if isinstance(item, Rejected):
        return _described(item, Outcome.REJECTED, item.reason, detail=item.detail)
    try:
        return _extracted(item)
    except Exception as error:
        detail = f"{item.source_file}, record {item.record}: {type(error).__name__}: {error}"
        return _described(item, Outcome.REJECTED, "internal_error", detail=detail[:500])


def process_chunk(items: list[Item]) -> list[Result]:
    """The results of a chunk of records, in their order."""
    return [process(item) for item in items]
