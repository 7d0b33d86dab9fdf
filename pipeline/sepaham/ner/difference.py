"""A model kept as its difference from another, whose layers it began as.

What training changes in a matrix is small numbers, many of them 0: compressed they take less than half the
room of the matrix itself.
"""

import numpy as np

from sepaham.ner.reach import in_reach, initializers

ADDED = "added_to:"
"""Before the name of a matrix: the other model has the one to which it is added."""


def added_up(model: bytes, base: bytes) -> bytes:
    """An ONNX model whose matrices named `added_to:X` are now the sums with the matrices X of `base`.

    Whole numbers are added, so every machine has the same sums. Raises KeyError or ValueError where `base`
    has no such matrix.
    """
    data, below = bytearray(model), in_reach(base)
    places = {name: place for name, _, place in initializers(below)}
    for name, _, place in initializers(model):
        other = name.removeprefix(ADDED)
        if other == name or not name.endswith("_quantized"):
            continue
        matrix = np.frombuffer(data, np.int8, place.stop - place.start, place.start)
        there = places[other]
        matrix += np.frombuffer(below, np.int8, there.stop - there.start, there.start)
    return bytes(data)
