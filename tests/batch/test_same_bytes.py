"""The same input gives the same bytes, whatever the order of Python's sets in this process."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import sepaham

# Found on a dump: one short form begins two longer ones, of which one begins the other.
NESTED = (
    "SIDOARJO – Direktur ASLI Rancang Karya Bersama, Budi Santoso, menandatangani nota kesepahaman dengan "
    "Universitas Negeri Malang, Senin (3/6/2024). ASLI Rancang Karya akan melatih mahasiswa. ASLI Rancang "
    "juga menyumbang alat. Menurut ASLI, kerja sama berlaku tiga tahun. ASLI Rancang Karya Bersama senang."
)


def digest(out: Path) -> str:
    files = sorted(path for path in out.iterdir() if path.suffix in (".csv", ".jsonl"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def test_hash_seeds_change_nothing(tmp_path: Path, sample: Path) -> None:
    (tmp_path / "nested.txt").write_text(NESTED, encoding="utf-8")
    found = set()
    for seed in ("1", "2", "3", "4"):
        out = tmp_path / seed
        command = [
            sys.executable,
            "-m",
            "sepaham",
            "extract",
            str(sample),
            str(tmp_path / "nested.txt"),
            "-o",
            str(out),
        ]
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, stderr=subprocess.DEVNULL
        )
        found.add(digest(out))
    assert len(found) == 1


def test_a_web_page_keeps_the_text_that_proves_it(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    paragraphs = "".join(f"<p>{sentence}.</p>" for sentence in NESTED.split(". "))
    head = "<html><head><title>Unesa dan ASLI</title></head><body><article><h1>Kampus dan ASLI Teken MoU</h1>"
    page.write_text(f"{head}{paragraphs}</article></body></html>", encoding="utf-8")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "sepaham", "extract", str(page), "-o", str(out)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    agreements = sepaham.read_tables(out)["agreements"]
    assert len(agreements) == 1
    again = tmp_path / "again"
    command = [sys.executable, "-m", "sepaham", "extract", str(out / "texts.jsonl"), "-o", str(again)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    assert (again / "evidence.csv").read_bytes() == (out / "evidence.csv").read_bytes()


def test_long_texts_are_read_around_the_signing(tmp_path: Path) -> None:
    filler = "Harga cabai di pasar naik lagi pekan ini, kata para pedagang yang ditemui di sana. " * 2000
    (tmp_path / "long.txt").write_text(filler + "\n\n" + NESTED + "\n\n" + filler, encoding="utf-8")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "sepaham", "extract", str(tmp_path / "long.txt"), "-o", str(out)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    tables = sepaham.read_tables(out)
    assert tables["articles"]["truncated"].tolist() == ["yes"]
    evidence = tables["evidence"]
    body = filler + "\n\n" + NESTED + "\n\n" + filler
    for start, end, quote in evidence[["start", "end", "quote"]].dropna().itertuples(index=False):
        assert body[start:end] == quote
