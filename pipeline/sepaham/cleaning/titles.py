"""Judges where the headline of a teaser ends when the next sentence follows on the same line."""

import re
from functools import cache
from typing import NamedTuple

from sepaham.cleaning.words import words

MAX_WORDS = 60
MAX_LENGTH = 420
_ENOUGH = 2.0
_LONGEST_SUBJECT = 12  # capitalised words between the headline and the first verb
_NEAR = 4000
_SHORTEST_SENTENCE = 2
_SHORT_VERB = 4
_WORD = re.compile(r"\S+")
# "Pelantikan|Saleh", "2024|Dia", "Jokowi|\"Ya": two sentences without a space between them.
_GLUE = re.compile(
    r"(?<=[a-z0-9)%”’'\"])(?=[A-Z][a-z])|(?<=[a-zA-Z0-9)%?!])(?=[\"“][A-Z])|(?<=[?!.])(?=[A-Z\"“])"
)
_GLUED_ACRONYM = re.compile(r"(?<=[A-Z]{2})(?=[A-Z][a-z]{2,})|(?<=[a-z]{3})(?=[A-Z]{2,})")
_OPENING = "\"“‘'("
_CLOSING = "\"”’').,;:!?…"
_NAME_STOP = re.compile(r"^(?:\w{1,3}\.)+\w{0,3}\.?$")


class _Word(NamedTuple):
    """A run without white space: `core` is it without quotes and stops."""

    text: str
    core: str
    start: int

    @property
    def capital(self) -> bool:
        return self.core[:1].isupper() or self.core[:1].isdigit()

    @property
    def quoted(self) -> bool:
        return self.text[:1] in '"“'


def title_end(text: str, start: int, stop: int, *, glued: bool = False) -> int | None:
    """Where the headline that begins at `start` ends: at most `stop`; None where it can't be judged.

    `stop` is a limit that surely is no part of the headline (a line break, another widget, the end of the
    text). `glued`: the text has lost the line breaks around the teaser ("ujarnya.Baca juga: ..."), so a
    capital inside a word ends the headline. Reads at most MAX_LENGTH characters.
    """
    limit = min(stop, start + MAX_LENGTH)
    found = _words(text, start, limit)
    verb = next((i for i, word in enumerate(found[:MAX_WORDS]) if i and _lower_content(word.core)), None)
    near = text[max(0, start - _NEAR) : limit + _NEAR]
    cut = _glue(found[: _first_stop(found, verb, hard=glued) + 1 + _SHORTEST_SENTENCE], near, hard=glued)
    if cut is not None:
        return cut
    found = found[:MAX_WORDS]
    if verb is None:
        return limit if limit == stop else None
    outside = f" {text[max(0, start - _NEAR) : start]} {text[found[verb].start : found[verb].start + _NEAR]}"
    if _is_sentence_case(found, verb):
        return _after_small(found, outside, stop, limit)
    best = max(((_score(outside, found, verb, k), -k) for k in _candidates(found, verb)), default=(0.0, 0))
    return found[-best[1]].start if best[0] >= _ENOUGH else None


def is_glued(text: str, start: int, stop: int) -> bool:
    """Two sentences stand in `text[start:stop]` without a space between them."""
    near = text[max(0, start - _NEAR) : stop + _NEAR]
    return _glue(_words(text, start, stop), near, hard=False) is not None


def _words(text: str, start: int, stop: int) -> list[_Word]:
    found = _WORD.finditer(text, start, stop)
    return [_Word(m.group(), m.group().strip(_OPENING + _CLOSING), m.start()) for m in found]


def _first_stop(found: list[_Word], verb: int | None, *, hard: bool) -> int:
    """The word at which the sentence behind the headline has surely begun; no glue counts behind it."""
    if not hard and verb is not None and not _is_sentence_case(found, verb):
        return verb
    return next((i for i, word in enumerate(found) if i > (verb or 0) and word.text[-1] == "."), len(found))


def _glue(found: list[_Word], near: str, *, hard: bool) -> int | None:
    """The first place where two sentences stand together without a space.

    A sentence has more than a word, and a word that is used twice is no two words ("IndiBiz").
    """
    for word in found[: len(found) - _SHORTEST_SENTENCE]:
        for pattern in (_GLUE, _GLUED_ACRONYM) if hard else (_GLUE,):
            for place in pattern.finditer(word.text):
                if not _one_word(word.text, place.start()) and near.count(word.core) < 2:
                    return word.start + place.start()
    return None


@cache
def _camel() -> tuple[str, ...]:
    return tuple(sorted(word.lower() for word in words("titles", "camel")))


