"""Dumps for the tests of engines and faults, and what is compared of an OUT."""

import hashlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

SIGNED = (
    "MAJU JAYA – Bupati {a}, Andi Wijaya, dan Bupati {b}, Sri Rahayu, menandatangani nota kesepahaman "
    "tentang pengelolaan sampah di Pendopo Kabupaten {a}, Senin ({day}/6/2024). Kedua daerah sepakat "
    "berbagi data dan melatih {n} petugas."
)
PLACES = ("Sleman", "Bantul", "Kulon Progo", "Klaten", "Boyolali", "Magelang", "Kudus")
BREAKING = Path(__file__).parent / "breaking"


def text_of(n: int) -> str:
    a, b = PLACES[n % 7], PLACES[(n + 1 + n % 5) % 7]
    if n % 17 == 0:
        return SIGNED.format(a=a, b=b, day=1 + n % 28, n=n)
    return f"Harga cabai di Pasar {a} naik lagi menjadi {n} rupiah pekan ini. " * 3


def dump(
    path: Path,
    count: int,
    write: Callable[[int], str] = text_of,
    published: str = "2024-06-30",
    **words: str,
) -> Path:
    """`count` articles as `write` words them; `words` replaces the texts of some: d7="…"."""
    with path.open("w", encoding="utf-8") as file:
        for n in range(count):
            text = words.get(f"d{n}") or write(n)
            record = {"id": f"d{n}", "title": f"Berita {n}", "published": published, "text": text}
            file.write(json.dumps(record) + "\n")
    return path


def hashes(out: Path) -> dict[str, str]:
    """A hash by file, without the timings and what begins with a dot."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.iterdir())
        if path.is_file() and path.name[0] != "." and path.name != "timings.json"
    }


def command(source: Path, out: Path, *options: str) -> list[str]:
    return [
        sys.executable, "-m", "sepaham", "extract", str(source), "-o", str(out), "--tagger", "rules", *options
    ]  # fmt: skip


def breaking(**more: str) -> dict[str, str]:
    """The environment of a run whose processes break at the words of `breaking/sitecustomize.py`."""
    return {**os.environ, "PYTHONPATH": str(BREAKING), **more}
