"""The verdict over the language of a text, from weighted words."""

import re
from collections import Counter, defaultdict
from functools import cache

from sepaham import lexicon
from sepaham.records import Record

_LONGEST = 6_000  # characters that are read: the head of an article shows its language
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SCRIPT = 600  # characters that show the script
_FEWEST = 6  # words below which nothing is said against a text
_COVERED = 0.25  # share of its words that a text in Indonesian has among the 3,000 commonest, at least
_FOREIGN = 0.18  # share of words of another language from which a text is no longer Indonesian with quotes
# Malay shares most words with Indonesian, so the others are weighed: their log odds, less so much a word.
_MARGIN = 1.5
_PER_WORD = 0.12


class LanguageVerdict(Record):
    """Whether a text is Indonesian; `language` is the likeliest one (ISO 639; `und`: none that is known).

    `share` is the part of the words that speaks for it, `words` how many were read.
    """

    indonesian: bool
    language: str
    share: float
    words: int


def words_of(text: str) -> list[str]:
    """The words that tell a language, in small letters: those without a capital, since names tell nothing.

    A text that stands mostly in capitals gives all its words.
    """
    found = _WORD.findall(text[:_LONGEST])
    small = [word for word in found if word.islower()]
    shouted = sum(word.isupper() for word in found)
    return [word.lower() for word in found] if 2 * shouted > len(found) else small


@cache
def _weights() -> tuple[dict[str, dict[str, float]], frozenset[str]]:
    """Word -> language -> weight, and the common words of Indonesian, which only speak for Malay."""
    table: dict[str, dict[str, float]] = defaultdict(dict)
    rows = lexicon.csv_rows("language/weights.csv")
    common = frozenset(row["word"] for row in rows if row["language"] == "id")
    for row in rows:
        if row["language"] == "ms" or (row["language"] != "id" and row["word"] not in common):
            table[row["word"]][row["language"]] = float(row["weight"])
    return dict(table), common


def is_indonesian(text: str) -> LanguageVerdict:
    """The language of a text; another one needs clear words, so that a doubtful text counts as Indonesian.

    Reads the first 6,000 characters; fewer than six words are taken for Indonesian.
    """
    words = words_of(text)
    if not _is_latin(text):
        return _foreign("und", len(words), words)
    if len(words) < _FEWEST:
        return LanguageVerdict(indonesian=True, language="id", share=1.0, words=len(words))
    table, common = _weights()
    counts: Counter[str] = Counter(
        language for word in words for language, weight in table.get(word, {}).items() if weight > 0
    )
    language, count = _most_foreign(counts)
    covered = sum(word in common for word in words)
    if count >= _FOREIGN * len(words):
        return _foreign(language, count, words)
    if _is_malay(set(words), table):
        return _foreign("ms", counts["ms"], words)
    if covered < _COVERED * len(words):
        return _foreign("und", len(words) - covered, words)
    return LanguageVerdict(
        indonesian=True, language="id", share=round(covered / len(words), 3), words=len(words)
    )


def _is_latin(text: str) -> bool:
    letters = [letter for letter in text[:_SCRIPT] if letter.isalpha()]
    return 2 * sum(letter < "\u0250" for letter in letters) >= len(letters)


def _is_malay(words: set[str], table: dict[str, dict[str, float]]) -> bool:
    """Each word counts once: a shop that calls itself "kedai" throughout a story makes it no Malay."""
    weights = [table[word]["ms"] for word in words if word in table and "ms" in table[word]]
    return sum(weights) > _MARGIN + _PER_WORD * len(words)


def _most_foreign(counts: Counter[str]) -> tuple[str, int]:
    others = [(count, language) for language, count in counts.items() if language != "ms"]
    count, language = max(others, default=(0, "und"))
    return language, count


def _foreign(language: str, count: int, words: list[str]) -> LanguageVerdict:
    share = round(count / max(1, len(words)), 3)
    return LanguageVerdict(indonesian=False, language=language, share=share, words=len(words))
