"""Makes the shipped judges out of those of `learn fit`: `python -m sepaham.training.relations.refit`.

Each becomes the mean of itself and of what was shipped before (`--other`), which learned from readings by
other encoders: two that were fitted apart are right together where one is wrong. The judge of articles is
fitted once more: how many background articles pass its bar hangs on how eager an encoder is. So it learns
from gold that came after the shipped encoder, read without what that learned further, and from the background
news that was judged by hand, as the shipped encoder reads it.
"""

from collections.abc import Sequence
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
from sepaham.training.relations.halfway import halfway
from sepaham.training.relations.joint import second
from sepaham.training.relations.learn import JUDGES, Judged, agreements, dumped, scored, table
from sepaham.training.relations.readings import read_fresh
from sepaham.training.relations.rows import Told, Worked

SCALE = "sure_agreement"
"""The scale of the confidence in there being an agreement."""

_SCALES = "sure_"  # how the names of all scales begin


def together(one: Judges, other: Judges) -> dict[str, Judge]:
    """Each judge of the first the mean of both; the scales, and what the other lacks, as they are."""
    return {
        name: halfway(other[name], judge) if name in other and not name.startswith(_SCALES) else judge
        for name, judge in one.items()
    }


def told(shipped: Judges, fresh: Sequence[Worked], news: Sequence[Told]) -> list[Case]:
    """What the judge of articles sees of gold and of background news."""
    found = [Case(item.row(shipped), item.fold, news=True, gold=False) for item in news]
    for item in fresh:
        one = second(item, shipped)
        one.judged(shipped)
        found.append(Case(one.told(), item.read.fold, news=False, gold=True))
    return found


def false_rows(cases: Sequence[Case]) -> int:
    """Background articles without an agreement that pass the bar, each judged by what the others teach."""
    count = 0
    for fold in range(FOLDS):
        judge = fit_article([case for case in cases if case.fold != fold])
        news = [case.row for case in cases if case.fold == fold and case.news and not case.row.right]
        count += sum(judge.chance(row.features) >= judge.bar for row in news)
    return count


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
    start: Annotated[Path, typer.Option(help="The judges of `learn fit`.")] = JUDGES,
    other: Annotated[Path | None, typer.Option(help="Judges that were fitted before.")] = None,
    target: Annotated[Path, typer.Option(help="The judges are written here.")] = JUDGES,
) -> None:
    """Put both together, fit the judge of articles, and its scale on what it says by folds; print what the
    gold scores, by folds of this judge, and the false rows of the background news."""
    fresh = [Worked(item) for item in read_fresh(shared)]
    shipped = together(read_judges(start), read_judges(other) if other else {})
    del shipped[SCALE]
    cases = told(shipped, fresh, background(shared))
    unseen: list[Judged] = []
    for fold in range(FOLDS):
        known = {**shipped, "article": fit_article([case for case in cases if case.fold != fold])}
        unseen += [Judged(w.read, agreements(w.read, known)) for w in fresh if w.read.fold == fold]
    new = {**shipped, "article": fit_article(cases)}
    new[SCALE] = scales(a for item in unseen for a in answers(item.read, item.agreements))[SCALE]
    target.write_text(dumped(new), encoding="utf-8")
    typer.echo(f"before {table([scored(w.read, agreements(w.read, shipped)) for w in fresh])}")
    typer.echo(f"now, by folds {table([scored(item.read, item.agreements) for item in unseen])}")
    typer.echo(f"false rows of the background news, by folds {false_rows(cases)}")


if __name__ == "__main__":
    typer.run(main)
