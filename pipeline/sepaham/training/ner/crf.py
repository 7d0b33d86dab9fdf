"""The baseline: a plain CRF over words, one for each corpus, and the learning curve over gold.

`python -m sepaham.training.ner.crf --shared FOLDER` writes models/ner/crf/metrics.json; no weights are kept.
"""

import json
import random
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import pycrfsuite
import typer

from sepaham.ner.bio import words_of
from sepaham.records import Article, Label, Mention
from sepaham.training.ner.corpora import LABELS, REAL, WRITTEN, read_corpora, read_tests, split_ids
from sepaham.training.ner.examples import Example, LabelTable
from sepaham.training.ner.measure import Typed, brief, exact, on_all_gold, on_gold, on_spacyndo, speed

OUT = Path("models/ner/crf/metrics.json")
SEED = 5
SETTINGS = {"c1": 0.1, "c2": 0.01, "max_iterations": 60, "feature.possible_transitions": True}
SHARES = (0.25, 0.5, 1.0)
_RUN = 300  # words that are tagged together

Rows = list[list[str]]


def _shape(word: str) -> str:
    kinds = ["X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c for c in word[:12]]
    return "".join(k for n, k in enumerate(kinds) if n == 0 or k != kinds[n - 1])


def features(words: Sequence[str]) -> Rows:
    """The word, its ends and shape, and the words and shapes of two neighbours on each side."""
    low = [word.lower() for word in words]
    shapes = [_shape(word) for word in words]
    rows = []
    for n, word in enumerate(low):
        row = ["bias", f"w={word}", f"s={shapes[n]}", f"p3={word[:3]}", f"e3={word[-3:]}", f"e2={word[-2:]}"]
        for step in (-2, -1, 1, 2):
            if 0 <= n + step < len(low):
                row += [f"{step}w={low[n + step]}", f"{step}s={shapes[n + step]}"]
            else:
                row.append(f"{step}=none")
        rows.append([*row, f"b={low[n - 1] if n else ''}|{word}"])
    return rows


def tags(spans: Iterable[tuple[int, int, str]], words: Sequence[tuple[int, int]]) -> list[str]:
    """BIO tags of the words for spans of one layer."""
    result = ["O"] * len(words)
    for start, end, kind in spans:
        inside = [n for n, (a, b) in enumerate(words) if a < end and start < b]
        for n in inside:
            result[n] = f"I-{kind}" if n != inside[0] else f"B-{kind}"
    return result


class Crf:
    """A fitted CRF of one layer: text -> (start, end, type)."""

    def __init__(self, texts: Iterable[tuple[str, Iterable[tuple[int, int, str]]]]) -> None:
        """Fit on texts with their spans."""
        trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=SETTINGS, verbose=False)
        for text, spans in texts:
            words = words_of(text)
            labels = tags(spans, words)
            for n in range(0, len(words), _RUN):
                part = [text[a:b] for a, b in words[n : n + _RUN]]
                trainer.append(features(part), labels[n : n + _RUN])
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "model")
            trainer.train(path)
            self._bytes = Path(path).read_bytes()
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(self._bytes)

    def __call__(self, text: str) -> Typed:
        """The spans of a text."""
        words = words_of(text)
        found: list[list[Any]] = []
        for n in range(0, len(words), _RUN):
            part = words[n : n + _RUN]
            before = "O"
            for (start, end), tag in zip(
                part, self._tagger.tag(features([text[a:b] for a, b in part])), strict=True
            ):
                if tag[0] == "B" or (tag[0] == "I" and before[1:] != tag[1:]):
                    found.append([start, end, tag[2:]])
                elif tag[0] == "I":
                    found[-1][1] = end
                before = tag
        return {(start, end, kind) for start, end, kind in found}


class GoldCrf:
    """Both layers, learned from gold articles."""

    def __init__(self, gold: Sequence[Example]) -> None:
        """Fit the two CRFs."""
        self._flat = Crf((e.text, [(a, b, kinds[0]) for a, b, kinds in e.flat]) for e in gold)
        self._roles = Crf((e.text, [(a, b, "ROLE") for a, b in e.roles or ()]) for e in gold)

    def mentions(self, article: Article) -> list[Mention]:
        """The entities and ROLE spans of an article."""
        text = article.body
        return [_mention(text, *span) for span in sorted(self._flat(text) | self._roles(text))]


def _mention(text: str, start: int, end: int, kind: Any) -> Mention:
    label: Label = kind
    return Mention(start=start, end=end, label=label, text=text[start:end], source="crf")


def curve(shared: Path, gold: Sequence[Example], whole: GoldCrf) -> list[dict[str, Any]]:
    """Micro F1 on both gold sets for growing shares of the gold articles."""
    order = list(gold)
    random.Random(SEED).shuffle(order)  # noqa: S311 - a seeded draw, no secret
    rows = []
    for share in SHARES:
        part = order[: round(share * len(order))]
        crf = whole if share == 1.0 else GoldCrf(part)
        written = on_gold(shared / WRITTEN, split_ids(shared, ("test",)), crf.mentions)
        real = on_gold(shared / REAL, None, crf.mentions)
        rows.append(
            {"articles": len(part), "written_test": brief(written)["micro"], "real": brief(real)["micro"]}
        )
    return rows


def main(
    shared: Annotated[Path, typer.Option(help="The folder with gold/ and ner/.")] = Path("../shared"),
    out: Annotated[Path, typer.Option(help="The file to write.")] = OUT,
) -> None:
    """Fit and measure the CRFs."""
    table = LabelTable.load(LABELS)
    corpora, tests = read_corpora(shared, table, ("train", "dev")), read_tests(shared, table)
    begun = time.process_time()
    gold = GoldCrf(corpora.gold)
    metrics: dict[str, Any] = {"tagger": "crf", "seconds_to_fit_gold": round(time.process_time() - begun)}
    metrics["words_per_second"] = speed(tests.real, gold.mentions)
    metrics |= on_all_gold(shared, gold.mentions)
    idner = Crf(
        (e.text, [(a, b, kinds[0] if len(kinds) == 1 else "LOC") for a, b, kinds in e.flat])
        for e in corpora.idner
    )
    metrics["idner_test"] = exact((_idner_gold(e), idner(e.text)) for e in tests.idner)
    spacyndo = Crf((e.text, [(a, b, kinds[0]) for a, b, kinds in e.flat]) for e in corpora.spacyndo)
    metrics["spacyndo_test"] = on_spacyndo(tests.spacyndo, spacyndo)
    metrics["curve"] = curve(shared, corpora.gold, gold)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
    typer.echo(f"wrote {out}")


def _idner_gold(example: Example) -> Typed:
    return {(a, b, kinds[0] if len(kinds) == 1 else "LOC") for a, b, kinds in example.flat}


if __name__ == "__main__":
    typer.run(main)
