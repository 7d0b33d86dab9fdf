"""Fits anew the judges that ask the encoder for names alone: `python -m sepaham.training.relations.refit`.

Fields are judged by words, the hub of many parties by where they are named. Neither looks at what the encoder
says of slots, so the shipped encoder may read the gold for them, though it has learned from it. All other
judges stay as they are.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from sepaham.relations.learned.judge import Judge, Judges, judges
from sepaham.training.ner.corpora import FOLDS
from sepaham.training.relations.calibrate import answers, scales
from sepaham.training.relations.fit import fit
from sepaham.training.relations.learn import JUDGES, Judged, agreements, dumped, scored, table
from sepaham.training.relations.readings import read_fold
from sepaham.training.relations.rows import Worked, joined
from sepaham.training.relations.topics import fit_topics

SCALE = "sure_fields"
"""The scale of the confidence in fields."""


def refitted(shipped: Judges, worked: Sequence[Worked]) -> dict[str, Judge]:
    """All judges, those that need no slots fitted on these articles, at the bars that they had."""
    hub = fit(joined(item.base for item in worked)["hub"])
    return {**shipped, "hub": replace(hub, bar=shipped["hub"].bar), **fit_topics(worked)}


def main(
    shared: Annotated[Path, typer.Option(help="The folder with gold/.")] = Path("../shared"),
    target: Annotated[Path, typer.Option(help="The judges are written here.")] = JUDGES,
) -> None:
    """Fit them on all gold but written/test, and the scale on what they say by folds; print what the gold
    scores, names and slots known."""
    worked = [Worked(item) for fold in range(FOLDS) for item in read_fold(shared, fold, None)]
    shipped = {name: judge for name, judge in judges().items() if name != SCALE}
    judged = []
    for fold in range(FOLDS):
        known = refitted(shipped, [w for w in worked if w.read.fold != fold])
        judged += [Judged(w.read, agreements(w.read, known)) for w in worked if w.read.fold == fold]
    scale = scales(a for item in judged for a in answers(item.read, item.agreements))[SCALE]
    target.write_text(dumped(refitted(shipped, worked) | {SCALE: scale}), encoding="utf-8")
    typer.echo(f"before {table([scored(w.read, agreements(w.read, judges())) for w in worked])}")
    typer.echo(f"now, by folds {table([scored(item.read, item.agreements) for item in judged])}")


if __name__ == "__main__":
    typer.run(main)
