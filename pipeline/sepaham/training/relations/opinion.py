"""What a second opinion says about being right: `python -m sepaham.training.relations.opinion`.

Each filled cell of real gold (by folds) and of written/test (the shipped models) is held against the gold and
against the reading of another tagger. Prints how often cells are right where the taggers agree and where
they do not, and the errors left among the surest cells, ranked by the confidence alone and with the opinion.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from sepaham.cleaning import clean_article
from sepaham.ner.taggers import Tag, make, reader
from sepaham.records import Agreement
from sepaham.relations.learned.chances import logit
from sepaham.relations.learned.judge import Judge, Judges, judges
from sepaham.relations.opinion import agreed
from sepaham.training.files import article_of, json_lines
from sepaham.training.ner.corpora import WRITTEN, split_ids
from sepaham.training.relations.background import load_background
from sepaham.training.relations.calibrate import Answer, filled, quality
from sepaham.training.relations.fit import fit
from sepaham.training.relations.learn import agreements, fold_judges, scaled
from sepaham.training.relations.readings import Read, load
from sepaham.training.relations.rows import Row, Told, Worked

FOLDED = "real"
METRICS = Path("models/relations/opinion.json")


class Heard(NamedTuple):
    """A filled cell: its slot and confidence, whether the other tagger has it too, whether it is right."""

    slot: str
    chance: float
    agree: bool
    right: bool
    fold: int


def heard(item: Read, mine: Sequence[Agreement], others: Sequence[Agreement]) -> Iterator[Heard]:
    """The cells of an article's agreements on which the other reading has a say."""
    said = [agreed(agreement, others) for agreement in mine]
    for cell, chance in filled(item, mine):
        if cell.field in said[cell.agreement]:
            yield Heard(cell.slot, chance, said[cell.agreement][cell.field], cell.right, item.fold)


def both(item: Read, second: Tag, known: Judges) -> Iterator[Heard]:
    """The cells of an article, read by the names that it came with and by those of the second tagger."""
    mine = agreements(item, known)
    if mine:
        again = replace(item, document=second(item.document.article))
        yield from heard(item, mine, agreements(again, known))


def of_folds(items: Sequence[Read], news: Sequence[Told], second: Tag) -> Iterator[Heard]:
    """The cells of real gold; nothing that judges an article has learned from its fold."""
    for item, known in scaled(items, fold_judges([Worked(item) for item in items], news)):
        if item.part == FOLDED:
            yield from both(item, second, known)


def of_test(shared: Path, second: Tag) -> Iterator[Heard]:
    """The cells of written/test by the shipped models."""
    ids, read = split_ids(shared, ("test",)), reader("encoder")
    articles = {a["id"]: a for a in json_lines(shared / WRITTEN / "articles.jsonl")}
    for gold in json_lines(shared / WRITTEN / "gold.jsonl"):
        if gold["id"] in ids:
            document, slots = read(clean_article(article_of(articles[gold["id"]]))[0])
            if slots is not None:
                yield from both(Read(document, slots, gold, "test", -1), second, judges())


def weighers(found: Iterable[Heard]) -> dict[str, Judge]:
    """By slot, the judge that turns a confidence and an opinion into a new confidence."""
    rows: dict[str, list[Row]] = {}
    for item in found:
        rows.setdefault(item.slot, []).append(Row(features(item.chance, item.agree), item.right))
    return {slot: fit(r) for slot, r in rows.items() if 0 < sum(row.right for row in r) < len(r)}


def features(chance: float, agree: bool) -> dict[str, float]:
    """What the judge of a cell looks at."""
    return {"chance": logit(chance), "agree": float(agree)}


def weighed(item: Heard, known: Mapping[str, Judge]) -> float:
    """The confidence of a cell with the opinion."""
    return known[item.slot].chance(features(item.chance, item.agree)) if item.slot in known else item.chance


def figures(found: Sequence[Heard], known: Mapping[int, Mapping[str, Judge]]) -> dict[str, Any]:
    """By slot: shares right where the taggers agree and not, and the quality of both confidences.

    `known` holds the weighers for each fold.
    """
    alone = quality(Answer(i.slot, i.chance, i.right) for i in found)
    joined = quality(Answer(i.slot, weighed(i, known[i.fold]), i.right) for i in found)
    made = {}
    for slot in sorted(alone):
        sides = [[i.right for i in found if i.slot == slot and i.agree is side] for side in (True, False)]
        made[slot] = {
            "agree": len(sides[0]),
            "right_if_agree": share(sides[0]),
            "disagree": len(sides[1]),
            "right_if_disagree": share(sides[1]),
            "without": alone[slot]._asdict(),
            "with": joined[slot]._asdict(),
        }
    return made


def share(rights: Sequence[bool]) -> float | None:
    """The share of right ones, None of nothing."""
    return round(sum(rights) / len(rights), 3) if rights else None


def report(real: Sequence[Heard], test: Sequence[Heard]) -> dict[str, Any]:
    """The figures of both sets; weighers learn from real gold only, by folds for its own figures."""
    folds = {item.fold for item in real}
    known = {fold: weighers(i for i in real if i.fold != fold) for fold in folds}
    return {"real": figures(real, known), "written_test": figures(test, {-1: weighers(real)})}


def main(
    shared: Annotated[Path, typer.Option(help="The folder with gold/.")] = Path("../shared"),
    readings: Annotated[Path, typer.Option(help="What the encoders of the folds read.")] = Path(
        "build/readings"
    ),
    news: Annotated[Path, typer.Option(help="Readings of background news.")] = Path("build/background.pkl"),
    second: Annotated[str, typer.Option(help="The tagger that is asked too.")] = "stanza",
    out: Annotated[Path, typer.Option(help="The figures are written here.")] = METRICS,
) -> None:
    """Measure what the agreement of two taggers says about being right."""
    items = [item for path in sorted(readings.glob("*.pkl")) for item in load(path)]
    told = [Told(item) for item in load_background(news)]
    tag = make(second)
    found = report(list(of_folds(items, told, tag)), list(of_test(shared, tag)))
    out.write_text(json.dumps({"second": second, **found}, indent=1) + "\n", encoding="utf-8")
    typer.echo(json.dumps(found, indent=1))


if __name__ == "__main__":
    typer.run(main)
