"""Trains the spaCy tagger: `python -m sepaham.training.ner.cnn` writes models/ner/spacy.

A convolutional network over floret vectors. It learns gold and idner, and from background news the chances
that the encoder gives every label of every word, which tell more than its best label does.
Run `python -m sepaham.training.ner.vectors` and `python -m sepaham.training.ner.encoder` before.
"""

import hashlib
import json
import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import spacy
import typer
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import load_config
from spacy.vectors import Vectors
from thinc.api import Adam, fix_random_seed, set_dropout_rate

from sepaham.ner.bio import words_of
from sepaham.ner.case import calmed
from sepaham.ner.cnn import BioPipe
from sepaham.ner.encoder import EncoderTagger
from sepaham.training.ner.augment import Copies, augmented
from sepaham.training.ner.corpora import LABELS, Corpora, read_corpora
from sepaham.training.ner.distill import Share, Taught, chosen, taught
from sepaham.training.ner.examples import Example, LabelTable
from sepaham.training.ner.windows import Labels, allowed_flat, allowed_roles

FOLDER = Path("models/ner/spacy")
VECTORS = Path("build/news.floret")
COPIES = Copies(lower=0.10, upper=0.07, glued=0.10)

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
Wanted = npt.NDArray[np.bool_] | npt.NDArray[np.float16]


@dataclass(frozen=True)
class Recipe(Share):
    """models/ner/spacy/recipe.toml."""

    epochs: int
    run_words: int
    batch_words: int
    learning_rate: float
    dropout: float


@dataclass(frozen=True)
class Run:
    """Words, and `wanted` (words, labels + 3) of both layers: 1 for each label that a word may have, or, if
    `taught`, the chance that a teacher gives it."""

    words: list[str]
    wanted: Wanted
    taught: bool = False


