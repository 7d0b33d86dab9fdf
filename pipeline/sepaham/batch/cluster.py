"""The Dask engine: a cluster of its own on this machine, or one that a scheduler at an address leads.

The parent process reads the input and writes the output as with local processes, and only records travel, so
that workers on other hosts need no way to the files. Needs the extra `dask`.
"""

import logging
import socket
import time
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from sepaham.batch.interrupt import no_ctrl_c
from sepaham.batch.settings import differing, fixed
from sepaham.batch.work import Item, Options, watched_chunk
from sepaham.errors import ConfigurationError
from sepaham.records import Result

CONNECT_SECONDS = 20
STARTS = 3
"""Times that a cluster of our own is started when one of its workers ends while it starts."""

WORKERLESS_SECONDS = 300
"""Dask would wait for workers for ever; a cluster that shrinks and grows by itself may be without a while."""


@dataclass(frozen=True)
class RemoteTask:
    """What a worker of a cluster runs: `watched_chunk`, once it is known to be of the same program.

    `conditions` are those of the run, as pairs.
    """

    conditions: tuple[tuple[str, str], ...]

    def __call__(self, items: list[Item], options: Options) -> list[Result]:
        """The results of a chunk; raises ConfigurationError on a worker of other versions or limits."""
        if unlike := _unlike(self.conditions, options.taggers()):
            raise ConfigurationError(
                f"the Dask worker on {socket.gethostname()} is of another installation. {unlike}. Install "
                "there what is installed here, and start it under the same SEPAHAM_MAX_… limits; the same "
                "command then goes on"
            )
        return watched_chunk(items, options)


@cache
def _unlike(conditions: tuple[tuple[str, str], ...], taggers: tuple[str, ...]) -> str:
    return differing(fixed(*taggers), dict(conditions))


class Cluster:
    """A connection to a Dask cluster; raises ConfigurationError when there is none to be had."""

    def __init__(self, scheduler: str | None, workers: int, taggers: tuple[str, ...]) -> None:
        """Connect to the scheduler at this address; without one start a cluster of so many processes."""
        if find_spec("distributed") is None:
            raise ConfigurationError("--engine dask needs Dask: pip install 'sepaham[dask]'")
        distributed: Any = import_module("distributed")
        self._cluster = None
        try:
            with no_ctrl_c():
                self._cluster = None if scheduler else _own(max(1, workers))
            self._client = distributed.Client(
                self._cluster or scheduler, timeout=CONNECT_SECONDS, set_as_default=False
            )
            self._client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            self.close()
            raise ConfigurationError(
                f"no Dask cluster with a worker answers at {scheduler or 'this machine'} ({error}): "
                "check the address, start `dask scheduler` and `dask worker`, and give the same command again"
            ) from error
        self.size = max(workers, len(self._client.nthreads()))
        self.executor = self._client.get_executor(pure=False)
        self.task = RemoteTask(tuple(sorted(fixed(*taggers).items())))
        self.lost: tuple[type[BaseException], ...] = (distributed.KilledWorker,)
        self._seen = time.monotonic()

    @property
    def link(self) -> str | None:
        """The address of the cluster's dashboard, where it has one (it needs the package bokeh)."""
        served = self._client.scheduler_info().get("services", {})
        return str(self._client.dashboard_link) if "dashboard" in served else None

    def look(self) -> None:
        """Raises ConfigurationError when there has been no worker for so long that none may come; what waits
        for results asks now and then."""
        now = time.monotonic()
        if self._client.nthreads():
            self._seen = now
        elif now - self._seen > WORKERLESS_SECONDS:
            raise ConfigurationError(
                f"the Dask cluster has had no worker for {now - self._seen:.0f} seconds: start "
                "`dask worker` again; the same command then goes on"
            )

    def close(self) -> None:
        """Drop what is under way; end the cluster if it is our own."""
        for part in (getattr(self, "_client", None), self._cluster):
            if part is not None:
                part.close()


def _own(workers: int) -> Any:
    """A cluster of processes of one thread each, in which a chunk that ends a worker is not tried again."""
    for _ in range(STARTS):
        try:
            return _started(workers)
        except RuntimeError as error:  # all that distributed says when a worker ended while it started
            failed = error
    raise ConfigurationError(
        f"no Dask cluster started on this machine in {STARTS} tries ({failed}): is there enough memory for "
        f"{workers} workers? Give the same command again, with fewer --workers if need be"
    ) from failed


def _started(workers: int) -> Any:
    dask: Any = import_module("dask")
    distributed: Any = import_module("distributed")
    with dask.config.set({"distributed.scheduler.allowed-failures": 0}):
        return distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, silence_logs=logging.CRITICAL, dashboard_address=":0"
        )
