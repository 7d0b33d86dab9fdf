"""The word lists' matcher: its table of words does not grow over a dump."""

import pytest

from sepaham.ner import lists
from sepaham.ner.tokens import tokenise


def test_the_vocabulary_is_made_anew_after_so_many_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are forgotten after each text, but the table kept their room."""
    monkeypatch.setattr(lists, "_MOST_TEXTS", 5)
    lists._made.cache_clear()
    sizes = []
    for n in range(12):
        found = lists.find_phrases(tokenise(f"Kementerian Agama baru{n} lagi{n} itu{n}"))
        assert found.at("org", 0) == 1
        sizes.append(len(lists._made().vocab))
    assert max(sizes) <= min(sizes) + 5 * 5