def read_recipe(path: Path) -> Recipe:
    """The recipe in `path`."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Recipe(**data | {"gold_splits": tuple(data["gold_splits"])})


def blank(config: Path, vectors: Path, types: Sequence[str]) -> Language:
    """The untrained pipeline of config.cfg with the floret vectors, keyed by lower case."""
    overrides = {
        "components.entities.types": list(types),
        "components.entities.model.labels": 2 * len(types) + 1,
    }
    nlp = spacy.util.load_model_from_config(load_config(config, overrides=overrides), auto_fill=True)
    with vectors.open(encoding="utf-8") as lines:
        head = lines.readline().split()
        rows = np.loadtxt(lines, dtype=np.float32, comments=None, usecols=range(1, int(head[1]) + 1))
    size, width, shortest, longest, hashes, seed = (int(value) for value in head[:6])
    nlp.vocab.vectors = Vectors(
        strings=nlp.vocab.strings, data=rows[:size, :width], mode="floret", attr="LOWER", hash_count=hashes,
        minn=shortest, maxn=longest, hash_seed=seed, bow=head[6], eow=head[7],
    )  # fmt: skip
    return nlp


def runs(example: Example, labels: Labels, size: int, draw: random.Random) -> Iterator[Run]:
    """An example cut into runs of `size` words; where the first cut falls is drawn."""
    text = calmed(example.text)
    words = words_of(text)
    allowed = np.concatenate([allowed_flat(example, words, labels), allowed_roles(example, words)], axis=1)
    for part in _cuts(len(words), size, draw):
        yield Run([text[a:b] for a, b in words[part]], allowed[part])


def taught_runs(article: Taught, size: int, draw: random.Random) -> Iterator[Run]:
    """A labelled article cut likewise; now and then in lower case, which is what a shouted one is read in."""
    low = draw.random() < COPIES.lower + COPIES.upper
    words = [word.lower() for word in article.words] if low else article.words
    for part in _cuts(len(words), size, draw):
        yield Run(words[part], article.chances[part], taught=True)


def _cuts(count: int, size: int, draw: random.Random) -> Iterator[slice]:
    begin = -draw.randrange(size) if count > size else 0
    for start in range(begin, count, size):
        yield slice(max(0, start), start + size)


def epochs(
    corpora: Corpora, news: Sequence[Taught], recipe: Recipe, labels: Labels, draw: random.Random
) -> Iterator[list[Run]]:
    """The runs of each epoch in a drawn order: all of gold and idner, and its share of the news."""
    gold = corpora.articles(("gold", "more"))
    for number in range(recipe.epochs):
        found = [
            run
            for e in (*gold * recipe.gold_repeats, *corpora.idner * recipe.idner_repeats)
            for run in runs(augmented(e, draw, COPIES), labels, recipe.run_words, draw)
        ]
        for article in news[number :: recipe.epochs]:
            found += taught_runs(article, recipe.run_words, draw)
        draw.shuffle(found)
        yield found


def batches(found: Sequence[Run], words: int) -> Iterator[list[Run]]:
    """Runs of about `words` words together."""
    batch: list[Run] = []
    for run in found:
        batch.append(run)
        if sum(len(r.words) for r in batch) >= words:
            yield batch
            batch = []
    if batch:
        yield batch


def gradient(scores: Floats, wanted: Floats, taught: Mask) -> Floats:
    """Of the mean negative log-probability of what is wanted, both layers; (words, labels + 3).

    A word that is `taught` has chances to reach, any other word labels of which one is right.
    """
    result = np.empty_like(scores)
    for layer in (slice(None, -3), slice(-3, None)):
        part = np.exp(scores[:, layer] - scores[:, layer].max(axis=1, keepdims=True))
        right = np.where(taught[:, None], wanted[:, layer], part * wanted[:, layer] + 1e-9)
        result[:, layer] = part / part.sum(axis=1, keepdims=True) - right / right.sum(axis=1, keepdims=True)
    mean: Floats = result / np.float32(len(scores))
    return mean


def _batch_gradient(batch: Sequence[Run], scores: Sequence[Floats]) -> list[Floats]:
    wanted = np.concatenate([run.wanted for run in batch]).astype(np.float32)
    taught = np.concatenate([np.full(len(run.words), run.taught) for run in batch])
    ends = np.cumsum([len(run.words) for run in batch])[:-1]
    return np.split(gradient(np.concatenate(scores), wanted, taught), ends)


def fit(pipe: BioPipe, found: Iterator[list[Run]], words: int, recipe: Recipe) -> None:
    """Fit the model in place on epochs of about `words` words, and leave it with the averages of its
    weights."""
    model = pipe.model
    steps = words / recipe.batch_words
    optimizer = Adam(recipe.learning_rate, grad_clip=1.0, L2=1e-5, use_averages=True)
    done = 0
    for number, part in enumerate(found):
        for batch in batches(part, recipe.batch_words):
            set_dropout_rate(model, recipe.dropout)
            optimizer.learn_rate = recipe.learning_rate * max(0.05, 1 - done / steps)
            # Without a zone the vocabulary keeps every word of the news.
            with pipe.vocab.memory_zone():
                docs = [Doc(pipe.vocab, words=run.words) for run in batch]
                scores, back = model.begin_update(docs)
                back(_batch_gradient(batch, scores))
            model.finish_update(optimizer)
            done += 1
        typer.echo(f"epoch {number + 1}: {done} steps of about {steps:.0f}")
    set_dropout_rate(model, 0.0)
    for node in model.walk():
        for name in node.param_names:
            key = (node.id, name)
            if key in optimizer.averages:
                node.set_param(name, optimizer.averages[key])


def _words(corpora: Corpora, news: Sequence[Taught], recipe: Recipe) -> int:
    """Words of all epochs together."""
    gold = sum(len(words_of(e.text)) for e in corpora.articles(("gold", "more")))
    idner = sum(len(words_of(e.text)) for e in corpora.idner)
    seen = gold * recipe.gold_repeats + idner * recipe.idner_repeats
    return recipe.epochs * seen + sum(len(article.words) for article in news)


def trained(
    corpora: Corpora,
    news: Sequence[Taught],
    recipe: Recipe,
    config: Path,
    vectors: Path,
    types: Sequence[str],
) -> Language:
    """The fitted pipeline."""
    fix_random_seed(recipe.seed)
    draw = random.Random(recipe.seed)  # noqa: S311 - a seeded draw, no secret
    nlp = blank(config, vectors, types)
    pipe: Any = nlp.get_pipe("entities")
    pipe.model.initialize(X=[Doc(nlp.vocab, words=["Jakarta"])])
    found = epochs(corpora, news, recipe, Labels(tuple(types)), draw)
    fit(pipe, found, _words(corpora, news, recipe), recipe)
    return nlp


def save(nlp: Language, folder: Path) -> None:
    """Write the pipeline and the SHA-256 of every file of it."""
    wanted = ("config.cfg", "meta.json", "entities", "vocab", "tokenizer")
    nlp.to_disk(folder)
    # Floret vectors need no word list, and the words of the training texts are no part of the model.
    (folder / "vocab/strings.json").write_text("[]\n", encoding="utf-8")
    files = [f for f in sorted(folder.rglob("*")) if f.is_file() and f.relative_to(folder).parts[0] in wanted]
    hashes = {f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}
    (folder / "manifest.json").write_text(json.dumps({"sha256": hashes}, indent=1) + "\n", encoding="utf-8")


def main(
    shared: Annotated[Path, typer.Option(help="The folder with gold/, ner/ and news/.")] = Path("../shared"),
    folder: Annotated[
        Path, typer.Option(help="Holds recipe.toml and pipeline.cfg; the weights go there.")
    ] = FOLDER,
    vectors: Annotated[Path, typer.Option(help="Floret vectors.")] = VECTORS,
    labels: Annotated[Path, typer.Option(help="The label table.")] = LABELS,
    teacher: Annotated[
        Path | None, typer.Option(help="An encoder's folder; the default has learned from gold/real.")
    ] = None,
) -> None:
    """Label news with an encoder, fit the spaCy tagger, write and hash it."""
    recipe = read_recipe(folder / "recipe.toml")
    table = LabelTable.load(labels)
    corpora = read_corpora(shared, table, recipe.gold_splits)
    texts = chosen(shared, table, recipe.news_words, recipe.seed)
    news = list(taught(texts, EncoderTagger(teacher), table)) if recipe.news_words else []
    typer.echo(
        f"{len(corpora.gold)} + {len(corpora.more)} gold, {len(corpora.idner)} idner, {len(news)} news"
    )
    nlp = trained(corpora, news, recipe, folder / "pipeline.cfg", vectors, table.types)
    save(nlp, folder)
    typer.echo(f"wrote {folder}; measure it with python -m sepaham.training.ner.measure spacy")


if __name__ == "__main__":
    typer.run(main)
