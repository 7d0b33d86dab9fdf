"""What a worker does with a chunk of records: gate, extraction, one Result for each."""

from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b

from sepaham import stages
from sepaham.batch.limit import watched
from sepaham.batch.memory import give_back
from sepaham.batch.sketch import sketch
from sepaham.cleaning import clean
from sepaham.errors import ConfigurationError, ModelError
from sepaham.excerpt import MAX_CHARS
from sepaham.extraction import DEFAULT_TAGGER, extract_article
from sepaham.gate import passes
from sepaham.ingestion import Page, Rejected, complete, text_line
from sepaham.language import is_indonesian
from sepaham.lexicon import toml
from sepaham.records import Article, Outcome, Result
from sepaham.relations.threshold import withheld
from sepaham.stages import Timed, stage

Item = Article | Rejected | Page

ARTICLE_SECONDS = 300.0
"""A hundred times what the slowest articles take on a busy machine: what takes longer hangs."""

FAILED = ("internal_error", "crashed", "timeout")
"""Reasons of a record that broke the program, ended its process, or took too long."""


@dataclass(frozen=True)
class Options:
    """How articles are read: `max_chars` of a text, by which `tagger`, from which confidence on, and by which
    `second` tagger once more.

    A worker process ends itself when an article takes longer than `article_seconds`.
    """

    max_chars: int = MAX_CHARS
    tagger: str = DEFAULT_TAGGER
    min_confidence: float = 0.0
    article_seconds: float = ARTICLE_SECONDS
    second: str | None = None

    def taggers(self) -> tuple[str, ...]:
        """All taggers that read."""
        return (self.tagger, self.second) if self.second else (self.tagger,)


DEFAULTS = Options()


def _described(item: Article | Rejected, outcome: Outcome, reason: str | None, **more: object) -> Result:
    keys = ("article_id", "title", "outlet", "published", "published_from", "url", "source_file", "record")
    return Result.model_validate(
        {**{key: getattr(item, key, None) for key in keys}, "outcome": outcome, "reason": reason, **more}
    )


def digest(text: str) -> str:
    """16 hex digits that tell whether two texts are the same, letter for letter."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _extracted(article: Article, options: Options) -> Result:
    with stage("gate"):
        text = {"digest": digest(article.body)}
        through = passes(article.body)
    if not through:
        return _described(article, Outcome.NO_AGREEMENT, "gate", **text)
    with stage("language"):
        verdict = is_indonesian(article.body)
    if not verdict.indonesian:
        return _described(article, Outcome.REJECTED, "not_indonesian", detail=verdict.language, **text)
    with stage("cleaning"):
        cleaned = clean(article.text[: options.max_chars]).text
    with stage("sketch"):
        text["sketch"] = sketch(cleaned).encoded()
    truncated = len(article.body) > options.max_chars
    found = extract_article(article, options.max_chars, options.tagger, options.second, names=False)[1]
    agreements = tuple(kept for a in found if (kept := withheld(a, options.min_confidence)))
    if not agreements:
        return _described(article, Outcome.NO_AGREEMENT, "model", truncated=truncated, **text)
    line = text_line(article) if article.extracted else None
    return _described(
        article, Outcome.AGREEMENT, None, agreements=agreements, text_line=line, truncated=truncated, **text
    )


def _rejected(item: Rejected) -> Result:
    return _described(item, Outcome.REJECTED, item.reason, detail=item.detail)


def refused(item: Item, reason: str, detail: str) -> Result:
    """A record that failed in the program and not by what is in it; `reason` is one of FAILED."""
    keys = {key: getattr(item, key) for key in ("article_id", "source_file", "record")}
    detail = f"{item.source_file}, record {item.record}: {detail}"
    return Result(**keys, outcome=Outcome.REJECTED, reason=reason, detail=detail[:500])


def process(item: Item, options: Options = DEFAULTS) -> Result:
    """The result of one record; one that breaks a stage is rejected, with the error as its detail."""
    try:
        with stage("page"):
            read = complete(item)
        return _rejected(read) if isinstance(read, Rejected) else _extracted(read, options)
    except (ConfigurationError, ModelError):
        raise  # the same for every record: the run cannot go on
    except Exception as error:
        return refused(item, "internal_error", f"{type(error).__name__}: {error}")


def process_chunk(items: list[Item], options: Options = DEFAULTS) -> list[Result]:
    """The results of a chunk of records, in their order."""
    return Timed(process(item, options) for item in items)


def watched_chunk(items: list[Item], options: Options = DEFAULTS) -> list[Result]:
    """`process_chunk` under the time limit, which ends the process: for workers."""
    results = []
    with watched(options.article_seconds) as go_on:
        stages.start()  # a chunk that was lost here is counted where it is read again
        for item in items:
            results.append(process(item, options))
            go_on()
        # Under the watch, which lets one thread in at a time: the next one would start the stages anew.
        timed = Timed(results)
        give_back()
    return timed


def warm(options: Options) -> None:
    """Read a text so that all is loaded before the first article; an error of it is left to that article."""
    with suppress(ConfigurationError, ModelError):
        process(Article(article_id="warm", text=str(toml("batch/warm.toml")["text"])), options)
    stages.start()  # its seconds are no article's
