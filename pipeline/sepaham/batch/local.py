"""Worker processes of this machine, each of which can end without harm to the chunks of the others."""

import multiprocessing
import os
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from typing import Any, NamedTuple, ParamSpec, TypeVar

from sepaham.batch.interrupt import no_ctrl_c
from sepaham.batch.work import Options, warm

DEPTH = 2
"""Chunks that a process is given at a time: one in work, and one at hand so that it need not wait."""

RENEWED_AFTER = 1_000
"""Calls after which a process is replaced, so that none grows with the length of a run, whatever it keeps."""

P = ParamSpec("P")
T = TypeVar("T")


def _start(options: Options) -> None:
    """Leave Ctrl-C to the parent, end when the parent is gone, which a killed one cannot ask for; load."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()
    warm(options)


class _OneProcess(ProcessPoolExecutor):
    """An executor of one process, which notices also that the process ended in the middle of its answer.

    The parent keeps the writing end of the pipe for answers open, though it never writes to it. So half an
    answer has no end for it: it would wait for the rest for ever.
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Give the process a call, which starts it; then the end that it writes to is its own alone."""
        future = super().submit(fn, *args, **kwargs)
        answers: Any = self._result_queue
        if answers is not None:  # None: shut down meanwhile
            answers._writer.close()
        return future


def one_process(options: Options) -> ProcessPoolExecutor:
    """An executor of one process with the models loaded.

    It is spawned, not forked: a fork of a process with running threads can hang.
    """
    context = multiprocessing.get_context("spawn")
    return _OneProcess(1, mp_context=context, initializer=_start, initargs=(options,))


def kill(pool: ProcessPoolExecutor) -> None:
    """End a pool's processes at once, whatever they do; its futures raise BrokenExecutor.

    The pool's own thread then sees that it is broken and cleans up. To shut it down here would wait for that
    thread's lock, and so for whatever it may hang at.
    """
    for process in list((pool._processes or {}).values()):
        process.kill()


class _Job(NamedTuple):
    future: Future[Any]
    call: Callable[[], Any]


class LocalPool(Executor):
    """An executor of `workers` processes, each started and replaced by a thread of its own.

    One pool for all would lose everything under way when one process ends. Here a future raises `lost` only
    when its own process ended; the next call finds a new one.
    """

    lost = (BrokenExecutor,)

    def __init__(self, workers: int, options: Options) -> None:
        """Start the processes."""
        self._options = options
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._pools = [one_process(options) for _ in range(workers)]
        self._ended = threading.Event()
        self._threads = [
            threading.Thread(target=self._serve, args=(place,), daemon=True) for place in range(workers)
        ]
        with no_ctrl_c():
            for thread in self._threads:
                thread.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Leave the call to the process that is free first."""
        future: Future[T] = Future()
        self._jobs.put(_Job(future, _Call(fn, args, kwargs)))
        return future

    def _serve(self, place: int) -> None:
        """Give the calls to one process until the pool is shut down."""
        flying: deque[tuple[_Job, Future[Any]]] = deque()
        more, given = True, 0
        while more or flying:
            while more and len(flying) < DEPTH and given < RENEWED_AFTER:
                try:
                    job = self._jobs.get(block=not flying)
                except queue.Empty:
                    break
                if job is None:
                    more = False
                else:
                    flying.append((job, self._given(place, job)))
                    given += 1
            if flying:
                _hand_on(*flying.popleft())
            elif given >= RENEWED_AFTER:
                self._pools[place].shutdown()  # the next call finds a new one
                given = 0
        if not self._ended.is_set():
            self._pools[place].shutdown()

    def _given(self, place: int, job: _Job) -> Future[Any]:
        """The call as the process has it; a process that has ended is replaced."""
        try:
            return self._pools[place].submit(job.call)
        except (RuntimeError, OSError):  # it is broken, or shut down by `stop`
            return self._given_anew(place, job)

    def _given_anew(self, place: int, job: _Job) -> Future[Any]:
        pool = self._pools[place] = one_process(self._options)
        try:
            given = pool.submit(job.call)
        except (RuntimeError, OSError) as error:
            given = Future()
            given.set_exception(BrokenExecutor(str(error)))
        if self._ended.is_set():
            kill(pool)
        return given

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the calls end, then the processes."""
        for _ in self._threads:
            self._jobs.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def stop(self) -> None:
        """End all processes at once; what they were at is lost."""
        self._ended.set()
        for pool in self._pools:
            kill(pool)
        self.shutdown(wait=False)


class _Call:
    """A call that can be sent to another process."""

    def __init__(self, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self._parts = (fn, args, kwargs)

    def __call__(self) -> Any:
        fn, args, kwargs = self._parts
        return fn(*args, **kwargs)


def _hand_on(job: _Job, done: Future[Any]) -> None:
    """Wait for the process, and pass what came out to whoever waits for the job."""
    try:
        job.future.set_result(done.result())
    except CancelledError:
        job.future.set_exception(BrokenExecutor("the pool was stopped"))
    except BaseException as error:
        job.future.set_exception(error)
