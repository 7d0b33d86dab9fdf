"""Learns the relation judges: `python -m sepaham.training.relations.learn read`, then `... fit`.

`read` lets the encoder of each fold read the gold that it has not learned from; `fit` scores the judges by
folds, then fits them on all gold but written/test and writes resources/relations/judges.json.
"""

import json
import pickle
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from sepaham.evaluation.cells import FAULTS, cells
from sepaham.evaluation.compare import SLOTS, Counts, align
from sepaham.evaluation.events import read_event
from sepaham.evaluation.report import slot_scores, total
from sepaham.evaluation.score import file_sha256
from sepaham.gate import passes
from sepaham.records import Agreement
from sepaham.relations.learned.assemble import extract
from sepaham.relations.learned.judge import Judge, Judges, written_tree
from sepaham.training.ner.corpora import FOLDS, REAL
from sepaham.training.relations.background import load_background, read_background
from sepaham.training.relations.calibrate import answers, quality, scales
from sepaham.training.relations.fit_all import fit_all
from sepaham.training.relations.readings import Read, load, read_fold, save
from sepaham.training.relations.rows import Told, Worked

JUDGES = Path("pipeline/sepaham/resources/relations/judges.json")
METRICS = Path("models/relations/metrics.json")
BACKGROUND = 42_282  # articles of the background news, those that the gate stops too
PARTS = ("real", "news", "written", "more")
FoldJudges = Mapping[int, dict[str, Judge]]
"""The judges of each fold: they have not learned from its articles."""
app = typer.Typer(add_completion=False)


@app.command()
def read(
    folders: Annotated[str, typer.Option(help="The encoder of each fold, {} for its number.")],
    shared: Annotated[Path, typer.Option(help="The folder with gold/.")] = Path("../shared"),
    out: Annotated[Path, typer.Option(help="Where the readings go.")] = Path("build/readings"),
    folds: Annotated[str, typer.Option(help="Which folds.")] = "01234",
) -> None:
    """Let each fold's encoder read what it has not learned from."""
    out.mkdir(parents=True, exist_ok=True)
    for fold in map(int, folds):
        found = read_fold(shared, fold, Path(folders.format(fold)))
        save(found, out / f"{fold}.pkl")
        typer.echo(f"fold {fold}: {len(found)} articles")


@app.command()
def background(
    folders: Annotated[str, typer.Option(help="The encoder of each fold, {} for its number.")],
    shared: Annotated[Path, typer.Option(help="The folder with news/.")] = Path("../shared"),
    out: Annotated[Path, typer.Option(help="Where the readings go.")] = Path("build/background.pkl"),
) -> None:
    """Let each fold's encoder read the background news that the gate lets through."""
    out.parent.mkdir(parents=True, exist_ok=True)
    found_ = read_background(shared, folders)
    out.write_bytes(pickle.dumps(found_))
    typer.echo(f"{len(found_)} articles")


@app.command()
def fit(
    out: Annotated[Path, typer.Option(help="Where the readings are.")] = Path("build/readings"),
    target: Annotated[Path, typer.Option(help="The judges are written here.")] = JUDGES,
    metrics: Annotated[Path, typer.Option(help="The figures by folds are written here.")] = METRICS,
    shared: Annotated[Path, typer.Option(help="The folder with gold/.")] = Path("../shared"),
    news: Annotated[Path | None, typer.Option(help="Readings of background news, judged by hand.")] = None,
) -> None:
    """Score the judges by folds and write those that learned from all."""
    worked, told = gathered(out, news)
    by_fold = fold_judges(worked, told)
    judged = by_folds(worked, by_fold)
    judges = fit_all(worked, told)
    judges |= scales(a for item in judged for a in answers(item.read, item.agreements))
    target.write_text(dumped(judges), encoding="utf-8")
    figures = {part: figures_of([i for i in judged if i.read.part == part]) for part in PARTS}
    figures["real"]["gold_sha256"] = file_sha256(shared / REAL / "gold.jsonl")
    figures["background"] = background_figures(by_fold, told, figures["real"]["scores"]["article"]["recall"])
    metrics.parent.mkdir(parents=True, exist_ok=True)
    metrics.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    metrics.with_name("since_fit.md").unlink(missing_ok=True)
    for part in PARTS:
        typer.echo(f"{part} {table([scored(i.read, i.agreements) for i in judged if i.read.part == part])}")


def gathered(out: Path, news: Path | None = None) -> tuple[list[Worked], list[Told]]:
    """What `read` and `background` have kept: the gold articles and the judged background news."""
    worked = [Worked(item) for path in sorted(out.glob("*.pkl")) for item in load(path)]
    return worked, [Told(item) for item in load_background(news)] if news else []


