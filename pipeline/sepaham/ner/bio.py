"""Label scores of words -> mentions: the best sequence in which no I- stands without its B-."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from sepaham.ner.edges import parted
from sepaham.records import Label, Mention

Scores = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]

WORD = re.compile(r"\w+|[^\w\s]")
"""What learned taggers label: a run of letters and digits, or one other sign that is not white space."""

DECIMALS = 3


def words_of(text: str) -> list[tuple[int, int]]:
    """The words of a text, as half-open offsets."""
    return [found.span() for found in WORD.finditer(text)]


def log_softmax(scores: Scores) -> Scores:
    """Scores (words, labels) -> log-probabilities."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    result: Scores = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def best_labels(scores: Scores) -> Labels:
    """The sequence of highest sum; scores (words, labels), label 0 is O, then B-, I- of each type.

    The best label of every word, where these go together. Where an I- lacks its B-, Viterbi decides between
    the O before and the O behind; that is the best of all as long as its answer does not begin with an I-,
    or else it decides from the O before that one.
    """
    if not len(scores):
        return np.zeros(0, dtype=np.int64)
    labels: Labels = scores.argmax(axis=1).astype(np.int64)
    before = np.concatenate([[0], labels[:-1]])
    stray = np.flatnonzero((labels > 0) & (labels % 2 == 0) & (before != labels) & (before != labels - 1))
    outside = np.flatnonzero(labels == 0)
    decided: list[tuple[int, int]] = []
    for word in stray:
        if decided and word < decided[-1][1]:
            continue
        place = int(np.searchsorted(outside, word))
        end = int(outside[place]) if place < len(outside) else len(labels)
        start = end
        while start == end or (start and labels[start] and labels[start] % 2 == 0):
            place -= 1
            start = int(outside[place]) if place >= 0 else 0
            while decided and start < decided[-1][1]:  # what was decided together stays together
                start = min(start, decided.pop()[0])
            labels[start:end] = _viterbi(scores[start:end], begun=start > 0)
        decided.append((start, end))
    return labels


def _viterbi(scores: Scores, begun: bool) -> Labels:
    """The best sequence; only where the text has `begun` before may the first label be an I-.

    Only I- asks what stands before it: a step needs the best label before, and B- and I- of the type.
    """
    words, labels = scores.shape
    inside = np.arange(2, labels, 2)
    best = scores[0].copy()
    if not begun:
        best[inside] = -np.inf
    back = np.zeros((words, labels), dtype=np.int64)
    for word in range(1, words):
        top = int(best.argmax())
        back[word] = top
        back[word, inside] = np.where(best[inside - 1] >= best[inside], inside - 1, inside)
        step = scores[word] + best[top]
        step[inside] = scores[word, inside] + np.maximum(best[inside - 1], best[inside])
        best = step
    path = np.zeros(words, dtype=np.int64)
    path[-1] = best.argmax()
    for word in range(words - 1, 0, -1):
        path[word - 1] = back[word, path[word]]
    return path


def spans(labels: Labels) -> Iterator[tuple[int, int, int]]:
    """(first word, one past the last word, number of the type) for each entity of a BIO sequence."""
    start, kind = 0, -1
    for word, label in enumerate([*labels.tolist(), 0]):
        if kind >= 0 and label != 2 + 2 * kind:
            yield start, word, kind
            kind = -1
        if label % 2:
            start, kind = word, label // 2


def mentions(
    text: str, words: Sequence[tuple[int, int]], scores: Scores, types: Sequence[Label | None], source: str
) -> Iterator[Mention]:
    """The mentions of one layer; `types` names the type of each number, None for one that is not shown.

    The confidence of a mention is the lowest probability that one of its words has its label.
    """
    chances = log_softmax(scores)
    labels = best_labels(chances)
    for first, last, kind in spans(labels):
        label = types[kind]
        if label is None:
            continue
        lowest = float(np.exp(chances[np.arange(first, last), labels[first:last]].min()))
        for start, end in parted(text, words[first][0], words[last - 1][1]):
            yield Mention(
                start=start,
                end=end,
                label=label,
                text=text[start:end],
                confidence=round(lowest, DECIMALS),
                source=source,
            )


def ordered(found: Iterator[Mention]) -> list[Mention]:
    """In the order of the text, the longer first where two begin at one place."""
    return sorted(found, key=lambda m: (m.start, -m.end, m.label))