def _one_word(word: str, at: int) -> bool:
    """The capital at `at` belongs to the word: "WhatsApp", "Rp10.Juta", "O'Neil", "S.Kom", "Kompas.TV"."""
    bare = word.strip(_OPENING + _CLOSING)
    if bare.lower().startswith(_camel()):
        return True
    left = word[:at].lstrip(_OPENING)
    if word[at] in '"“' or left[-1:] in "?!":
        return not left
    if left[-1:] in "'’" or _NAME_STOP.match(left):
        return True
    return len(left) < 3 and not left.isupper() and not left.isdigit()


def _lower_content(core: str) -> bool:
    return core[:1].islower() and core not in words("titles", "small") and not any(c.isupper() for c in core)


def _is_sentence_case(found: list[_Word], verb: int) -> bool:
    """The headline itself has small words ("Mutasi virus adalah"): the first one comes too early."""
    capitals = sum(word.capital for word in found[:verb])
    return verb < 3 or capitals < 3


def _after_small(found: list[_Word], near: str, stop: int, limit: int) -> int | None:
    """In a headline of small words only names have a capital; a common word with one opens a sentence.

    So does a name of the story before a verb with its prefix, since headlines leave the prefix off.
    """
    for i in range(2, len(found)):
        word, before = found[i], found[i - 1]
        if before.text[-1] == "." and not _NAME_STOP.match(before.text):
            return None
        if before.text[-1] in "?!" or (word.quoted and before.text[-1] != ":"):
            return word.start
        if before.core in words("titles", "never_last"):
            continue
        if _is_opener(word.core):
            return word.start
        if word.capital and _speaks(found, i) and f" {word.core} " in near:
            return found[_with_office(found, i)].start
    return limit if limit == stop and len(found) < MAX_WORDS else None


def _with_office(found: list[_Word], i: int) -> int:
    """The office before a name belongs to the sentence: "| Kepala BPSDMI Kemenperin Masrokhan menyambut"."""
    start = i
    while start > 1 and found[start - 1].capital:
        start -= 1
    return next((k for k in range(start, i) if found[k].core in words("titles", "subject")), i)


def _speaks(found: list[_Word], i: int) -> bool:
    after = found[i + 1].core if i + 1 < len(found) else ""
    return len(after) > _SHORT_VERB and after.startswith(tuple(words("titles", "prefixes")))


def _is_opener(core: str) -> bool:
    return any(core in words("titles", key) for key in ("opener", "maybe", "prepositions"))


def _candidates(found: list[_Word], verb: int) -> list[int]:
    return [
        k
        for k in range(max(1, verb - _LONGEST_SUBJECT), verb)
        if (found[k].capital or found[k].quoted) and found[k].text[0] != "("
    ]


def _score(near: str, found: list[_Word], verb: int, k: int) -> float:
    """How well a sentence begins at word `k` and a headline ends before it; the verb stands at `verb`.

    `near` is what stands around the teaser: a name that is used there isn't cut in two.
    """
    word, before = found[k], found[k - 1]
    score = _opens(word, direct=k == verb - 1) + _ends(before)
    if not any(w.capital for w in found[k + 1 : verb]):
        score += (2 if _is_verb(found[verb].core) else 1) + _known(word.core, near)
    elif f" {' '.join(w.text for w in found[k:verb])}" in near:
        score += 2.5
    if len(word.core) > 1 and f"{before.core} {word.core}" in near:
        score -= 2
    return score - 2 if k < 3 else score


def _is_verb(core: str) -> bool:
    return core in words("titles", "verbs") or (
        len(core) > 4 and core.startswith(tuple(words("titles", "prefixes")))
    )


def _known(core: str, near: str) -> bool:
    """The word stands in the story too, as a name or, being a common word, in small letters."""
    return f" {core} " in near or f" {core.lower()} " in near


def _opens(word: _Word, *, direct: bool) -> float:
    if word.quoted:
        return 3
    if word.core in words("titles", "opener"):
        return 5
    if word.core in words("titles", "prepositions"):
        return 4
    if word.core in words("titles", "maybe") | words("titles", "maybe_noun"):
        return 2.5 if direct or word.text.endswith(",") else 1
    if word.core in words("titles", "subject"):
        return 2
    return 0.5 if direct and word.text.endswith(",") else 0


def _ends(before: _Word) -> float:
    if before.core in words("titles", "never_last") or before.core.lower() in words("titles", "honorific"):
        return -4
    if before.text[-1] in ",:;-–":
        return -4
    if before.text[-1] in "?!…":
        return 2
    if before.core in words("titles", "subject"):
        return -1.5
    return -1 if not before.capital and before.core in words("titles", "small") else 0
