"""The recipe of the encoder, models/ner/encoder/config.toml: a missing or unknown key is an error."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sepaham.training.ner.augment import Copies


@dataclass(frozen=True)
class Vocabulary:
    """The table `vocabulary`: how many pieces are kept, and the texts on which they are counted."""

    pieces: int
    news_every: int
    news_characters: int
    gold_repeats: int


@dataclass(frozen=True)
class News:
    """The table `news`: which background articles are read, and how they are cut into chunks."""

    seed: int
    every: int
    shortest: int  # characters, as the next
    characters: int
    pieces: int
    words: int  # shorter chunks are left out
    lower: float


@dataclass(frozen=True)
class Steps:
    """The table `steps`: what all training steps share."""

    weight_decay: float
    clip: float
    threads: int


@dataclass(frozen=True)
class Rates:
    """Learning rates of the layers and of what stands on top of them, and how these change over the steps."""

    body: float
    head: float
    warm_up: float
    floor: float

    def share(self, step: int, total: int) -> float:
        """Share of the rates at a step (from 0): linearly up, then linearly down to the floor."""
        warm = max(1, round(total * self.warm_up))
        return min((step + 1) / warm, max(self.floor, (total - step) / max(1, total - warm)))


@dataclass(frozen=True)
class Mix:
    """What an epoch holds: parts of the gold, by name, and shares of the sentence corpora, drawn anew for
    each epoch."""

    gold: tuple[str, ...]
    idner: float
    spacyndo: float
    copies: Copies


@dataclass(frozen=True)
class Shape:
    """A batch of fixed shape: `rows` windows of at most `pieces` pieces, end marks counted, with `words`
    words each."""

    rows: int
    pieces: int
    words: int


@dataclass(frozen=True)
class Pretraining:
    """The table `pretraining`: masked whole words."""

    seed: int
    depth: int
    steps: int
    rows: int
    pieces: int
    lower: float  # share of the windows
    masked: float  # share of the words; of their pieces:
    hidden: float
    swapped: float
    rates: Rates


@dataclass(frozen=True)
class Teachers:
    """The table `teachers`; one for each seed."""

    seeds: tuple[int, ...]
    epochs: int
    mix: Mix
    shapes: tuple[Shape, ...]
    rates: Rates


@dataclass(frozen=True)
class Student:
    """The table `student`: what it learns of its teachers on the news, and of gold beside."""

    seed: int
    steps: int
    news: Shape
    gold: Shape
    gate_repeats: int
    conventions: tuple[float, ...]  # shares of gold, idner, spacyndo
    lower: float
    mix: Mix
    rates: Rates


@dataclass(frozen=True)
class Kept:
    """The table `last.kept`: the student's own answers on news, which the last phases are to keep."""

    weight: float
    rows: int
    batches: int
    conventions: tuple[float, ...]


@dataclass(frozen=True)
class Phase:
    """One of the last phases."""

    epochs: int
    mix: Mix
    rates: Rates


@dataclass(frozen=True)
class Last:
    """The table `last`: phases that follow one another; the weights of the seeds are averaged."""

    seeds: tuple[int, ...]
    frozen: int
    shapes: tuple[Shape, ...]
    kept: Kept
    phases: tuple[Phase, ...]


@dataclass(frozen=True)
class Further:
    """The table `further` of further.toml: what the encoder learns after all stages."""

    since: tuple[str, ...]  # how the ids of those articles begin, up to the hyphen
    again: float  # share of the articles that it has learned from already, in each epoch
    seed: int
    epochs: int
    frozen: int
    kept: float  # share of what changes
    finer: int  # of one step of the encoder's matrices so many are made
    mix: Mix
    shapes: tuple[Shape, ...]
    rates: Rates


@dataclass(frozen=True)
class Apart:
    """The table `apart` of apart.toml: what upper layers that begin anew learn of the shipped ones."""

    seed: int
    frozen: int
    dropout: float  # here and in what follows
    steps: int
    news: Shape
    gate_repeats: int
    rates: Rates


@dataclass(frozen=True)
class Export:
    """The table `export`: see `sepaham.training.ner.export`."""

    levels: int
    positions: int


@dataclass(frozen=True)
class Recipe:
    """The whole of config.toml."""

    gold_splits: tuple[str, ...]
    dropout: float
    vocabulary: Vocabulary
    news: News
    steps: Steps
    pretraining: Pretraining
    teachers: Teachers
    student: Student
    last: Last
    export: Export
    inference: dict[str, int]


Kind = TypeVar("Kind")


def read_recipe(path: Path, kind: type[Kind]) -> Kind:
    """The recipe in `path`, whose keys are the fields of `kind`. Raises TypeError or KeyError where a key is
    missing, TypeError for one that is unknown."""
    return kind(**_read_tables(path))


def _loaded(path: Path) -> dict[str, Any]:
    """The keys of a recipe, on top of those of the one beside it that it `extends`; lists are not joined."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    base = data.pop("extends", None)
    return data if base is None else _over(_loaded(path.with_name(base)), data)


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    both = {
        key: _over(below[key], value) if isinstance(value, dict) and key in below else value
        for key, value in above.items()
    }
    return below | both


def _read_tables(path: Path) -> dict[str, Any]:
    """The keys of a recipe with each table as what it stands for; `sepaham.training.ner.fast` has some of the
    encoder's."""
    data = _loaded(path)
    readers: dict[str, Callable[[dict[str, Any]], Any]] = {
        "vocabulary": lambda t: Vocabulary(**t),
        "news": lambda t: News(**t),
        "steps": lambda t: Steps(**t),
        "pretraining": lambda t: Pretraining(**_parts(t)),
        "teachers": lambda t: Teachers(**_parts(t)),
        "student": lambda t: Student(**_parts(t)),
        "last": _last,
        "further": lambda t: Further(**_parts(t)),
        "apart": lambda t: Apart(**_parts(t)),
        "export": lambda t: Export(**t),
    }
    read = {name: readers[name](t) if name in readers else t for name, t in data.items()}
    return read | {"gold_splits": tuple(data["gold_splits"])}


def _parts(table: dict[str, Any]) -> dict[str, Any]:
    """The table with its inner tables read and its lists as tuples."""
    read: dict[str, Any] = {}
    for name, value in table.items():
        if name == "rates":
            read[name] = Rates(**value)
        elif name == "mix":
            read[name] = Mix(**{**_parts(value), "copies": Copies(**value["copies"])})
        elif name == "shapes":
            read[name] = tuple(Shape(**shape) for shape in value)
        elif name in ("news", "gold") and isinstance(value, dict):
            read[name] = Shape(**value)
        else:
            read[name] = tuple(value) if isinstance(value, list) else value
    return read


def _last(table: dict[str, Any]) -> Last:
    phases = tuple(Phase(**_parts(phase)) for phase in table["phases"])
    return Last(**{**_parts(table), "kept": Kept(**_parts(table["kept"])), "phases": phases})
