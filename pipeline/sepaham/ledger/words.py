"""Names and topics as keys: what is compared when two reports are held against each other."""

from collections.abc import Iterable
from functools import cache, lru_cache
from sys import intern

from sepaham.lexicon import toml
from sepaham.registry.text import words as folded

NAMES_KEPT = 1 << 17  # bodies and phrases repeat; enough for a large dump without holding all of its texts


@cache
def _body_forms() -> frozenset[str]:
    return frozenset(toml("ledger/words.toml")["body_forms"])


@cache
def _variants() -> dict[str, tuple[str, ...]]:
    return {short: tuple(words) for short, words in toml("ledger/words.toml")["variants"].items()}


@cache
def _level_words() -> dict[str, str]:
    levels = toml("ledger/words.toml")["levels"]
    return {word: level for level, words in levels.items() for word in words}


@cache
def _topic() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...], int, int]:
    topic = toml("ledger/words.toml")["topic"]
    return (
        frozenset(topic["stop"]),
        tuple(topic["prefixes"]),
        tuple(topic["suffixes"]),
        topic["shortest_stem"],
        topic["most_words"],
    )


@lru_cache(maxsize=NAMES_KEPT)
def name_words(name: str) -> tuple[str, ...]:
    """The telling words of a body's name: without PT, Tbk, Pemerintah; all if nothing else is left."""
    words = [part for word in folded(name) for part in _variants().get(word, (word,))]
    return tuple(intern(w) for w in words if w not in _body_forms()) or tuple(words)


def level_in(name: str) -> str | None:
    """kabupaten, kota, provinsi or desa, as the first words of a name tell it, else None."""
    return next((_level_words()[word] for word in folded(name)[:3] if word in _level_words()), None)


@lru_cache(maxsize=NAMES_KEPT)
def stem(word: str) -> str:
    """A word without its first prefix and suffix, where enough is left: pengelolaan -> elola.

    Only ever compared with other stems, so that a stem need not be a word.
    """
    _, prefixes, suffixes, shortest, _ = _topic()
    for prefix in prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= shortest:
            word = word[len(prefix) :]
            break
    for suffix in suffixes:
        if word.endswith(suffix) and len(word) - len(suffix) >= shortest:
            word = word[: -len(suffix)]
            break
    return intern(word)


def topic(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """The stems of what an agreement is about, each once, in their order; at most a few dozen."""
    stop, *_, most = _topic()
    words = (w for phrase in phrases for w in folded(phrase) if len(w) > 2 and w not in stop)
    stems = dict.fromkeys(stem(w) for w in words if not w.isdigit())
    return tuple(stems)[:most]


def years(phrases: tuple[str, ...]) -> tuple[int, ...]:
    """The years that phrases name, in order: a budget accord is told from the next one by its year."""
    found = {int(w) for phrase in phrases for w in folded(phrase) if len(w) == 4 and w.isdigit()}
    return tuple(sorted(year for year in found if 1945 <= year <= 2100))


@cache
def general_stems() -> frozenset[str]:
    """Stems of umbrella papers that are about everything."""
    return frozenset(stem(word) for word in toml("ledger/words.toml")["topic"]["general"])


@cache
def _budget() -> tuple[frozenset[str], tuple[str, ...]]:
    words = toml("ledger/law.toml")["words"]
    return frozenset(words["budget"]), tuple(words["budget_phrases"])


def names_budget(phrases: Iterable[str]) -> bool:
    """Whether phrases name a budget paper of a region: KUA-PPAS, its changes, an NPHD."""
    words, longer = _budget()
    found = [word for phrase in phrases for word in folded(phrase)]
    text = " ".join(found)
    return not words.isdisjoint(found) or any(phrase in text for phrase in longer)
