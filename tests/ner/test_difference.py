"""Weights that are kept as their difference from the encoder's."""

import json
import shutil

import numpy as np
import pytest

from sepaham.errors import ModelError
from sepaham.ner import encoder
from sepaham.ner.difference import ADDED, SAME, added_up
from sepaham.ner.reach import WITHIN, entries, in_reach, initializers
from sepaham.ner.weights import model_folder

KEPT = {"fast": ("fast", "model.onnx"), "further": ("encoder", encoder.FURTHER)}
MATRICES = {"fast": 18, "further": 54}  # six in each layer


@pytest.fixture(scope="module")
def models():
    """The bytes of the encoder, of the fast tagger that stands on it, and of what it learned further."""
    below = (model_folder("encoder") / "model.onnx").read_bytes()
    return {"below": below} | {name: (model_folder(f) / n).read_bytes() for name, (f, n) in KEPT.items()}


def tensors(model, ending, kind):
    return {
        name: entries(model, place, kind) for name, _, place in initializers(model) if name.endswith(ending)
    }


def matrices(model):
    return tensors(model, "_quantized", np.int8)


@pytest.mark.parametrize(("name", "finer"), [("fast", 1), ("further", 2)])
def test_matrices_are_sums_and_every_processor_can_multiply_them(models, name, finer):
    base, model = models["below"], models[name]
    kept, below, found = matrices(model), matrices(in_reach(base)), matrices(added_up(model, base))
    sums = [name for name in kept if name.startswith((ADDED, SAME))]
    assert len(sums) == MATRICES[name]
    for one in sums:
        times = finer if one.startswith(ADDED) else 1
        wanted = kept[one].astype(int) + times * below[one.removeprefix(ADDED).removeprefix(SAME)]
        assert (found[one] == wanted).all()
        assert np.abs(wanted).max() <= WITHIN
    assert all((found[one] == kept[one]).all() for one in kept if one not in sums)


def test_finer_steps_are_so_many_times_smaller(models):
    ours = tensors(models["further"], "_scale", np.float32)
    theirs = tensors(in_reach(models["below"]), "_scale", np.float32)
    finer = [name for name in ours if name.startswith(ADDED)]
    assert len(finer) == 30  # the upper five layers
    for name in finer:
        assert (2 * ours[name] == theirs[name.removeprefix(ADDED)]).all()


def test_what_is_the_same_stands_once(models):
    """The lower layers are not learned further: a copy of them would be as large as all the rest."""
    base, model = models["below"], models["further"]
    kept, found = matrices(model), added_up(model, base)
    same = [name for name in kept if name.startswith(SAME)]
    assert len(same) == 24
    assert not any(kept[name].any() for name in same)
    below = matrices(in_reach(base))
    assert all((matrices(found)[name] == below[name.removeprefix(SAME)]).all() for name in same)
    position = tensors(found, f"{SAME}net.position", np.float32)
    assert (
        position[f"{SAME}net.position"] == tensors(base, "net.position", np.float32)["net.position"]
    ).all()


def test_a_tensor_of_another_size_is_an_error(models):
    same = {n: len(m) for n, m in matrices(models["further"]).items() if n.startswith(SAME)}
    small, large = min(same, key=same.__getitem__), max(same, key=same.__getitem__)
    with pytest.raises(ValueError, match="another size"):
        added_up(models["further"].replace(large.encode(), small.encode()), models["below"])


def test_what_is_kept_is_small_numbers(models):
    """That is what makes the difference smaller than the matrices when it is compressed."""
    whole = np.abs(np.concatenate([*matrices(models["below"]).values()])).mean()
    for name, most in (("fast", 0.5), ("further", 0.05)):
        kept = np.concatenate([m for one, m in matrices(models[name]).items() if one.startswith(ADDED)])
        assert 0 < np.abs(kept).mean() < most * whole


def test_a_matrix_that_the_other_has_not_is_an_error(models):
    base, model = models["below"], models["fast"]
    with pytest.raises(KeyError):
        added_up(model, model)
    assert added_up(base, base) == base


def test_another_encoder_is_refused(tmp_path):
    folder = tmp_path / "fast"
    shutil.copytree(model_folder("fast"), folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"on": "0" * 64}))
    with pytest.raises(ModelError, match="another encoder"):
        encoder.FastTagger(folder)
    shutil.copytree(model_folder("fast"), folder, dirs_exist_ok=True)
    assert encoder.FastTagger(folder).mentions("Bupati Sleman Rini Astuti hadir.")


def test_what_was_learned_further_can_be_left_out():
    text = "Rektor UIN Raden Intan Wan Jamaluddin meneken MoU dengan Bupati Pringsewu Riyanto Pamungkas."
    now, before = encoder.EncoderTagger(), encoder.EncoderTagger(further=False)
    words = encoder.words_of(text)
    one, two = now.scores(text, words), before.scores(text, words)
    assert all(a.shape == b.shape and not np.allclose(a, b, atol=0.01) for a, b in zip(one, two, strict=True))
    fast = encoder.FastTagger()
    assert fast.mentions(text) == encoder.FastTagger(further=False).mentions(text)


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_the_fast_tagger_reads_a_text_in_one_case_by_the_whole_encoder(change):
    text = "Rektor UIN Raden Intan Wan Jamaluddin meneken MoU dengan Bupati Pringsewu Riyanto Pamungkas."
    fast, whole = encoder.FastTagger(), encoder.EncoderTagger()
    assert fast.mentions(change(text)) == whole.mentions(change(text))
    assert fast.mentions(text) != whole.mentions(text)
    assert fast.read(change(text))[1] is None
