"""Ctrl-C between records: in the middle of one, some libraries take it for a fault of their own."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupt:
    """Remembers the first Ctrl-C; `check` raises it at a place of the caller's choice."""

    def __init__(self) -> None:
        """Nothing was pressed yet."""
        self._pressed = False

    def note(self, number: int, frame: FrameType | None) -> None:
        """Signal handler: the first Ctrl-C waits for `check`, a second one does not wait."""
        if self._pressed:
            raise KeyboardInterrupt
        self._pressed = True

    def check(self) -> None:
        """Raise KeyboardInterrupt when Ctrl-C was pressed."""
        if self._pressed:
            raise KeyboardInterrupt


@contextmanager
def deferred_interrupt() -> Iterator[Interrupt]:
    """Ctrl-C is noted instead of raised; other threads get no signals, so there nothing changes."""
    interrupt = Interrupt()
    ours = threading.current_thread() is threading.main_thread()
    if ours and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        before = signal.signal(signal.SIGINT, interrupt.note)
        try:
            yield interrupt
        finally:
            signal.signal(signal.SIGINT, before)
    else:
        yield interrupt


@contextmanager
def no_ctrl_c() -> Iterator[None]:
    """What is started inside, threads and processes, gets no Ctrl-C: the parent ends them.

    A process that is only told later to ignore it shows a traceback when it comes while it starts.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
