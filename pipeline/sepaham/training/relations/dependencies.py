"""Do dependency paths help the judges? `python -m sepaham.training.relations.dependencies` prints the answer.

For every body and person in a sentence that reports a signing, the way through the parser's tree from the
name to the word that binds becomes features of the judges of parties and of signers. By folds, each judge is
fitted with and without them. Nothing of this is used in extraction (docs/decisions/0009).
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from sklearn.metrics import average_precision_score

from sepaham.ner.stanza import PARSING, pipeline
from sepaham.records import Mention
from sepaham.relations.triggers import Trigger
from sepaham.training.relations.bars import best_bar
from sepaham.training.relations.fit import fit
from sepaham.training.relations.readings import load
from sepaham.training.relations.rows import Row, Worked

FAR = 8  # steps from which on a name is far from the word that binds
RELATIONS = ("nsubj", "nsubj:pass", "obj", "obl", "nmod", "conj", "appos", "flat:name", "acl:relcl", "advcl")
Parts = dict[str, list[tuple[str, int, Row, Row]]]


class Word(NamedTuple):
    """A word of a parsed sentence: its place in the article, its head (-1 for the root) and relation."""

    start: int
    end: int
    head: int
    relation: str


def parsed(nlp: Any, trigger: Trigger) -> list[Word]:
    """The words of a sentence that reports a signing, all parts that the parser cuts it into."""
    words: list[Word] = []
    for sentence in nlp(trigger.sentence.text).sentences:
        first = len(words)
        for token in sentence.tokens:
            for word in token.words:
                place = trigger.sentence.start
                head = word.head - 1 + first if word.head else -1
                words.append(Word(place + token.start_char, place + token.end_char, head, word.deprel))
    return words


def top(words: Sequence[Word], start: int, end: int) -> int | None:
    """The word of a span whose head stands outside it."""
    inside = {n for n, word in enumerate(words) if word.start < end and start < word.end}
    return next((n for n in sorted(inside) if words[n].head not in inside), None)


def upwards(words: Sequence[Word], number: int) -> list[int]:
    """A word and all above it, up to the root."""
    path = [number]
    while words[path[-1]].head >= 0 and len(path) <= len(words):
        path.append(words[path[-1]].head)
    return path


def features(words: Sequence[Word], mention: Mention, trigger: Trigger) -> dict[str, float]:
    """The way from a name to the word that binds: its length, and the relations of its two ends."""
    mine, its = top(words, mention.start, mention.end), top(words, trigger.start, trigger.end)
    if mine is None or its is None:
        return {}
    ups, others = upwards(words, mine), upwards(words, its)
    common = next((n for n in ups if n in others), None)
    if common is None:
        return {}
    up, down = ups.index(common), others.index(common)
    last = words[ups[up - 1]].relation if up else "self"
    found = {"dep_near": max(0.0, 1 - (up + down) / FAR), "dep_under": float(common == its)}
    found |= {f"dep_is_{r}": 1.0 for r in RELATIONS if words[mine].relation == r}
    return found | {f"dep_by_{r}": 1.0 for r in RELATIONS if last == r and common == its}


def best(found: Iterable[dict[str, float]]) -> dict[str, float]:
    """Of the features of several namings the highest each."""
    made: dict[str, float] = {}
    for item in found:
        for name, value in item.items():
            made[name] = max(made.get(name, 0.0), value)
    return made


def rows(item: Worked, nlp: Any) -> Iterator[tuple[str, Row, Row]]:
    """(judge, row without, row with) for each body and signer of an article that holds an agreement."""
    trees = {t.sentence.index: (t, parsed(nlp, t)) for t in item.reading.triggers}

    def paths(mentions: Iterable[Mention]) -> dict[str, float]:
        return best(
            features(words, mention, trigger)
            for mention in mentions
            for trigger, words in trees.values()
            if trigger.sentence.start <= mention.start < trigger.sentence.end
        )

    for body in item.parties:
        plain = Row(body.features, item.bound(body), item.weight)
        yield "party", plain, plain._replace(features=body.features | paths(n.mention for n in body.namings))
    for signer in item.signers:
        plain = Row(signer.features, item.signs(signer), item.weight)
        yield "signer", plain, plain._replace(features=signer.features | paths(signer.mentions()))


def collected(items: Iterable[Worked], nlp: Any) -> Parts:
    """By judge: (part, fold, row without, row with)."""
    found: Parts = {"party": [], "signer": []}
    for item in items:
        if item.events:
            for judge, plain, more in rows(item, nlp):
                found[judge].append((item.read.part, item.read.fold, plain, more))
    return found


def figures(found: Sequence[tuple[str, int, Row, Row]], part: str, which: int) -> tuple[float, float]:
    """(average precision, best F1) of judges by folds on one part; `which` is 2 without, 3 with."""
    chances: list[float] = []
    rights: list[bool] = []
    for fold in sorted({item[1] for item in found}):
        judge = fit([_row(item, which) for item in found if item[1] != fold])
        for item in found:
            if item[1] == fold and item[0] == part:
                chances.append(judge.chance(_row(item, which).features))
                rights.append(item[2].right)
    bar = best_bar([(c, r, 1.0) for c, r in zip(chances, rights, strict=True)], sum(rights))
    said = [r for c, r in zip(chances, rights, strict=True) if c >= bar]
    f1 = 2 * sum(said) / (len(said) + sum(rights))
    return float(average_precision_score(rights, chances)), f1


def _row(item: tuple[str, int, Row, Row], which: int) -> Row:
    return item[3] if which == 3 else item[2]


def main(
    readings: Annotated[Path, typer.Option(help="What the encoders of the folds read.")] = Path(
        "build/readings"
    ),
) -> None:
    """Print average precision and best F1 of the judges by folds, without and with paths."""
    nlp = pipeline(PARSING)
    worked = (Worked(item) for path in sorted(readings.glob("*.pkl")) for item in load(path))
    for judge, found in collected(worked, nlp).items():
        for part in ("real", "written", "more"):
            plain, more = figures(found, part, 2), figures(found, part, 3)
            typer.echo(
                f"{judge} {part}: AP {plain[0]:.3f} -> {more[0]:.3f}, F1 {plain[1]:.3f} -> {more[1]:.3f}"
            )


if __name__ == "__main__":
    typer.run(main)
