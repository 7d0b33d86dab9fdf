"""The bodies of the registry that are no regions: ministries, agencies, companies, universities and the rest.

Source: the CSV files under `resources/registry/organisations/`, each row with its own source.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import get_args

from sepaham.errors import ModelError
from sepaham.lexicon import csv_rows
from sepaham.records import Kind, Level
from sepaham.registry.regions import before
from sepaham.registry.text import Name, words

FOLDER = "registry/organisations"
_COMPANY = frozenset(("pt", "tbk", "persero", "perseroda", "cv"))
_KINDS = frozenset(get_args(Kind))


@dataclass(frozen=True, slots=True)
class Organisation:
    """One body under one official name; a ministry that was renamed has a row for each name."""

    id: str
    name: str
    kind: Kind
    level: Level
    parent: str
    valid_from: str
    valid_to: str

    def valid(self, on: str | None) -> bool:
        """Whether the body bore this name on the day; without a day, whether it still does."""
        if not on:
            return not self.valid_to
        return not before(on, self.valid_from or "0") and not before(self.valid_to or "9999-12-31", on)


def org_key(parts: list[str]) -> str:
    """The key of a body's name: without PT, Tbk, (Persero) and a final RI, which newspapers drop at will."""
    kept = parts if _COMPANY.isdisjoint(parts) else [part for part in parts if part not in _COMPANY] or parts
    if len(kept) > 2 and kept[-2:] == ["republik", "indonesia"] and kept[:1] != ["pemerintah"]:
        kept = kept[:-2]
    elif len(kept) > 1 and kept[-1] == "ri":
        kept = kept[:-1]
    return " ".join(kept)


@cache
def organisations() -> dict[str, Organisation]:
    """Id -> body, in the order of the files' names and rows."""
    found = {}
    for row in _rows():
        if row["kind"] not in _KINDS:
            raise ModelError(
                f"resources/{FOLDER}: unknown kind {row['kind']} of {row['id']}: install sepaham again"
            )
        found[row["id"]] = Organisation(
            row["id"],
            row["name"],
            row["kind"],  # type: ignore[arg-type]  # checked above
            row["level"] or "none",  # type: ignore[arg-type]
            row["parent"],
            row["valid_from"],
            row["valid_to"],
        )
    return found


@cache
def _rows() -> list[dict[str, str]]:
    folder = files("sepaham") / "resources" / "registry" / "organisations"
    names = (
        sorted(item.name for item in folder.iterdir() if item.name.endswith(".csv"))
        if folder.is_dir()
        else []
    )
    return [row for name in names for row in csv_rows(f"{FOLDER}/{name}")]


@cache
def _index() -> dict[str, dict[str, bool]]:
    """Key -> (id, whether it is the official name) of the bodies that bear the name."""
    index: dict[str, dict[str, bool]] = {}
    for row in _rows():
        ident = row["id"]
        index.setdefault(org_key(words(row["name"])), {})[ident] = True
        if row["aliases"]:
            for alias in row["aliases"].split("|"):
                index.setdefault(org_key(words(alias)), {}).setdefault(ident, False)
    return index


def named(parts: list[str], on: str | None = None) -> tuple[Organisation, ...]:
    """The bodies that bear the name on the day, those of that official name first choice.

    A name whose bodies were all renamed or closed by the day still finds the latest of them.
    """
    hits = _index().get(org_key(parts))
    if not hits:
        return ()
    every = [(organisations()[ident], official) for ident, official in hits.items()]
    valid = [(body, official) for body, official in every if body.valid(on)]
    if not valid and every:
        valid = [max(every, key=lambda hit: (hit[1], hit[0].valid_to or "9999"))]
    official_only = [body for body, official in valid if official]
    return tuple(official_only or [body for body, _ in valid])


def known(key: str) -> bool:
    """Whether any body bears the name, whatever the day; `key` as made by `org_key`."""
    return key in _index()


def is_government(ident: str) -> bool:
    """Whether the id is that of a state or a city abroad: its name also stands for the mere place."""
    return ident.startswith(("iso:", "city:"))


def is_foreign(parts: list[str]) -> bool:
    """Whether the words name a state abroad."""
    found = named(parts)
    return len(found) == 1 and found[0].id.startswith("iso:") and found[0].id != "iso:ID"


def without_country(name: Name) -> Name:
    """ "Pemerintah Kota Nanjing, Republik Rakyat Tiongkok" without the state behind the comma."""
    head, comma, tail = name.text.rpartition(", ")
    return Name(head) if comma and is_foreign(words(tail)) else name


def ministry_beginning(parts: list[str], on: str | None) -> Organisation | None:
    """The only ministry of the day whose name begins with the words: "Kementerian Pendidikan" in 2019."""
    if parts[:1] != ["kementerian"] or len(parts) < 2:
        return None
    start = f"{org_key(parts)} "
    found = [body for body in organisations().values() if body.id.startswith("kl:") and body.valid(on)]
    hits = [body for body in found if org_key(words(body.name)).startswith(start)]
    return hits[0] if len(hits) == 1 else None
