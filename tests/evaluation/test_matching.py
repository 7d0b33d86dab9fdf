"""Normalised names and the one-to-one pairing."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.evaluation.matching import city_parts, level, match, norm, same_city, whole_duration


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT. Timah (Persero) Tbk.", "timah"),
        ("CV Maju-Jaya", "maju-jaya"),
        ("Kesepakatan KUA\u2013PPAS", "kesepakatan kua-ppas"),
        ("Dinas PU &amp; Penataan Ruang", "dinas pu & penataan ruang"),
        ("Universitas\u00a0Hasanuddin\u200b,  Makassar", "universitas hasanuddin makassar"),
        ("- PTPN IV -", "ptpn iv"),
        ("ＢＡＮＫ", "bank"),
        (None, ""),
        ("Tbk", ""),
    ],
)
def test_norm(text: str | None, expected: str) -> None:
    assert norm(text) == expected


@given(st.text())
def test_norm_is_stable_in_case_and_spaces(text: str) -> None:
    assert norm(f"  {norm(text)} ") == norm(norm(text))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Pemerintah Kabupaten Banjar", "kabupaten"), ("Pemkab Banjar", "kabupaten"),
        ("Bupati Banjar", "kabupaten"),
        ("Pemerintah Daerah Kota Bogor", "kota"), ("Pemkot Bogor", "kota"), ("Plt Walikota Bogor", "kota"),
        ("Pj. Wali Kota Bogor", "kota"), ("Pemprov Bali", "provinsi"), ("Pj Gubernur Bali", "provinsi"),
        ("Pemerintah Provinsi Bali", "provinsi"), ("Kota Bogor", None), ("Wakil Bupati Banjar", None),
        ("Pemkabupaten", None), ("", None),
    ],
)  # fmt: skip
def test_level_of_a_regional_government(name: str, expected: str | None) -> None:
    assert level([norm(name)]) == expected


def test_the_first_name_that_tells_decides() -> None:
    assert level(["pemda ambon", "pemkot ambon", "bupati ambon"]) == "kota"


@pytest.mark.parametrize(
    ("gold", "pred", "same"),
    [
        ("Bogor", "Kota Bogor", True), ("Kab. Bogor", "Kabupaten Bogor", True),
        ("Kota Bogor", "Kab Bogor", False),
        ("Kota Bogor", "kota bogor", True), ("Kotabaru", "Baru", False), ("Bogor", "Depok", False),
    ],
)  # fmt: skip
def test_cities(gold: str, pred: str, same: bool) -> None:
    assert same_city(city_parts(gold), city_parts(pred)) is same


@pytest.mark.parametrize(
    ("one", "other"), [("P3Y", "P36M"), ("P2W", "P14D"), ("P1Y6M", "P18M"), ("P1Y2W1D", "P12M15D")]
)
def test_equal_durations(one: str, other: str) -> None:
    assert whole_duration(one) == whole_duration(other)


def test_unequal_durations() -> None:
    assert len({whole_duration(iso) for iso in ("P1M", "P30D", "P4W", "P1Y", "P365D", "tiga tahun", "")}) == 7


def test_the_pairing_gives_way_where_that_pairs_more() -> None:
    same = {(0, 0), (0, 1), (1, 0)}
    assert match(2, 2, lambda i, j: (i, j) in same) == [(0, 1), (1, 0)]


def test_preferred_pairs_come_first() -> None:
    assert match(2, 2, lambda i, j: True, lambda i, j: i != j) == [(0, 1), (1, 0)]
    assert match(1, 3, lambda i, j: True, lambda i, j: j == 2) == [(0, 2)]
    assert match(2, 1, lambda i, j: True, lambda i, j: i == 1) == [(1, 0)]


PAIRS = st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)))


@given(PAIRS, PAIRS)
def test_the_pairing_is_the_largest(same: set[tuple[int, int]], first: set[tuple[int, int]]) -> None:
    largest = max(
        sum((i, j) in same for i, j in enumerate(order)) for order in itertools.permutations(range(4))
    )
    pairs = match(4, 4, lambda i, j: (i, j) in same, lambda i, j: (i, j) in first)
    assert set(pairs) <= same
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs) == largest
