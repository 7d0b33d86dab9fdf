"""The corpora under `shared/`: what taggers learn from, and what they are measured on."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from zlib import crc32

from sepaham.training.files import BACKGROUND, json_lines
from sepaham.training.ner.examples import Example, LabelTable, from_conll, from_spacyndo
from sepaham.training.ner.gold import from_gold, from_pairs
from sepaham.training.ner.near import NearCopies
from sepaham.training.offsets import NEWS, news_gold

LABELS = Path("models/ner/labels.toml")
IDNER = "ner/idner-news-2k"
SPACYNDO = "ner/spacyndo-gsd-ner"
WRITTEN, REAL = "gold/written", "gold/real"
MORE = Path("data/gold/more")
FOLDS = 5


@dataclass(frozen=True)
class Corpora:
    """Training examples by corpus; `dropped` counts those left out because they stand, nearly, in a test
    set."""

    gold: tuple[Example, ...]
    idner: tuple[Example, ...]
    spacyndo: tuple[Example, ...]
    dropped: dict[str, int]
    more: tuple[Example, ...] = ()
    real: tuple[Example, ...] = ()
    news: tuple[Example, ...] = ()

    def articles(self, names: tuple[str, ...], without: frozenset[str] = frozenset()) -> tuple[Example, ...]:
        """The annotated articles of these parts (`gold more real news`), those of `without` left out."""
        return tuple(e for name in names for e in getattr(self, name) if e.group not in without)


@dataclass(frozen=True)
class Tests:
    """What taggers are measured on; nothing of it is learned from."""

    idner: tuple[Example, ...]
    spacyndo: tuple[Example, ...]
    written: tuple[Example, ...]
    real: tuple[Example, ...]

    def texts(self) -> Iterator[str]:
        """All texts of all test sets."""
        for examples in (self.idner, self.spacyndo, self.written, self.real):
            yield from (example.text for example in examples)


def split_ids(shared: Path, splits: tuple[str, ...]) -> frozenset[str]:
    """The ids of these splits of gold/written."""
    data = json.loads((shared / WRITTEN / "splits.json").read_text(encoding="utf-8"))
    return frozenset(name for split in splits for name in data[split])


def read_tests(shared: Path, table: LabelTable) -> Tests:
    """The test sets: idner test, spacyndo test, written test, and all real gold."""
    return Tests(
        tuple(from_conll(shared / IDNER / "test.txt", "idner", table)),
        tuple(from_spacyndo(shared / SPACYNDO / "ner-test.jsonl", table)),
        tuple(from_gold(shared / WRITTEN, table, split_ids(shared, ("test",)))),
        tuple(from_gold(shared / REAL, table)),
    )


def read_corpora(shared: Path, table: LabelTable, gold_splits: tuple[str, ...]) -> Corpora:
    """The training examples of `gold_splits` of written gold, idner (train, dev) and spacyndo (train)."""
    if "test" in gold_splits:
        raise ValueError("written/test is never trained on")
    copies = NearCopies(read_tests(shared, table).texts())
    dropped = {"gold": 0, "idner": 0, "spacyndo": 0}

    def kept(examples: Iterator[Example]) -> Iterator[Example]:
        for example in examples:
            if copies.holds(example.text):
                dropped[example.corpus] += 1
            else:
                yield example

    gold = tuple(kept(from_gold(shared / WRITTEN, table, split_ids(shared, gold_splits))))
    idner = tuple(
        e for f in ("train", "dev") for e in kept(from_conll(shared / IDNER / f"{f}.txt", "idner", table))
    )
    spacyndo = tuple(kept(from_spacyndo(shared / SPACYNDO / "ner-train.jsonl", table)))
    # Real articles are learned from by folds, which keep reports of one event together.
    real = tuple(from_gold(shared / REAL, table))
    more = tuple(kept(from_gold(MORE, table))) if MORE.exists() else ()
    labelled = tuple(kept(from_pairs(news_gold(shared), table)))
    return Corpora(gold, idner, spacyndo, dropped, more, real, labelled)


def fold_ids(shared: Path, number: int) -> frozenset[str]:
    """The articles of one of five folds: of gold/real as its folds.json says, of the others by their ids, so
    that an article stays in its fold when others are added."""
    folds = json.loads((shared / REAL / "folds.json").read_text(encoding="utf-8"))
    more = [item["id"] for item in json_lines(MORE / "gold.jsonl")] if MORE.exists() else []
    labelled = [item["id"] for item in json_lines(NEWS)] if NEWS.exists() else []
    others = [*split_ids(shared, ("train", "dev")), *more, *labelled]
    return frozenset([*folds[f"fold{number}"], *(i for i in others if fold_of(i) == number)])


def fold_of(article_id: str) -> int:
    """The fold of an article that folds.json does not name."""
    return crc32(article_id.encode()) % FOLDS


def news(shared: Path, every: int, characters: int) -> Iterator[str]:
    """The beginnings of every n-th background article, title first."""
    for article in islice(json_lines(shared / BACKGROUND), 0, None, every):
        yield f"{article.get('title') or ''} {article['text'][:characters]}"
