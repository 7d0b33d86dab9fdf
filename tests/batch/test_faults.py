"""What goes wrong around a run: a full disk, a read-only OUT, changed input, a wrong clock, a second run.

Each ends in an error that says what to do, or changes nothing; the same command then gives the same bytes.
"""

import errno
import itertools
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from dumps import command, dump, hashes

from sepaham import batch
from sepaham.batch import publish
from sepaham.batch.copies import Copies
from sepaham.batch.journal import Journal
from sepaham.batch.run import Quiet
from sepaham.batch.verify import verify
from sepaham.errors import ConfigurationError, InputError


def settings(source: Path, out: Path, **more: object) -> batch.Settings:
    return batch.Settings((str(source),), out, tagger="rules", **more)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults")
    batch.run(settings(dump(folder / "d.jsonl", 120), folder / "whole"))
    return folder


class At(Quiet):
    """A watch that does something when so many records are finished."""

    def __init__(self, records: int, what) -> None:
        self.records = records
        self.what = what

    def advance(self, records: int, bytes_read: int) -> None:
        if records == self.records:
            self.what()


def stop() -> None:
    raise KeyboardInterrupt


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Writing fails beyond `size` bytes of a file, as it does on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("size", [0, 100, 3_000, 10_000, 20_000, 30_000])
def test_writing_that_fails_is_told_and_then_goes_on(place: Path, tmp_path: Path, size: int) -> None:
    run = settings(place / "d.jsonl", tmp_path / "out")
    with files_of_at_most(size), pytest.raises(ConfigurationError, match=r"cannot write into .*same command"):
        batch.run(run)
    assert not (tmp_path / "out" / "run.json").exists()
    batch.run(run)
    assert hashes(tmp_path / "out") == hashes(place / "whole")


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("number", range(1, 12, 2))
def test_a_disk_that_is_full_while_tables_move_leaves_no_run_json(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    run, moves, move = settings(place / "d.jsonl", tmp_path / "out"), itertools.count(1), publish._move

    def full(draft: Path, target: Path) -> None:
        if next(moves) == number:
            raise FULL
        move(draft, target)

    monkeypatch.setattr(publish, "_move", full)
    with pytest.raises(ConfigurationError, match="No space left on device"):
        batch.run(run)
    assert not (tmp_path / "out" / "run.json").exists()
    assert batch.run(run).resumed == 120
    assert hashes(tmp_path / "out") == hashes(place / "whole")


def test_a_finished_out_outlives_a_full_disk_of_a_later_run(place: Path, tmp_path: Path) -> None:
    run = settings(place / "d.jsonl", tmp_path / "out")
    batch.run(run)
    with files_of_at_most(3_000), pytest.raises(ConfigurationError, match="cannot write into"):
        batch.run(run)
    assert hashes(tmp_path / "out") == hashes(place / "whole")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that not even root can write to")
def test_an_out_that_is_read_only(place: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"cannot write into /proc .*choose another output folder"):
        batch.run(settings(place / "d.jsonl", Path("/proc")))


def test_an_out_that_becomes_read_only(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = settings(place / "d.jsonl", tmp_path / "out")

    def refuse(journal: Journal) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "sync", refuse)
        with pytest.raises(ConfigurationError, match="Read-only file system"):
            batch.run(run)
    batch.run(run)
    assert hashes(tmp_path / "out") == hashes(place / "whole")


def test_input_that_changed_between_runs_is_not_mixed(place: Path, tmp_path: Path) -> None:
    source = dump(tmp_path / "d.jsonl", 120)
    run = settings(source, tmp_path / "out")
    with pytest.raises(KeyboardInterrupt):
        batch.run(run, At(50, stop))
    source.write_text(source.read_text().replace("Pasar", "Kios"))
    with pytest.raises(ConfigurationError, match=r"differs in: input files \(names, sizes.*--restart"):
        batch.run(run)
    assert batch.run(settings(source, tmp_path / "out", restart=True)).resumed == 0
    assert not list(verify(tmp_path / "out", [str(source)]))


def test_input_that_changes_during_a_run_is_noticed(tmp_path: Path) -> None:
    source = dump(tmp_path / "d.jsonl", 120)

    def grow() -> None:
        with source.open("a") as file:
            file.write('{"id": "late", "text": "Harga cabai naik lagi pekan ini di semua pasar."}\n')

    with pytest.raises(InputError, match=r"d\.jsonl changed while it was read.*--restart"):
        batch.run(settings(source, tmp_path / "out"), At(50, grow))
    assert not (tmp_path / "out" / "run.json").exists()
    again = batch.run(settings(source, tmp_path / "out", restart=True))
    assert again.counts.records == 121


def test_other_settings_are_named_with_both_values(place: Path, tmp_path: Path) -> None:
    run = settings(place / "d.jsonl", tmp_path / "out")
    with pytest.raises(KeyboardInterrupt):
        batch.run(run, At(50, stop))
    other = settings(place / "d.jsonl", tmp_path / "out", max_chars=5000)
    with pytest.raises(ConfigurationError, match=r"--max-chars\): \d+ there, 5000 now.*--restart"):
        batch.run(other)
    assert batch.run(run).resumed == 50


def test_a_clock_that_is_set_back_changes_nothing(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = settings(place / "d.jsonl", tmp_path / "out")
    with pytest.raises(KeyboardInterrupt):
        batch.run(run, At(50, stop))
    for path in (tmp_path / "out").rglob("*"):
        os.utime(path, (4e9, 4e9))
    clock = itertools.count(10**9, -3600)
    monkeypatch.setattr(time, "time", lambda: float(next(clock)))
    monkeypatch.setattr(time, "time_ns", lambda: next(clock) * 10**9)
    assert batch.run(run).resumed == 50
    assert hashes(tmp_path / "out") == hashes(place / "whole")


HOLDS = "import sys; from pathlib import Path; from sepaham.batch.lock import locked\n" \
        "with locked(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"  # fmt: skip


def test_two_runs_at_once_and_a_lock_that_outlives_no_kill(place: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout.readline() == "held\n"
    second = subprocess.run(command(place / "d.jsonl", out), capture_output=True, text=True)
    assert second.returncode == 4
    assert second.stderr.startswith("sepaham: another run is writing into")
    holder.kill()
    holder.communicate()
    batch.run(settings(place / "d.jsonl", out))
    assert hashes(out) == hashes(place / "whole")


def test_a_record_without_a_row_is_never_published(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled = Copies.settled

    def lossy(self: Copies, results, keep: bool):
        return itertools.islice(settled(self, results, keep=keep), 119)

    monkeypatch.setattr(Copies, "settled", lossy)
    with pytest.raises(AssertionError, match="120 records came in, 119 have an outcome"):
        batch.run(settings(place / "d.jsonl", tmp_path / "out"))
    assert not (tmp_path / "out" / "run.json").exists()
    assert not (tmp_path / "out" / "articles.csv").exists()


def test_verify_holds_the_counts_against_the_tables(place: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch.run(settings(place / "d.jsonl", out))
    told = (out / "run.json").read_text()
    (out / "run.json").write_text(told.replace('"records": 120', '"records": 121'))
    found = [str(fault) for fault in verify(out, [str(place / "d.jsonl")])]
    assert found == [
        "run.json, counts, records: is 121, by articles.csv it is 120",
        "run.json, counts: the outcomes do not add up to the records",
    ]
