"""What a run depends on; a resumed run must have the same, or its output would be a mixture."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

from sepaham.excerpt import MAX_CHARS
from sepaham.tables.schema import SCHEMA_VERSION

LIBRARIES = ("sepaham", "spacy", "dateparser", "ftfy", "trafilatura", "lxml")
"""Packages whose version can change what comes out; those of extras count where they are installed."""


@dataclass(frozen=True)
class Settings:
    """The options of `sepaham extract`; `workers` and `restart` do not change what comes out."""

    inputs: tuple[str, ...]
    out: Path
    columns: dict[str, str] = field(default_factory=dict)
    workers: int = 1
    max_rejected: float = 0.05
    max_chars: int = MAX_CHARS
    restart: bool = False


@cache
def resources_hash() -> str:
    """SHA-256 over the names and bytes of all word lists and weights that the package ships."""
    digest = hashlib.sha256()
    root = Path(str(files("sepaham") / "resources"))
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def versions() -> dict[str, str]:
    """Versions of everything that has a say in the output."""
    libraries = {name: installed for name in LIBRARIES if (installed := _installed(name))}
    return {**libraries, "schema": SCHEMA_VERSION, "resources_sha256": resources_hash()}


def described(settings: Settings) -> dict[str, Any]:
    """The settings that have a say in the output, as they stand in run.json."""
    return {"inputs": list(settings.inputs), "columns": settings.columns, "max_chars": settings.max_chars}


def fingerprint(settings: Settings, sources: list[dict[str, Any]]) -> dict[str, str]:
    """What must be equal for a resumed run, each under the name that an error shows."""
    listing = json.dumps(sources, sort_keys=True).encode()
    return {
        **{f"version of {name}": value for name, value in versions().items()},
        "column mapping (--map)": json.dumps(settings.columns, sort_keys=True),
        "longest text read whole (--max-chars)": str(settings.max_chars),
        "input files (names, sizes, times of change)": hashlib.sha256(listing).hexdigest()[:16],
    }
