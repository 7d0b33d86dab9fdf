"""Fits the gate and measures it by cross-validation: `python -m sepaham.training.gate --shared FOLDER`.

A logistic regression whose weights may not point the wrong way (cues for an agreement never below 0, cues
against it never above), and a threshold that lets a fixed share of the background through. Folds: real
articles by `folds.json`, written ones by writer, background by a seeded hash. Weights, scaling and threshold
are fitted anew inside each fold; the word list is not fitted, it was written by hand once.
"""

import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import numpy.typing as npt
import typer

from sepaham.gate.cues import find_cues
from sepaham.gate.features import AGAINST, FEATURES, FOR, features
from sepaham.gate.weights import DECIMALS, Weights, fingerprint
from sepaham.training.files import BACKGROUND, article_of, json_lines

Source = Literal["real", "written", "written_test", "background"]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
FOLDS = 5
RUN = 8
CONFIG = Path("models/gate/config.toml")
WEIGHTS = Path("pipeline/sepaham/resources/gate/weights.toml")


@dataclass(frozen=True)
class Config:
    """The recipe, `models/gate/config.toml`."""

    seed: int
    pass_budget: float
    l2: float
    steps: int
    shared_words: int
    curve: tuple[float, ...]


@dataclass(frozen=True)
class Examples:
    """Articles as the fit sees them, one a row: `x` are FEATURES; `opens` says if a cue opens the gate."""

    source: npt.NDArray[np.str_]
    label: Mask
    fold: npt.NDArray[np.int64]
    opens: Mask
    x: Floats

    def of(self, source: Source, label: bool | None = None) -> Mask:
        """The rows of a source, with this label if one is given."""
        rows: Mask = self.source == source
        return rows if label is None else rows & (self.label == label)


def _gold(folder: Path) -> Iterator[tuple[str, str, bool]]:
    labels = {row["id"]: bool(row["is_mou"]) for row in json_lines(folder / "gold.jsonl")}
    for row in json_lines(folder / "articles.jsonl"):
        yield row["id"], article_of(row).body, labels[row["id"]]


def load(shared: Path, config: Config, every: int = 1) -> Examples:
    """The articles under `shared` with their folds, of the background only every n-th.

    The articles of written/test get fold -1: they are never fitted on.
    """
    folds = json.loads((shared / "gold/real/folds.json").read_text())
    fold_of = {name: at for at, ids in enumerate(folds.values()) for name in ids}
    test = set(json.loads((shared / "gold/written/splits.json").read_text())["test"])
    texts: list[tuple[Source, str, bool, int]] = []
    for name, text, label in _gold(shared / "gold/real"):
        texts.append(("real", text, label, fold_of[name]))
    for name, text, label in _gold(shared / "gold/written"):
        source: Source = "written_test" if name in test else "written"
        texts.append((source, text, label, -1 if name in test else writer_fold(name)))
    near = NearCopies(((text, fold) for _, text, _, fold in texts if fold >= 0), config.shared_words)
    for row in islice(json_lines(shared / BACKGROUND), 0, None, every):
        text = article_of(row).body
        found = near.fold(text)
        texts.append(
            ("background", text, False, hash_fold(row["id"], config.seed) if found is None else found)
        )
    return _examples(texts)


def _examples(texts: Sequence[tuple[Source, str, bool, int]]) -> Examples:
    hits = [find_cues(text) for _, text, _, _ in texts]
    return Examples(
        source=np.array([source for source, _, _, _ in texts]),
        label=np.array([label for _, _, label, _ in texts]),
        fold=np.array([fold for _, _, _, fold in texts]),
        opens=np.array([bool(found) for found in hits]),
        x=np.array([features(found) for found in hits]),
    )


def writer_fold(name: str) -> int:
    """The fold of a written article: all articles of one writer (`w7-012`) share one."""
    return int(name.removeprefix("w").split("-")[0]) % FOLDS


def hash_fold(name: str, seed: int) -> int:
    """The fold of a background article, evenly spread and the same on every machine."""
    return hashlib.sha256(f"{seed}:{name}".encode()).digest()[0] % FOLDS


