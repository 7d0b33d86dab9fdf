"""Training the taggers: the gradient of the loss, a tiny fit of the spaCy tagger, figures, the page."""

import dataclasses
import random
from pathlib import Path

import numpy as np
import pytest

from sepaham.errors import ModelError
from sepaham.ner.cnn import SpacyTagger
from sepaham.training.ner import cnn, distill, report
from sepaham.training.ner.corpora import Corpora
from sepaham.training.ner.corpora import Tests as NoTests
from sepaham.training.ner.distill import Taught, taught
from sepaham.training.ner.examples import Example, LabelTable
from sepaham.training.ner.gold import projected
from sepaham.training.ner.measure import exact, f1
from sepaham.training.ner.windows import Labels

ROOT = Path(__file__).parents[2]
TYPES = ("PER", "ORG")
TEXTS = [
    ("Ketua Yayasan Melati Rini Astuti hadir.", [["PER", "Rini Astuti"], ["ROLE", "Ketua Yayasan Melati"]]),
    (
        "Universitas Tirta Negara menerima Joko Priyono.",
        [["ORG", "Universitas Tirta Negara"], ["PER", "Joko Priyono"]],
    ),
    ("Hujan turun sejak pagi di kampus.", []),
]


def examples():
    for number, (text, mentions) in enumerate(TEXTS):
        flat, roles = projected(text, mentions)
        labels = tuple((a, b, (kind,)) for a, b, kind in flat)
        yield Example(text, labels, tuple(roles), frozenset(TYPES), "gold", str(number))


def loss(scores, wanted, taught):
    total = 0.0
    for layer in (slice(None, -3), slice(-3, None)):
        part = np.exp(scores[:, layer].astype(np.float64))
        chances = part / part.sum(axis=1, keepdims=True)
        if taught:
            total -= (wanted[:, layer] * np.log(chances)).sum(axis=1).mean()
        else:
            total -= np.log((chances * wanted[:, layer]).sum(axis=1)).mean()
    return total


@pytest.mark.parametrize("taught", [False, True])
def test_the_gradient_is_that_of_the_loss(taught):
    rng = np.random.default_rng(3)
    scores = rng.normal(size=(4, 8)).astype(np.float32)
    wanted = rng.random((4, 8)).astype(np.float32)
    if taught:
        wanted[:, :5] /= wanted[:, :5].sum(axis=1, keepdims=True)
        wanted[:, 5:] /= wanted[:, 5:].sum(axis=1, keepdims=True)
    else:
        wanted = (wanted < 0.5).astype(np.float32)
        wanted[:, [0, 5]] = 1
    found = cnn.gradient(scores, wanted, np.full(4, taught))
    for row, column in np.ndindex(scores.shape):
        step = np.zeros_like(scores)
        step[row, column] = 1e-2
        slope = (loss(scores + step, wanted, taught) - loss(scores - step, wanted, taught)) / 2e-2
        assert found[row, column] == pytest.approx(slope, abs=2e-3)


def test_runs_cover_an_example_once():
    (one, *_) = examples()
    labels = Labels(TYPES)
    for seed in range(5):
        found = list(cnn.runs(one, labels, 3, random.Random(seed)))
        assert [w for run in found for w in run.words] == one.text.replace(".", " .").split()
        assert all(len(run.words) == len(run.wanted) <= 3 and not run.taught for run in found)


def test_runs_of_labelled_news_cover_it_once_now_and_then_in_lower_case():
    article = Taught(["Rini", "Astuti", "hadir", "."], np.arange(32, dtype=np.float16).reshape(4, 8))
    seen = set()
    for seed in range(40):
        found = list(cnn.taught_runs(article, 3, random.Random(seed)))
        words = [w for run in found for w in run.words]
        assert [w.lower() for w in words] == [w.lower() for w in article.words]
        assert np.array_equal(np.concatenate([run.wanted for run in found]), article.chances)
        assert all(run.taught for run in found)
        seen.add(words[0])
    assert seen == {"Rini", "rini"}


class Teacher:
    """Says of every word O, B-PER or B-ORG, and that it is no ROLE."""

    all_types = ("ORG", "PER", "NORP")

    def scores(self, _text, words):
        flat = np.zeros((len(words), 7), dtype=np.float32)
        flat[:, 3] = np.log(3)  # B-PER
        flat[:, 5] = np.log(4)  # B-NORP, which the table does not have
        return flat, np.zeros((len(words), 3), dtype=np.float32), None


