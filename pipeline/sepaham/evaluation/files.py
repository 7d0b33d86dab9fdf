"""Reads what scoring needs: JSON Lines, the articles beside a gold file, and lists of ids."""

import io
import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from sepaham.errors import InputError

PathLike = str | Path
Ids = str | Collection[str]


def read_text(path: PathLike) -> str:
    """The text of a UTF-8 file; InputError when it cannot be read."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): give the path of a file") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 (byte {error.start}): convert it first") from error


def lines_of(path: PathLike) -> list[str]:
    """The lines of a UTF-8 file with their line ends, as reading the file line by line gives them.

    Not `str.splitlines`: that also breaks at U+2028 and the like, which stand inside JSON strings.
    """
    return list(io.StringIO(read_text(path)))


def read_jsonl(path: PathLike) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file; blank lines are skipped.

    Raises InputError with the line for anything but a JSON object.
    """
    return [_object(path, number, line) for number, line in enumerate(lines_of(path), 1) if line.strip()]


def _object(path: PathLike, number: int, line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise InputError(
            f"{path}, line {number}: no JSON ({error}): one object a line is expected"
        ) from error
    if not isinstance(value, dict):
        raise InputError(
            f"{path}, line {number}: a {type(value).__name__}, not an object: one object a line is expected"
        )
    return value


def articles_beside(gold_path: PathLike) -> Path:
    """The articles file that belongs to a gold file: the `articles.jsonl` beside it.

    As in the judge, `x-gold.jsonl` belongs to `x-articles.jsonl`.
    """
    found = re.sub(r"gold[^/]*\.jsonl$", "articles.jsonl", str(gold_path))
    return Path(gold_path).with_name("articles.jsonl") if found == str(gold_path) else Path(found)


def read_articles(path: PathLike) -> dict[str, dict[str, Any]]:
    """The articles of a file by id, as they stand there; a repeated id keeps its last article."""
    return {_string(path, article, "id"): article for article in read_jsonl(path)}


def body_of(article: Mapping[str, Any], path: PathLike) -> str:
    """The text that offsets count in: title, two line breaks, text; only the text where there is no title."""
    text = _string(path, article, "text")
    return f"{_string(path, article, 'title')}\n\n{text}" if article.get("title") else text


def read_bodies(path: PathLike, ids: Collection[str]) -> dict[str, str]:
    """The body of each article in `ids`; InputError when one is not in the file."""
    articles = read_articles(path)
    if missing := [key for key in ids if key not in articles]:
        raise InputError(
            f"{path} lacks article {missing[0]!r} of the gold: give the articles of the gold (articles=…)"
        )
    return {key: body_of(articles[key], path) for key in ids}


def _string(path: PathLike, article: Mapping[str, Any], key: str) -> str:
    value = article.get(key)
    if not isinstance(value, str):
        raise InputError(
            f"{path}, article {article.get('id')!r}: {key} must be a string: one article a line is expected"
        )
    return value


def chosen_ids(ids: Ids) -> set[str]:
    """The ids that `FILE:KEY` (a list in a JSON object), `FILE` (one id a line) or a collection names."""
    if not isinstance(ids, str):
        return set(ids)
    path, _, key = ids.partition(":")
    text = read_text(path)
    if not key:
        return set(text.split())
    try:
        lists = json.loads(text)
    except ValueError as error:
        raise InputError(f"{path}: no JSON ({error}): FILE:KEY names a list in a JSON object") from error
    if not isinstance(lists, dict) or key not in lists:
        keys = ", ".join(sorted(lists)) if isinstance(lists, dict) else "none, it is no object"
        raise InputError(f"{path} has no {key!r}: its keys are {keys}")
    if not isinstance(lists[key], list) or not all(isinstance(each, str) for each in lists[key]):
        raise InputError(f"{path}:{key} is no list of ids")
    return set(lists[key])


def each_chosen(known: Collection[str], ids: Ids | None, gold_path: PathLike) -> list[str]:
    """The ids to score: all in the order of the gold, or the chosen ones sorted.

    Raises InputError when the gold does not hold a chosen id.
    """
    if ids is None:
        return list(known)
    keys = sorted(chosen_ids(ids))
    if unknown := [key for key in keys if key not in known]:
        raise InputError(f"{gold_path} does not hold {unknown[0]!r}: choose ids of this gold file")
    return keys
