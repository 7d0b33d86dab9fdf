"""Workers give freed memory back after each chunk."""

from pathlib import Path

import pytest

from sepaham.batch import memory, work
from sepaham.records import Article

STATM = Path("/proc/self/statm")


def resident_mb() -> float:
    return int(STATM.read_text().split()[1]) * 4096 / 2**20


@pytest.mark.skipif(memory._trim() is None or not STATM.exists(), reason="this C library has no malloc_trim")
def test_holes_in_the_heap_go_back_to_the_system() -> None:
    """Every 200th piece lives on, so the heap cannot shrink from its end."""
    pieces = [bytearray(1000 + n % 7) for n in range(200_000)]
    kept = pieces[::200]
    del pieces
    full = resident_mb()
    assert memory.give_back()
    assert resident_mb() < full - 100
    assert len(kept) == 1000


def test_a_worker_gives_back_after_each_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    monkeypatch.setattr(work, "give_back", lambda: calls.append(1))
    items = [Article(article_id=name, text="Harga cabai naik di pasar.") for name in "ab"]
    assert len(work.watched_chunk(items)) == 2
    assert calls == [1]


@pytest.mark.parametrize("error", [AttributeError, OSError, TypeError])
def test_without_malloc_trim_nothing_happens(monkeypatch: pytest.MonkeyPatch, error: type) -> None:
    def none(name: None) -> None:
        raise error

    memory._trim.cache_clear()
    monkeypatch.setattr(memory.ctypes, "CDLL", none)
    try:
        assert memory.give_back() is False
    finally:
        memory._trim.cache_clear()
