"""All that is no part of the story: marks, lines, words to the reader, teasers, credits."""

from sepaham.cleaning.edits import Edit, merged
from sepaham.cleaning.lines import (
    credit_labels,
    find_captions,
    find_credits,
    find_lines,
    find_page_rows,
    find_sentences,
)
from sepaham.cleaning.marks import find_marks
from sepaham.cleaning.teasers import find_teasers

_BLANK = " \t\r"
_LEFT = _BLANK + "-–—•*|»›>([_"
_RIGHT = _BLANK + "|«‹<)]_"


def find_boilerplate(text: str) -> list[Edit]:
    """The cuts that free a text of boilerplate, in order, without overlaps."""
    edits = (
        find_marks(text)
        + find_lines(text)
        + [*find_sentences(text), *find_page_rows(text), *find_captions(text)]
    )
    labels = credit_labels(text)
    edits += find_teasers(text, sorted({edit.start for edit in edits} | {label.start() for label in labels}))
    edits += find_credits(text, labels, [edit.start for edit in edits])
    return merged(_fitted(text, edit) for edit in merged(edits))


def _fitted(text: str, edit: Edit) -> Edit:
    """The cut with the blanks around it, and what stands in its place so that nothing grows together."""
    start, end = _widened(text, edit)
    left, right = text[start - 1 : start] if start else "", text[end : end + 1]
    if left in ("", "\n") or right in ("", "\n") or right in ".,;:!?)":
        return Edit(start, end, "", edit.rule)
    return Edit(start, end, " " if edit.rule == "caption" else "\n", edit.rule)


def _widened(text: str, edit: Edit) -> tuple[int, int]:
    """Over the blanks beside the cut, and over bullets and brackets when nothing else is left on the line."""
    start, end = edit.start, edit.end
    while start and text[start - 1] in _BLANK:
        start -= 1
    while end < len(text) and text[end] in _BLANK:
        end += 1
    low, high = start, end
    while low and text[low - 1] in _LEFT:
        low -= 1
    while high < len(text) and text[high] in _RIGHT:
        high += 1
    opens, closes = low == 0 or text[low - 1] == "\n", high == len(text) or text[high] == "\n"
    return (low if opens else start), (high if closes and opens else end)
