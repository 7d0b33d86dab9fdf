"""Moves the shipped judges towards one's own gold: `python -m sepaham.training.relations.adapt GOLD`.

The articles that the shipped judges learned from need not be there: each judge keeps its weights and learns
what has to be added to them, held near nothing by a ridge, so that a handful of articles changes little. The
shipped encoder reads the articles; it has not learned from them. Needs nothing but sepaham itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import numpy as np
import numpy.typing as npt
import typer

from sepaham.cleaning import clean_article
from sepaham.errors import InputError, SepahamError
from sepaham.evaluation import articles_beside, score
from sepaham.ner.encoder import EncoderTagger
from sepaham.ner.taggers import LearnedTag
from sepaham.relations.learned.judge import Judge, Judges, judges
from sepaham.training.files import article_of, json_lines
from sepaham.training.ner.corpora import FOLDS, fold_of
from sepaham.training.relations import members
from sepaham.training.relations.joint import second
from sepaham.training.relations.learn import agreements, dumped
from sepaham.training.relations.readings import Read
from sepaham.training.relations.rows import Row, Worked, joined

RIDGE = 100.0
"""How strongly what is added is held near nothing."""

_FEWEST = 10  # candidates of either answer: fewer teach nothing of a slot
_STEPS = 30
Vector = npt.NDArray[np.float64]


def moved(judge: Judge, rows: Sequence[Row], ridge: float = RIDGE) -> Judge:
    """The judge with what its rows add to its weights; unchanged where they are too few or all alike."""
    right = np.array([row.right for row in rows], dtype=float)
    yes = int(right.sum())
    if min(yes, len(rows) - yes) < _FEWEST:
        return judge
    names = sorted({name for row in rows for name in row.features})
    x = np.array([[row.features.get(name, 0.0) for name in names] for row in rows])
    spread = x.std(axis=0)
    scale = np.where(spread > 1e-6, spread, np.inf)  # a constant teaches nothing, nor does its rounding
    z = np.column_stack([np.ones(len(x)), (x - x.mean(axis=0)) / scale])
    start = np.array([judge.odds(row.features) for row in rows])
    added = _solved(z, right, np.array([row.weight for row in rows]), start, ridge)
    if judge.trees:  # the regression is half of what such a judge says
        added *= 2
    steps = added[1:] / scale
    weights = {n: judge.weights.get(n, 0.0) + float(step) for n, step in zip(names, steps, strict=True)}
    bias = judge.bias + float(added[0] - (steps * x.mean(axis=0)).sum())
    kept = {**judge.weights, **weights}
    return replace(judge, weights={n: round(w, 4) for n, w in kept.items()}, bias=round(bias, 4))


def _solved(z: Vector, right: Vector, weight: Vector, start: Vector, ridge: float) -> Vector:
    """Logistic regression with a fixed share of the log odds and a ridge on the rest, by Newton's steps."""
    added = np.zeros(z.shape[1])
    hold = ridge * np.eye(z.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(start + z @ added, -30, 30)))
        slope = z.T @ (weight * (chance - right)) + ridge * added
        curve = (z * (weight * chance * (1 - chance))[:, None]).T @ z + hold
        step = np.linalg.solve(curve, slope)
        added -= step
        if np.abs(step).max() < 1e-6:
            break
    return added


def adapted(shipped: Judges, worked: Sequence[Worked], ridge: float = RIDGE) -> dict[str, Judge]:
    """All judges, moved towards these articles; that of articles and the second look build on the first."""
    rows = joined(item.base for item in worked)
    for name, found in joined(item.topics for item in worked).items():  # by the words they know
        known = shipped[name].weights.keys()
        rows[name] = [r._replace(features={k: r.features.get(k, 0.0) for k in known}) for r in found]
    judged = {name: moved(judge, rows.get(name, ()), ridge) for name, judge in shipped.items()}
    seconds = [second(item, judged) for item in worked]
    again = joined(one.rows() for one in seconds)
    judged |= {slot: moved(shipped[slot], found, ridge) for slot, found in again.items()}
    for one in seconds:
        one.judged(judged)
    judged["article"] = moved(shipped["article"], [one.told() for one in seconds], ridge)
    third = [row for one in seconds for row in members.rows(one, judged)]
    return {**judged, "member": moved(shipped["member"], third, ridge)}


def read_gold(gold: Path) -> list[Read]:
    """The articles of a gold file as the shipped encoder reads them. Raises InputError."""
    if not gold.is_file() or not articles_beside(gold).is_file():
        raise InputError(
            f"{gold} or {articles_beside(gold)} is missing: `sepaham gold-from-corrections` writes both"
        )
    lines = {line["id"]: line for line in json_lines(gold)}
    tag, found = LearnedTag(EncoderTagger()), []
    for item in json_lines(articles_beside(gold)):
        line = lines.get(item["id"])
        document, slots = tag.read(clean_article(article_of(item))[0])
        if line is not None and slots is not None:
            found.append(Read(document, slots, line, "own", fold_of(item["id"])))
    return found


def scored(gold: Path, reads: Sequence[Read], by: Mapping[int, Judges]) -> str:
    """The table of `sepaham evaluate`, each article judged by the judges of its fold."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "agreements.jsonl"
        found = (a.model_dump_json() for item in reads for a in agreements(item, by[item.fold]))
        path.write_text("".join(line + "\n" for line in found), encoding="utf-8")
        return score(gold, path).to_text(errors=0)


def main(
    gold: Annotated[Path, typer.Argument(help="Gold lines; the articles are articles.jsonl beside them.")],
    to: Annotated[
        Path | None, typer.Option(help="The judges are written here; else over those of this installation.")
    ] = None,
    ridge: Annotated[float, typer.Option(min=0.1, help="Smaller follows the gold more closely.")] = RIDGE,
) -> None:
    """Score the shipped and the moved judges on your gold by folds, and write the moved ones."""
    try:
        reads = read_gold(gold)
    except SepahamError as error:
        typer.echo(f"sepaham: {error}", err=True)
        raise typer.Exit(4) from error
    shipped, worked = judges(), [Worked(item) for item in reads]
    typer.echo(
        f"{len(reads)} articles; as shipped:\n{scored(gold, reads, dict.fromkeys(range(FOLDS), shipped))}"
    )
    by_fold: dict[int, Judges] = {
        fold: adapted(shipped, [w for w in worked if w.read.fold != fold], ridge) for fold in range(FOLDS)
    }
    typer.echo(
        f"moved, each article by judges that have not learned from its fold:\n{scored(gold, reads, by_fold)}"
    )
    target = to or Path(str(files("sepaham") / "resources" / "relations" / "judges.json"))
    target.write_text(dumped(adapted(shipped, worked, ridge)), encoding="utf-8", newline="\n")
    typer.echo(f"wrote {target}")


if __name__ == "__main__":
    typer.run(main)
