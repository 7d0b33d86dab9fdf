"""Reads, joins and writes corrections files; joining is a last-writer-wins map, so nothing is lost."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sepaham.corrections.model import Correction, Corrections, canonical, plain
from sepaham.errors import InputError

NAME = "corrections.json"
"""What the file is called in an output folder."""


def read_corrections(path: Path) -> Corrections:
    """The corrections in a file.

    Raises InputError that names the correction and the key when the file is none that the page exports.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"{path} cannot be read ({error.strerror}): give the file that the page exported"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 (byte {error.start}): export it again") from error
    try:
        data: Any = json.loads(text)
        return Corrections.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise InputError(
            f"{path}: {where}: {first['msg']}; {error.error_count()} fault(s): export it again"
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{path}: no JSON ({error}): give the corrections.json that the page exported"
        ) from error


def to_json(corrections: Corrections) -> str:
    """The file's text: one correction after another in a fixed order, the same for equal corrections."""
    return json.dumps(plain(corrections), ensure_ascii=False, indent=1) + "\n"


def _order(item: Correction) -> tuple[str, ...]:
    return (item.at, canonical(plain(item)))


def merge(*files: Corrections) -> Corrections:
    """All corrections of all files; of two on one thing the later (`at`) holds, in whatever order they come.

    A withdrawal stays in the list, so that an older file cannot bring back what was withdrawn.
    """
    latest: dict[tuple[str, ...], Correction] = {}
    items: Iterable[Correction] = (item for each in files for item in each.corrections)
    for item in sorted(items, key=_order):
        latest[item.key] = item
    return Corrections(corrections=tuple(sorted(latest.values(), key=_order)))
