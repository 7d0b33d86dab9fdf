"""Weights that are kept as their difference from the encoder's."""

import json
import shutil

import numpy as np
import pytest

from sepaham.errors import ModelError
from sepaham.ner import encoder
from sepaham.ner.difference import ADDED, added_up
from sepaham.ner.reach import WITHIN, in_reach, initializers
from sepaham.ner.weights import model_folder


@pytest.fixture(scope="module")
def models():
    """The bytes of the encoder, and of the fast tagger that stands on it."""
    return tuple((model_folder(name) / "model.onnx").read_bytes() for name in ("encoder", "fast"))


def matrices(model):
    return {
        name: np.frombuffer(model, np.int8, place.stop - place.start, place.start)
        for name, _, place in initializers(model)
        if name.endswith("_quantized")
    }


def test_matrices_are_sums_and_every_processor_can_multiply_them(models):
    base, model = models
    kept, below, found = matrices(model), matrices(in_reach(base)), matrices(added_up(model, base))
    sums = [name for name in kept if name.startswith(ADDED)]
    assert len(sums) == 18  # six in each of three layers
    for name in sums:
        wanted = kept[name].astype(int) + below[name.removeprefix(ADDED)]
        assert (found[name] == wanted).all()
        assert np.abs(wanted).max() <= WITHIN
    assert all((found[name] == kept[name]).all() for name in kept if name not in sums)


def test_what_is_kept_is_small_numbers(models):
    """That is what makes the difference smaller than the matrices when it is compressed."""
    kept = np.concatenate([m for name, m in matrices(models[1]).items() if name.startswith(ADDED)])
    assert np.abs(kept).mean() < 0.5 * np.abs(np.concatenate([*matrices(models[0]).values()])).mean()


def test_a_matrix_that_the_other_has_not_is_an_error(models):
    base, model = models
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
