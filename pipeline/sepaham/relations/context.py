"""A Document under reading: its sentences with the names, dates and sums that stand in each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from sepaham.records import Amount, DateValue, Document, Mention, Span

# "JAKARTA, KOMPAS.com - ", "Jakarta (ANTARA) - ", "Liputan6.com, Jakarta - ", "PALU,SuaraPoso.id-".
_TOWN = r"[A-Z][\w.’']{0,40}(?:[ /,-][ /,.-]{0,9}[A-Z(][\w.’']{0,40}){0,5}[,\s]{0,9}"
_SITE = r"[\w-]{1,40}\.(?:com|co\.id|id|net|co|COM|CO\.ID|ID|NET|CO)"
_DATELINE = re.compile(
    rf"\s{{0,20}}+(?:{_TOWN})?(?:\([A-Z][\w. /]{{0,99}}\)|{_SITE}|[A-Z]{{2,40}}+"
    r"|[A-Z][a-z]{1,40}+(?: [A-Z][a-z]{1,40})?)"
    rf"(?:,\s{{0,9}}+[A-Z][\w ]{{2,20}})?\s{{0,20}}+(?:[-–—]{{1,2}}|:|\.)\s{{0,20}}+(?=[A-Z“\"])"
    rf"|\s{{0,20}}+[A-Z]{_SITE}, [A-Z][a-z]{{1,40}} ?(?=[A-Z])"
)
# A dateline opens a line near the top: a page without a title field has its headline as the first line.
_LINE = re.compile(r"^\s*", re.MULTILINE)
_DATELINE_BEFORE, _DATELINE_LONGEST = 400, 140
# "... (town) (ANTARA) - " inside the first paragraph.
_AGENCY = re.compile(r"\s{0,20}+\([A-Z][A-Z/ ]{2,20}(?:\.\w{1,20})?\)\s{0,20}+[-–—]")


@dataclass(frozen=True)
class Sentence:
    """One sentence: `index` counts from 0, `in_title` says that it is (part of) the headline."""

    index: int
    start: int
    end: int
    text: str
    in_title: bool
    mentions: tuple[Mention, ...]
    dates: tuple[DateValue, ...]
    amounts: tuple[Amount, ...]

    def find(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match of a pattern in the sentence; offsets count in the sentence."""
        return pattern.search(self.text)

    def labelled(self, *labels: str) -> list[Mention]:
        """The mentions with one of these labels."""
        return [mention for mention in self.mentions if mention.label in labels]


class View:
    """A Document as relations read it; `sentences` are in order, offsets count in `text`."""

    def __init__(self, document: Document) -> None:
        """Wrap a tagged document."""
        self.document = document
        self.text = document.text
        self.title_end = len(document.article.title) if document.article.title else 0

    @cached_property
    def datelines(self) -> list[tuple[int, int]]:
        """The datelines ("JAKARTA, KOMPAS.com - ") at the beginning of lines near the top."""
        begin = self.title_end + 2 if self.title_end else 0
        lines = _LINE.finditer(self.text, begin, begin + _DATELINE_BEFORE)
        return [found for line in lines if (found := self._dateline(line.end()))]

    def _dateline(self, start: int) -> tuple[int, int] | None:
        """The dateline there; where it ends with a full stop, so does a sentence: "PT." is none, and "Rektor,
        Prof." neither."""
        end = start + _DATELINE_LONGEST
        while found := _DATELINE.match(self.text, start, end):
            end = start + len(found.group().rstrip())
            if self.text[end - 1] != "." or any(span.end == end for span in self.document.sentences):
                return found.span()
        return None

    @cached_property
    def sentences(self) -> list[Sentence]:
        """All sentences with their names, dates and sums."""
        document = self.document
        named = [
            m
            for m in document.mentions
            if not any(start <= m.start < end for start, end in self.datelines)
            and not _AGENCY.match(self.text, m.end, m.end + 30)
        ]
        inside = _Sorter(named), _Sorter(document.dates), _Sorter(document.amounts)
        return [
            Sentence(
                index=index,
                start=span.start,
                end=span.end,
                text=self.text[span.start : span.end],
                in_title=span.end <= self.title_end,
                mentions=inside[0].within(span),
                dates=inside[1].within(span),
                amounts=inside[2].within(span),
            )
            for index, span in enumerate(document.sentences)
        ]

    @cached_property
    def body_sentences(self) -> list[Sentence]:
        """The sentences below the headline."""
        return [sentence for sentence in self.sentences if not sentence.in_title]

    def at(self, offset: int) -> Sentence | None:
        """The sentence in which an offset stands."""
        return next((s for s in self.sentences if s.start <= offset < s.end), None)

    def near(self, sentence: Sentence, before: int, after: int) -> list[Sentence]:
        """The sentences around one, the nearest first; never the headline unless it is the one."""
        low, high = sentence.index - before, sentence.index + after
        around = [s for s in self.sentences if low <= s.index <= high and s.in_title == sentence.in_title]
        return sorted(around, key=lambda s: (abs(s.index - sentence.index), s.index))


_S = TypeVar("_S", bound=Span)


class _Sorter(Generic[_S]):
    """Spans in order, handed out to the sentences that follow one another."""

    def __init__(self, spans: Iterable[_S]) -> None:
        """Take the spans in order."""
        self._spans = list(spans)
        self._next = 0

    def within(self, sentence: Span) -> tuple[_S, ...]:
        """The spans that begin inside a sentence; sentences must be asked for in order."""
        while self._next < len(self._spans) and self._spans[self._next].start < sentence.start:
            self._next += 1
        first = self._next
        while self._next < len(self._spans) and self._spans[self._next].start < sentence.end:
            self._next += 1
        return tuple(self._spans[first : self._next])
