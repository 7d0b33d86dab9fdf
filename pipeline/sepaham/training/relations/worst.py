"""Lists the articles with the most faults: `python -m sepaham.training.relations.worst --news FILE`.

Each article is read by judges that have not learned from its fold; `docs/faults.md` is written from them.
"""

import csv
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from sepaham.evaluation.cells import cells
from sepaham.evaluation.events import read_event
from sepaham.training.relations.background import load_background
from sepaham.training.relations.learn import PARTS, Judged, by_folds, fold_judges
from sepaham.training.relations.readings import load
from sepaham.training.relations.rows import Told, Worked

_LENIENT = ("commitments", "fields")  # not counted: their edges are soft, and they would hide the rest
app = typer.Typer(add_completion=False)


def faults(item: Judged) -> Counter[tuple[str, str]]:
    """How often each kind of fault occurs in an article, by slot and kind; soft slots are left out."""
    gold = [read_event(event, gold=True) for event in item.read.gold["events"]]
    found = cells(gold, item.agreements, item.read.document.text)
    return Counter((cell.slot, cell.fault) for cell in found if cell.fault and cell.slot not in _LENIENT)


@app.command()
def main(
    out: Annotated[Path, typer.Option(help="Where the readings are.")] = Path("build/readings"),
    news: Annotated[Path | None, typer.Option(help="Readings of background news, judged by hand.")] = None,
    most: Annotated[int, typer.Option(help="How many articles of each part.")] = 20,
) -> None:
    """Write a CSV of the worst articles of each part: id, faults, gold and found agreements, kinds."""
    worked = [Worked(item) for path in sorted(out.glob("*.pkl")) for item in load(path)]
    told = [Told(item) for item in load_background(news)] if news else []
    judged = by_folds(worked, fold_judges(worked, told))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("part", "id", "faults", "gold", "found", "kinds"))
    for part in PARTS:
        ranked = sorted(
            ((faults(item), item) for item in judged if item.read.part == part),
            key=lambda pair: (-pair[0].total(), pair[1].read.gold["id"]),
        )
        for kinds, item in ranked[:most]:
            text = "; ".join(f"{slot} {kind} {count}" for (slot, kind), count in kinds.most_common())
            gold, found = len(item.read.gold["events"]), len(item.agreements)
            writer.writerow((part, item.read.gold["id"], kinds.total(), gold, found, text))


if __name__ == "__main__":
    app()
