"""docs/evaluation.md tells every slot as the code does."""

from pathlib import Path

from sepaham import evaluation
from sepaham.evaluation.compare import SLOTS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "evaluation.md").read_text(encoding="utf-8")


def test_the_table_of_slots_is_the_codes() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    assert rows == [f"| `{slot}` | {meaning} |" for slot, meaning in SLOTS.items()]


def test_every_verb_is_told() -> None:
    verbs = [name for name in evaluation.__all__ if name.islower() and name != "articles_beside"]
    assert [verb for verb in verbs if f"{verb}(" not in PAGE and f"`{verb}`" not in PAGE] == []
