"""An output folder read back: its results as they were extracted, before any correction."""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sepaham.errors import InputError
from sepaham.records import Agreement, Outcome, Result
from sepaham.tables.cells import unescape
from sepaham.tables.schema import ARTICLES, Column

UNCORRECTED = "uncorrected.jsonl"
"""Agreements of corrected articles as they were extracted: a correction can be changed or withdrawn."""

_NEEDED = ("run.json", "articles.csv", "agreements.jsonl")


class Folder:
    """The files of a finished run; nothing is held but what a correction touched."""

    def __init__(self, out: Path) -> None:
        """Read run.json; InputError when the folder holds no finished run."""
        missing = [name for name in _NEEDED if not (out / name).is_file()]
        if missing:
            raise InputError(
                f"{out} holds no {', '.join(missing)}: give the folder that `sepaham extract … -o OUT` "
                "wrote, after it ended"
            )
        self.out = out
        self.run: dict[str, Any] = json.loads((out / "run.json").read_text(encoding="utf-8"))

    def results(self) -> Iterator[Result]:
        """Every input record in order, its agreements as they were extracted."""
        before = self._uncorrected()
        agreements = _ByArticle(self._agreements("agreements.jsonl"))
        texts = _Texts(self.out / "texts.jsonl")
        for row in self._rows():
            key = row["article_id"]
            found = agreements.of(key)
            changed: dict[str, Any] = {}
            if key in before:
                found, changed = before[key], {"outcome": Outcome.AGREEMENT, "reason": None}
            yield _result(row).model_copy(
                update={"agreements": tuple(found), "text_line": texts.of(key), **changed}
            )

    def _rows(self) -> Iterator[dict[str, str]]:
        csv.field_size_limit(sys.maxsize)
        with (self.out / "articles.csv").open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file, restval="")

    def _agreements(self, name: str) -> Iterator[Agreement]:
        with (self.out / name).open(encoding="utf-8", newline="\n") as file:
            for line in file:
                yield Agreement.model_validate_json(line)

    def _uncorrected(self) -> dict[str, list[Agreement]]:
        """By article what was extracted where corrections were laid over it; a fresh run has none yet."""
        found: dict[str, list[Agreement]] = {}
        if "corrections" in self.run and (self.out / UNCORRECTED).is_file():
            for agreement in self._agreements(UNCORRECTED):
                found.setdefault(agreement.article_id, []).append(agreement)
        return found


def _result(row: dict[str, str]) -> Result:
    """The result in a row of articles.csv; columns that a result has no key for are made from others."""
    known = [column for column in ARTICLES.columns if column.name in Result.model_fields]
    cells = {column.name: _value(column, row[column.name]) for column in known if column.name in row}
    counted = {"record": int(row["record_number"]), "truncated": row["truncated"] == "yes"}
    return Result.model_validate({**cells, "source_file": cells["source_file"] or "", **counted})


def _value(column: Column, cell: str) -> str | float | None:
    if column.type == "number":
        return float(cell) if cell else None
    return unescape(cell) or None


class _ByArticle:
    """Agreements that stand in the order of their articles, handed out article by article."""

    def __init__(self, agreements: Iterator[Agreement]) -> None:
        self._agreements = agreements
        self._next = next(agreements, None)

    def of(self, article_id: str) -> list[Agreement]:
        """The agreements of an article, which is asked for in the order of the file."""
        found: list[Agreement] = []
        while self._next is not None and self._next.article_id == article_id:
            found.append(self._next)
            self._next = next(self._agreements, None)
        return found


class _Texts:
    """The lines of texts.jsonl, which stand in the order of their articles."""

    def __init__(self, path: Path) -> None:
        self._lines = iter(_lines(path))
        self._next = next(self._lines, None)

    def of(self, article_id: str) -> str | None:
        if self._next is None or json.loads(self._next)["id"] != article_id:
            return None
        line, self._next = self._next, next(self._lines, None)
        return line


def _lines(path: Path) -> Iterator[str]:
    if path.is_file():
        with path.open(encoding="utf-8", newline="\n") as file:
            yield from file
