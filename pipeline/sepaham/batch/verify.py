"""Proves an OUT against its input: every quote at its place, every record there, every table whole."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from pydantic import ValidationError

from sepaham.batch.publish import Counts
from sepaham.batch.run import Reading
from sepaham.batch.work import FAILED, Item, digest
from sepaham.corrections import read_corrections
from sepaham.corrections.file import NAME
from sepaham.corrections.results import REVIEWER
from sepaham.errors import InputError
from sepaham.gate import passes
from sepaham.ingestion import Rejected, complete, discover
from sepaham.ledger import FILES, annotate, build, held_day
from sepaham.records import Agreement, Article, Outcome, Result
from sepaham.tables import TableWriter
from sepaham.tables.cells import unescape
from sepaham.tables.schema import ARTICLES, TABLES

_NESTED, _TEXTS, _RUN = "agreements.jsonl", "texts.jsonl", "run.json"
_TOLD = ("title", "outlet", "published", "published_from", "url", "source_file", "record")
_SURE = {"agreement", "signatories", *Agreement.model_fields}
_NO_RESULT = ("record_number", "n_agreements", "truncated")


class Fault(NamedTuple):
    """Something that does not hold: in which file, at which line, article or field, and what."""

    file: str
    place: str
    what: str

    def __str__(self) -> str:
        """As it is printed."""
        return f"{self.file}, {self.place}: {self.what}"


def verify(out: Path, inputs: Sequence[str], columns: Mapping[str, str] | None = None) -> Iterator[Fault]:
    """The faults of an OUT, none where it is whole; the inputs in the order in which they were given.

    The input is read again, and the tables are written again from `agreements.jsonl` and `articles.csv`, so
    that one changed byte in any of them is found. Raises InputError when OUT or the input cannot be read.
    """
    agreements, faults = _agreements(out)
    yield from faults
    texts = _texts(out)
    results = _results(out)
    yield from _against_input(results, agreements, texts, inputs, columns, _reviewed(out))
    yield from _against_tables(out, results, agreements, texts)
    yield from _against_counts(out, results, agreements)


def _against_counts(
    out: Path, results: Sequence[Result], agreements: Mapping[str, list[Agreement]]
) -> Iterator[Fault]:
    """The counts in run.json are those of articles.csv, and add up."""
    try:
        told = json.loads("".join(_lines(out / _RUN)))["counts"]
    except (ValueError, KeyError, TypeError) as error:
        yield Fault(_RUN, "counts", f"cannot be read ({type(error).__name__}: {error})")
        return
    counts = Counts()
    for result in results:
        counts.add(result.model_copy(update={"agreements": tuple(agreements.get(result.article_id, ()))}))
    for key, stands in counts.as_dict().items():
        if told.get(key) != stands:
            yield Fault(_RUN, f"counts, {key}", f"is {told.get(key)}, by articles.csv it is {stands}")
    if sum(told.get(outcome.value, 0) for outcome in Outcome) != told.get("records"):
        yield Fault(_RUN, "counts", "the outcomes do not add up to the records")


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            yield from lines
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error}): is this the OUT of a run that ended?") from error


def _agreements(out: Path) -> tuple[dict[str, list[Agreement]], list[Fault]]:
    found: dict[str, list[Agreement]] = {}
    faults = []
    for number, line in enumerate(_lines(out / _NESTED), 1):
        try:
            agreement = Agreement.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]["msg"]
            faults.append(Fault(_NESTED, f"line {number}", f"is no agreement any more ({first})"))
            continue
        # No table holds all of them, so a changed name would show nowhere else.
        for slot in sorted(agreement.confidence.keys() - _SURE):
            faults.append(Fault(_NESTED, f"line {number}", f"has a confidence of no slot: {slot!r}"))
        found.setdefault(agreement.article_id, []).append(agreement)
    return found, faults


def _texts(out: Path) -> dict[str, str]:
    """The lines of `texts.jsonl` by article."""
    return {json.loads(line)["id"]: line for line in _lines(out / _TEXTS)}


def _reviewed(out: Path) -> frozenset[str]:
    """The articles of which a kept correction rejects an agreement as a whole."""
    kept = out / NAME
    items = read_corrections(kept).corrections if kept.is_file() else ()
    return frozenset(item.article_id for item in items if item.whole and item.action == "reject")


def _results(out: Path) -> list[Result]:
    """The rows of `articles.csv` as results without agreements."""
    found = []
    for number, row in enumerate(csv.DictReader(_lines(out / "articles.csv")), 2):
        cells: dict[str, Any] = {
            c.name: _value(c.type, row[c.name]) for c in ARTICLES.columns if row.get(c.name)
        }
        kept = {key: value for key, value in cells.items() if key not in _NO_RESULT}
        try:
            record = {"record": cells.get("record_number", 1), "truncated": cells.get("truncated") == "yes"}
            found.append(Result(**kept, **record))
        except (ValidationError, TypeError) as error:
            raise InputError(f"{out / 'articles.csv'}, line {number}: {error}") from error
    return found


def _value(kind: str, text: str) -> object:
    if kind == "integer":
        return int(text)
    return float(text) if kind == "number" else unescape(text)


def _against_input(
    results: Sequence[Result],
    agreements: Mapping[str, list[Agreement]],
    texts: Mapping[str, str],
    inputs: Sequence[str],
    columns: Mapping[str, str] | None,
    reviewed: frozenset[str],
) -> Iterator[Fault]:
    """Each record of the input has its row, in order, and each quote stands where it is said to stand."""
    read = Reading(discover(inputs), dict(columns or {})).items()
    for number, (came, result) in enumerate(zip_longest(read, results), 2):
        item = complete(came) if came and result and result.reason not in FAILED else came
        place = f"line {number}"
        if result is None or item is None:
            what = "the input has more records" if result is None else "the input has no such record"
            yield Fault("articles.csv", place, what)
            return
        if item.article_id != result.article_id:
            yield Fault(
                "articles.csv", place, f"is {result.article_id}, but the input has {item.article_id} there"
            )
            return
        for key, stands in _expected(item, result, item.article_id in reviewed).items():
            if (stands or None) != (getattr(result, key) or None):
                what = f"{key} is {getattr(result, key)!r}, by the input it is {stands!r}"
                yield Fault("articles.csv", place, what)
        if isinstance(item, Article):
            yield from _article(item, result, agreements.get(item.article_id, []), texts)
    unknown = set(agreements) - {r.article_id for r in results}
    for name in sorted(unknown):
        yield Fault(_NESTED, name, "the article is not in articles.csv")


def _expected(item: Item, result: Result, reviewed: bool) -> dict[str, object]:
    """The cells of `articles.csv` that the input tells; of a record that failed, only its place.

    `reviewed`: an agreement of it was rejected.
    """
    if result.reason in FAILED:
        return {"source_file": item.source_file, "record": item.record, "outcome": Outcome.REJECTED}
    found: dict[str, object] = {key: getattr(item, key, None) for key in _TOLD}
    if isinstance(item, Rejected):
        return found | {"outcome": Outcome.REJECTED, "reason": item.reason, "detail": item.detail}
    if isinstance(item, Article) and not passes(item.body):
        return found | {"outcome": Outcome.NO_AGREEMENT, "reason": "gate", "detail": None}
    if result.outcome == Outcome.NO_AGREEMENT:
        by_reviewer = reviewed and result.reason == REVIEWER
        return found | {"reason": REVIEWER if by_reviewer else "model"}
    return found | ({"reason": None} if result.outcome == Outcome.AGREEMENT else {})


def _article(
    article: Article, result: Result, agreements: Sequence[Agreement], texts: Mapping[str, str]
) -> Iterator[Fault]:
    kept = texts.get(article.article_id)
    if kept:
        row = json.loads(kept)
        article = article.model_copy(update={"title": row["title"], "text": row["text"]})
    elif result.digest and digest(article.body) != result.digest:
        yield Fault(
            "articles.csv", article.article_id, "the text in the input is another than the one that was read"
        )
    for agreement in agreements:
        for item in agreement.evidence:
            if item.start is None or item.end is None:
                continue
            stands = article.body[item.start : item.end]
            if stands != item.quote:
                place = f"{agreement.agreement_id} {item.field}"
                yield Fault(
                    _NESTED, place, f"{item.quote!r} is quoted, {stands!r} stands at {item.start}..{item.end}"
                )


def _against_tables(
    out: Path,
    results: Sequence[Result],
    agreements: Mapping[str, list[Agreement]],
    texts: Mapping[str, str],
) -> Iterator[Fault]:
    """The CSV files are those that the agreements and articles give."""
    with TemporaryDirectory() as folder:
        again = Path(folder)
        with TableWriter(again) as tables:
            for result in results:
                name = result.article_id
                own = {"agreements": tuple(agreements.get(name, ())), "text_line": texts.get(name)}
                tables.add(result.model_copy(update=own))
        names = [*(f"{table.name}.csv" for table in TABLES), _NESTED, _TEXTS]
        if (out / FILES[0]).exists():
            annotate(again, build([again], again, on=held_day(out)))
            names += FILES
        for name in names:
            pairs = zip_longest(_lines(out / name), _lines(again / name))
            for number, (mine, theirs) in enumerate(pairs, 1):
                if mine != theirs:
                    yield Fault(name, f"line {number}", "is not what agreements.jsonl and articles.csv give")
                    break
