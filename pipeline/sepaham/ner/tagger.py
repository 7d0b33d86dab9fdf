"""The rule tagger: article -> Document with sentences, mentions, dates and amounts."""

import re
from typing import TypeVar

from sepaham.amounts import find_amounts
from sepaham.dates import find_dates
from sepaham.ner.chunk import Chunk
from sepaham.ner.chunks import read_chunks
from sepaham.ner.lists import Phrases, words
from sepaham.ner.sentences import split_sentences
from sepaham.ner.text import read_text, read_words
from sepaham.ner.tokens import Token
from sepaham.records import Amount, Article, DateValue, Document, Mention, Span

# Longer texts are read only around their instruments: no article of that length is one story.
LONGEST = 40_000
_LEAD = 8_000
_AROUND = 3_000
# Rules of `sepaham.dates` whose expressions annotators do not take for dates (nine in ten in the gold).
_COUNTED = frozenset({"from event", "first of", "ahead", "anniversary", "named", "hijri"})
_TRIGGER = re.compile("|".join(rf"\b{word}\b" for word in sorted(words("windows"))), re.IGNORECASE)


def tag(article: Article, *, names: bool = True) -> Document:
    """The article with its sentences, names, dates and amounts; all offsets count in `article.body`.

    Mentions are in the order of the text; a ROLE may hold the ORG or GPE of its body, DATE mentions are
    the found dates, MONEY the found sums. A text of more than LONGEST characters is read in windows.
    Without `names` only closed classes are read (DATE, MONEY, DOC), the same as with them.
    """
    body = article.body
    parts = [_read_part(body, start, end, article, names) for start, end in windows(body)]
    return Document(
        article=article,
        sentences=tuple(s for part in parts for s in part[0]),
        mentions=tuple(m for part in parts for m in part[1]),
        dates=tuple(d for part in parts for d in part[2]),
        amounts=tuple(a for part in parts for a in part[3]),
    )


def windows(body: str) -> list[tuple[int, int]]:
    """The stretches that are read: the whole text, or the lead and what stands around instruments.

    Of a longer text no more than about LONGEST characters, those around the first instruments.
    """
    if len(body) <= LONGEST:
        return [(0, len(body))]
    spans = [(0, _LEAD)]
    for found in _TRIGGER.finditer(body, _LEAD):
        last = spans[-1][1]
        if found.end() <= last:
            continue
        if sum(end - start for start, end in spans) >= LONGEST:
            break
        start, end = max(last, found.start() - _AROUND), min(len(body), found.end() + _AROUND)
        if start == last:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


_Part = tuple[list[Span], list[Mention], list[DateValue], list[Amount]]


def _read_part(body: str, start: int, end: int, article: Article, names: bool) -> _Part:
    piece = body[start:end]
    title_end = len(article.title) if article.title and start == 0 else 0
    sentences = (
        split_sentences(piece, 0, title_end) + split_sentences(piece, title_end)
        if title_end
        else split_sentences(piece)
    )
    dates = find_dates(piece, article.published)
    amounts = find_amounts(piece, article.published)
    tokens, phrases = read_words(piece, sentences)
    mentions = _documents(piece, tokens, phrases) + _values(dates, amounts)
    if names:
        chunks = read_chunks(read_text(tokens, phrases, sentences, title_end))
        mentions = [*(_mention(piece, tokens, chunk) for chunk in chunks), *mentions]
    return (
        [_shift(s, start) for s in sentences],
        sorted((_shift(m, start) for m in _clear(mentions, dates)), key=lambda m: (m.start, -m.end, m.label)),
        [_shift(d, start) for d in dates],
        [_shift(a, start) for a in amounts],
    )


_S = TypeVar("_S", bound=Span)


def _shift(span: _S, by: int) -> _S:
    return span if not by else span.model_copy(update={"start": span.start + by, "end": span.end + by})


def _mention(piece: str, tokens: list[Token], chunk: Chunk) -> Mention:
    start, end = tokens[chunk.start].start, tokens[chunk.end - 1].end
    return Mention(
        start=start,
        end=end,
        label=chunk.label,
        text=piece[start:end],
        confidence=chunk.confidence,
        source=chunk.source,
    )


def _documents(piece: str, tokens: list[Token], phrases: Phrases) -> list[Mention]:
    """The names of instruments, the longest at each place; "kerja sama" alone is left to relations."""
    found: list[Mention] = []
    for kind in ("mou", "agreement", "joint_statement", "loi", "grant", "other"):
        for first, last in phrases.starts(f"doc.{kind}"):
            found.append(_mention(piece, tokens, Chunk("DOC", first, last, kind, 0.9)))
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _values(dates: list[DateValue], amounts: list[Amount]) -> list[Mention]:
    found = [
        Mention(start=d.start, end=d.end, label="DATE", text=d.text, confidence=d.confidence, source=d.rule)
        for d in dates
        if _names_a_day(d)
    ]
    return found + [
        Mention(start=a.start, end=a.end, label="MONEY", text=a.text, confidence=a.confidence, source=a.rule)
        for a in amounts
        if a.kind == "money"
    ]


def _names_a_day(date: DateValue) -> bool:
    """A date or a relative day, with its part of the day ("Senin malam (14/8)"); not the hour alone, a feast
    or what is counted from something else ("tiga bulan setelah panen") than a day ("sehari sebelumnya")."""
    if date.timex == "TIME":
        return "weekday" in date.rule
    counted = date.rule.removeprefix("context: ") in _COUNTED
    return date.timex == "DATE" and (not counted or date.text.split()[-1].lower() in words("day_before"))


def _clear(mentions: list[Mention], dates: list[DateValue]) -> list[Mention]:
    """Without weak guesses inside an instrument, a sum or what tells a date, be it one that is not marked."""
    firm = [(m.start, m.end) for m in mentions if m.label in ("DOC", "DATE", "MONEY")]
    firm += [(d.start, d.end) for d in dates if d.timex == "DATE"]
    return [
        m
        for m in mentions
        if m.label in ("DOC", "DATE", "MONEY")
        or not any(a < m.end and m.start < b for a, b in firm)
        or m.label == "ROLE"
    ]
