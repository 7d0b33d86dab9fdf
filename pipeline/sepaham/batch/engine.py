"""Runs chunks of records on an executor, and gives the results in the order of the input.

An engine is a `concurrent.futures.Executor`: processes of this machine (`local`), a Dask cluster (`cluster`),
or the calling process. A chunk whose worker ended under it is read again record by record (`quarantine`).
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, wait
from dataclasses import dataclass, field
from itertools import islice
from typing import ParamSpec, TypeVar

from sepaham.batch.local import LocalPool
from sepaham.batch.quarantine import Quarantine
from sepaham.batch.settings import Settings, options_of
from sepaham.batch.work import Item, Options, process_chunk, watched_chunk
from sepaham.errors import ConfigurationError
from sepaham.records import Result
from sepaham.stages import collected

ENGINES = ("local", "dask")
CHUNK = 64
"""Records that travel to a worker together: enough to pay for the way, few enough to lose to a crash."""

AHEAD = 4
"""Chunks a worker that are under way at the most, so that memory stays flat."""

LOOK_SECONDS = 10
"""How long a chunk is waited for before the engine is asked whether it is still at work."""

P = ParamSpec("P")
T = TypeVar("T")


class InProcess(Executor):
    """An executor that runs each call at once, in the calling process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run the call and return its finished future."""
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def _nothing() -> None:
    pass


@dataclass(frozen=True)
class Engine:
    """An executor for chunks: at most `window` are under way, `lost` is raised for one whose worker ended.

    `task` is what a worker runs for a chunk. `stop` ends everything at once, `close` waits for what runs.
    `look` raises ConfigurationError when nothing can come any more. `link` leads to the page that shows the
    cluster at work, where there is one.
    """

    executor: Executor
    options: Options
    window: int
    task: Callable[[list[Item], Options], list[Result]] = process_chunk
    lost: tuple[type[BaseException], ...] = ()
    stop: Callable[[], None] = _nothing
    close: Callable[[], None] = _nothing
    look: Callable[[], None] = _nothing
    link: str | None = None
    quarantine: Quarantine = field(default_factory=Quarantine)


def open_engine(settings: Settings) -> Engine:
    """The engine that the settings ask for; raises ConfigurationError when it cannot be had.

    With `workers` 0 all is done in the calling process, which an article can then end or hold up.
    """
    options = options_of(settings)
    if settings.engine == "dask":
        from sepaham.batch.cluster import Cluster

        cluster = Cluster(settings.scheduler, settings.workers, options.taggers())
        return Engine(
            cluster.executor, options, AHEAD * cluster.size, task=cluster.task, lost=cluster.lost,
            stop=cluster.close, close=cluster.close, look=cluster.look, link=cluster.link,
        )  # fmt: skip
    if settings.engine != "local":
        raise ConfigurationError(f"no engine is called {settings.engine!r}: choose {' or '.join(ENGINES)}")
    if settings.scheduler:
        raise ConfigurationError("--scheduler names a Dask scheduler: give --engine dask with it")
    if not settings.workers:
        return Engine(InProcess(), options, AHEAD)
    pool = LocalPool(settings.workers, options)
    return Engine(
        pool, options, AHEAD * settings.workers, task=watched_chunk, lost=pool.lost,
        stop=pool.stop, close=pool.shutdown,
    )  # fmt: skip


def run_ordered(items: Iterable[Item], engine: Engine) -> Iterator[Result]:
    """The result of every item, in order; at most `engine.window` chunks are under way.

    The quarantine's process, if one was needed, is ended with the last result.
    """
    iterator = iter(items)
    chunks = iter(lambda: list(islice(iterator, CHUNK)), [])
    running: deque[tuple[list[Item], Future[list[Result]]]] = deque()
    try:
        for chunk in chunks:
            running.append((chunk, engine.executor.submit(engine.task, chunk, engine.options)))
            if len(running) >= engine.window:
                yield from _settled(engine, *running.popleft())
        while running:
            yield from _settled(engine, *running.popleft())
    finally:
        engine.quarantine.close()


def _settled(engine: Engine, chunk: list[Item], future: Future[list[Result]]) -> Iterator[Result]:
    """The results of a chunk, one for each of its records."""
    try:
        while not wait((future,), LOOK_SECONDS).done:
            engine.look()
        results: Iterable[Result] = collected(future.result())
    except engine.lost:
        results = engine.quarantine.results(chunk, engine.options)
    except (CancelledError, OSError) as error:
        raise ConfigurationError(
            "the connection to the Dask scheduler is lost: start it again; the same command then goes on "
            f"({type(error).__name__}: {error})"
        ) from error
    for item, result in zip(chunk, results, strict=True):
        if item.article_id != result.article_id:
            raise AssertionError(f"the result of {result.article_id} came for {item.article_id}")
        yield result
