"""int8 matrices that every processor multiplies alike.

Without VNNI (most x86 processors from before 2019, and many since), onnxruntime adds two products of an
unsigned and a signed byte in 16 bits, and cuts off what does not fit there. Weights of 8 bits do not: twice
255 x 127. Weights of 7 bits do, and those of 31 levels a fortiori. So matrices are brought to fewer bits, and
their scales by as much, when a model is loaded (see docs/decisions/0014).
"""

from collections.abc import Iterator
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Entry = TypeVar("Entry", np.int8, np.float32)

# Field numbers of the ONNX format (onnx.proto): ModelProto.graph, GraphProto.initializer, and in a
# TensorProto its type, its name, and its entries, which stand in one of two fields.
_GRAPH, _INITIALIZER = 7, 5
_TYPE, _NAME, _FLOATS, _RAW = 2, 8, 4, 9
_FLOAT, _INT8 = 1, 3
_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5
_FULL = 127  # entries of an int8 matrix reach from -127 to 127
WITHIN = 63  # what fits: 2 * 255 * 63 < 2**15
_LEVELS = 31  # of matrices that were rounded to so many values on each side of 0: exact with as many


def in_reach(model: bytes) -> bytes:
    """An ONNX model whose quantised matrices stay within 7 bits; a matrix that does already is left alone.

    Matrices are named `..._quantized`, their scales `..._scale`, as onnxruntime's quantiser does.
    """
    data = bytearray(model)
    tensors = {name: (kind, span) for name, kind, span in initializers(model)}
    for name, (kind, span) in tensors.items():
        scale = tensors.get(scale_of(name))
        if kind != _INT8 or not name.endswith("_quantized") or scale is None or scale[0] != _FLOAT:
            continue
        matrix = entries(data, span, np.int8)
        if np.abs(matrix.astype(np.int16)).max() <= WITHIN:
            continue
        most = _LEVELS if len(np.unique(matrix)) <= 2 * _LEVELS + 1 else WITHIN
        matrix[:] = np.rint(matrix.astype(np.float32) * (most / _FULL)).astype(np.int8)
        scales = entries(data, scale[1], np.float32)
        scales *= np.float32(_FULL / most)
    return bytes(data)


def scale_of(matrix: str) -> str:
    """The name of the scales of a matrix."""
    return matrix.removesuffix("_quantized") + "_scale"


def entries(data: bytes | bytearray, span: slice, kind: type[Entry]) -> npt.NDArray[Entry]:
    """The entries of the tensor whose bytes stand there; those of a bytearray can be written."""
    return np.frombuffer(data, kind, (span.stop - span.start) // np.dtype(kind).itemsize, span.start)


def initializers(model: bytes) -> Iterator[tuple[str, int, slice]]:
    """Name, type and place of the bytes of every tensor that a model holds in itself."""
    view = memoryview(model)
    for number, graph in _fields(view, slice(0, len(model))):
        if number != _GRAPH:
            continue
        for part, tensor in _fields(view, graph):
            if part == _INITIALIZER:
                found = dict(_fields(view, tensor, numbers=True))
                place = found.get(_RAW) or found.get(_FLOATS)
                if {_TYPE, _NAME} <= found.keys() and place:
                    yield bytes(view[found[_NAME]]).decode(), found[_TYPE].start, place


def _fields(view: memoryview, span: slice, *, numbers: bool = False) -> Iterator[tuple[int, slice]]:
    """The fields of a message with the places of their bytes; with `numbers` also those that are numbers,
    which stand as the start of the slice."""
    at = span.start
    while at < span.stop:
        key, at = _varint(view, at)
        number, wire = key >> 3, key & 7
        if wire == _BYTES:
            length, at = _varint(view, at)
            yield number, slice(at, at + length)
            at += length
        elif wire == _VARINT:
            value, at = _varint(view, at)
            if numbers:
                yield number, slice(value, value)
        elif wire in (_EIGHT, _FOUR):
            at += 8 if wire == _EIGHT else 4
        else:
            raise ValueError(f"no ONNX model: wire type {wire}")


def _varint(view: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = view[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
