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

from sepaham.cleaning import clean_article
from sepaham.ner.encoder import EncoderTagger
from sepaham.ner.taggers import LearnedTag
from sepaham.relations.learned.judge import Judge, Judges, judges
from sepaham.training.ner.corpora import FOLDS, fold_of
from sepaham.training.relations.fit import fit
from sepaham.training.relations.learn import JUDGES, agreements, dumped, scored, table
from sepaham.training.relations.readings import Read, gold_lines
from sepaham.training.relations.rows import Worked, joined
from sepaham.training.relations.topics import fit_topics


def refitted(shipped: Judges, worked: Sequence[Worked]) -> dict[str, Judge]:
    """All judges, those that need no slots fitted on these articles, at the bars that they had."""
    hub = fit(joined(item.base for item in worked)["hub"])
    return {**shipped, "hub": replace(hub, bar=shipped["hub"].bar), **fit_topics(worked)}


def read_gold(shared: Path) -> list[Worked]:
    """All gold but written/test, as the shipped encoder reads it."""
    tag = LearnedTag(EncoderTagger())
    found = []
    for part, article, gold in gold_lines(shared):
        document, slots = tag.read(clean_article(article)[0])
        if slots is not None:
            found.append(Worked(Read(document, slots, gold, part, fold_of(gold["id"]))))
    return found


def main(
    shared: Annotated[Path, typer.Option(help="The folder with gold/.")] = Path("../shared"),
    target: Annotated[Path, typer.Option(help="The judges are written here.")] = JUDGES,
) -> None:
    """Fit them on all gold but written/test; print what the gold scores by folds, names and slots known."""
    worked = read_gold(shared)
    shipped = judges()
    found = []
    for fold in range(FOLDS):
        known = refitted(shipped, [w for w in worked if w.read.fold != fold])
        found += [scored(w.read, agreements(w.read, known)) for w in worked if w.read.fold == fold]
    target.write_text(dumped(refitted(shipped, worked)), encoding="utf-8")
    typer.echo(f"before {table([scored(w.read, agreements(w.read, shipped)) for w in worked])}")
    typer.echo(f"now, by folds {table(found)}")


if __name__ == "__main__":
    typer.run(main)
