"""What the benchmarks share: timing a verb over articles."""

import time
from collections.abc import Callable


def cost(verb: Callable[[str], object], articles: list[str], rounds: int) -> float:
    """µs of processor time an article: the best of `rounds`, so that other work counts least."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for article in articles:
            verb(article)
        best = min(best, time.process_time() - start)
    return best / len(articles) * 1e6
