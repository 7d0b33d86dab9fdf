"""Forty ambiguous names, each in two contexts (`ambiguous.toml`)."""

import tomllib
from pathlib import Path

import pytest

from sepaham.registry import lookup

CASES = tomllib.loads((Path(__file__).parent / "ambiguous.toml").read_text(encoding="utf-8"))["case"]


def test_there_are_forty():
    assert len(CASES) >= 40
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("reading", ["first", "second"])
@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_context_decides(case, reading):
    code, context, *parent = case[reading]
    link = lookup(case["name"], context=context)
    assert (link.code or "") == code
    assert not parent or link.parent_code == parent[0]


BARE = [
    case for case in CASES if case["first"][0].startswith("kemendagri:") and len(case["name"].split()) == 1
]


@pytest.mark.parametrize("case", BARE, ids=[case["name"] for case in BARE])
def test_without_context_the_name_stays_uncoded(case):
    link = lookup(case["name"])
    assert link.code is None
    if link.rule == "ambiguous":
        assert {case["first"][0], case["second"][0]} <= set(link.candidates)


def test_a_context_that_speaks_for_both_decides_nothing():
    context = "Bupati Malang dan Wali Kota Malang meneken nota itu; Pemkab Malang dan Pemkot Malang sepakat."
    assert lookup("Malang", context=context).code is None


@pytest.mark.parametrize(
    ("name", "context", "code"),
    [
        (
            "Magelang",
            "Kabupaten Wonosobo, Magelang, dan Temanggung sepakat. Kota Magelang menonton.",
            "33.08",
        ),
        ("Tegal", "Tiga kabupaten, yakni Brebes, Tegal dan Pemalang, menanam mangrove.", "33.28"),
        ("Bengkulu", "Jawa Timur, NTT, Bengkulu, dan Sulawesi Barat berbagi data.", "17"),
        ("Bengkulu", "Bengkulu, Lampung, dan Banten berbagi data.", "17"),
        ("Malang", "Warga Singosari, Dampit dan Turen menolak. Malang menunda.", "35.07"),
        ("Kediri", "Kediri diwakili wakil bupati; bupati sendiri sedang ke luar kota.", "35.06"),
    ],
)
def test_lists_towns_and_lone_titles_tell_twins_apart(name, context, code):
    assert lookup(name, context=context).code == f"kemendagri:{code}"


@pytest.mark.parametrize("context", ["Bima Arya menyambut tamu.", "Batang Lupar dan Landak Hitam sepi."])
def test_a_name_that_runs_on_is_no_region(context):
    assert lookup("pemkab", context=context).code is None
