"""What the README says is true: its commands run, its row is what comes out, its links lead somewhere."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sepaham
from sepaham.cli import app

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    blocks = re.findall(r"```\n(.*?)```", README, re.DOTALL)
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("sepaham ") and "DUMP" not in line]


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make run` leaves in data/processed, elsewhere."""
    out = tmp_path_factory.mktemp("processed")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        assert CliRunner().invoke(app, ["extract", "data/raw", "-o", str(out)]).exit_code == 0
    return out


@pytest.mark.parametrize("command", commands())
def test_its_commands_run(command: str, processed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    shown = CliRunner().invoke(app, shlex.split(command.replace("data/processed", str(processed)))[1:])
    assert shown.exit_code == 0, shown.stderr
    assert shown.output.strip()


def test_it_names_commands() -> None:
    assert len(commands()) >= 3


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
    "page", sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])
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
