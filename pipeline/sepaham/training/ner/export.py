"""A trained encoder -> two ONNX files for onnxruntime: the word embeddings, and all that stands on them.

The embeddings are never trained, so their file stays as it is from version to version.
"""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from sepaham.ner.difference import ADDED
from sepaham.ner.reach import WITHIN, in_reach, scale_of
from sepaham.training.ner.network import Encoder

_SCORES = ("flat", "roles", "slots")


class _Upper(nn.Module):
    def __init__(self, net: Encoder) -> None:
        super().__init__()
        self.net = net

    def forward(self, words: Tensor, real: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.net.scores(self.net.body(words, real))


def rounded(weights: Tensor, levels: int) -> Tensor:
    """A matrix (out, in) whose rows hold multiples of one 1/`levels` of their largest entry."""
    step = (weights.abs().amax(1, keepdim=True) / levels).clamp(min=torch.finfo(weights.dtype).tiny)
    return (weights / step).round() * step


def export(net: Encoder, folder: Path, levels: int, positions: int) -> None:
    """Write embedding.onnx, `ids` (batch, pieces) -> `words` (batch, pieces, hidden), and model.onnx,
    `words` and `real` (batch, pieces) -> scores `flat`, `roles`, `slots`; weights are int8.

    The matrices of the layers keep `levels` values on each side of 0 and so compress better; 31 cost no F1
    that could be measured. No window has more than `positions` pieces, end marks counted. The net itself is
    rounded and shortened.
    """
    net.eval()
    with torch.no_grad():
        for layer in net.layers:
            for name, weights in layer.named_parameters():
                if weights.ndim == 2:
                    layer.get_parameter(name).copy_(rounded(weights, levels))
    net.position = nn.Parameter(net.position[:positions].detach())
    ids = torch.randint(5, min(1000, net.word.num_embeddings), (1, 64))
    words = net.word(ids)
    _write(net.word, (ids,), ("ids",), ("words",), folder / "embedding.onnx")
    _write(_Upper(net), (words, torch.ones_like(ids)), ("words", "real"), _SCORES, folder / "model.onnx")


def export_difference(net: Encoder, base: Path, path: Path) -> None:
    """Write model.onnx of a net whose layers began as the lower ones of `base`, as the difference from it.

    The matrices hold what is to be added to those of `base` (`sepaham.ner.difference`), in its steps; the
    net's own are rounded to these, none beyond the 63 that every processor can multiply.
    """
    from sepaham.training.ner.shipped import Graph

    net.eval()
    ids = torch.randint(5, min(1000, net.word.num_embeddings), (1, 64))
    words = net.word(ids)
    _write(_Upper(net), (words, torch.ones_like(ids)), ("words", "real"), _SCORES, path)
    below, ours = Graph(base), Graph(path)
    weights, known = dict(net.named_parameters()), below.matrices()
    found: dict[str, tuple[str, Any]] = {}
    for module, name in ours.matrices().items():
        if not module.startswith("layers."):
            continue
        other = known[module]
        step = below.tensors[scale_of(other)]
        wanted = np.rint(weights[f"{module}.weight"].detach().numpy().T / step).clip(-WITHIN, WITHIN)
        added = wanted.astype(np.int16) - below.tensors[other]
        found[name] = ADDED + other, added.astype(np.int8)
        found[scale_of(name)] = ADDED + scale_of(other), step
    ours.replace(found)
    path.write_bytes(ours.model.SerializeToString())


def _write(
    net: nn.Module, example: tuple[Tensor, ...], inputs: tuple[str, ...], outputs: tuple[str, ...], path: Path
) -> None:
    # Imported here: it wants onnx, which all else that trains does without.
    from onnxruntime.quantization import QuantType, quantize_dynamic

    axes = {name: {0: "batch", 1: "pieces"} for name in (*inputs, *outputs)}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            net,
            example,
            str(full),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(str(full), str(path), weight_type=QuantType.QInt8, per_channel=True)
    path.write_bytes(in_reach(path.read_bytes()))
