"""The shipped encoder out of its ONNX files, as the tensors from which `Encoder` is made.

What the layers learned is there as int8; it is multiplied out to float32, the same numbers that onnxruntime
computes with.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer

from sepaham.ner.reach import in_reach, scale_of
from sepaham.training.ner.batches import Marks
from sepaham.training.ner.examples import LabelTable
from sepaham.training.ner.network import LAYER_NAMES
from sepaham.training.ner.recipe import Steps
from sepaham.training.ner.stages import Base, Kit, Weights
from sepaham.training.ner.weights import Array
from sepaham.training.ner.windows import Labels

HEADS = 12
EPSILON = 1e-12
"""Of multilingual-e5-small; the ONNX graph does not tell the first."""


class Graph:
    """The constants of one ONNX file by name, and which quantised matrix each multiplication reads."""

    def __init__(self, path: Path) -> None:
        """Read the file, its matrices within 7 bits as the tagger has them."""
        self.model = onnx.load_from_string(in_reach(path.read_bytes()))
        self.tensors = {t.name: numpy_helper.to_array(t) for t in self.model.graph.initializer}

    def matrices(self) -> dict[str, str]:
        """Name of the module in the network -> name of the quantised matrix, (in, out)."""
        return {
            node.name.removeprefix("/").removesuffix("/MatMul_quant").replace("/", "."): node.input[1]
            for node in self.model.graph.node
            if node.op_type == "MatMulInteger"
        }

    def multiplied_out(self, name: str) -> Array:
        """A quantised matrix as float32."""
        matrix, scale = self.tensors[name], self.tensors[scale_of(name)]
        zero = self.tensors[name.removesuffix("_quantized") + "_zero_point"]
        result: Array = (matrix.astype(np.float32) - zero.astype(np.float32)) * scale
        return result

    def replace(self, found: dict[str, tuple[str, Any]]) -> None:
        """Put other constants, under other names, in the place of these: old name -> new name, array."""
        for tensor in self.model.graph.initializer:
            if tensor.name in found:
                name, value = found[tensor.name]
                tensor.CopyFrom(numpy_helper.from_array(value, name))
        for node in self.model.graph.node:
            for number, name in enumerate(node.input):
                node.input[number] = found[name][0] if name in found else name


def state(folder: Path) -> Weights:
    """All weights of the shipped encoder but its word embeddings, by their names in `Encoder`."""
    graph = Graph(folder / "model.onnx")
    found = {
        name.removeprefix("net."): torch.from_numpy(value.copy())
        for name, value in graph.tensors.items()
        if name.startswith("net.")
    }
    for module, name in graph.matrices().items():
        found[f"{module}.weight"] = torch.from_numpy(graph.multiplied_out(name).T.copy())
    return found


def base(folder: Path) -> Base:
    """The word embeddings and layers of the shipped encoder under the names of e5's checkpoint; it has no
    embedding of `<mask>`."""
    embedding = Graph(folder / "embedding.onnx")
    (name,) = (n for n in embedding.tensors if n.endswith("_quantized"))
    weights = {n: v.numpy() for n, v in state(folder).items()}
    position = weights["position"]
    tensors: dict[str, Any] = {
        "emb.word": embedding.multiplied_out(name),
        "emb.pos": position,
        "emb.type": np.zeros(position.shape[1], dtype=np.float32),  # the positions hold it already
        "emb.ln.w": weights["norm.weight"],
        "emb.ln.b": weights["norm.bias"],
    }
    depth = 1 + max(int(n.split(".")[1]) for n in weights if n.startswith("layers."))
    for layer in range(depth):
        for ours, theirs in LAYER_NAMES.items():
            tensors[f"l{layer}.{theirs}.w"] = weights[f"layers.{layer}.{ours}.weight"]
            tensors[f"l{layer}.{theirs}.b"] = weights[f"layers.{layer}.{ours}.bias"]
    return Base(tensors, HEADS, EPSILON, None)


def begun(
    folder: Path,
    tokenizer: Tokenizer,
    table: LabelTable,
    steps: Steps,
    device: str,
    tell: Callable[[str], None],
    depth: int | None = None,
    dropout: float = 0.1,
) -> tuple[Kit, Weights]:
    """What training on from the shipped encoder, or from its lower `depth` layers, needs; and its weights."""
    found = base(folder)
    depth = depth or len([name for name in found.tensors if name.endswith(".q.w")])
    marks, labels = Marks.of(tokenizer), Labels(table.types + table.helpers)
    kit = Kit(found, depth, marks, labels, steps, torch.device(device), tell, dropout)
    return kit, state(folder)
