"""Shared fixtures, and the hypothesis profiles: CI samples, `make test-slow` sweeps."""

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# A worker process loads the models anew for each run; what does not test the engines needs none.
os.environ.setdefault("SEPAHAM_WORKERS", "0")

ROOT = Path(__file__).parents[1]

settings.register_profile("ci", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("ci")


# Whoever runs the tests in the background of a shell has interrupts ignored, and so has all that they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring data beside the checkout; tests that need it skip where it is not."""
    folder = ROOT.parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("needs the folder ../shared with the measuring data, which is not part of the project")
    return folder


@pytest.fixture(scope="session")
def sample() -> Path:
    """The project's own sample dump."""
    return ROOT / "data" / "raw"
