"""Reads the output folders of `extract`: agreements line by line, and what their articles are."""

import csv
import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any

from pydantic import ValidationError

from sepaham.errors import InputError
from sepaham.ledger.reports import Meta, Report, report
from sepaham.records import Agreement
from sepaham.tables.cells import unescape

CELL_LIMIT = 1 << 27  # characters; a packed cell may be longer than the csv module's default


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of an article, whose agreements stand under the article that it duplicates."""

    meta: Meta
    of: str


@dataclass
class Shelf:
    """All agreements of one or more folders, for matching in memory and for reading again one by one.

    `reports` are sorted by their key, each key once, so that nothing hangs on the order of folders or lines.
    `copies` are by (folder, id of the article that stands for them). Use as a context manager.
    """

    folders: tuple[Path, ...]
    reports: list[Report] = field(default_factory=list)
    copies: dict[tuple[int, str], list[Copy]] = field(default_factory=dict)
    _files: list[IO[bytes]] = field(default_factory=list)

    def __enter__(self) -> "Shelf":
        """Open the folders' agreements for reading by place."""
        self._files = [(folder / "agreements.jsonl").open("rb") for folder in self.folders]
        return self

    def __exit__(self, *_: object) -> None:
        """Close them."""
        for file in self._files:
            file.close()

    def agreement(self, place: tuple[int, int]) -> Agreement:
        """The agreement that stands at a place."""
        number, offset = place
        self._files[number].seek(offset)
        return Agreement.model_validate_json(self._files[number].readline())


def open_folders(folders: Sequence[Path]) -> Shelf:
    """Read the agreements of output folders; the same article in two of them counts once.

    Memory grows with the number of agreements, not with their texts. Raises InputError when a folder holds no
    tables or a line is of another version.
    """
    shelf = Shelf(folders=tuple(folders))
    found: dict[str, Report] = {}
    for number, folder in enumerate(shelf.folders):
        metas = _articles(folder)
        for copy in _copies(folder, metas):
            shelf.copies.setdefault((number, copy.of), []).append(copy)
        for offset, agreement in _agreements(folder):
            meta = metas.get(agreement.article_id) or Meta(agreement.article_id, agreement.article_id)
            item = report(agreement, meta, (number, offset))
            found.setdefault(item.key, item)
    shelf.reports = [found[key] for key in sorted(found)]
    return shelf


def _agreements(folder: Path) -> Iterator[tuple[int, Agreement]]:
    path = _need(folder, "agreements.jsonl")
    offset = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield offset, Agreement.model_validate_json(line)
            except ValidationError as error:
                where = error.errors()[0]
                raise InputError(
                    f"{path}, line {number}: no agreement of this version ({where['msg']}): extract again"
                ) from error
            offset += len(line)


def _need(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        raise InputError(
            f"{folder} holds no {name}: give the folder that `sepaham extract … -o OUT` wrote, after it ended"
        )
    return path


def article_rows(folder: Path) -> Iterator[dict[str, str]]:
    """The rows of a folder's `articles.csv`, cells as they were before they were made safe."""
    csv.field_size_limit(min(CELL_LIMIT, sys.maxsize))
    with _need(folder, "articles.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: unescape(text or "") for name, text in row.items()}


def _meta(row: dict[str, str], digests: dict[str, str]) -> Meta:
    root = row.get("copy_root") or row["article_id"]
    own = row.get("digest") or ""
    value = partial(_value, row)
    return Meta(
        article_id=row["article_id"],
        origin=digests.get(root) or own or root,
        published=value("published"),
        outlet=value("outlet"),
        title=value("title"),
        url=value("url"),
    )


def _value(row: dict[str, Any], name: str) -> str | None:
    return row.get(name) or None


def _articles(folder: Path) -> dict[str, Meta]:
    """The articles with agreements, by id; an origin is the digest of the text that was published first."""
    wanted = {row["copy_root"] for row in article_rows(folder) if row.get("copy_root")}
    digests = {
        row["article_id"]: row["digest"]
        for row in article_rows(folder)
        if row["article_id"] in wanted and row.get("digest")
    }
    return {
        row["article_id"]: _meta(row, digests)
        for row in article_rows(folder)
        if row["n_agreements"] not in ("", "0")
    }


def _copies(folder: Path, metas: dict[str, Meta]) -> Iterator[Copy]:
    for row in article_rows(folder):
        stands = metas.get(row["reason"]) if row["outcome"] == "duplicate" else None
        if stands is not None:
            own = _meta(row, {})
            yield Copy(
                Meta(own.article_id, stands.origin, own.published, own.outlet, own.title, own.url),
                stands.article_id,
            )


def short_hash(text: str, length: int = 12) -> str:
    """A short name for a text, the same on every machine."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
