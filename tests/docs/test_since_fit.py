"""What has changed since the judges were fitted stands above the figures of that fit."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_page_of_scores_tells_what_has_changed_since_the_fit():
    since = ROOT / "models/relations/since_fit.md"
    if not since.is_file():
        pytest.skip("nothing has changed since the fit")
    page = (ROOT / "docs/scores.md").read_text(encoding="utf-8")
    note = since.read_text(encoding="utf-8").strip()
    assert page.index(note) < page.index("## real newspaper articles, by folds")
