"""Loads the Indonesian word lists under `resources/`; the grammar that uses them stands in code."""

import csv
import json
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from sepaham.errors import ModelError


def _read(name: str) -> str:
    try:
        return (files("sepaham") / "resources" / name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ModelError(f"resources/{name} is missing: install sepaham again") from error


@cache
def toml(name: str) -> dict[str, Any]:
    """The TOML file `resources/<name>` as a dict; read once, so callers must not change it.

    Raises ModelError when the file is missing or is no TOML.
    """
    try:
        return tomllib.loads(_read(name))
    except tomllib.TOMLDecodeError as error:
        raise ModelError(f"resources/{name} is damaged ({error}): install sepaham again") from error


@cache
def json_object(name: str) -> dict[str, Any]:
    """The JSON file `resources/<name>`, an object; read once, so callers must not change it.

    Raises ModelError when the file is missing or is no JSON object.
    """
    try:
        found = json.loads(_read(name))
    except json.JSONDecodeError as error:
        raise ModelError(f"resources/{name} is damaged ({error}): install sepaham again") from error
    if not isinstance(found, dict):
        raise ModelError(f"resources/{name} is damaged (no JSON object): install sepaham again")
    return found


def csv_rows(name: str) -> list[dict[str, str]]:
    """The rows of `resources/<name>`, a CSV file with a header, as dicts; every value a string."""
    return list(csv.DictReader(_read(name).splitlines()))


def choice(phrases: Iterable[str]) -> str:
    """The phrases as a pattern, in their order, any white space between words."""
    return "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
