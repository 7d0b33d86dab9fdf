"""Workers give freed memory back after each chunk, and keep nothing that grows with the dump."""

import functools
import gc
import json
from pathlib import Path

import pytest

from sepaham.batch import memory, work
from sepaham.extraction import extract
from sepaham.records import Article

GOLDEN = Path(__file__).parents[1] / "golden"
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


def unbounded() -> dict[str, int]:
    """How much each cache without a bound holds."""
    # Not isinstance, which wakes warnings in objects of other libraries.
    found = [c for c in gc.get_objects() if type(c) is functools._lru_cache_wrapper]
    return {
        f"{c.__module__}.{c.__qualname__}": c.cache_info().currsize
        for c in found
        if c.__module__.startswith("sepaham.") and c.cache_info().maxsize is None
    }


def test_new_names_fill_no_cache_without_a_bound() -> None:
    """Two articles that differ in names only: the second must add nothing to what is kept for ever."""
    text = (
        "{place} - Kepala Dinas Perikanan {place}, Ahmad {name}, dan Rektor Universitas {name}, Budi {name}, "
        "menandatangani Perjanjian Kerja Sama {name} dan nota kesepahaman Program {name} tentang beasiswa "
        "nelayan di Gedung {name}, Senin (3/3/2025). Direktur PT {name} Jaya, Siti {name}, ikut menyaksikan."
    )
    for path in sorted(GOLDEN.glob("*.json")):  # so that all word lists have been read
        article = json.loads(path.read_text(encoding="utf-8"))["article"]
        extract(article["text"], article["title"], article["published"])
    assert extract(text.format(place="Tuban", name="Melati"), None, "2025-03-04")
    before = unbounded()
    assert extract(text.format(place="Lamongan", name="Cempaka"), None, "2025-03-04")
    after = unbounded()
    assert {name: size for name, size in after.items() if size > before.get(name, 0)} == {}
    assert "sepaham.relations.forms.paper_kind" not in after  # papers of other names are rarer
