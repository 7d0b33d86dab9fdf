"""What the README says is true: its row comes out and its links lead somewhere (commands: test_commands)."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sepaham
from sepaham.cli import app

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_its_row_is_what_comes_out(tmp_path: Path, sample: Path) -> None:
    arguments = ["extract", str(sample / "daerah.jsonl.gz"), "-o", str(tmp_path)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    frame = sepaham.read_tables(tmp_path)["agreements"].astype("string")
    row = frame.set_index("article_id").loc["w1-001"]
    shown = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|$", README, re.MULTILINE))
    assert len(shown) >= 6
    for column, value in shown.items():
        assert row[column] == value.replace("\\|", "|"), column


def test_its_targets_are_in_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", README)) <= targets


@pytest.mark.parametrize(
    "page",
    sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data" / "indomou").glob("*.md")]),
)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_exit_codes_are_documented() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    shown = CliRunner().invoke(app, ["extract", "--help"]).stdout
    for code in ("0", "2", "3", "4", "130"):
        assert f"| {code} |" in page
        assert code in shown