def test_what_a_teacher_says_is_put_into_the_order_of_the_table():
    table = LabelTable(TYPES, (), {})
    (found,) = taught(iter(["Rini hadir", "  "]), Teacher(), table)
    assert found.words == ["Rini", "hadir"]
    # Twelfths: O with the type that is not asked for, B- and I-PER, B- and I-ORG; then the three of ROLE.
    expected = [6 / 12, 3 / 12, 1 / 12, 1 / 12, 1 / 12, 1 / 3, 1 / 3, 1 / 3]
    assert found.chances[0] == pytest.approx(expected, abs=1e-3)


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("spacy")
    rng = np.random.default_rng(0)
    rows = "\n".join(f"{n} " + " ".join(f"{x:.3f}" for x in rng.normal(size=96)) for n in range(50))
    (folder / "news.floret").write_text(f"50 96 3 5 2 2166136261 < >\n{rows}\n")
    recipe = dataclasses.replace(
        cnn.read_recipe(ROOT / "models/ner/spacy/recipe.toml"),
        epochs=25,
        gold_repeats=4,
        batch_words=40,
        dropout=0.0,
    )
    corpora = Corpora(tuple(examples()), (), (), {})
    config = ROOT / "models/ner/spacy/pipeline.cfg"

    def make(out):
        out.mkdir()
        cnn.save(cnn.trained(corpora, (), recipe, config, folder / "news.floret", TYPES), out)
        return SpacyTagger(out)

    return folder, make


def test_a_fit_learns_its_examples_and_repeats_itself(fitted):
    folder, make = fitted
    one, two = make(folder / "one"), make(folder / "two")
    for text, mentions in TEXTS:
        found = one.mentions(text)
        # Inside a ROLE gold need not list a name, so the fit leaves open what stands there.
        roles = [(m.start, m.end) for m in found if m.label == "ROLE"]
        free = [m for m in found if m.label != "ROLE" and any(a <= m.start < b for a, b in roles)]
        named = {(m.label, m.text) for m in found if m not in free}
        assert named == {tuple(m) for m in mentions}
        assert found == two.mentions(text)
    doc = one.nlp(TEXTS[0][0])
    assert doc.text == TEXTS[0][0]
    assert "Rini Astuti" in {e.text for e in doc.ents}
    assert [r.text for r in doc.spans["roles"]] == ["Ketua Yayasan Melati"]
    (folder / "one" / "entities" / "model").write_bytes(b"other")
    with pytest.raises(ModelError, match="damaged"):
        SpacyTagger(folder / "one")


def test_exact_spans_are_counted_by_type():
    gold = {(0, 4, "PER"), (8, 12, "LOC")}
    found = {(0, 4, "PER"), (8, 13, "LOC"), (20, 22, "LOC")}
    assert exact([(gold, found), (set(), set())]) == {"micro": 0.4, "LOC": 0.0, "PER": 1.0}
    assert f1(0, 0, 0) == 0.0


def test_the_page_holds_every_tagger_that_was_measured(tmp_path):
    for name, value in (("encoder", 0.91239), ("crf", 0.8)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "metrics.json").write_text(
            f'{{"tagger": "{name}", "idner_test": {{"micro": {value}}}, "words_per_second": 12345,'
            f' "curve": [{{"articles": 10, "written_test": 0.5, "real": 0.4}}]}}'
        )
    page = tmp_path / "README.md"
    page.write_text(f"before\n{report.BEGIN}\nstale\n{report.END}\nafter\n")
    for _ in range(2):
        report.main(tmp_path, page)
    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "stale" not in text
    assert "| | encoder | crf |" in text
    assert "| idner test, exact spans, micro | 0.912 | 0.800 |" in text
    assert "| words a second, one core | 12,345 | 12,345 |" in text
    assert "| crf | 10 | 0.500 | 0.400 |" in text


def test_what_the_gate_does_not_give_the_other_news_gives(monkeypatch):
    """With one cooperation article only half of the words were chosen."""
    texts = [f"kerja{n} " * 100 for n in range(10)]
    monkeypatch.setattr(distill, "bodies", lambda _: iter(texts))
    monkeypatch.setattr(distill, "passes", lambda text: text.startswith("kerja3 "))
    monkeypatch.setattr(distill, "from_gold", lambda *_: [])
    monkeypatch.setattr(distill, "read_tests", lambda *_: NoTests((), (), (), ()))
    found = list(distill.chosen(Path(), LabelTable(TYPES, (), {}), 600, 1))
    assert len(found) == 6
    assert found[0].startswith("kerja3 ")
