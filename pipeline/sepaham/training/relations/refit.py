"""Fits some judges anew for an encoder that goes on: `python -m sepaham.training.relations.refit`.

Fields are judged by words, the hub of many parties by where they are named. Neither looks at what the encoder
says of slots, so the shipped encoder may read the gold for them, though it has learned from it.

The judge of articles does look at them. It learns from gold that came after the encoder, read without what
that learned further, and from the background news that was judged by hand, which tells how many false rows a
bar lets through. That of subjects becomes the mean of what it was and of what the same gold teaches. The
others stay as they are.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from sepaham.cleaning import clean_article
from sepaham.ner.encoder import EncoderTagger
from sepaham.ner.taggers import LearnedTag
from sepaham.relations.learned.judge import Judge, Judges, read_judges
from sepaham.training.ner.corpora import FOLDS
from sepaham.training.relations.article import Case, fit_article
from sepaham.training.relations.background import Background, labels, passing
from sepaham.training.relations.calibrate import answers, scales
from sepaham.training.relations.fit import fit
from sepaham.training.relations.halfway import halfway
from sepaham.training.relations.joint import second
from sepaham.training.relations.learn import JUDGES, Judged, agreements, dumped, scored, table
from sepaham.training.relations.readings import read_fold, read_fresh
from sepaham.training.relations.rows import Told, Worked, joined
from sepaham.training.relations.single import fit_single
from sepaham.training.relations.topics import fit_topics

SCALES = ("sure_fields", "sure_agreement")
"""The scales of the confidence in fields, and in there being an agreement."""


def refitted(shipped: Judges, worked: Sequence[Worked]) -> dict[str, Judge]:
    """All judges, those that need no slots fitted on these articles, at the bars that they had."""
    hub = fit(joined(item.base for item in worked)["hub"])
    return {**shipped, "hub": replace(hub, bar=shipped["hub"].bar), **fit_topics(worked)}


def told(shipped: Judges, fresh: Sequence[Worked], news: Sequence[Told]) -> list[Case]:
    """What the judge of articles sees of gold and of background news."""
    found = [Case(item.row(shipped), item.fold, news=True, gold=False) for item in news]
    for item in fresh:
        one = second(item, shipped)
        one.judged(shipped)
        found.append(Case(one.told(), item.read.fold, news=False, gold=True))
    return found


def background(shared: Path) -> list[Told]:
    """The background news that was judged by hand, as the shipped encoder reads it."""
    known, tag = labels(), LearnedTag(EncoderTagger())
    found = []
    for article in passing(shared):
        if article.article_id in known:
            document, slots = tag.read(clean_article(article)[0])
            if slots is not None:
                found.append(Told(Background(document, slots, known[article.article_id])))
    return found


def main(
    shared: Annotated[Path, typer.Option(help="The folder with gold/ and news/.")] = Path("../shared"),
    start: Annotated[Path, typer.Option(help="The judges from which it begins.")] = JUDGES,
    target: Annotated[Path, typer.Option(help="The judges are written here.")] = JUDGES,
) -> None:
    """Fit them on all gold but written/test, and the scales on what they say by folds; print what the gold
    scores, names and slots known."""
    worked = [Worked(item) for fold in range(FOLDS) for item in read_fold(shared, fold, None)]
    fresh = [Worked(item) for item in read_fresh(shared)]
    shipped = {name: judge for name, judge in read_judges(start).items() if name not in SCALES}
    cases = told(shipped, fresh, background(shared))
    judged: list[Judged] = []
    unseen: list[Judged] = []
    for fold in range(FOLDS):
        known = refitted(shipped, [w for w in worked if w.read.fold != fold])
        known["article"] = fit_article([case for case in cases if case.fold != fold])
        judged += [Judged(w.read, agreements(w.read, known)) for w in worked if w.read.fold == fold]
        unseen += [Judged(w.read, agreements(w.read, known)) for w in fresh if w.read.fold == fold]
    new = refitted(shipped, worked) | {"article": fit_article(cases)}
    for name, items in zip(SCALES, (judged, unseen), strict=True):
        new[name] = scales(a for item in items for a in answers(item.read, item.agreements))[name]
    new["subject"] = halfway(shipped["subject"], fit_single(fresh)["subject"])
    target.write_text(dumped(new), encoding="utf-8")
    typer.echo(f"before {table([scored(w.read, agreements(w.read, shipped)) for w in worked])}")
    typer.echo(f"now, by folds {table([scored(item.read, item.agreements) for item in judged])}")
    typer.echo(f"fresh, by folds {table([scored(item.read, item.agreements) for item in unseen])}")


if __name__ == "__main__":
    typer.run(main)
