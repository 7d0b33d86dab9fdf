"""Which articles are copies of which, decided in the order of the input, with an index on disk.

The index is made from the journal each time that a run is published, so nothing in it can be out of step
with the journal, however often the run was killed or added to.
"""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from sepaham.batch.copytree import Member, date_order, places
from sepaham.batch.sketch import Sketch, is_copy
from sepaham.records import Outcome, Result

SAME_TEXT = "same text"
EDITED_COPY = "edited copy"

_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32768;
CREATE TABLE articles (seq INTEGER PRIMARY KEY, id TEXT, dated TEXT, agreements INTEGER, days TEXT,
                       digest INTEGER, sketch TEXT);
CREATE TABLE texts (digest INTEGER PRIMARY KEY, seq INTEGER);
CREATE TABLE keys (hash INTEGER, seq INTEGER, PRIMARY KEY (hash, seq)) WITHOUT ROWID;
CREATE TABLE members (seq INTEGER PRIMARY KEY, family INTEGER, duplicate_of TEXT, how TEXT);
CREATE INDEX families ON members (family, duplicate_of, seq);
CREATE TABLE places (seq INTEGER PRIMARY KEY, root TEXT, copied_from TEXT, similarity REAL);
BEGIN;
"""
_SHARED_KEYS = 3  # of KEYS: two articles of the same day share one or two by chance
_POSTINGS = 200  # articles under one key: a sequence of words that more have in common tells nothing
_CANDIDATES = 20


class Verdict(NamedTuple):
    """Where an article stands among its copies; `duplicate_of` is null for one that is kept."""

    seq: int
    root: str
    copied_from: str | None
    similarity: float | None
    duplicate_of: str | None
    how: str | None


class Copies:
    """An index over the articles of an output folder: `add` all of them, then `settled` tells their outcome.

    The same text is found among all articles, an edited copy among those with a sketch, which passed the
    gate. The first of several copies is kept; so is one that gives more agreements than those kept before, or
    one signed on another day, since no agreement may be lost. Memory does not grow with the number of
    articles. Use as a context manager.
    """

    def __init__(self, path: Path) -> None:
        """Make the index in a new file, which is removed at the end."""
        self._path = path
        path.unlink(missing_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.executescript(_TABLES)
        self._added = 0

    def __enter__(self) -> Self:
        """The index itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Remove the index."""
        self._db.close()
        self._path.unlink(missing_ok=True)

    def add(self, result: Result) -> None:
        """The next article of the input."""
        seq, self._added = self._added, self._added + 1
        if result.digest is None:
            return
        agreements, digest = len(result.agreements), int(result.digest, 16) - 2**63  # SQLite's are signed
        dated = date_order(result.published)
        days = " ".join(_days(result))
        row = (seq, result.article_id, dated, agreements, days, digest, result.sketch)
        self._db.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        if not self._db.execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", (digest, seq)).rowcount:
            (first,) = self._db.execute("SELECT seq FROM texts WHERE digest = ?", (digest,)).fetchone()
            self._join(seq, first, SAME_TEXT)
        elif result.sketch is not None:
            sketch = Sketch.decoded(result.sketch)
            if (nearest := self._nearest(sketch)) is not None:
                self._join(seq, nearest, EDITED_COPY)
            self._post(seq, sketch)

    def _nearest(self, sketch: Sketch) -> int | None:
        """The most similar article that this one is a copy of; the first of several."""
        sharing = (
            "SELECT k.seq, sketch FROM keys k JOIN articles USING (seq) "
            "WHERE hash IN (SELECT value FROM json_each(?)) GROUP BY k.seq "
            "HAVING COUNT(*) >= ? ORDER BY COUNT(*) DESC, k.seq LIMIT ?"
        )
        found = self._db.execute(sharing, (json.dumps(sketch.keys), _SHARED_KEYS, _CANDIDATES))
        alike = ((is_copy(sketch, Sketch.decoded(encoded)), -seq) for seq, encoded in found)
        copied = [(similarity, place) for similarity, place in alike if similarity is not None]
        return -max(copied)[1] if copied else None

    def _post(self, seq: int, sketch: Sketch) -> None:
        """Enter the article under its keys, but for those that have too many articles already."""
        counted = (
            "SELECT hash FROM keys WHERE hash IN (SELECT value FROM json_each(?)) "
            "GROUP BY hash HAVING COUNT(*) >= ?"
        )
        full = {key for (key,) in self._db.execute(counted, (json.dumps(sketch.keys), _POSTINGS))}
        rows = [(key, seq) for key in sketch.keys if key not in full]
        self._db.executemany("INSERT INTO keys VALUES (?, ?)", rows)

    def _join(self, seq: int, first: int, how: str) -> None:
        """Put an article into the family of the one that it copies, and see whether its rows are needed."""
        known = "SELECT family, duplicate_of FROM members WHERE seq = ?"
        row = self._db.execute(known, (first,)).fetchone()
        family, stands_for_first = row or (first, None)
        if row is None:
            self._db.execute("INSERT INTO members VALUES (?, ?, NULL, NULL)", (first, family))
        of_seq = "SELECT id, agreements, days FROM articles WHERE seq = ?"
        (_, agreements, days), (first_id, *_) = (
            self._db.execute(of_seq, (number,)).fetchone() for number in (seq, first)
        )
        kept = (
            "SELECT id, agreements, days FROM members JOIN articles USING (seq) "
            "WHERE family = ? AND duplicate_of IS NULL ORDER BY id <> ?, seq"
        )
        stands = (
            name
            for name, most, signed in self._db.execute(kept, (family, stands_for_first or first_id))
            if agreements <= most and (how == SAME_TEXT or _same_days(days, signed))
        )
        self._db.execute("INSERT INTO members VALUES (?, ?, ?, ?)", (seq, family, next(stands, None), how))

    def settled(self, results: Iterator[Result], *, keep: bool) -> Iterator[Result]:
        """The same articles in the same order, each with what it is a copy of.

        A duplicate loses its agreements, which the article that it duplicates gives; with `keep` it stays
        as it is, and only the columns about copies are filled.
        """
        self._find_places()
        rows = self._db.execute(
            "SELECT seq, root, copied_from, similarity, duplicate_of, how "
            "FROM places JOIN members USING (seq) ORDER BY seq"
        )
        verdicts = (Verdict(*row) for row in rows)
        verdict = next(verdicts, None)
        for seq, result in enumerate(results):
            if verdict is not None and verdict.seq == seq:
                yield _with(result, verdict, keep=keep)
                verdict = next(verdicts, None)
            else:
                yield result

    def _find_places(self) -> None:
        families = self._db.execute("SELECT DISTINCT family FROM members")
        while row := families.fetchone():
            of_family = (
                "SELECT seq, id, digest, sketch FROM members JOIN articles USING (seq) "
                "WHERE family = ? ORDER BY dated, seq"
            )
            members = (
                Member(seq, name, digest, Sketch.decoded(encoded) if encoded else None)
                for seq, name, digest, encoded in self._db.execute(of_family, row)
            )
            self._db.executemany("INSERT INTO places VALUES (?, ?, ?, ?)", places(members))


def _days(result: Result) -> list[str]:
    """The days of signing that the article states."""
    dates = [agreement.date for agreement in result.agreements if agreement.date]
    return sorted({date.value for date in dates if date.value and date.basis == "explicit"})


def _same_days(days: str, known: str) -> bool:
    """Whether what was signed on these days may be what was signed on those: unknown ones may."""
    return not days or not known or not {*days.split()}.isdisjoint(known.split())


def _with(result: Result, verdict: Verdict, *, keep: bool) -> Result:
    tree = {
        "copied_from": verdict.copied_from,
        "copy_root": verdict.root,
        "similarity": verdict.similarity,
    }
    if keep or verdict.duplicate_of is None:
        return result.model_copy(update=tree)
    gone = {"agreements": (), "text_line": None}
    fate = {"outcome": Outcome.DUPLICATE, "reason": verdict.duplicate_of, "detail": verdict.how}
    return result.model_copy(update={**tree, **gone, **fate})
