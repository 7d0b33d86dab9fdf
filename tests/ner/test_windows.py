"""Examples and background news cut into windows and chunks to train the encoder; none of it needs torch."""

import random
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from sepaham.ner.bio import words_of
from sepaham.ner.pieces import first_pieces, pieces_of
from sepaham.training.ner.batches import Examples, Marks, Variants, in_batches, rows
from sepaham.training.ner.chunks import chunked, ends, span
from sepaham.training.ner.examples import Example
from sepaham.training.ner.recipe import News, Recipe, Shape, read_recipe
from sepaham.training.ner.windows import Labels, cut, encoded

ENCODER = Path(__file__).parents[2] / "models/ner/encoder"
LABELS = Labels(("PER", "ORG", "DOC"))
TEXT = (
    "Gubernur Jawa Tengah dan Rektor Universitas Diponegoro menandatangani nota kesepahaman (MoU). "
    "Kerja sama (3/6) itu mencakup penelitian, pengabdian kepada masyarakat, serta pertukaran mahasiswa. "
    '"Kami menyambut baik," kata Rektor; penandatanganan berlangsung di Semarang, Jateng. '
) * 3


@pytest.fixture(scope="module")
def tokenizer():
    return Tokenizer.from_file(str(ENCODER / "tokenizer.json"))


def example(text=TEXT, corpus="gold", group="a"):
    return Example(text, ((13, 20, ("ORG",)),), None, frozenset(LABELS.types), corpus, group)


@pytest.mark.parametrize("size", [9, 20, 60, 500])
def test_a_cut_holds_every_word_once_with_its_pieces(tokenizer, size):
    whole = encoded(example(), tokenizer, LABELS)
    assert whole is not None
    windows = list(cut(whole, 0, 2, size, random.Random(5)))
    assert sum(len(window.firsts) for window in windows) == len(words_of(TEXT))
    assert np.array_equal(np.concatenate([window.flat for window in windows]), whole.flat)
    word = 0
    for window in windows:
        assert (window.ids[0], window.ids[-1]) == (0, 2)
        assert window.firsts[-1] <= size
        wanted = whole.ids[whole.firsts[word : word + len(window.firsts)]]
        assert np.array_equal(window.ids[window.firsts], wanted)
        word += len(window.firsts)
    assert np.array_equal(np.concatenate([window.ids[1:-1] for window in windows]), whole.ids)


def test_a_window_of_words_reads_as_those_words(tokenizer):
    whole = encoded(example(), tokenizer, LABELS)
    assert whole is not None
    words, word = words_of(TEXT), 0
    for window in cut(whole, 0, 2, 30, random.Random(1)):
        a, b = words[word][0], words[word + len(window.firsts) - 1][1]
        assert tokenizer.decode(window.ids[1:-1].tolist()).replace(" ", "") == TEXT[a:b].replace(" ", "")
        word += len(window.firsts)


def test_windows_of_an_epoch_fit_their_shape_and_leave_a_fold_out(tokenizer):
    def variants(group, corpus="gold"):
        one = encoded(example(corpus=corpus, group=group), tokenizer, LABELS)
        return Variants(one, one, one, (one, one))

    marks = Marks.of(tokenizer)
    assert (marks.begins, marks.end, marks.padding) == ((0, 2, 3), 2, 1)
    parts = {"gold": [variants("a"), variants("b")], "idner": [variants("c", "idner")], "spacyndo": []}
    mix = read_recipe(ENCODER / "config.toml", Recipe).last.phases[0].mix
    mix = type(mix)(("gold",), 1.0, 0.0, mix.copies)
    found = Examples(parts, marks).windows(mix, 40, random.Random(2), frozenset(["b"]))
    assert {int(window.ids[0]) for window in found} == {0, 2}
    shapes = (Shape(2, 24, 24), Shape(3, 40, 40))
    batches = in_batches(found, shapes, random.Random(0))
    assert sum(len(windows) for _, windows in batches) == len(found)
    for shape, windows in batches:
        arrays = rows(windows, shape, LABELS.count, marks)
        assert arrays["ids"].shape == (shape.rows, shape.pieces)
        assert arrays["told"].sum() == sum(len(window.firsts) for window in windows)
        assert arrays["real"].any(1).all()
        assert arrays["real"].sum() == sum(len(w.ids) for w in windows) + shape.rows - len(windows)


