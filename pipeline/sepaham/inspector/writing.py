"""`sepaham inspect`: the agreements of a folder and their articles as one page."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sepaham.batch.journal import replace_text
from sepaham.corrections import Correction, Corrections, Corrector, merge, read_corrections
from sepaham.corrections.file import NAME
from sepaham.corrections.model import plain
from sepaham.inspector.articles import find_articles
from sepaham.inspector.folder import Folder
from sepaham.inspector.page import build, packed
from sepaham.inspector.rows import columns, shown, table_row, text_of
from sepaham.records import Agreement, Article, Result

CHUNK = 64
"""Agreements that are unpacked together when one of them is opened."""


@dataclass(frozen=True)
class PageReport:
    """What a page holds: agreements, articles with their text, articles whose text was not found, bytes."""

    agreements: int
    texts: int
    without_text: int
    size: int

    def to_text(self) -> str:
        """The report for the terminal."""
        missing = (
            f"; {self.without_text} articles without text (give the run's inputs with --articles)"
            if self.without_text
            else ""
        )
        return f"{self.agreements} agreements, {self.size / 1e6:.1f} MB{missing}"


def write_page(out: Path, target: Path, *, inputs: Sequence[str] | None = None) -> PageReport:
    """Write the page of a finished run to the file `target`.

    It shows the agreements as they were extracted, with the corrections that OUT keeps laid over them by the
    page. `inputs` say where the articles are, by default where the run read them. Raises InputError when OUT
    holds no finished run, or given inputs are not there.
    """
    folder = Folder(out)
    results = [result for result in folder.results() if result.agreements]
    articles = find_articles(results, folder.run, inputs)
    kept = out / NAME
    corrections = merge(read_corrections(kept)) if kept.is_file() else Corrections()
    laid = _Laid(results, corrections)
    rows = [
        table_row(laid.now.get(agreement.agreement_id, agreement), result)
        for result in results
        for agreement in result.agreements
    ]
    index = packed(columns(rows))
    chunks = [packed(chunk) for chunk in _chunks(results, articles)]
    meta = {
        "dataset": _fingerprint(chunks),
        "rows": len(rows),
        "chunk": CHUNK,
        "version": folder.run.get("versions", {}).get("sepaham"),
        "corrections": laid.entries(),
    }
    page = build(meta, index, chunks)
    target.parent.mkdir(parents=True, exist_ok=True)
    replace_text(target, page)
    return PageReport(len(rows), len(articles), len(results) - len(articles), len(page.encode()))


def _fingerprint(chunks: Sequence[str]) -> str:
    """Tells pages of the same agreements from others: what a browser keeps is for one of them."""
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk.encode())
    return digest.hexdigest()[:16]


def _chunks(results: Sequence[Result], articles: dict[str, Article]) -> Iterator[dict[str, Any]]:
    pairs = [(agreement, result.article_id) for result in results for agreement in result.agreements]
    for start in range(0, len(pairs), CHUNK):
        part = pairs[start : start + CHUNK]
        yield _chunk(part, articles)


def _chunk(part: Sequence[tuple[Agreement, str]], articles: dict[str, Article]) -> dict[str, Any]:
    """The agreements, and the texts of their articles once each."""
    texts = {key: text_of(articles.get(key)) for _, key in part}
    bodies = {key: articles[key].body for key in texts if key in articles}
    return {"agreements": [shown(a, bodies.get(key)) for a, key in part], "texts": texts}


class _Laid:
    """The kept corrections laid over the results: what a row shows then, and where each correction stands."""

    def __init__(self, results: Sequence[Result], corrections: Corrections) -> None:
        self.now: dict[str, Agreement] = {}
        self._corrections = corrections
        self._places: dict[tuple[str, ...], tuple[int, str | None]] = {}
        corrector = Corrector(corrections)
        row = 0
        for result in results:
            if waiting := corrector.waiting_for(result.article_id):
                self._lay(corrector, result, waiting, row)
            row += len(result.agreements)

    def _lay(self, corrector: Corrector, result: Result, waiting: Sequence[Correction], row: int) -> None:
        laid = corrector.each(result.agreements, waiting, result.published)
        for number, (agreement, corrected) in enumerate(laid, row):
            if corrected.agreement is not None:
                self.now[agreement.agreement_id] = corrected.agreement
            for item, pointer in corrected.placed:
                self._places[item.key] = (number, pointer)

    def entries(self) -> list[dict[str, Any]]:
        """Every correction with its row and pointer; null for one that holds nowhere."""
        found = [(item, *self._places.get(item.key, (None, None))) for item in self._corrections.corrections]
        return [{"row": row, "pointer": pointer, "correction": plain(item)} for item, row, pointer in found]
