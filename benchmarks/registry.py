"""How long the registry takes to load and to look names up: `python benchmarks/registry.py`.

Processor time of one core, not wall time, so that a busy machine does not change the figure much. The names
are every region in six forms and every body of the registry under its official name, shuffled with a fixed
seed.
"""

import random
import time

from sepaham.registry import lookup
from sepaham.registry.context import read_context
from sepaham.registry.organisations import organisations
from sepaham.registry.regions import regions

COUNT = 100_000
TITLES = {"provinsi": "Gubernur", "kabupaten": "Bupati", "kota": "Wali Kota"}
SHORT = {"provinsi": "Pemprov", "kabupaten": "Pemkab", "kota": "Pemkot"}
ARTICLE = (
    "Bupati Sleman dan Wali Kota Yogyakarta meneken nota kesepahaman di Kecamatan Depok, Senin (3/2/2025). "
    "Pemkab Sleman diwakili Dinas Kesehatan, sedangkan Universitas Gadjah Mada (UGM) diwakili rektornya. "
) * 10


def names() -> list[str]:
    """The names to look up, about as many kinds as a newspaper uses."""
    found = [body.name for body in organisations().values()]
    for region in regions().values():
        found += [
            region.name, region.place, region.government, f"Pj {TITLES[region.level]} {region.name}",
            f"{SHORT[region.level]} {region.name}", f"Dinas Kesehatan {region.name}",
        ]  # fmt: skip
    random.Random(7).shuffle(found)
    return (found * (COUNT // len(found) + 1))[:COUNT]


def main() -> None:
    """Print the load time, the rate without a context and the rate in one article."""
    start = time.process_time()
    lookup("Kementerian Perhubungan")
    print(f"load          {time.process_time() - start:.3f} s")
    queries = names()
    start = time.process_time()
    for query in queries:
        lookup(query)
    spent = time.process_time() - start
    print(f"no context    {COUNT} lookups in {spent:.2f} s, {COUNT / spent:,.0f} a second")
    start = time.process_time()
    for number in range(20):
        read_context.cache_clear()
        article = f"{ARTICLE} {number}"
        for query in queries[:10]:
            lookup(query, context=article)
    spent = time.process_time() - start
    print(
        f"with context  20 articles of {len(ARTICLE)} characters, 10 names each: "
        f"{spent / 20 * 1000:.1f} ms an article"
    )


if __name__ == "__main__":
    main()
