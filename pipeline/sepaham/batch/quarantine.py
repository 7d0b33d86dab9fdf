"""Where the records of a chunk are read one at a time, after a worker ended under it: which one was it?"""

import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from multiprocessing.process import BaseProcess

from sepaham.batch.interrupt import no_ctrl_c
from sepaham.batch.local import kill, one_process
from sepaham.batch.work import Item, Options, process_chunk, refused, warm
from sepaham.errors import ConfigurationError
from sepaham.records import Result
from sepaham.stages import collected

TRIES = 2
"""A record that ends its process so many times, read alone, is rejected: once may be chance."""

STARTS = 3
START_SECONDS = 600.0
"""Until then a process must have started, on the busiest machine."""

_KILLED = getattr(signal, "SIGKILL", None)


class Quarantine:
    """One process of this machine, started when it is first needed and again whenever a record ends it.

    It serves all engines, so that such a record comes out the same: `crashed` when its process ended,
    `timeout` when it was ended because the record took longer than `Options.article_seconds`.
    """

    def __init__(self) -> None:
        """Nothing is started yet."""
        self._pool: ProcessPoolExecutor | None = None

    def results(self, items: Sequence[Item], options: Options) -> Iterator[Result]:
        """The results of the records, in their order; each is waited for in the calling thread."""
        for item in items:
            yield self._result(item, options)

    def _result(self, item: Item, options: Options) -> Result:
        reason = detail = ""
        for _ in range(TRIES):
            pool, worker = self._started(options)
            try:
                done = pool.submit(process_chunk, [item], options).result(options.article_seconds)
                return collected(done)[0]
            except TimeoutError:
                reason = "timeout"
                detail = f"reading it took more than {options.article_seconds:g} s (--article-seconds), twice"
            except BrokenExecutor:
                reason = "crashed"
                detail = f"the process that read it ended, twice ({_told(_exit_code(worker))})"
            self.close()
        return refused(item, reason, detail)

    def _started(self, options: Options) -> tuple[ProcessPoolExecutor, BaseProcess]:
        """The process, its models loaded, so that their loading is not taken for the record's time."""
        for _ in range(STARTS):
            pool = self._pool = self._pool or one_process(options)
            try:
                with no_ctrl_c():  # to submit starts the process
                    warmed = pool.submit(warm, options)
                warmed.result(START_SECONDS)
                return pool, next(iter((pool._processes or {}).values()))
            except (BrokenExecutor, StopIteration, OSError):  # a TimeoutError is an OSError
                self.close()
        raise ConfigurationError(
            f"a worker process ended {STARTS} times before it had read anything: is there enough memory? "
            "The same command goes on where this run stopped"
        )

    def close(self) -> None:
        """End the process, if there is one."""
        if self._pool is not None:
            kill(self._pool)
            self._pool = None


def _exit_code(worker: BaseProcess) -> int | None:
    """The exit code, once it is known: it is the pool's thread that hears of it."""
    for _ in range(500):
        if (code := worker.exitcode) is not None:
            return code
        time.sleep(0.01)
    return None


def _told(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit code {code}"
    name = signal.Signals(-code).name
    return f"{name}, as when memory runs out" if -code == _KILLED else name
