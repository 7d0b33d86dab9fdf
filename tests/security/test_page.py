"""docs/security.md names tests that exist, and all limits."""

import ast
import re
from pathlib import Path

from sepaham.ingestion import limits

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)


def test_every_test_that_the_page_names_exists() -> None:
    assert len(NAMED) > 30
    for path, name in NAMED:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, (
            path,
            name,
        )


def test_every_threat_names_a_test() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("|") and "|---" not in line]
    for row in rows[1 : rows.index("| variable | usual | what |")]:
        assert "::test_" in row, row


def test_the_limits_of_the_page_are_those_of_the_code() -> None:
    told = dict(re.findall(r"^\| `(SEPAHAM_\w+)` \| (\d+) \|", PAGE, re.MULTILINE))
    assert told == {name: str(usual) for name, usual in limits.USUAL.items()}
