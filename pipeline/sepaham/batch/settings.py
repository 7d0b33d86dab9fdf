"""What a run depends on; a resumed run must have the same, or its output would be a mixture."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

from sepaham.batch.work import ARTICLE_SECONDS, Options
from sepaham.excerpt import MAX_CHARS
from sepaham.extraction import DEFAULT_TAGGER, second_of
from sepaham.ingestion import limits
from sepaham.ner.weights import MANIFEST, checked, model_folder
from sepaham.tables.schema import SCHEMA_VERSION

LIBRARIES = (
    "sepaham",
    "onnxruntime",
    "tokenizers",
    "spacy",
    "dateparser",
    "ftfy",
    "trafilatura",
    "lxml",
    "stanza",
    "torch",
)
"""Packages whose version can change what comes out; those of extras count where they are installed."""


_HASH = 40  # characters: values as long as this one tell a reader nothing


@dataclass(frozen=True)
class Settings:
    """The options of `sepaham extract`; those on the engine change nothing of what comes out.

    `workers` 0 does all in the calling process. `append` adds to what `out` holds, `keep_duplicates` keeps
    the agreements of articles that are copies, `publish_to` is a URL to which the files of `out` are copied,
    `second_opinion` reads once more by another tagger.
    """

    inputs: tuple[str, ...]
    out: Path
    columns: dict[str, str] = field(default_factory=dict)
    workers: int = 0
    engine: str = "local"
    scheduler: str | None = None
    article_seconds: float = ARTICLE_SECONDS
    max_rejected: float = 0.05
    max_chars: int = MAX_CHARS
    tagger: str = DEFAULT_TAGGER
    min_confidence: float = 0.0
    restart: bool = False
    append: bool = False
    keep_duplicates: bool = False
    ledger: bool = True
    publish_to: str | None = None
    second_opinion: bool = False


@cache
def resources_hash() -> str:
    """SHA-256 over the names and bytes of all word lists and weights that the package ships."""
    digest = hashlib.sha256()
    root = Path(str(files("sepaham") / "resources"))
    pages = root / "inspector"  # the words of a page change no table
    for path in sorted(p for p in root.rglob("*") if p.is_file() and pages not in p.parents):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@cache
def weights_hash(tagger: str) -> str | None:
    """SHA-256 of the manifest of a tagger's weights, which holds those of its files; None for the rules.

    Raises ModelError where the weights are missing or damaged.
    """
    if tagger == "rules":
        return None
    manifest = checked(model_folder(tagger)).folder / MANIFEST
    return hashlib.sha256(manifest.read_bytes()).hexdigest()


def options_of(settings: Settings) -> Options:
    """How the settings want articles to be read."""
    return Options(
        settings.max_chars,
        settings.tagger,
        settings.min_confidence,
        settings.article_seconds,
        second_of(settings.tagger) if settings.second_opinion else None,
    )


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def versions() -> dict[str, str]:
    """Versions of everything that has a say in the output."""
    libraries = {name: installed for name in LIBRARIES if (installed := _installed(name))}
    return {**libraries, "schema": SCHEMA_VERSION, "resources_sha256": resources_hash()}


def described(settings: Settings, inputs: Sequence[str]) -> dict[str, Any]:
    """The settings that have a say in the output, as they stand in run.json, with all inputs of OUT."""
    return {
        "inputs": list(inputs),
        "columns": settings.columns,
        "max_chars": settings.max_chars,
        "tagger": settings.tagger,
        "min_confidence": settings.min_confidence,
        "keep_duplicates": settings.keep_duplicates,
        "ledger": settings.ledger,
        "second_opinion": settings.second_opinion,
    }


def fixed(*taggers: str) -> dict[str, str]:
    """What of the installation and its environment must be equal for all rows of an output folder."""
    return {
        **{f"version of {name}": value for name, value in versions().items()},
        **{f"weights of {name}": digest for name in taggers if (digest := weights_hash(name))},
        **limits.changed(),
    }


def differing(then: dict[str, str], now: dict[str, str]) -> str:
    """What differs between two sets of conditions, in words; empty where nothing does."""

    def told(name: str) -> str:
        values = [conditions.get(name, "none") for conditions in (then, now)]
        return f"{name}: {values[0]} there, {values[1]} now" if max(map(len, values)) < _HASH else name

    return "; ".join(told(name) for name in sorted({*then, *now}) if then.get(name) != now.get(name))


def conditions(settings: Settings) -> dict[str, str]:
    """What must be equal for all rows of an output folder, each under the name that an error shows."""
    return {
        **fixed(*options_of(settings).taggers()),
        "longest text read whole (--max-chars)": str(settings.max_chars),
        "tagger (--tagger)": settings.tagger,
        "least confidence (--min-confidence)": f"{settings.min_confidence:g}",
        "second opinion (--second-opinion)": str(settings.second_opinion).lower(),
    }


def fingerprint(settings: Settings, sources: Sequence[Any], before: int) -> dict[str, str]:
    """What must be equal for a resumed run; `before` records were in OUT when it began to add to them."""
    listing = json.dumps(sources, sort_keys=True).encode()
    return {
        **conditions(settings),
        "column mapping (--map)": json.dumps(settings.columns, sort_keys=True),
        "input files (names, sizes, times of change)": hashlib.sha256(listing).hexdigest()[:16],
        "records that it adds to (--append)": str(before),
    }
