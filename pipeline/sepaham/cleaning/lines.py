"""Boilerplate that fills lines or sentences: widgets, pages, credits, captions, words to the reader."""

import re
from collections.abc import Iterator
from functools import cache

from sepaham.cleaning.edits import Edit
from sepaham.cleaning.words import Finder, alternatives, forms, words
from sepaham.lexicon import choice

_SHORT = 160
_AFTER_LINK = 60
_LONGEST_NAMES = 90
_SHORT_NAMES = 40
_SMALL_IN_NAMES = 4
_SHORT_CAPTION = 60
_LONGEST_SENTENCE = 420
_EDGES = " \t\r-–—•*|»›>«‹<[](){}:.…!=_#"
_SENTENCE_END = re.compile(r"[.!?](?=[\s\"”)]|\Z)|(?<=[a-z]{3})[.!?](?=[A-Z])")
_LINK = re.compile(r"https?://\S+|\bs\.id/\S+|\bbit\.ly/\S+")
_PAGES = re.compile(r"\d{1,2}")
_HASHTAGS = re.compile(r"(?:#\w{2,40}[\s,]*)+")
_NAMES = re.compile(r"(?:[A-Z][\w.'’-]*|[a-z]{2,12}(?=/)|/|&|,(?= [A-Z])|\s|\|)+")


def find_lines(text: str) -> list[Edit]:
    """Whole lines that are boilerplate."""
    edits: list[Edit] = []
    start = 0
    for line in text.split("\n"):
        if line and (rule := line_rule(line)):
            edits.append(Edit(start, start + _cut_length(line, rule), "", rule))
        start += len(line) + 1
    return edits


def _cut_length(line: str, rule: str) -> int:
    """How much of a line goes: of a caption that tells of a signing, only its label."""
    label = _labels().search(line) if rule == "caption" and _tells().search(line) else None
    return label.end() if label else len(line)


@cache
def _tells() -> re.Pattern[str]:
    return re.compile(alternatives("credits", "tells"), re.IGNORECASE)


def line_rule(line: str) -> str | None:
    """Why a line is boilerplate; None when it is text."""
    bare = line.strip(_EDGES)
    if not bare:
        return "widget" if len(line.strip()) > 2 and not any(map(str.isalnum, line)) else None
    if len(bare) > _LONGEST_SENTENCE:
        return None
    if label := _labels().match(bare):
        return _labelled(label, bare)
    if len(bare) > _SHORT:
        return None
    low = " ".join(bare.lower().split())
    if low in words("widgets", "lines") or _HASHTAGS.fullmatch(line.strip()) or _counted().fullmatch(low):
        return "widget"
    tokens = low.replace("|", " ").replace(",", " ").split()
    if len(tokens) > 1 and all(token in words("widgets", "share") for token in tokens):
        return "share"
    return "pagination" if _is_pages(tokens) else None


@cache
def _counted() -> re.Pattern[str]:
    """ "Rating: 4.5/5 (12 votes)", "Post Views: 1.204", "5 menit baca", in small letters."""
    units, before = alternatives("widgets", "counted"), alternatives("widgets", "counters")
    number = r"[\d.,]{1,9}(?:\s?/\s?\d{1,3})?"
    counted = rf"{number}\s?\(?[\d.]{{0,9}}\s?(?:{units})\)?"
    return re.compile(rf"(?:{before})\s?:?(?:\s?(?:{counted}|{number}))?|{counted}")


def _is_pages(tokens: list[str]) -> bool:
    """ "Halaman 1 2 3 Selanjutnya", "1 2 3 Next": page words and small numbers, at least one of each."""
    tokens = [token for token in tokens if token.strip("….,/|-")]
    numbers = sum(1 for token in tokens if _PAGES.fullmatch(token.strip(":»›«‹")))
    named = sum(1 for token in tokens if token.strip(":»›«‹") in words("widgets", "pages"))
    return numbers + named == len(tokens) and named > 0 and (numbers > 0 or len(tokens) > 1)


@cache
def _labels() -> Finder:
    kinds = {kind: forms(words("credits", kind)) for kind in ("people", "captions", "sources")}
    free = "|".join(rf"(?P<{kind}>{choice(labels)})" for kind, labels in kinds.items())
    # "sehat.Pewarta: Ayu SariEditor: Budi": these are known even where the text has lost its line breaks.
    glued = rf"(?<=[\w.)\"”])(?P<glued>{alternatives('credits', 'glued')})\s?:"
    pattern = rf"(?:(?<![\w/-])(?:{free})\s*[:：®©|/](?!/)|{glued})[ \t]*"
    return Finder(pattern, [label for labels in kinds.values() for label in labels])


