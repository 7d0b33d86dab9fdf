"""Killed at random moments, parent or worker, and started again: always the same bytes.

SEPAHAM_KILLS sets the number of kills for each engine: 3 here and in CI, `SEPAHAM_KILLS=50` for the sweep.
"""

import importlib.util
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sepaham import batch

sys.path.insert(0, str(Path(__file__).parent))
from dumps import command, dump, hashes

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

    def __init__(self, line: list[str], draw: random.Random) -> None:
        self.line = line
        self.draw = draw
        self.hit = {"parent": 0, "worker": 0}
        self.process = self.started()

    def started(self) -> subprocess.Popen[str]:
        return subprocess.Popen(self.line, stderr=subprocess.PIPE, text=True)

    def kill(self, seconds: float) -> bool:
        """Kill the parent or a worker at a random moment; False when the run ended before."""
        try:
            self.process.wait(self.draw.uniform(0, seconds))
        except subprocess.TimeoutExpired:
            pass
        else:
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


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_kills_change_nothing(place: Path, tmp_path: Path, engine: str) -> None:
    if engine == "dask" and not importlib.util.find_spec("distributed"):
        pytest.skip("needs the extra dask")
    draw = random.Random(f"{engine} {KILLS}")
    total = runs = 0
    hit = {"parent": 0, "worker": 0}
    whole = hashes(place / "whole")
    started = time.monotonic()
    while total < KILLS:
        out = tmp_path / f"out{runs}"
        run = Run(command(place / "d.jsonl", out, "--workers", "2", "--engine", engine), draw)
        seconds = draw.choice([2, 6, 15])
        for _ in range(min(5, KILLS - total)):
            if not run.kill(seconds):
                break
            total += 1
        run.end()
        assert hashes(out) == whole, f"after {run.hit}"
        runs += 1
        hit = {name: number + run.hit[name] for name, number in hit.items()}
    print(f"{engine}: {hit} kills in {runs} runs, {time.monotonic() - started:.0f} s")
