"""How long a ledger takes and what memory it needs: `python benchmarks/ledger.py FOLDER [COUNT ...]`.

Generates COUNT reports (default 50,000 and 200,000) by changing parties, people, dates and numbers of the
written gold; the reports of an agreement stay together. Prints processor and wall seconds, the peak memory,
and B-cubed F1 against what was generated. FOLDER takes about 2 kB a report.
"""

import csv
import json
import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sepaham.ledger import build
from sepaham.ledger.times import bounds, iso
from sepaham.registry.organisations import organisations
from sepaham.registry.regions import regions
from sepaham.training.ledger.quality import quality

GOLD = Path(__file__).parents[1] / "data" / "ledger"
FIRST = [
    "Adi",
    "Budi",
    "Citra",
    "Dewi",
    "Eko",
    "Fajar",
    "Gita",
    "Hadi",
    "Indra",
    "Joko",
    "Kartika",
    "Lestari",
]
LAST = [
    "Anggraini",
    "Basuki",
    "Chandra",
    "Darmawan",
    "Efendi",
    "Firmansyah",
    "Gunawan",
    "Hidayat",
    "Iskandar",
]
Row = dict[str, Any]


def base() -> list[list[tuple[Row, Row]]]:
    """(agreement, article) of every report of the gold, by agreement."""
    lines = [
        json.loads(line) for line in (GOLD / "agreements.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    with (GOLD / "articles.csv").open(encoding="utf-8", newline="") as file:
        articles = list(csv.DictReader(file))
    with (GOLD / "clusters.csv").open(encoding="utf-8", newline="") as file:
        names = [row["cluster"] for row in csv.DictReader(file)]
    groups: dict[str, list[tuple[Row, Row]]] = defaultdict(list)
    for name, line, article in zip(names, lines, articles, strict=True):
        groups[name].append((line, article))
    return [group for group in groups.values() if _named_alike(group)]


def _named_alike(group: list[tuple[Row, Row]]) -> bool:
    """Whether all reports name the parties so that one name or code stands for each."""
    return len(_keys(group)) <= max(len(report["parties"]) for report, _ in group)


def _keys(group: list[tuple[Row, Row]]) -> list[str]:
    return sorted({_key(party) for report, _ in group for party in report["parties"]})


def _key(party: Row) -> str:
    return str(party["code"] or party["parent_code"] or party["name"])


def bodies() -> list[Row]:
    """Parties to choose from: every region and every body of the registry."""
    found = [
        {"name": r.government, "code": f"kemendagri:{r.code}", "level": r.level, "kind": "local_government"}
        for r in regions().values()
    ]
    found += [
        {"name": o.name, "code": o.id, "level": "none", "kind": o.kind} for o in organisations().values()
    ]
    return found


def shifted(day: str | None, days: int) -> str | None:
    """The day so many days later; a month stays a month."""
    span = bounds(day)
    return iso(span[0] + days)[: len(day or "")] if span else day


def changed(report: Row, parties: dict[str, Row], people: dict[str, str], days: int, number: str) -> Row:
    """A report with other parties, people, dates and number."""
    told = []
    for party in report["parties"]:
        signed = [{**s, "name": people.get(s["name"], s["name"])} for s in party["signatories"]]
        told.append(
            {**party, **parties[_key(party)], "parent_code": None, "parent_name": None, "signatories": signed}
        )
    date = report["date"]
    if date:
        lower, upper = shifted(date["lower"], days), shifted(date["upper"], days)
        date = {**date, "value": shifted(date["value"], days), "lower": lower, "upper": upper}
    return {
        **report, "agreement_id": f"{number}#1", "article_id": number, "parties": told, "date": date,
        "doc_number": report["doc_number"] and f"{number}/{report['doc_number']}", "hub": None,
    }  # fmt: skip


def generated(count: int) -> Iterator[tuple[Row, Row, str]]:
    """(agreement, article, name of the agreement), `count` of them, the same each time."""
    chance = random.Random(3)
    groups, choices = base(), bodies()
    made = cluster = 0
    while made < count:
        group = chance.choice(groups)
        keys = _keys(group)
        parties = dict(zip(keys, chance.sample(choices, len(keys)), strict=True))
        names = {s["name"] for r, _ in group for p in r["parties"] for s in p["signatories"]}
        people = {
            n: f"{chance.choice(FIRST)} {chance.choice(LAST)} {chance.choice(LAST)}" for n in sorted(names)
        }
        days, cluster = chance.randint(-3000, 0), cluster + 1
        for report, article in group[: count - made]:
            number = f"a{made:07}"
            told = changed(report, parties, people, days, number)
            seen = {**article, "article_id": number, "published": shifted(article["published"], days)}
            yield told, {**seen, "digest": number, "copy_root": ""}, str(cluster)
            made += 1


def write(folder: Path, count: int) -> dict[str, str]:
    """Write an output folder; the agreement of each report."""
    folder.mkdir(parents=True, exist_ok=True)
    gold = {}
    with (
        (folder / "agreements.jsonl").open("w", encoding="utf-8", newline="\n") as lines,
        (folder / "articles.csv").open("w", encoding="utf-8", newline="") as file,
    ):
        writer = None
        for report, article, cluster in generated(count):
            lines.write(json.dumps(report, ensure_ascii=False) + "\n")
            writer = writer or csv.DictWriter(file, list(article), lineterminator="\n")
            if not gold:
                writer.writeheader()
            writer.writerow(article)
            gold[report["agreement_id"]] = cluster
    return gold


def main(folder: Path, counts: list[int]) -> None:
    """Print one line a size."""
    for count in counts:
        gold = write(folder / str(count), count)
        wall, processor = time.perf_counter(), time.process_time()
        built = build([folder / str(count)], folder / str(count))
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        found = {agreement: ledger_id for (_, agreement), (ledger_id, _) in built.places.items()}
        result = quality(gold, found)
        print(
            f"{count:>9,} reports, {built.entries:>9,} entries: {processor:7.1f} s of processor time, "
            f"{wall:7.1f} s, {processor / count * 1e6:5.0f} µs each, {memory:.2f} GiB at most, "
            f"F1 {result.f1:.3f}, merge precision {result.merge_precision:.4f}",
            flush=True,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(n) for n in sys.argv[2:]] or [50_000, 200_000])
