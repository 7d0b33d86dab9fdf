"""Where the time goes: seconds by stage, of this process and of the workers that hand theirs over.

Seconds are a stage's own: those of a stage inside it are not counted twice. Nothing that comes out of a run
hangs on them; they end in `timings.json`.
"""

import time
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")
Seconds = dict[str, tuple[float, float, int]]
"""By stage: seconds by the wall clock, seconds of processor time, how often it ran."""

_own: Seconds = {}
_all: Seconds = {}
_inside: list["stage"] = []


def _add(to: Seconds, name: str, wall: float, cpu: float, times: int) -> None:
    before = to.get(name, (0.0, 0.0, 0))
    to[name] = (before[0] + wall, before[1] + cpu, before[2] + times)


class stage:  # noqa: N801 - reads like the keyword that it stands behind
    """`with stage("gate"):` counts the seconds of its body to that stage."""

    __slots__ = ("_cpu", "_name", "_wall")

    def __init__(self, name: str) -> None:
        """Name the stage."""
        self._name = name

    def __enter__(self) -> None:
        """Start the clocks; the stage around this one stands still."""
        wall, cpu = time.perf_counter(), time.thread_time()
        if _inside:
            _inside[-1]._book(wall, cpu, 0)
        self._wall, self._cpu = wall, cpu
        _inside.append(self)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Stop the clocks."""
        wall, cpu = time.perf_counter(), time.thread_time()
        self._book(wall, cpu, 1)
        _inside.pop()
        if _inside:
            _inside[-1]._wall, _inside[-1]._cpu = wall, cpu

    def _book(self, wall: float, cpu: float, times: int) -> None:
        _add(_own, self._name, wall - self._wall, cpu - self._cpu, times)


def each(name: str, items: Iterable[T]) -> Iterator[T]:
    """The items, the seconds that each takes to come counted to a stage."""
    iterator = iter(items)
    while True:
        with stage(name):
            try:
                item = next(iterator)
            except StopIteration:
                return
        yield item


class Timed(list[T], Generic[T]):
    """Results of a worker's chunk with the seconds that its process has spent since it last told."""

    def __init__(self, results: Iterable[T]) -> None:
        """Take the seconds of this process along."""
        super().__init__(results)
        self.seconds = dict(_own)
        _own.clear()


def collected(results: list[T]) -> list[T]:
    """The results themselves; the seconds that came with them are added up."""
    if isinstance(results, Timed):
        for name, spent in results.seconds.items():
            _add(_all, name, *spent)
    return results


def start() -> None:
    """Forget all seconds: a run begins."""
    _own.clear()
    _all.clear()


def summed() -> dict[str, dict[str, float]]:
    """All seconds since `start`, of this process and all that was collected, the most expensive first."""
    for name, spent in _own.items():
        _add(_all, name, *spent)
    _own.clear()
    rows = sorted(_all.items(), key=lambda row: -row[1][1])
    return {
        name: {"seconds": round(wall, 3), "cpu_seconds": round(cpu, 3), "times": times}
        for name, (wall, cpu, times) in rows
    }
