"""Finds the texts of the articles that a run read: kept ones in OUT, the others where the run read them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sepaham.errors import InputError
from sepaham.ingestion import Source, discover, read_records
from sepaham.records import Agreement, Article, Result

Place = tuple[str, int]


def find_articles(
    results: Sequence[Result], run: Mapping[str, Any], inputs: Sequence[str] | None = None
) -> dict[str, Article]:
    """The articles of `results` by id, as far as their texts can be had and are still what was read.

    `inputs` are the run's inputs, by default those in run.json, counted from the working folder. A text in
    which a proof no longer stands at its offsets is left out. Raises InputError when given inputs are not
    there; inputs of run.json may be gone.
    """
    found: dict[str, Article] = {}
    wanted: dict[Place, list[Result]] = {}
    for result in results:
        if result.text_line:
            _keep(found, result, _kept_text(result))
        else:
            wanted.setdefault((result.source_file, result.record), []).append(result)
    for article in _read(_sources(run, inputs), wanted, run.get("settings", {}).get("columns")):
        for result in wanted[(article.source_file, article.record)]:
            if result.article_id not in found:
                _keep(found, result, article.model_copy(update={"article_id": result.article_id}))
    return found


def _kept_text(result: Result) -> Article:
    line = json.loads(result.text_line or "")
    keys = ("published", "outlet", "url")
    return Article(
        article_id=result.article_id,
        title=line["title"],
        text=line["text"],
        **{key: line[key] for key in keys},
    )


def _keep(found: dict[str, Article], result: Result, article: Article) -> None:
    body = article.body
    if all(_stands(agreement, body) for agreement in result.agreements):
        found[result.article_id] = article


def _stands(agreement: Agreement, body: str) -> bool:
    return all(e.quote is None or body[e.start : e.end] == e.quote for e in agreement.evidence)


def _sources(run: Mapping[str, Any], inputs: Sequence[str] | None) -> list[Source]:
    if inputs:
        return discover(inputs)
    sources: list[Source] = []
    for name in run.get("settings", {}).get("inputs", []):
        try:
            sources += discover([name]) if name != "-" else []
        except InputError:
            continue  # the page shows the quotes instead
    return sources


def _read(
    sources: Iterable[Source], wanted: Mapping[Place, object], columns: Mapping[str, str] | None
) -> Iterator[Article]:
    """The wanted articles; files that hold none are not opened, and none is read on after the last one."""
    last: dict[str, int] = {}
    for name, record in wanted:
        last[name] = max(record, last.get(name, 0))
    for source in sources:
        packed = [name for name in last if name == source.name or name.startswith(f"{source.name}!")]
        packed += [name for name in last if source.format == "zip" and name not in packed]
        if not packed:
            continue
        for item in read_records(source, columns=columns):
            if isinstance(item, Article) and (item.source_file, item.record) in wanted:
                yield item
            if source.format != "zip" and item.record >= last.get(source.name, 0):
                break
