"""Finds the shipped weights of a learned tagger and checks that they are whole."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sepaham
from sepaham.errors import ModelError

MANIFEST = "manifest.json"
# Models that do more than recognise names have a folder of their own.
_APART = {"stanza": "stanza"}


@dataclass(frozen=True)
class Weights:
    """A checked folder of weights: `settings` is its manifest without `hashes`, those of its files."""

    folder: Path
    settings: dict[str, Any]
    hashes: dict[str, str]


def model_folder(name: str) -> Path:
    """Where the weights of a tagger lie: inside the installed package, or in `models` of the checkout.

    Raises ModelError when they are in neither place.
    """
    package = Path(sepaham.__file__).parent
    where = _APART.get(name, f"ner/{name}")
    places = (package / "models" / where, package.parents[1] / "models" / where)
    for place in places:
        if (place / MANIFEST).is_file():
            return place
    raise ModelError(
        f"the weights of the tagger {name!r} are missing (looked in {places[0]} and {places[1]}): "
        "train them as models/README.md says, or use the tagger 'rules'"
    )


def checked(folder: Path) -> Weights:
    """The weights in a folder, after the SHA-256 of every file was compared with the manifest.

    Raises ModelError when the manifest or a file is missing, unreadable or other than it was when it was
    written.
    """
    try:
        settings = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        hashes: dict[str, str] = settings.pop("sha256")
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"{folder / MANIFEST} is missing or damaged ({error}): install sepaham again"
        ) from error
    for name, wanted in hashes.items():
        if sha256(folder / name) != wanted:
            raise ModelError(f"{folder / name} is damaged or of another version: install sepaham again")
    return Weights(folder, settings, hashes)


def sha256(path: Path) -> str:
    """The hash of a file. Raises ModelError where it is missing."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path} is missing: install sepaham again") from error
