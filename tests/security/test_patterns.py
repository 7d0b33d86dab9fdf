"""No text makes a pattern of the package take time that grows with the square of its length."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sepaham.cleaning import clean
from sepaham.extraction import extract

ADVERSARY = Path(__file__).with_name("adversary.py")


def tried(most: int) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, str(ADVERSARY), str(most)], capture_output=True, text=True, timeout=3600, check=True
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_patterns_are_linear() -> None:
    found = tried(2)
    assert found["slow"] == []
    assert int(str(found["patterns"])) > 300


@pytest.mark.slow
def test_patterns_are_linear_for_all_strings() -> None:
    assert tried(60)["slow"] == []


def test_the_adversary_finds_a_slow_pattern(tmp_path: Path) -> None:
    """The test can fail: a pattern that is known to be slow is found."""
    program = (
        f"import sys; sys.path.insert(0, {str(ADVERSARY.parent)!r})\n"
        "import re, adversary\n"
        "adversary.LIMIT, adversary.LENGTH = 1.0, 400_000\n"
        "adversary.patterns = lambda: [re.compile(r'\\s+,'), re.compile(r'\\d{1,9},')]\n"
        "adversary.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    (slow,) = json.loads(done.stdout)["slow"]
    assert slow[0] == r"\s+,"


LEAD = "Nota kesepahaman ditandatangani Bupati Sidrap dan PT Maju Jaya, Rabu (5/6/2024). "


@pytest.mark.parametrize(
    "text",
    [
        "\n" + "A." * 70 + "\n" + LEAD,  # a dateline: took 28 seconds
        LEAD + "Universitas Maju (" + " " * 20_000 + "x",
        LEAD + "MoU" + " " * 20_000 + "x tentang y.",
        LEAD + "Kerja sama meliputi x" + " " * 380 + "y z, " + " " * 380 + "dan w.",
        LEAD + "Bupati Ali, " + "AAAAAA" * 12 + " (Ketua)",
        LEAD + "Halaman" + "\n" * 20_000 + "x",
        LEAD + "x" + "\n" * 20_000,
    ],
    ids=["dateline", "bracket", "subject", "scope", "titles", "pages", "tail"],
)
def test_articles_that_were_slow(text: str) -> None:
    """Each took from seconds to hours; a hang here is the failure."""
    clean(text)
    extract(text, published="2024-06-06", tagger="rules")
