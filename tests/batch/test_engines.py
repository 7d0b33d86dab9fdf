"""Both engines: the same bytes, and an article that ends or holds up its worker costs only itself."""

import csv
import importlib.util
import json
import os
import subprocess
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest
from dumps import breaking, command, dump, hashes, text_of

from sepaham import batch
from sepaham.batch import cluster as dask_cluster
from sepaham.batch import local
from sepaham.batch.engine import Engine, open_engine, run_ordered
from sepaham.batch.verify import verify
from sepaham.batch.work import Options, process
from sepaham.errors import ConfigurationError
from sepaham.lexicon import toml
from sepaham.records import Article

dask = pytest.mark.skipif(not importlib.util.find_spec("distributed"), reason="needs the extra dask")
LOCAL, DASK = ["--workers", "2"], ["--engine", "dask", "--workers", "2"]


def times(out: Path) -> dict[str, int]:
    """How often each stage ran, by `timings.json`."""
    stages = json.loads((out / "timings.json").read_text(encoding="utf-8"))["stages"]
    return {name: spent["times"] for name, spent in stages.items()}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dump of 300 articles, and what one process makes of it."""
    folder = tmp_path_factory.mktemp("engines")
    source = dump(folder / "d.jsonl", 300)
    batch.run(batch.Settings((str(source),), folder / "whole", tagger="rules"))
    return folder


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("one", ["--workers", "1"]),
        ("two", LOCAL),
        ("eight", ["--workers", "8"]),
        pytest.param("dask", DASK, marks=dask),
        pytest.param("dask-eight", ["--engine", "dask", "--workers", "8"], marks=[dask, pytest.mark.slow]),
    ],
)
def test_same_bytes_for_any_engine_and_number_of_workers(place: Path, name: str, options: list[str]) -> None:
    done = subprocess.run(command(place / "d.jsonl", place / name, *options), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert hashes(place / name) == hashes(place / "whole")
    assert times(place / name) == times(place / "whole")


@pytest.fixture
def scheduler() -> Iterator[str]:
    """A cluster that was there before: a scheduler with a worker of two threads."""
    distributed = pytest.importorskip("distributed", reason="needs the extra dask")
    with distributed.LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=":0") as cluster:
        yield cluster.scheduler_address


@pytest.mark.filterwarnings("ignore")  # of the test's own cluster
def test_a_scheduler_that_is_there_is_used_and_left_running(place: Path, scheduler: str) -> None:
    options = ["--engine", "dask", "--scheduler", scheduler]
    for name in ("joined", "again"):
        done = subprocess.run(
            command(place / "d.jsonl", place / name, *options), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        assert hashes(place / name) == hashes(place / "whole")
        assert times(place / name) == times(place / "whole")  # none of the run before


@dask
def test_a_cluster_whose_worker_ends_while_it_starts_is_started_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As one SIGKILL of the sweep did; distributed then raises a bare RuntimeError."""
    left = [RuntimeError("Nanny failed to start.")] * 2

    def started(**_: object) -> str:
        if left:
            raise left.pop()
        return "a cluster"

    monkeypatch.setattr("distributed.LocalCluster", started)
    assert dask_cluster._own(2) == "a cluster"
    left += [RuntimeError("Nanny failed to start.")] * 3
    with pytest.raises(ConfigurationError, match=r"in 3 tries \(Nanny failed to start\.\).*same command"):
        dask_cluster._own(2)


@pytest.mark.filterwarnings("ignore")  # of the test's own cluster
def test_a_cluster_whose_workers_are_gone_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed", reason="needs the extra dask")
    monkeypatch.setattr("sepaham.batch.cluster.WORKERLESS_SECONDS", 0.5)
    monkeypatch.setattr("sepaham.batch.engine.LOOK_SECONDS", 0.2)
    with distributed.LocalCluster(n_workers=1, processes=False, dashboard_address=":0") as cluster:
        settings = batch.Settings(
            ("x",), Path("x"), engine="dask", scheduler=cluster.scheduler_address, tagger="rules"
        )
        engine = open_engine(settings)
        cluster.scale(0)
        article = Article(article_id="a", text=text_of(3))
        with pytest.raises(ConfigurationError, match=r"no worker for \d+ seconds: start `dask worker` again"):
            list(run_ordered([article], engine))
        engine.stop()


