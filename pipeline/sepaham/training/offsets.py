"""Gold of articles that cannot be published: their words as offsets, so that the labels alone can be.

`python -m sepaham.training.offsets ARTICLES GOLD > SEALED` seals gold lines; `opened` gives them back to
whoever has the articles.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from sepaham.batch.work import digest
from sepaham.errors import InputError
from sepaham.training.files import BACKGROUND, Json, article_of, json_lines

NEWS = Path("data/gold/news/gold.jsonl")
_WORDS = frozenset(
    ["agreement_text", "subject", "name", "texts", "role", "text", "city", "commitments", "hub", "mentions"]
)  # the keys whose strings can be words of the article


def _mapped(value: Any, key: str, change: Callable[[Any, str], Any]) -> Any:
    if isinstance(value, dict):
        return {k: _mapped(v, k, change) for k, v in value.items()}
    if isinstance(value, list) and not (len(value) == 3 and value[0] == "@"):
        return [_mapped(item, key, change) for item in value]
    return change(value, key)


def sealed(article: Json, gold: Json) -> Json:
    """The gold line with every word of the article as `["@", start, end]`, half-open in code points."""
    body = article_of(article).body

    def seal(value: Any, key: str) -> Any:
        if not isinstance(value, str) or key not in _WORDS:
            return value
        start = body.find(value) if value else -1
        return value if start < 0 else ["@", start, start + len(value)]

    found: Json = _mapped({k: v for k, v in gold.items() if k != "mentions"}, "", seal)
    found["mentions"] = [[label, seal(form, "mentions")] for label, form in gold["mentions"]]
    return found | {"digest": digest(body)}


def opened(article: Json, line: Json) -> Json:
    """The gold line of a sealed one; raises InputError where the article is not the one it was made for."""
    body = article_of(article).body
    if digest(body) != line["digest"]:
        raise InputError(f"article {line['id']} has another text than the one that was labelled")

    def unseal(value: Any, _: str) -> Any:
        return body[value[1] : value[2]] if isinstance(value, list) else value

    found: Json = _mapped({k: v for k, v in line.items() if k != "digest"}, "", unseal)
    return found


def news_gold(shared: Path, path: Path = NEWS) -> Iterator[tuple[Json, Json]]:
    """(article, gold line) of the labelled background news; nothing where the news is not there."""
    news = shared / BACKGROUND
    if not path.exists() or not news.exists():
        return
    lines = {line["id"]: line for line in json_lines(path)}
    for article in json_lines(news):
        if article["id"] in lines:
            yield article, opened(article, lines[article["id"]])


def main(
    articles: Annotated[Path, typer.Argument(help="JSON lines of articles.")],
    gold: Annotated[Path, typer.Argument(help="JSON lines of their gold.")],
) -> None:
    """Print the gold lines with offsets for words, by id."""
    texts = {article["id"]: article for article in json_lines(articles)}
    for line in sorted(json_lines(gold), key=lambda item: str(item["id"])):
        typer.echo(json.dumps(sealed(texts[line["id"]], line), ensure_ascii=False))


if __name__ == "__main__":
    typer.run(main)
