"""Killed at random moments, parent or worker, and started again: always the same bytes.

SEPAHAM_KILLS sets the number of kills for each engine: 3 here and in CI, `SEPAHAM_KILLS=50` for the sweep.
"""

import gzip
import importlib.util
import os
import random
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest
from dumps import command, dump, hashes

from sepaham import batch

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc")
KILLS = int(os.environ.get("SEPAHAM_KILLS", "3"))
ARTICLES = 4000


def workers_of(parent: int) -> list[int]:
    """The worker processes below a process, those of Dask too; not Python's own tracker of resources."""
    found = []
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text()
                line = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            parents[int(folder.name)] = (int(stat.rpartition(")")[2].split()[1]), line)
    for number, (above, line) in parents.items():
        while above > 1 and above != parent:
            above = parents.get(above, (0, b""))[0]
        if above == parent and b"spawn_main" in line:
            found.append(number)
    return found


class Run:
    """A run that is started again until it ends by itself; `kill` hits it in between."""

    def __init__(self, line: list[str], journal: Path, size: int, draw: random.Random) -> None:
        self.line = line
        self.journal = journal
        self.size = size
        self.draw = draw
        self.hit = {"parent": 0, "worker": 0}
        self.process = self.started()

    def started(self) -> subprocess.Popen[str]:
        return subprocess.Popen(self.line, stderr=subprocess.PIPE, text=True)

    def kill(self, moment: float) -> bool:
        """Kill the parent or a worker; False when the run ended before.

        `moment` is the share of the journal that is written by then; above 1 so many seconds after its end,
        when the tables are made, below 0 so many seconds after the start.
        """
        if moment > 0:
            while self.process.poll() is None and self.written() < min(moment, 1):
                time.sleep(0.001)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(-moment, moment - 1, 0))
        if self.process.poll() is not None:
            return False
        workers = workers_of(self.process.pid)
        if workers and self.draw.random() < 0.5:
            os.kill(self.draw.choice(workers), signal.SIGKILL)
            self.hit["worker"] += 1
            return True
        self.process.kill()
        self.process.communicate()
        self.hit["parent"] += 1
        self.process = self.started()
        return True

    def written(self) -> float:
        """The share of the journal that is there; 0 when the file is gone, as after the end."""
        try:
            return self.journal.stat().st_size / self.size
        except FileNotFoundError:
            return 0

    def end(self) -> str:
        """Let it end; its last words."""
        words = self.process.communicate()[1]
        assert self.process.returncode == 0, words
        return words


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kills")
    batch.run(batch.Settings((str(dump(folder / "d.jsonl", ARTICLES)),), folder / "whole", tagger="rules"))
    return folder


def moments(draw: random.Random, count: int) -> list[float]:
    """In the order of time: seven of ten while articles are read, others at the start and at the end."""
    others = (draw.uniform(-10, 0), draw.uniform(1, 3))
    return sorted(draw.random() if draw.random() < 0.7 else draw.choice(others) for _ in range(count))


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_kills_change_nothing(place: Path, tmp_path: Path, engine: str) -> None:
    if engine == "dask" and not importlib.util.find_spec("distributed"):
        pytest.skip("needs the extra dask")
    draw = random.Random(f"{engine} {KILLS}")
    total = runs = 0
    hit = {"parent": 0, "worker": 0}
    whole = hashes(place / "whole")
    with gzip.open(place / "whole" / ".state" / "1.jsonl.gz") as journal:
        size = len(journal.read())
    while total < KILLS:
        out = tmp_path / f"out{runs}"
        line = command(place / "d.jsonl", out, "--workers", "2", "--engine", engine)
        run = Run(line, out / ".work" / "results.jsonl", size, draw)
        for moment in moments(draw, min(8, KILLS - total)):
            if not run.kill(moment):
                break
            total += 1
        run.end()
        assert hashes(out) == whole, f"after {run.hit}"
        runs += 1
        hit = {name: number + run.hit[name] for name, number in hit.items()}
        print(f"{engine}: {hit} in {runs} runs", flush=True)
