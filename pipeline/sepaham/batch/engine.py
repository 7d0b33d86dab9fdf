"""Runs chunks of records in this process or in several, and gives the results in the order of the input."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from itertools import islice
from typing import ParamSpec, TypeVar

from sepaham.batch.work import DEFAULTS, Item, Options, process_chunk
from sepaham.records import Result

CHUNK = 64
"""Records that travel to a worker together: enough to pay for the way, few enough to lose to a crash."""

P = ParamSpec("P")
T = TypeVar("T")


class InProcess(Executor):
    """An executor that runs each call at once, in the calling process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run the call and return its finished future."""
        future: Future[T] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def _start_worker() -> None:
    """Leave Ctrl-C to the parent, and end when the parent is gone, which a killed parent cannot ask for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()


def executor(workers: int) -> Executor:
    """An executor of `workers` processes; one worker needs no other process.

    Processes are spawned, not forked: a fork of a process with running threads can hang.
    """
    if workers <= 1:
        return InProcess()
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker)


def stop(pool: Executor) -> None:
    """End a pool at once: waiting chunks are dropped, running workers terminated."""
    processes = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()


def run_ordered(
    items: Iterable[Item], pool: Executor, window: int, options: Options = DEFAULTS
) -> Iterator[Result]:
    """The result of every item, in order; at most `window` chunks are under way, so memory stays flat."""
    iterator = iter(items)
    chunks = iter(lambda: list(islice(iterator, CHUNK)), [])
    running: deque[Future[list[Result]]] = deque()
    for chunk in chunks:
        running.append(pool.submit(process_chunk, chunk, options))
        if len(running) >= window:
            yield from running.popleft().result()
    while running:
        yield from running.popleft().result()
