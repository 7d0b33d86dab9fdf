"""Weights that every processor multiplies alike: quantised matrices within 7 bits."""

import numpy as np
import onnxruntime
import pytest

from sepaham.ner import encoder
from sepaham.ner.reach import in_reach, initializers
from sepaham.ner.weights import checked, model_folder


@pytest.fixture(scope="module")
def model():
    return (checked(model_folder("encoder")).folder / "model.onnx").read_bytes()


def tensors(model):
    """The quantised matrices and their scales."""
    places = {name: place for name, _, place in initializers(model)}
    for name, place in places.items():
        if name.endswith("_quantized"):
            scale = places[name.removesuffix("_quantized") + "_scale"]
            entries = np.frombuffer(model, np.int8, place.stop - place.start, place.start)
            scales = np.frombuffer(model, np.float32, (scale.stop - scale.start) // 4, scale.start)
            yield name, entries.reshape(-1, len(scales)).astype(np.float64), scales.astype(np.float64)


def test_matrices_fit_and_say_what_they_said(model):
    """Without VNNI onnxruntime adds two products in 16 bits; entries up to 127 moved scores by up to 0.9."""
    before = {name: (entries, scales) for name, entries, scales in tensors(model)}
    after = list(tensors(in_reach(model)))
    assert len(after) == len(before) > 50
    for name, entries, scales in after:
        assert 2 * 255 * np.abs(entries).max() < 2**15
        old, old_scales = before[name]
        step = np.maximum(scales, old_scales)
        assert (np.abs(entries * scales - old * old_scales) <= 0.51 * step).all()


def test_matrices_within_reach_are_left_alone(model):
    once = in_reach(model)
    assert once != model
    assert in_reach(once) == once


def test_the_encoder_runs_what_is_within_reach(model, monkeypatch):
    seen = []

    def session(data, *options, **more):
        seen.append(data)
        return real(data, *options, **more)

    real = onnxruntime.InferenceSession
    monkeypatch.setattr(onnxruntime, "InferenceSession", session)
    encoder.EncoderTagger()
    whole = encoder.model_of(checked(model_folder("encoder")))
    assert in_reach(whole) in seen
    assert model not in seen


@pytest.mark.parametrize("data", [b"\x0f\x01", b"\x0b"])
def test_what_is_no_model_is_an_error(data):
    with pytest.raises(ValueError, match="no ONNX model"):
        in_reach(data)
