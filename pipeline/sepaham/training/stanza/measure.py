"""Measures the treebank models on CSUI test: `python -m sepaham.training.stanza.measure` writes metrics.

Scores are those of the CoNLL 2018 evaluation: from running text (nothing given), and with the gold words.
"""

import io
import json
import tempfile
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from stanza.models.common.utils import ud_scores
from stanza.utils.conll import CoNLL

from sepaham.ner.stanza import PARSING, pipeline
from sepaham.training.stanza.treebank import Tree, conllu, read_split, running

METRICS = Path("models/stanza/parser_metrics.json")
WANTED = ("Tokens", "Sentences", "Words", "UPOS", "UAS", "LAS")


def scores(gold: Path, doc: Any) -> dict[str, float]:
    """F1 of each level, in per cent."""
    found = ud_scores(str(gold), io.StringIO(f"{doc:C}\n\n"))
    return {name: round(100 * found[name].f1, 2) for name in WANTED}


def measured(test: tuple[Tree, ...], nlp: Any, gold: Path) -> dict[str, Any]:
    """Both ways of scoring, and words a second of processor time from running text."""
    text = running(test)
    begun = time.process_time()
    doc = nlp(text)
    seconds = time.process_time() - begun
    given = CoNLL.conll2doc(str(gold))
    return {
        "sentences": len(test),
        "from_text": scores(gold, doc),
        "gold_words": scores(gold, nlp.process(given, processors="pos,lemma,depparse")),
        "words_per_second": round(len(text.split()) / seconds),
    }


def main(
    shared: Annotated[Path, typer.Option(help="The folder with ner/.")] = Path("../shared"),
    out: Annotated[Path, typer.Option(help="The figures are written here.")] = METRICS,
) -> None:
    """Score the shipped tokenizer, tagger and parser on CSUI test."""
    test = read_split(shared, 10).test
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "test.conllu"
        gold.write_text(conllu(test), encoding="utf-8")
        figures = measured(test, pipeline(PARSING), gold)
    out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    typer.echo(json.dumps(figures, indent=1))


if __name__ == "__main__":
    typer.run(main)
