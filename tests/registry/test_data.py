"""The registry's files agree with each other: ids, codes, kinds, days, parents."""

import re
import tomllib
from importlib.resources import files
from typing import get_args

from sepaham.lexicon import csv_rows, toml
from sepaham.records import Kind, Level
from sepaham.registry.organisations import organisations
from sepaham.registry.regions import districts, names, regions

ID = re.compile(r"[a-z]+:[A-Za-z0-9][A-Za-z0-9.-]*")
FOLDER = files("sepaham") / "resources" / "registry"


def test_regions_come_whole_and_in_order():
    codes = list(regions())
    assert codes == sorted(codes)
    assert all(re.fullmatch(r"\d\d(\.\d\d)?", code) for code in codes)
    assert all(code[:2] in regions() for code in codes)
    assert len(districts()) == 7285
    assert all(code[:5] in regions() for code in districts())


def test_every_code_in_the_side_files_is_a_region():
    for name, columns in (
        ("aliases", ["code"]), ("former_names", ["code"]), ("new_provinces", ["code", "parent_before"]),
        ("governments", ["code"]), ("spellings", ["code"]),
    ):  # fmt: skip
        for row in csv_rows(f"registry/{name}.csv"):
            assert {row[column] for column in columns} <= set(regions()), (name, row)


def test_the_regions_file_is_what_its_script_makes_of_the_source():
    spelling = {row["code"]: row["name"] for row in csv_rows("registry/spellings.csv")}
    assert all(regions()[code].name == name for code, name in spelling.items())


def test_no_two_regions_share_a_full_name_unless_form_or_province_tells_them_apart():
    for name, bearers in names().items():
        full = [regions()[n.code] for n in bearers if n.strength == "name"]
        marks = {(region.level, region.province) for region in full}
        assert len(marks) == len(full), name


def test_bodies_have_good_ids_kinds_and_days():
    rows = [
        row
        for item in sorted((FOLDER / "organisations").iterdir(), key=lambda item: item.name)
        if item.name.endswith(".csv")
        for row in csv_rows(f"registry/organisations/{item.name}")
    ]
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert ID.fullmatch(row["id"]), row
        assert row["name"].strip() == row["name"] != "", row
        assert row["kind"] in get_args(Kind), row
        assert (row["level"] or "none") in get_args(Level), row
        for day in (row["valid_from"], row["valid_to"]):
            assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", day), row
        if row["valid_from"] and row["valid_to"]:
            assert row["valid_from"] <= row["valid_to"], row


def test_every_parent_exists():
    known = set(organisations()) | {region.id for region in regions().values()}
    orphans = {
        body.id: body.parent for body in organisations().values() if body.parent and body.parent not in known
    }
    assert orphans == {}


def test_the_tables_of_forms_hold_folded_words():
    forms = toml("registry/forms.toml")
    phrases = [
        p for group in ("government", "place", "title") for level in forms[group].values() for p in level
    ]
    phrases += (
        forms["acting"]["forms"]
        + forms["leader"]["forms"]
        + forms["branch"]["forms"]
        + forms["part"]["forms"]
    )
    assert all(phrase == phrase.casefold() and re.fullmatch(r"[\w ]+", phrase) for phrase in phrases)


def test_kinds_of_heads_are_kinds():
    heads = tomllib.loads((FOLDER / "kinds.toml").read_text(encoding="utf-8"))
    assert set(heads) <= set(get_args(Kind))
    everything = [head for group in heads.values() for head in group]
    assert len(set(everything)) == len(everything)
    for unit in toml("registry/units.toml")["unit"]:
        assert unit["kind"] in get_args(Kind)
        assert unit.get("level", "unit") in get_args(Level)


def test_every_source_file_is_named_with_its_licence():
    sources = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    for item in FOLDER.iterdir():
        if item.name.endswith((".csv", ".toml")):
            assert f"`{item.name}`" in sources, item.name
