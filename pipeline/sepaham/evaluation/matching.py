"""When two names, texts or places count as the same, and how values are paired one to one."""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from sepaham.lexicon import toml

_HYPHENS = re.compile(r"[\u2010-\u2015\u2212]")
_NO_WORD = re.compile(r"[^\w\s/&-]|(?<!\w)-|-(?!\w)")
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")

Test = Callable[[int, int], bool]


@cache
def _company_forms() -> re.Pattern[str]:
    forms = "|".join(toml("evaluation/judge.toml")["company_forms"])
    return re.compile(rf"\b({forms})\b\.?", re.IGNORECASE)


@cache
def _levels() -> tuple[re.Pattern[str], dict[str, str]]:
    level = toml("evaluation/judge.toml")["level"]
    return re.compile("|".join(level["patterns"])), level["of"]


@cache
def _city() -> re.Pattern[str]:
    return re.compile(toml("evaluation/judge.toml")["city"])


def norm(text: str | None) -> str:
    """The text in lower case, without company forms, punctuation or repeated spaces; null is the empty text.

    HTML entities are resolved, invisible format characters dropped, and every kind of hyphen is one.
    """
    text = unicodedata.normalize("NFKC", html.unescape(text or "")).casefold()
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    text = _company_forms().sub(" ", _HYPHENS.sub("-", text))
    return " ".join(_NO_WORD.sub(" ", text).split())


def level(names: Iterable[str]) -> str | None:
    """provinsi, kabupaten or kota by the first of the normalised names that tells it, else None."""
    pattern, of = _levels()
    for name in names:
        if found := pattern.match(name):
            return of[next(filter(None, found.groups()))]
    return None


def city_parts(city: str) -> tuple[str | None, str]:
    """(kab, kota or None; bare name) of a city as written."""
    found = _city().fullmatch(norm(city))
    assert found, "the pattern matches every normalised text"
    return found[1], found[2]


def same_city(gold: tuple[str | None, str], pred: tuple[str | None, str]) -> bool:
    """Same bare name; where both say Kabupaten or Kota, the same of the two."""
    return gold[1] == pred[1] and (gold[0] is None or pred[0] is None or gold[0] == pred[0])


def overlap(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two lists of words share at least half of the longer one."""
    if not a or not b:
        return False
    return sum((Counter(a) & Counter(b)).values()) * 2 >= max(len(a), len(b))


def whole_duration(iso: str) -> str:
    """An ISO 8601 duration with P36M as P3Y and P2W as P14D; anything else as it is."""
    found = _DURATION.fullmatch(iso)
    if not found:
        return iso
    years, months, weeks, days = (int(n or 0) for n in found.groups())
    return f"P{years * 12 + months}M{weeks * 7 + days}D"


def match(n_gold: int, n_pred: int, same: Test, first: Test | None = None) -> list[tuple[int, int]]:
    """The largest one-to-one pairing of gold and predicted values (augmenting paths), in gold order.

    `same(i, j)` says whether gold i and predicted j may pair; pairs for which `first` holds are tried first.
    """
    preferred: Test = first or (lambda i, j: False)
    near = [
        sorted((j for j in range(n_pred) if same(i, j)), key=lambda j, i=i: not preferred(i, j))  # type: ignore[misc]
        for i in range(n_gold)
    ]
    owner: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in near[i]:
            if j not in seen:
                seen.add(j)
                if j not in owner or place(owner[j], seen):
                    owner[j] = i
                    return True
        return False

    for i in sorted(range(n_gold), key=lambda i: not any(preferred(i, j) for j in near[i])):
        place(i, set())
    return sorted((i, j) for j, i in owner.items())