def test_both_writings_of_a_chunk_stand_for_the_same_words(tokenizer):
    wanted = News(seed=1, every=1, shortest=1, characters=9999, pieces=40, words=5, lower=1.0)
    chunks = chunked([TEXT, "", "Cuaca cerah. " * 30], tokenizer, wanted, random.Random(0))
    assert len(chunks) == len(chunks.plain.pieces) == len(chunks.lower.pieces) > 5
    assert chunks.plain.pieces.max() <= 40
    assert chunks.lower.pieces.max() <= 40
    assert np.array_equal(chunks.plain.words, chunks.lower.words)
    assert chunks.gate.any()
    assert not chunks.gate.all()
    every, shape, marks = np.arange(len(chunks)), Shape(len(chunks), 42, 40), Marks.of(tokenizer)
    begin = np.zeros(len(chunks), dtype=np.int64)
    plain, lower = (
        chunks.rows(every, begin, np.full(len(chunks), low), shape, marks) for low in (False, True)
    )
    assert np.array_equal(plain["told"], lower["told"])
    for row in every:
        texts = [tokenizer.decode(side["ids"][row][side["real"][row]].tolist()) for side in (plain, lower)]
        assert texts[0].lower() == texts[1]
        for side in (plain, lower):
            told = side["firsts"][row][side["told"][row]]
            assert told.min() == 1
            assert (np.diff(told) >= 0).all()
            assert told.max() < side["real"][row].sum() - 1


def test_no_lower_case_where_none_is_wanted(tokenizer):
    wanted = News(seed=1, every=1, shortest=1, characters=9999, pieces=40, words=5, lower=0.0)
    chunks = chunked(["Cuaca cerah hari ini. " * 30], tokenizer, wanted, random.Random(0))
    assert len(chunks) > 1
    assert not chunks.lower.words.any()
    order = chunks.order(np.random.default_rng(0), 6)
    assert sorted(order) == list(range(len(chunks)))


def test_chunks_end_where_either_writing_is_full(tokenizer):
    words = words_of(TEXT)
    writings = []
    for text in (TEXT, TEXT.lower()):
        pieces = pieces_of(text, tokenizer)
        writings.append((np.array(first_pieces(words, pieces.offsets)), len(pieces.ids)))
    found = list(ends(writings, 25))
    assert found
    last = 0
    for word, after in found:
        assert last <= word < after
        last = after
        for writing in writings:
            a, b = span(writing, word, after)
            assert 0 < b - a <= 25


def test_the_recipe_is_read_whole(tmp_path):
    recipe = read_recipe(ENCODER / "config.toml", Recipe)
    assert "test" not in recipe.gold_splits
    assert "real" not in recipe.teachers.mix.gold
    assert all(shape.pieces <= recipe.export.positions for shape in recipe.last.shapes)
    assert recipe.inference["window"] + 2 <= recipe.export.positions
    assert recipe.news.pieces + 2 <= recipe.student.news.pieces
    assert sum(recipe.student.conventions) == pytest.approx(1)
    rates = recipe.pretraining.rates
    shares = [rates.share(step, recipe.pretraining.steps) for step in range(recipe.pretraining.steps)]
    assert shares.index(max(shares)) == 799
    assert shares[-1] == rates.floor
    text = (ENCODER / "config.toml").read_text(encoding="utf-8")
    for changed in (text.replace("depth = 9", "deep = 9"), text.replace("levels = 31", "")):
        path = tmp_path / "config.toml"
        path.write_text(changed, encoding="utf-8")
        with pytest.raises(TypeError):
            read_recipe(path, Recipe)
