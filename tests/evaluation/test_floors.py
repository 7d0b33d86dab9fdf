"""Floors pin F1 by slot to one gold file."""

from pathlib import Path

import pytest

from sepaham.errors import ConfigurationError, InputError
from sepaham.evaluation import Floors, check_floors, format_floors, read_floors, score
from sepaham.evaluation.compare import SLOTS

FOLDER = Path(__file__).parent / "judge"
FLOORS = Path(__file__).parent / "floors.toml"


def test_the_judge_case_holds_its_floors() -> None:
    scores = score(FOLDER / "gold.jsonl", FOLDER / "agreements.jsonl")
    floors = read_floors(FLOORS, "judge_case")
    assert check_floors(scores, floors) == []
    assert floors.f1.keys() == SLOTS.keys()
    # What is written down is what format_floors writes.
    assert format_floors("judge_case", scores) in FLOORS.read_text(encoding="utf-8")


def test_a_slot_below_its_floor_is_told() -> None:
    scores = score(FOLDER / "gold.jsonl", FOLDER / "agreements.jsonl")
    f1 = scores.slots["party"].f1
    high = Floors(
        gold_sha256=scores.gold_sha256, f1={"party": f1 + 0.0001, "event": 0.0, "date": f1, "no_slot": 0.5}
    )
    faults = check_floors(scores, high)
    assert [fault.partition(":")[0] for fault in faults if not fault.startswith("date")] == [
        "party",
        "no_slot",
    ]
    assert f"F1 {f1} is below its floor" in faults[0]


def test_floors_of_another_gold_file_are_a_fault() -> None:
    scores = score(FOLDER / "gold.jsonl", [])
    (fault,) = check_floors(scores, Floors(gold_sha256="0" * 64, f1={"party": 0.0}))
    assert "measure again" in fault


def test_floors_are_rounded_down() -> None:
    scores = score(FOLDER / "gold.jsonl", FOLDER / "agreements.jsonl")
    floor = Floors(gold_sha256=scores.gold_sha256, f1={"article": 0.888, "signed": 0.666})
    assert scores.slots["article"].f1 == 0.8889
    assert "article = 0.888\n" in format_floors("x", scores)
    assert check_floors(scores, floor) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "it is empty"),
        ("[real]\n", "no floors for 'sample' \\(real\\)"),
        ("[sample", "no TOML"),
        ('[sample]\ngold_sha256 = "a"\n', "at least one slot"),
        ("[sample.f1]\nparty = 0.5\n", "needs gold_sha256"),
        ('[sample]\ngold_sha256 = "a"\n[sample.f1]\nparty = 70\n', "floor of party is 70"),
        ('[sample]\ngold_sha256 = "a"\n[sample.f1]\nparty = "high"\n', "floor of party is 'high'"),
    ],
)
def test_floors_that_are_none(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=said):
        read_floors(path, "sample")


def test_a_missing_floors_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_floors(tmp_path / "floors.toml", "sample")
