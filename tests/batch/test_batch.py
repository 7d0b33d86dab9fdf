"""Batch runs: same bytes for any workers and crashes, counts that add up, exit codes, one run at a time."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import dumps
import pytest

import sepaham
from sepaham import batch
from sepaham.batch import engine, work
from sepaham.batch.journal import Journal
from sepaham.batch.lock import locked
from sepaham.errors import ConfigurationError, InputError
from sepaham.records import Article, Outcome

SIGNED = (
    "MAJU JAYA – Bupati {a}, Andi Wijaya, dan Bupati {b}, Sri Rahayu, menandatangani nota kesepahaman "
    "tentang pengelolaan sampah di Pendopo Kabupaten {a}, Senin (3/6/2024). Kedua daerah sepakat "
    "berbagi data."
)
PLACES = ("Sleman", "Bantul", "Kulon Progo", "Klaten", "Boyolali")


def text_of(n: int) -> str:
    """Every fifth article holds an agreement; later ones are copies of the first 25."""
    turn = n // 5 if n % 5 == 0 else n
    a, b = PLACES[turn % 5], PLACES[(turn + 1) % 5]
    return f"Harga cabai di Pasar {a} naik lagi pekan ini. " * 3 if n % 5 else SIGNED.format(a=a, b=b)


def dump(path: Path, count: int) -> Path:
    return dumps.dump(path, count, text_of, "2024-06-04")


def settings(source: Path, out: Path, **options: object) -> batch.Settings:
    return batch.Settings(inputs=(str(source),), out=out, **options)


def test_counts_add_up_and_files_are_there(tmp_path: Path) -> None:
    summary = batch.run(settings(dump(tmp_path / "d.jsonl", 23), tmp_path / "out"))
    counts = summary.counts
    assert counts.records == sum(counts.outcomes.values()) == 23
    assert counts.outcomes["agreement"] == 5
    assert summary.exit_code == 0
    tables = sepaham.read_tables(tmp_path / "out")
    assert len(tables["articles"]) == 23
    assert len(tables["agreements"]) == counts.agreements
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert run["counts"]["records"] == 23
    assert run["versions"]["resources_sha256"]
    assert not (tmp_path / "out" / ".work").exists()


def test_two_workers_give_the_same_bytes(tmp_path: Path) -> None:
    source = dump(tmp_path / "d.jsonl", 300)
    batch.run(settings(source, tmp_path / "one"))
    batch.run(settings(source, tmp_path / "two", workers=2))
    assert dumps.hashes(tmp_path / "one") == dumps.hashes(tmp_path / "two")


def test_killed_and_resumed_gives_the_same_bytes(tmp_path: Path) -> None:
    source = dump(tmp_path / "d.jsonl", 1500)
    batch.run(settings(source, tmp_path / "whole"))
    out = tmp_path / "killed"
    command = [sys.executable, "-m", "sepaham", "extract", str(source), "-o", str(out), "--workers", "2"]
    journal = out / ".work" / "results.jsonl"
    for goal in (1, 40_000):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        while process.poll() is None and not (journal.exists() and journal.stat().st_size > goal):
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert not (out / "run.json").exists(), "the run was over before it was killed: make the dump larger"
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "by an earlier run that was stopped" in done.stderr
    assert dumps.hashes(out) == dumps.hashes(tmp_path / "whole")


def test_a_torn_line_is_done_again(tmp_path: Path) -> None:
    source = dump(tmp_path / "d.jsonl", 10)
    whole = settings(source, tmp_path / "whole")
    batch.run(whole)
    torn = settings(source, tmp_path / "torn")
    sources = batch.run.__globals__["discover"](torn.inputs)
    listing = [{"name": s.name, "size": s.size, "changed": s.changed} for s in sources]
    journal = Journal(torn.out / ".work")
    torn.out.mkdir()
    journal.begin(batch.run.__globals__["fingerprint"](torn, listing, 0), restart=False)
    article = Article(article_id="d0", title="Berita 0", published="2024-06-04", published_from="field",
                      text=SIGNED.format(a="Sleman", b="Bantul"), source_file="d.jsonl")  # fmt: skip
    list(journal.append([work.process(article)]))
    with (journal.folder / "results.jsonl").open("ab") as file:
        file.write(b'{"article_id": "d1", "outc')
    assert batch.run(torn).resumed == 1
    assert dumps.hashes(torn.out) == dumps.hashes(whole.out)


def test_an_unfinished_run_with_other_settings_is_not_mixed(tmp_path: Path) -> None:
    source = dump(tmp_path / "d.jsonl", 5)
    journal = Journal(tmp_path / "out" / ".work")
    journal.begin({"version of sepaham": "0.0.1"}, restart=False)
    with pytest.raises(ConfigurationError, match=r"differs in: .*version of sepaham.*--restart"):
        batch.run(settings(source, tmp_path / "out"))
    assert batch.run(settings(source, tmp_path / "out", restart=True)).counts.records == 5


def test_one_run_at_a_time(tmp_path: Path) -> None:
    source = dump(tmp_path / "d.jsonl", 5)
    with locked(tmp_path), pytest.raises(ConfigurationError, match="another run is writing"):
        batch.run(settings(source, tmp_path))


def test_exit_codes(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("[1]\n{broken\n", encoding="utf-8")
    assert batch.run(settings(bad, tmp_path / "o1")).exit_code == 2
    mixed = dump(tmp_path / "mixed.jsonl", 9)
    with mixed.open("a", encoding="utf-8") as file:
        file.write("[1]\n")
    assert batch.run(settings(mixed, tmp_path / "o2")).exit_code == 3
    assert batch.run(settings(mixed, tmp_path / "o3", max_rejected=0.1)).exit_code == 0
    short = tmp_path / "short.jsonl"
    short.write_text('{"id": "a", "text": "pendek"}\n', encoding="utf-8")
    summary = batch.run(settings(short, tmp_path / "o4"))
    assert summary.exit_code == 0
    assert summary.counts.outcomes["rejected"] == 1


def test_missing_input_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        batch.run(settings(tmp_path / "nowhere", tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_out_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="cannot write into"):
        batch.run(settings(dump(tmp_path / "d.jsonl", 2), tmp_path / "file"))


def test_an_article_that_breaks_a_stage_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(article: Article, max_chars: int, tagger: str, second: str | None, *, names: bool) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(work, "extract_article", broken)
    summary = batch.run(settings(dump(tmp_path / "d.jsonl", 6), tmp_path / "out"))
    assert summary.counts.reasons["rejected: internal_error"] == 2
    articles = sepaham.read_tables(tmp_path / "out")["articles"]
    detail = articles[articles["outcome"] == Outcome.REJECTED]["detail"].iloc[0]
    assert detail == "d.jsonl, record 1: RuntimeError: boom"


def test_repeated_ids_are_told_apart(tmp_path: Path) -> None:
    source = dump(tmp_path / "d.jsonl", 2)
    source.write_bytes(source.read_bytes() * 2)
    batch.run(settings(source, tmp_path / "out"))
    ids = sepaham.read_tables(tmp_path / "out")["articles"]["article_id"].tolist()
    assert ids == ["d0", "d1", "d0~2", "d1~2"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to another process")
def test_ctrl_c_is_clean(tmp_path: Path) -> None:
    source = dump(tmp_path / "d.jsonl", 3000)
    out = tmp_path / "out"
    command = [sys.executable, "-m", "sepaham", "extract", str(source), "-o", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    journal = out / ".work" / "results.jsonl"
    while process.poll() is None and not (journal.exists() and journal.stat().st_size > 0):
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    _, shown = process.communicate()
    assert process.returncode == 130
    assert shown == "sepaham: stopped; the same command goes on where this run stopped\n"


def test_the_window_bounds_what_is_under_way() -> None:
    taken = 0

    def items() -> object:
        nonlocal taken
        for n in range(engine.CHUNK * 20):
            taken += 1
            yield Article(article_id=str(n), text="Harga cabai naik lagi pekan ini di pasar.")

    results = engine.run_ordered(items(), engine.Engine(engine.InProcess(), work.DEFAULTS, window=3))
    assert next(results).article_id == "0"
    assert taken == engine.CHUNK * 3