def background_figures(by_fold: FoldJudges, told: Sequence[Told], recall: float) -> dict[str, Any]:
    """Rows that the background news gives, by judges that have not learned from their fold of it."""
    right = wrong = 0
    for item in told:
        judges = by_fold[item.fold]
        chance = judges["article"].chance(item.row(judges).features)
        said = bool(item.reading.triggers) and chance >= judges["article"].bar
        right += said and item.is_mou
        wrong += said and not item.is_mou
    rate = wrong / BACKGROUND
    return {
        "articles": BACKGROUND,
        "rows": right + wrong,
        "right": right,
        "wrong": wrong,
        "wrong_per_10000": round(rate * 10_000, 2),
        "precision": round(right / max(1, right + wrong), 3),
        "recall_real": recall,
        "precision_at_1_percent": round(0.01 * recall / (0.01 * recall + 0.99 * rate), 3),
    }


class Judged(NamedTuple):
    """An article with what judges found in it that have not learned from its fold."""

    read: Read
    agreements: list[Agreement]


def fold_judges(worked: Sequence[Worked], told: Sequence[Told] = ()) -> FoldJudges:
    """All judges, fitted anew without each fold."""
    return {
        fold: fit_all([w for w in worked if w.read.fold != fold], [t for t in told if t.fold != fold])
        for fold in range(FOLDS)
    }


def scaled(items: Sequence[Read], judges: FoldJudges) -> Iterator[tuple[Read, Judges]]:
    """Each article with the judges of its fold, their confidences scaled by what was right on the others."""
    said = [(item, answers(item, agreements(item, judges[item.fold]))) for item in items]
    known = {
        fold: judges[fold] | scales(a for item, told in said if item.fold != fold for a in told)
        for fold in judges
    }
    for item in items:
        yield item, known[item.fold]


def by_folds(worked: Sequence[Worked], judges: FoldJudges) -> list[Judged]:
    """All articles, each judged by what was learned, and calibrated, on the other folds."""
    return [Judged(i, agreements(i, known)) for i, known in scaled([w.read for w in worked], judges)]


def agreements(item: Read, judges: Judges) -> list[Agreement]:
    """The agreements of an article, gate included."""
    passed = passes(item.document.article.body)
    return extract(item.document, item.slots, judges) if passed else []


def figures_of(judged: Sequence[Judged]) -> dict[str, Any]:
    """Scores with intervals, kinds of fault, and the quality of the confidences."""
    scores = slot_scores([scored(i.read, i.agreements) for i in judged], list(SLOTS))
    several = [i for i in judged if len(i.read.gold["events"]) > 1]
    alone = slot_scores([scored(i.read, i.agreements) for i in several], list(SLOTS))
    counted = sum((faults(item) for item in judged), Counter())
    slots = list(dict.fromkeys(slot for slot, _ in counted))
    sure = quality(a for i in judged for a in answers(i.read, i.agreements))
    return {
        "articles": len(judged),
        "scores": {slot: score.model_dump() for slot, score in scores.items()},
        "several_events": {slot: score.f1 for slot, score in alone.items()},
        "faults": {slot: {kind: counted[slot, kind] for kind in FAULTS} for slot in slots},
        "confidence": {slot: q._asdict() for slot, q in sure.items()},
    }


def faults(item: Judged) -> Counter[tuple[str, str]]:
    """How often each kind of fault occurs in an article, by slot and kind."""
    found = cells(item.read.events, item.agreements, item.read.document.text)
    return Counter((cell.slot, cell.fault) for cell in found if cell.fault)


def scored(item: Read, agreements: Sequence[Agreement]) -> dict[str, Counts]:
    """The counts of given agreements against an article's gold."""
    mine = [read_event(a.model_dump(mode="json"), gold=False) for a in agreements]
    slots = total(align(item.events, mine, item.document.text))
    yes, said = int(item.gold["is_mou"]), int(bool(agreements))
    return {**slots, "article": Counts(yes & said, said, yes)}


def table(found: Sequence[dict[str, Counts]]) -> str:
    """F1 of every slot, on one line."""
    scores = slot_scores(list(found), list(SLOTS))
    return "  ".join(f"{slot} {score.f1:.3f}" for slot, score in scores.items())


def dumped(judges: Judges) -> str:
    """The judges as JSON, a feature on each line, so that a change is readable."""
    items: dict[str, dict[str, Any]] = {}
    for name, judge in sorted(judges.items()):
        items[name] = {"bar": judge.bar, "bias": judge.bias, "weights": dict(judge.weights)}
        if judge.trees:
            items[name]["trees"] = [json.dumps(written_tree(tree)) for tree in judge.trees]
    return json.dumps(items, indent=1) + "\n"


if __name__ == "__main__":
    app()
