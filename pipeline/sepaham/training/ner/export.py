"""A trained encoder -> two ONNX files for onnxruntime: the word embeddings, and all that stands on them.

The embeddings are never trained, so their file stays as it is from version to version.
"""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from sepaham.ner.difference import ADDED, SAME
from sepaham.ner.reach import WITHIN, in_reach, scale_of
from sepaham.training.ner.network import Encoder

if TYPE_CHECKING:
    from sepaham.training.ner.shipped import Graph

NOTHING = 1e-4  # steps: what float32 makes of a whole number of them
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


def drawn(net: Encoder, below: "Graph", finer: int, seed: int) -> None:
    """Round the matrices of the layers to the steps of `below`, or to so many times finer ones, up or down by
    chance, the nearer the likelier.

    What training on a little changes is far less than half a step, so the nearest numbers would be those from
    which it began. Drawn, a change remains in the sums, where the chance of many entries cancels out. Entries
    that did not change stay as they are.
    """
    chance = torch.Generator().manual_seed(seed)
    known = below.matrices()
    with torch.no_grad():
        for name, weights in net.named_parameters():
            if not name.startswith("layers.") or weights.ndim != 2:
                continue
            scale = below.tensors[scale_of(known[name.removesuffix(".weight")])]
            step = torch.from_numpy(scale)[:, None] / finer
            entries = weights / step
            near = entries.round()
            entries = torch.where((entries - near).abs() < NOTHING, near, entries)
            up = torch.rand(entries.shape, generator=chance) < entries - entries.floor()
            weights.copy_((entries.floor() + up) * step)


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


def export_difference(net: Encoder, base: Path, path: Path, finer: int = 1) -> None:
    """Write model.onnx of a net whose layers began as the lower ones of `base`, as the difference from it.

    The matrices hold what is to be added to those of `base` (`sepaham.ner.difference`), in its steps, or in
    steps that are so many times finer; the net's own are rounded to these, none beyond the 63 that every
    processor can multiply. What is as it is in `base` is left out.
    """
    from sepaham.training.ner.shipped import Graph

    net.eval()
    ids = torch.randint(5, min(1000, net.word.num_embeddings), (1, 64))
    words = net.word(ids)
    _write(_Upper(net), (words, torch.ones_like(ids)), ("words", "real"), _SCORES, path)
    below, ours = Graph(base), Graph(path)
    weights, known = dict(net.named_parameters()), below.matrices()
    found: dict[str, tuple[str, Any]] = {
        name: (SAME + name, np.zeros_like(tensor))
        for name, tensor in ours.tensors.items()
        if name.startswith("net.") and name in below.tensors and np.array_equal(tensor, below.tensors[name])
    }
    for module, name in ours.matrices().items():
        if not module.startswith("layers."):
            continue
        other, scale = known[module], scale_of(known[module])
        step = below.tensors[scale] / np.float32(finer)
        wanted = np.rint(weights[f"{module}.weight"].detach().numpy().T / step).clip(-WITHIN, WITHIN)
        added = (wanted.astype(np.int16) - finer * below.tensors[other]).astype(np.int8)
        mark = ADDED if added.any() else SAME
        found[name] = mark + other, added
        found[scale_of(name)] = mark + scale, step if added.any() else np.zeros_like(step)
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
