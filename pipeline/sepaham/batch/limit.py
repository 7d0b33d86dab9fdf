"""The time limit of a worker: it ends itself when a record takes too long, whatever it is at.

The watch is faulthandler's: it needs no interpreter lock, so that it also ends a worker which is deep inside
a library. The chunk then goes to the quarantine, where the record is found and its time measured.
"""

import faulthandler
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_ALONE = threading.Lock()  # the watch is the process's: of the threads of a Dask worker, one at a time
_SLACK = 0.1


@contextmanager
def watched(seconds: float) -> Iterator[Callable[[], None]]:
    """End the process `seconds` (to 10 % more) after the last call of what this gives; one use at a time.

    To start the watch takes about as long as to read a plain article, so it is only moved on after a tenth
    of the time.
    """
    with _ALONE, open(os.devnull, "w") as nowhere:  # noqa: PTH123

        def start() -> float:
            faulthandler.dump_traceback_later(seconds * (1 + _SLACK), exit=True, file=nowhere)
            return time.monotonic()

        started = start()

        def go_on() -> None:
            nonlocal started
            if time.monotonic() - started > seconds * _SLACK:
                started = start()

        try:
            yield go_on
        finally:
            faulthandler.cancel_dump_traceback_later()
