"""Measures a tagger on all test sets: `python -m sepaham.training.ner.measure NAME` writes metrics.json."""

import json
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from sepaham.evaluation import Scores, score_mentions
from sepaham.ner.bio import best_labels, log_softmax, spans, words_of
from sepaham.ner.encoder import EncoderTagger
from sepaham.ner.taggers import learned, make
from sepaham.ner.weights import MANIFEST
from sepaham.records import Article, Mention
from sepaham.training.files import json_lines
from sepaham.training.ner.corpora import LABELS, REAL, WRITTEN, read_tests, split_ids
from sepaham.training.ner.examples import Example, LabelTable
from sepaham.training.ner.windows import FIRST_PIECE

Find = Callable[[Article], Iterable[Mention]]
Typed = set[tuple[int, int, str]]
CASES: dict[str, Callable[[str], str]] = {"lower": str.lower, "upper": str.upper}
MODELS = Path("models/ner")
_LEARNED = ("encoder", "fast", "spacy")  # from gold/real, or by the encoder, which has: no figure there
_TIMED_WORDS = 12_000
_ROUNDS = 5
_AS_IDNER = {"PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


def f1(right: int, found: int, gold: int) -> float:
    """F1 of counts; 0 where nothing is right."""
    return 2 * right / (found + gold) if right else 0.0


def exact(pairs: Iterable[tuple[Typed, Typed]]) -> dict[str, Any]:
    """Micro F1 and F1 by type of exact spans, out of (gold, found) for each text."""
    counts: dict[str, list[int]] = {}
    for gold, found in pairs:
        for kind in {k for *_, k in gold | found}:
            mine, theirs = ({s for s in side if s[2] == kind} for side in (gold, found))
            row = counts.setdefault(kind, [0, 0, 0])
            row[:] = [row[0] + len(mine & theirs), row[1] + len(theirs), row[2] + len(mine)]
    total = [sum(column) for column in zip(*counts.values(), strict=True)]
    return {"micro": round(f1(*total), 4)} | {
        kind: round(f1(*row), 4) for kind, row in sorted(counts.items())
    }


def _article(example: Example) -> Article:
    return Article(article_id=example.group, text=example.text)


def on_idner(tests: Sequence[Example], find: Find) -> dict[str, Any]:
    """Exact spans on idner's test set; GPE, LOC and FAC count as its LOC."""

    def pair(example: Example) -> tuple[Typed, Typed]:
        gold = {(start, end, _AS_IDNER[kinds[0]]) for start, end, kinds in example.flat}
        found = find(_article(example))
        return gold, {(m.start, m.end, _AS_IDNER[m.label]) for m in found if m.label in _AS_IDNER}

    return exact(pair(example) for example in tests)


def on_spacyndo(tests: Sequence[Example], typed: Callable[[str], Typed]) -> dict[str, Any]:
    """Exact spans on spacyndo's test set, all its 18 types."""
    return exact(
        ({(s, e, kinds[0]) for s, e, kinds in example.flat}, typed(example.text)) for example in tests
    )


def encoder_spans(tagger: EncoderTagger, text: str) -> Typed:
    """The flat spans of every type that the encoder knows, helper types too."""
    words = words_of(text)
    if not words:
        return set()
    flat, _, _ = tagger.scores(text, words)
    return {
        (words[a][0], words[b - 1][1], tagger.all_types[kind])
        for a, b, kind in spans(best_labels(log_softmax(flat)))
    }


def on_gold(folder: Path, ids: frozenset[str] | None, find: Find) -> Scores:
    """Distinct (label, text) forms of gold articles."""
    with tempfile.TemporaryDirectory() as copy:
        return _on_copy(folder, ids, find, str, Path(copy))


def on_recased(folder: Path, ids: frozenset[str] | None, find: Find, change: Callable[[str], str]) -> Scores:
    """The same with the articles and the gold forms in another case."""
    with tempfile.TemporaryDirectory() as copy:
        return _on_copy(folder, ids, find, change, Path(copy))


def _on_copy(
    folder: Path, ids: frozenset[str] | None, find: Find, change: Callable[[str], str], copy: Path
) -> Scores:
    found: dict[str, list[Mention]] = {}
    with (copy / "articles.jsonl").open("w", encoding="utf-8") as out:
        for article in json_lines(folder / "articles.jsonl"):
            if ids is not None and article["id"] not in ids:
                continue
            article |= {key: change(article[key]) for key in ("title", "text") if article.get(key)}
            record = Article(article_id=article["id"], title=article.get("title"), text=article["text"])
            found[record.article_id] = list(find(record))
            out.write(json.dumps(article, ensure_ascii=False) + "\n")
    with (copy / "gold.jsonl").open("w", encoding="utf-8") as out:
        for gold in json_lines(folder / "gold.jsonl"):
            if gold["id"] in found:
                gold["mentions"] = [[label, change(form)] for label, form in gold["mentions"]]
                out.write(json.dumps(gold, ensure_ascii=False) + "\n")
    return score_mentions(copy / "gold.jsonl", found, articles=copy / "articles.jsonl")


def brief(scores: Scores) -> dict[str, float]:
    """F1 by label."""
    return {name: round(slot.f1, 4) for name, slot in scores.slots.items() if slot.gold}


def on_all_gold(shared: Path, find: Find) -> dict[str, Any]:
    """Written test and real gold as they are, in lower case and in capitals."""
    result: dict[str, Any] = {}
    sets = (("written_test", shared / WRITTEN, split_ids(shared, ("test",))), ("real", shared / REAL, None))
    for name, folder, ids in sets:
        result[name] = brief(on_gold(folder, ids, find))
        for case, change in CASES.items():
            result[f"{name}_{case}"] = brief(on_recased(folder, ids, find, change))
    return result


def by_folds(shared: Path, readings: Path) -> dict[str, float]:
    """Real gold, each article tagged by an encoder that has not learned from its fold."""
    from sepaham.training.relations.readings import load

    found = {
        read.gold["id"]: read.document.mentions
        for path in sorted(readings.glob("*.pkl"))
        for read in load(path)
        if read.part == "real"
    }
    return brief(score_mentions(shared / REAL / "gold.jsonl", found))


def speed(tests: Sequence[Example], find: Find) -> int:
    """Words (by white space) a second of processor time, whole articles, after one warm-up article; the best
    of several rounds, since other work on a machine can only slow it down."""
    find(_article(tests[0]))
    return round(max(_round(tests, find) for _ in range(_ROUNDS)))


def _round(tests: Sequence[Example], find: Find) -> float:
    words, begun = 0, time.process_time()
    for example in tests:
        find(_article(example))
        words += len(example.text.split())
        if words > _TIMED_WORDS:
            break
    return words / (time.process_time() - begun)


def folder_of(models: Path, name: str) -> Path:
    """Where a tagger's figures go; Stanza's models, which parse too, have a folder beside `models`."""
    return models.parent / name if name == "stanza" else models / name


def megabytes(folder: Path) -> float:
    """The size of the weights in a tagger's folder; 0 where it has none."""
    if not (folder / MANIFEST).is_file():
        return 0.0
    hashes: dict[str, str] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["sha256"]
    return round(sum((folder / name).stat().st_size for name in hashes) / 1e6, 1)


def main(
    name: Annotated[str, typer.Argument(help="encoder, fast, spacy, stanza or rules.")],
    shared: Annotated[Path, typer.Option(help="The folder with gold/ and ner/.")] = Path("../shared"),
    models: Annotated[Path, typer.Option(help="metrics.json goes into the tagger's folder here.")] = MODELS,
    readings: Annotated[
        Path | None, typer.Option(help="What the encoders of the folds read: real gold is scored on it.")
    ] = None,
) -> None:
    """Measure a shipped tagger; one that has learned from real gold is measured there by folds."""
    tests = read_tests(shared, LabelTable.load(LABELS))
    begun = time.process_time()
    tag = make(name)
    load = round(time.process_time() - begun, 2)

    def find(article: Article) -> Iterable[Mention]:
        return tag(article).mentions

    folder = folder_of(models, name)
    metrics = {
        "tagger": name,
        "load_seconds": load,
        "megabytes": megabytes(folder),
        "words_per_second": speed(tests.real, find),
    }
    metrics |= {"idner_test": on_idner(tests.idner, find), **on_all_gold(shared, find)}
    if name != "rules":
        metrics |= _alone(name, shared, tests.real)
    if readings is not None or name in _LEARNED:
        metrics = {key: value for key, value in metrics.items() if "real" not in key}
    if readings is not None:
        metrics["real"] = by_folds(shared, readings)
    if name == "encoder":
        metrics |= _by_convention(tests.idner, tests.spacyndo)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
    typer.echo(json.dumps(metrics, indent=1))


def _alone(name: str, shared: Path, real: Sequence[Example]) -> dict[str, Any]:
    """The learned model without the rules: all types by its own labels."""
    tagger = learned(name)

    def find(article: Article) -> Iterable[Mention]:
        return tagger.mentions(article.body)

    ids = split_ids(shared, ("test",))
    return {
        "alone_words_per_second": speed(real, find),
        "alone_written_test": brief(on_gold(shared / WRITTEN, ids, find)),
        "alone_real": brief(on_gold(shared / REAL, None, find)),
    }


def _by_convention(idner: Sequence[Example], spacyndo: Sequence[Example]) -> dict[str, Any]:
    """The encoder asked for the annotation of the corpus that is measured."""
    one = EncoderTagger(convention=FIRST_PIECE["idner"])
    two = EncoderTagger(convention=FIRST_PIECE["spacyndo"])
    return {
        "idner_test_by_its_convention": on_idner(idner, lambda article: one.mentions(article.body)),
        "spacyndo_test_by_its_convention": on_spacyndo(spacyndo, lambda text: encoder_spans(two, text)),
    }


if __name__ == "__main__":
    typer.run(main)