class NearCopies:
    """Finds background articles that share text with a gold article, so that both stand in one fold."""

    def __init__(self, gold: Iterable[tuple[str, int]], least: int) -> None:
        """Index `gold` (text, fold); a near copy shares at least `least` runs of RUN words."""
        self._least = least
        self._folds: dict[str, int] = {}
        for text, fold in gold:
            self._folds |= dict.fromkeys(_runs(text), fold)

    def fold(self, text: str) -> int | None:
        """The fold of the gold article that `text` shares most with, None if it shares too little."""
        shared = Counter(self._folds[run] for run in _runs(text) if run in self._folds)
        best = shared.most_common(1)
        return best[0][0] if best and best[0][1] >= self._least else None


def _runs(text: str) -> Iterator[str]:
    words = re.findall(r"\w+", text.lower())
    return (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def fit(data: Examples, rows: Mask, config: Config) -> Weights:
    """Weights and threshold from `rows` alone (written/test left out whatever `rows` says).

    Agreements weigh as much as the rest together, real ones as much as written ones. The threshold lets
    `config.pass_budget` of the background rows through.
    """
    rows = rows & (data.fold >= 0)
    seen = rows & data.opens
    mass = np.zeros(len(seen))
    for group, share in ((data.of("real", True), 1), (data.of("written", True), 1), (~data.label, 2)):
        mass[seen & group] = share / max(1, (seen & group).sum())
    coefficients = logistic(data.x[seen], data.label[seen], mass[seen], config)
    weights = Weights(tuple(np.round(coefficients[:-1], 3).tolist()), round(float(coefficients[-1]), 3), 0.0)
    return with_budget(weights, data, rows, config.pass_budget)


def logistic(x: Floats, label: Mask, mass: Floats, config: Config) -> Floats:
    """Logistic regression by accelerated projected gradient; the last coefficient is the bias."""
    scale = np.maximum(x.max(axis=0), 1e-9)
    z = np.column_stack([x / scale, np.ones(len(x))])
    mass = mass / mass.sum()
    sign = np.array([1.0] * len(FOR) + [-1.0] * len(AGAINST) + [0.0])
    ridge = np.where(sign == 0, 0.0, config.l2)
    rate = 1 / (0.25 * np.linalg.eigvalsh((z * mass[:, None]).T @ z)[-1] + config.l2)
    now = ahead = np.zeros(z.shape[1])
    momentum = 1.0
    for _ in range(config.steps):
        error = 1 / (1 + np.exp(-z @ ahead)) - label
        step = ahead - rate * (z.T @ (mass * error) + ridge * ahead)
        step = np.where(step * sign < 0, 0.0, step)
        following = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = step + (momentum - 1) / following * (step - now)
        now, momentum = step, following
    unscaled: Floats = now / np.append(scale, 1.0)
    return unscaled


def scores(data: Examples, weights: Weights) -> Floats:
    """The gate's scores of all rows, 0 where no cue opens it: the numbers that `sepaham.gate.judge` gives."""
    pairs = zip(data.x, data.opens, strict=True)
    return np.array([weights.score(x.tolist()) if opens else 0.0 for x, opens in pairs])


def with_budget(weights: Weights, data: Examples, rows: Mask, budget: float) -> Weights:
    """`weights` with the lowest threshold that passes no more than `budget` of the background in `rows`."""
    background = np.sort(scores(data, weights)[rows & data.of("background")])[::-1]
    allowed = int(budget * len(background))
    least = 10.0**-DECIMALS
    threshold = float(background[allowed]) + least if allowed < len(background) else least
    return Weights(weights.values, weights.bias, round(max(threshold, least), DECIMALS))


def fold_weights(data: Examples, config: Config) -> list[Weights]:
    """One fit for each fold, from all rows outside it."""
    return [fit(data, data.fold != fold, config) for fold in range(FOLDS)]


def out_of_fold(data: Examples, models: Sequence[Weights], budget: float) -> Mask:
    """Which rows pass when each is judged by the fit that didn't see its fold; written/test never does."""
    passed = np.zeros(len(data.label), dtype=bool)
    for fold, weights in enumerate(models):
        rows = data.fold == fold
        chosen = with_budget(weights, data, ~rows & (data.fold >= 0), budget)
        passed[rows] = scores(data, chosen)[rows] >= chosen.threshold
    return passed


def shares(data: Examples, passed: Mask, sources: Sequence[Source]) -> dict[str, Any]:
    """Recall of agreements and pass rate of the rest for each of `sources`."""
    found: dict[str, Any] = {}
    for source in sources:
        yes, no = data.of(source, True), data.of(source, False)
        if yes.any():
            missed = int((yes & ~passed).sum())
            found[f"{source}_recall"] = round(1 - missed / int(yes.sum()), 4)
            found[f"{source}_missed"] = f"{missed} of {int(yes.sum())}"
        found[f"{source}_others_passed"] = f"{int((no & passed).sum())} of {int(no.sum())}"
        found[f"{source}_pass_rate"] = round(float((no & passed).sum() / max(1, no.sum())), 4)
    return found


def measure(data: Examples, config: Config, shipped: Weights) -> dict[str, Any]:
    """All that metrics.json holds."""
    models = fold_weights(data, config)
    inside: tuple[Source, ...] = ("real", "written", "background")
    curve = [
        {"pass_budget": budget} | shares(data, out_of_fold(data, models, budget), inside)
        for budget in config.curve
    ]
    own = scores(data, shipped) >= shipped.threshold
    return {
        "cross_validation": shares(data, out_of_fold(data, models, config.pass_budget), inside),
        "shipped_weights": {
            "on_articles_it_was_fitted_on": shares(data, own, inside),
            "on_written_test": shares(data, own, ("written_test",)),
        },
        "curve_by_cross_validation": curve,
        "rows": dict(sorted(Counter(data.source.tolist()).items())),
        "fingerprint": fingerprint(),
    }


def weights_toml(weights: Weights) -> str:
    """The text of `resources/gate/weights.toml`."""
    rows = "\n".join(f'"{name}" = {value}' for name, value in zip(FEATURES, weights.values, strict=True))
    return (
        "# Written by `python -m sepaham.training.gate`, not by hand; see models/gate/MODEL_CARD.md.\n"
        f'fingerprint = "{fingerprint()}"  # of the cues and settings it was fitted on\n'
        f"threshold = {weights.threshold}\nbias = {weights.bias}\n\n[weights]\n{rows}\n"
    )


def read_config(path: Path) -> Config:
    """The recipe in `path`."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Config(**data | {"curve": tuple(data["curve"])})


def main(
    shared: Annotated[Path, typer.Option(help="The folder with gold/ and news/.")] = Path("../shared"),
    config: Annotated[Path, typer.Option(help="The recipe; metrics.json is written beside it.")] = CONFIG,
    weights: Annotated[Path, typer.Option(help="Where the fitted numbers go.")] = WEIGHTS,
) -> None:
    """Fit the gate, write its weights and metrics.json, and show the curve of recall against pass rate."""
    recipe = read_config(config)
    data = load(shared, recipe)
    fitted = fit(data, data.fold >= 0, recipe)
    metrics = measure(data, recipe, fitted)
    weights.write_text(weights_toml(fitted), encoding="utf-8")
    text = json.dumps(metrics, indent=1, ensure_ascii=False) + "\n"
    config.with_name("metrics.json").write_text(text, encoding="utf-8")
    typer.echo(
        "pass budget  real recall  written recall  background passed   (each fold by the fit of the others)"
    )
    for row in metrics["curve_by_cross_validation"]:
        recalls = f"{row['real_recall']:11.4f}  {row['written_recall']:14.4f}"
        typer.echo(f"{row['pass_budget']:11.4f}  {recalls}  {row['background_pass_rate']:17.4f}")
    typer.echo(f"wrote {weights} and {config.with_name('metrics.json')}")


if __name__ == "__main__":
    typer.run(main)
