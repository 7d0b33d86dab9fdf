"""Ctrl-C is raised between records (found: pydantic turned one inside a record into its own error)."""

import signal

import pytest

from sepaham.batch.interrupt import deferred_interrupt


def test_the_first_waits_for_the_check() -> None:
    with deferred_interrupt() as interrupt:
        interrupt.check()
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            interrupt.check()


def test_the_second_does_not_wait() -> None:
    with deferred_interrupt():
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_the_handler_is_put_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with deferred_interrupt():
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) is before
