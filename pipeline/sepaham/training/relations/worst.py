"""Lists the articles with the most faults: `python -m sepaham.training.relations.worst --news FILE`.

Each article is read by judges that have not learned from its fold; `docs/faults.md` is written from them.
"""

import csv
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from sepaham.evaluation.files import chosen_ids
from sepaham.training.relations.learn import PARTS, Judged, by_folds, faults, fold_judges, gathered

_LENIENT = ("commitments", "fields")  # not counted: their edges are soft, and they would hide the rest
app = typer.Typer(add_completion=False)


def counted(item: Judged) -> Counter[tuple[str, str]]:
    """The faults of an article by slot and kind, without those of soft slots."""
    return Counter({(slot, kind): n for (slot, kind), n in faults(item).items() if slot not in _LENIENT})


@app.command()
def main(
    out: Annotated[Path, typer.Option(help="Where the readings are.")] = Path("build/readings"),
    news: Annotated[Path | None, typer.Option(help="Readings of background news, judged by hand.")] = None,
    most: Annotated[int, typer.Option(help="How many articles of each part.")] = 20,
    ids: Annotated[str, typer.Option(help="Of these only: FILE:KEY, as in splits.json:dev.")] = "",
) -> None:
    """Write a CSV of the worst articles of each part: id, faults, gold and found agreements, kinds."""
    worked, told = gathered(out, news)
    wanted = chosen_ids(ids) if ids else {item.read.gold["id"] for item in worked}
    judged = [i for i in by_folds(worked, fold_judges(worked, told)) if i.read.gold["id"] in wanted]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("part", "id", "faults", "gold", "found", "kinds"))
    for part in PARTS:
        ranked = sorted(
            ((counted(item), item) for item in judged if item.read.part == part),
            key=lambda pair: (-pair[0].total(), pair[1].read.gold["id"]),
        )
        for kinds, item in ranked[:most]:
            text = "; ".join(f"{slot} {kind} {count}" for (slot, kind), count in kinds.most_common())
            gold, found = len(item.read.gold["events"]), len(item.agreements)
            writer.writerow((part, item.read.gold["id"], kinds.total(), gold, found, text))


if __name__ == "__main__":
    app()
