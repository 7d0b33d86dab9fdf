"""How good groups are: B-cubed precision, recall and F1, and the share of merged pairs that are right."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from typing import NamedTuple


class Quality(NamedTuple):
    """B-cubed figures over items (Bagga and Baldwin 1998); of pairs in one group the right ones and all."""

    precision: float
    recall: float
    f1: float
    right_pairs: int
    merged_pairs: int

    @property
    def merge_precision(self) -> float:
        """Right pairs of all merged ones; 1 where nothing was merged."""
        return self.right_pairs / self.merged_pairs if self.merged_pairs else 1.0


def quality(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> Quality:
    """Compare two groupings of the same items, each item -> its group."""
    together = Counter((gold[item], found[item]) for item in gold)
    in_gold, in_found = Counter(gold.values()), Counter(found[item] for item in gold)
    precision = sum(n * n / in_found[f] for (_, f), n in together.items()) / len(gold)
    recall = sum(n * n / in_gold[g] for (g, _), n in together.items()) / len(gold)
    f1 = 2 * precision * recall / (precision + recall)
    return Quality(
        precision, recall, f1, sum(map(_pairs, together.values())), sum(map(_pairs, in_found.values()))
    )


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def wrong_merges(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> list[tuple[str, str]]:
    """Pairs of items that were put into one group and belong into two."""
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for item in sorted(gold):
        groups[found[item]].append(item)
    return [
        (a, b) for g in groups.values() for i, a in enumerate(g) for b in g[i + 1 :] if gold[a] != gold[b]
    ]