@dask
def test_a_scheduler_that_is_not_there_is_named(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sepaham.batch.cluster.CONNECT_SECONDS", 1)
    settings = batch.Settings(("x",), place / "none", engine="dask", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(ConfigurationError, match=r"tcp://127.0.0.1:9.*dask scheduler"):
        open_engine(settings)


def test_a_worker_of_another_installation_is_refused() -> None:
    from sepaham.batch.cluster import RemoteTask
    from sepaham.batch.settings import fixed

    conditions = {**fixed("rules"), "version of sepaham": "0.0.1"}
    with pytest.raises(ConfigurationError, match=r"version of sepaham: [\d.]+ there, 0\.0\.1 now"):
        RemoteTask(tuple(sorted(conditions.items())))([], Options(tagger="rules"))
    assert RemoteTask(tuple(sorted(fixed("rules").items())))([], Options(tagger="rules")) == []


def test_a_worker_under_other_limits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from sepaham.batch.cluster import RemoteTask, _unlike
    from sepaham.batch.settings import fixed

    ours = tuple(sorted(fixed("rules").items()))
    monkeypatch.setenv("SEPAHAM_MAX_RECORD_MIB", "2")
    _unlike.cache_clear()
    with pytest.raises(ConfigurationError, match="SEPAHAM_MAX_RECORD_MIB: 2 there, none now"):
        RemoteTask(ours)([], Options(tagger="rules"))
    _unlike.cache_clear()


def test_weights_of_a_second_tagger_are_compared_too(monkeypatch: pytest.MonkeyPatch) -> None:
    from sepaham.batch import settings
    from sepaham.batch.cluster import RemoteTask, _unlike

    options = Options(tagger="rules", second="encoder")
    ours = tuple(sorted(settings.fixed(*options.taggers()).items()))
    assert RemoteTask(ours)([], options) == []
    monkeypatch.setattr(settings, "weights_hash", lambda tagger: "f" * 64)
    _unlike.cache_clear()
    with pytest.raises(ConfigurationError, match="weights of encoder"):
        RemoteTask(ours)([], options)
    _unlike.cache_clear()


def test_engines_that_are_none() -> None:
    with pytest.raises(ConfigurationError, match="local or dask"):
        open_engine(batch.Settings(("x",), Path("x"), engine="ray"))
    with pytest.raises(ConfigurationError, match="--engine dask"):
        open_engine(batch.Settings(("x",), Path("x"), scheduler="tcp://127.0.0.1:9"))


BREAKING = {
    "d3": "MATI-SEGFAULT " + text_of(3),
    "d70": "MATI-EXIT " + text_of(70),
    "d71": "MATI-MEMORI " + text_of(71),
    "d150": "MACET-REGEX " + text_of(150),
    "d151": "SEKALI-SAJA " + text_of(151),
}
FATES = {
    "d3": ("crashed", "SIGSEGV"),
    "d70": ("crashed", "exit code 7"),
    "d71": ("crashed", "SIGKILL, as when memory runs out"),
    "d150": ("timeout", "more than 10 s (--article-seconds)"),
}


@pytest.mark.parametrize("options", [LOCAL, pytest.param(DASK, marks=dask)], ids=["local", "dask"])
def test_an_article_that_breaks_its_worker_is_rejected_alone(tmp_path: Path, options: list[str]) -> None:
    source = dump(tmp_path / "d.jsonl", 200, **BREAKING)
    out = tmp_path / "out"
    line = command(source, out, "--article-seconds", "10", *options)
    environment = breaking(BREAKING_MARK=str(tmp_path / "mark"))
    done = subprocess.run(line, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with (out / "articles.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["article_id"]: row for row in csv.DictReader(file)}
    assert list(rows) == [f"d{n}" for n in range(200)]
    failed = {name: row for name, row in rows.items() if row["outcome"] == "rejected"}
    assert failed.keys() == FATES.keys()
    for name, (reason, detail) in FATES.items():
        assert failed[name]["reason"] == reason
        assert detail in failed[name]["detail"]
        assert f"d.jsonl, record {int(name[1:]) + 1}" in failed[name]["detail"]
    assert [str(fault) for fault in verify(out, [str(source)])] == []
    assert times(out)["gate"] == 200 - len(FATES)  # those of a lost chunk are counted where they were read


def test_a_process_is_replaced_after_so_many_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker lives as long as a run of any length; each call is answered, and in its turn."""
    monkeypatch.setattr(local, "RENEWED_AFTER", 2)
    pool = local.LocalPool(1, Options(tagger="rules"))
    futures = [pool.submit(os.getpid) for _ in range(5)]
    one, two, three, four, five = (future.result(timeout=120) for future in futures)
    assert one == two
    assert three == four
    assert len({one, three, five}) == 3
    pool.shutdown()


# Begins a message of 1,000 bytes on the pipe for answers, and is gone as by a SIGKILL.
HALF_AN_ANSWER = """
import gc, multiprocessing.queues, os, struct
pipe = next(o._writer for o in gc.get_objects() if isinstance(o, multiprocessing.queues.SimpleQueue))
os.write(pipe.fileno(), struct.pack("!i", 1000) + b"half")
os._exit(9)
"""


def test_a_worker_that_ends_in_the_middle_of_its_answer_is_noticed() -> None:
    """Else the parent waits for the rest of the answer for ever, as one run of the sweep of kills did."""
    pool = local.LocalPool(1, Options(tagger="rules"))
    lost, next_one = pool.submit(exec, HALF_AN_ANSWER, {}), pool.submit(os.getpid)
    with pytest.raises(BrokenExecutor):
        lost.result(timeout=120)
    with pytest.raises(BrokenExecutor):  # it was at hand in the same process
        next_one.result(timeout=120)
    assert pool.submit(os.getpid).result(timeout=120)
    pool.shutdown()


def test_the_text_that_warms_a_worker_goes_all_the_way() -> None:
    text = str(toml("batch/warm.toml")["text"])
    assert process(Article(article_id="warm", text=text), Options(tagger="rules")).outcome == "agreement"


def test_results_that_are_not_those_of_the_records_are_noticed() -> None:
    engine = open_engine(batch.Settings(("x",), Path("x"), tagger="rules"))
    items = [Article(article_id=str(n), text=text_of(1)) for n in range(5)]
    for wrong in (lambda chunk, o: engine.task(chunk, o)[::-1], lambda chunk, o: engine.task(chunk, o)[:-1]):
        with pytest.raises((AssertionError, ValueError)):
            list(run_ordered(items, Engine(engine.executor, engine.options, 4, task=wrong)))
