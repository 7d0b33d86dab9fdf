"""A trained encoder -> one int8 ONNX file for onnxruntime."""

import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn


def export(net: nn.Module, path: Path) -> None:
    """Write the net with int8 weights: inputs `ids`, `real` (batch, pieces); outputs `flat`, `roles`,
    `slots` scores."""
    net.eval()
    ids = torch.randint(5, 1000, (1, 64))
    axes = {name: {0: "batch", 1: "pieces"} for name in ("ids", "real", "flat", "roles", "slots")}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            net,
            (ids, torch.ones_like(ids)),
            str(full),
            input_names=["ids", "real"],
            output_names=["flat", "roles", "slots"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(str(full), str(path), weight_type=QuantType.QInt8, per_channel=True)
