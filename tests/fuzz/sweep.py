"""Fuzzes all verbs: `python tests/fuzz/sweep.py --inputs 200000 [--only NAME] [--seed N]`.

Prints a line for each target: inputs tried, seconds, the slowest input's seconds, and how it ended. An input
that takes longer than --hang seconds counts as a failure. Exit code 1 when a target failed; hypothesis then
shows the smallest failing input, which belongs into tests/regression/.
"""

import argparse
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

sys.path.insert(0, str(Path(__file__).parent))
from targets import Target, targets


class HangError(BaseException):
    """An input took too long; no library may take it for a fault of its own."""


def _ring(number: int, frame: object) -> None:
    raise HangError


def sweep(target: Target, inputs: int, start: int, hang: float) -> tuple[int, float, str]:
    """Run a target: inputs tried, seconds of the slowest one, and what went wrong ("" if nothing)."""
    tried, slowest = 0, 0.0

    def check(drawn: Any) -> None:
        nonlocal tried, slowest
        tried += 1
        signal.setitimer(signal.ITIMER_REAL, hang)
        begun = time.perf_counter()
        try:
            target.check(drawn)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            slowest = max(slowest, time.perf_counter() - begun)

    profile = settings(
        max_examples=inputs, deadline=None, database=None, phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run: Callable[[], None] = seed(start)(profile(given(target.inputs)(check)))
    try:
        run()
    except BaseException:
        return tried, slowest, traceback.format_exc()
    return tried, slowest, ""


def main() -> None:
    """Sweep the targets one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--only", nargs="*", default=None)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--hang", type=float, default=30.0)
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, _ring)
    total, failed = 0, False
    for name, target in targets().items():
        if options.only and name not in options.only:
            continue
        begun = time.perf_counter()
        tried, slowest, fault = sweep(
            target, max(1, round(options.inputs * target.share)), options.seed, options.hang
        )
        seconds = time.perf_counter() - begun
        total, failed = total + tried, failed or bool(fault)
        print(
            f"{name:<16}{tried:>9,} inputs {seconds:9.1f} s, slowest {slowest:6.2f} s  "
            f"{'FAILED' if fault else 'ok'}",
            flush=True,
        )
        if fault:
            print(fault[-6000:], flush=True)
    print(f"{'all':<16}{total:>9,} inputs")
    raise SystemExit(failed)


if __name__ == "__main__":
    main()