def _labelled(label: re.Match[str], bare: str) -> str | None:
    """A label's line goes when it is as short as such lines are: names, a caption, a source."""
    rest = bare[label.end() :]
    if label.lastgroup == "captions":
        return "caption"
    if len(rest) > (_SHORT_NAMES if rest[:1].islower() else _SHORT) or _SENTENCE_END.search(rest.rstrip(".")):
        return None
    if label.lastgroup != "people":
        return "source"
    return "credit" if sum(word.islower() for word in rest.split()) <= _SMALL_IN_NAMES else None


@cache
def _addresses() -> Finder:
    phrases = forms(words("phrases", "sentences"))
    return Finder(rf"(?:{choice(phrases)})(?!\w)", phrases)


def find_sentences(text: str) -> Iterator[Edit]:
    """Sentences in which the outlet speaks to its readers, to the end of the sentence or the line."""
    position = 0
    for found in _addresses().finditer(text):
        if found.start() >= position and stands_free(text, found.start()):
            end = _sentence_end(text, found.end())
            if end is not None:
                yield Edit(found.start(), end, "", "address")
                position = end


def stands_free(text: str, at: int) -> bool:
    """A sentence or a line can begin at `at`."""
    before = text[max(0, at - 12) : at]
    bare = before.rstrip(" \t\r-–—•*|»›>«‹<[(")
    return not bare or bare[-1] in '\n.!?…"”’)]:;' or (at <= 12 and not before.strip(" \t\r-–—•*|»›>«‹<[("))


@cache
def _page_rows() -> Finder:
    more = choice(forms(words("widgets", "pages")))
    numbers = r"\d{1,2}\s{1,9}+(?:dari|of)\s{1,9}+\d{1,2}|\d{1,2}(?:\s{1,9}+\d{1,2})+"
    return Finder(
        rf"(?:Halaman|Page)\s{{0,9}}+:?\s{{0,9}}+(?:{numbers})(?!\w)(?:[ \t]+(?:{more})(?!\w)){{0,2}}",
        ["Halaman", "Page"],
    )


def find_page_rows(text: str) -> Iterator[Edit]:
    """Rows of page numbers inside a line: "Halaman 2 dari 2", "Halaman: 1 2 3 Selanjutnya"."""
    for found in _page_rows().finditer(text):
        if stands_free(text, found.start()):
            yield Edit(*found.span(), "", "pagination")


def _sentence_end(text: str, start: int) -> int | None:
    newline = text.find("\n", start, start + _LONGEST_SENTENCE)
    stop = newline if newline >= 0 else min(len(text), start + _LONGEST_SENTENCE)
    position = start
    if link := _LINK.search(text, start, stop):
        position = link.end() - (text[link.end() - 1] in ".,")
    elif end := _SENTENCE_END.search(text, start, stop):
        return end.end()
    if position > start:
        end = _SENTENCE_END.search(text, position, min(stop, position + _AFTER_LINK))
        return end.end() if end else position
    return stop if stop == newline or stop == len(text) else None


def credit_labels(text: str) -> list[re.Match[str]]:
    """Where the labels of people who made the article stand."""
    return [found for found in _labels().finditer(text) if found.lastgroup in ("people", "glued")]


def find_credits(text: str, labels: list[re.Match[str]], stops: list[int]) -> Iterator[Edit]:
    """Credits inside a line: "... katanya. Pewarta: Ayu Sari Editor: Budi", up to the end, a label or a mark.

    `labels` are those of `credit_labels`, `stops` the offsets at which other boilerplate begins. Where text
    goes on behind the names, nothing is cut, since a name and the next sentence can't be told apart.
    """
    last, ends = 0, set(stops) | {label.start() for label in _labels().finditer(text)}
    for found in labels:
        names = _NAMES.match(text, found.end(), min(len(text), found.end() + _LONGEST_NAMES))
        if names is None or not _may_credit(text, found, last):
            continue
        end = next((at for at in range(found.end(), names.end() + 1) if at in ends), names.end())
        if end in ends or text[end : end + 12].lstrip(" \t\r.|)")[:1] in ("", "\n", "(", "©"):
            yield Edit(found.start(), end, "", "credit")
            last = end


def find_captions(text: str) -> Iterator[Edit]:
    """Short captions at the end of a line, behind its last sentence: "... bulan depan. Foto: dok. Pemkab"."""
    for found in _labels().finditer(text):
        if found.lastgroup != "captions" or not stands_free(text, found.start()):
            continue
        newline = text.find("\n", found.end(), found.end() + _SHORT_CAPTION)
        end = newline if newline >= 0 else len(text)
        rest = text[found.end() : end] if end - found.end() <= _SHORT_CAPTION else ""
        if rest and not _tells().search(rest) and not _SENTENCE_END.search(rest.rstrip(". ")):
            yield Edit(found.start(), end, "", "caption")


def _may_credit(text: str, found: re.Match[str], last: int) -> bool:
    """A credit stands free or right behind another; a glued label is one everywhere."""
    start = found.start()
    return found.lastgroup == "glued" or stands_free(text, start) or not text[last:start].strip(_EDGES)
