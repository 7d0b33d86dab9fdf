"""The verbs under fuzz and what must hold for every input: no crash, no hang, nothing lost, offsets true."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st
from inputs import damaged_files, days, long_texts, short_texts

from sepaham.amounts import find_amounts
from sepaham.batch.work import Options, process
from sepaham.cleaning import clean
from sepaham.dates import find_dates
from sepaham.ingestion import Rejected, read_articles
from sepaham.normalize import normalize
from sepaham.records import Article, Outcome
from sepaham.registry import lookup


class Target(NamedTuple):
    """A check, what it is fed with, and its share of a sweep."""

    check: Callable[[Any], None]
    inputs: st.SearchStrategy[Any]
    share: float


def readers(drawn: tuple[str, bytes]) -> None:
    """Any bytes under any name give items that can be written, with ids of their own."""
    name, content = drawn
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        found = list(read_articles([str(path)]))
    assert found
    assert len({item.article_id for item in found}) == len(found)
    for item in found:
        item.model_dump_json().encode()
        assert isinstance(item, Rejected) or item.text.strip()


def cleaning(text: str) -> None:
    """The map back is monotone and in bounds."""
    cleaned = clean(text)
    last = 0
    for at in range(len(cleaned.text)):
        start, end = cleaned.original(at, at + 1)
        assert last <= start < end <= len(text)
        last = start


def dates(drawn: tuple[str, str | None]) -> None:
    """Every date is the slice that it says."""
    text, published = drawn
    for found in find_dates(text, published):
        assert text[found.start : found.end] == found.text
        found.model_dump_json()


def amounts(drawn: tuple[str, str | None]) -> None:
    """Every sum is the slice that it says, and no two expressions overlap."""
    text, published = drawn
    for found in find_amounts(text, published):
        assert text[found.start : found.end] == found.text
    last = 0
    for record in normalize(text, published):
        assert last <= record["start"] < record["end"] <= len(text)
        last = record["end"]


def registry(drawn: tuple[str, str, str | None]) -> None:
    """Any name gives a link, of a known code or none."""
    name, context, on = drawn
    link = lookup(name, on=on, context=context)
    assert link.query == name
    assert link.code is None or ":" in link.code


def _extracted(drawn: tuple[str, str, str | None], tagger: str) -> None:
    title, text, published = drawn
    article = Article(article_id="a", title=title.strip() or None, text=text, published=published)
    result = process(article, Options(tagger=tagger))
    assert result.reason != "internal_error", result.detail
    assert (result.outcome == Outcome.AGREEMENT) == bool(result.agreements)
    for agreement in result.agreements:
        agreement.model_dump_json()
        for item in agreement.evidence:
            if item.start is not None:
                assert article.body[item.start : item.end] == item.quote


def extract_rules(drawn: tuple[str, str, str | None]) -> None:
    """The whole way with the rule tagger: a result, never an internal error, quotes letter for letter."""
    _extracted(drawn, "rules")


def extract_encoder(drawn: tuple[str, str, str | None]) -> None:
    """The same with the learned tagger."""
    _extracted(drawn, "encoder")


_LEAD = "Nota kesepahaman ditandatangani Bupati Sidrap dan Direktur PT Maju Jaya, Rabu (5/6/2024). "


def _stories() -> st.SearchStrategy[tuple[str, str, str | None]]:
    """Titles and texts, of which most get past the gate; no lone surrogates, which readers reject."""
    texts = long_texts().map(lambda text: (_LEAD + text).encode("utf-8", "ignore").decode())
    return st.tuples(short_texts().map(lambda t: t.encode("utf-8", "ignore").decode()), texts, days())


def _iso_days() -> st.SearchStrategy[str | None]:
    return st.one_of(st.none(), st.dates().map(lambda d: d.isoformat()))


def targets() -> dict[str, Target]:
    """All targets by name; the shares add up to 1."""
    texts = st.one_of(short_texts(), long_texts())
    return {
        "readers": Target(readers, damaged_files(), 0.15),
        "cleaning": Target(cleaning, texts, 0.175),
        "dates": Target(dates, st.tuples(texts, days()), 0.2),
        "amounts": Target(amounts, st.tuples(texts, days()), 0.2),
        "registry": Target(registry, st.tuples(short_texts(), short_texts(), _iso_days()), 0.2),
        "extract_rules": Target(extract_rules, _stories(), 0.07),
        "extract_encoder": Target(extract_encoder, _stories(), 0.005),
    }
