"""A model kept as its difference from another, whose layers it began as.

What training changes in a matrix is small numbers, many of them 0: compressed they take less than half the
room of the matrix itself.
"""

import numpy as np

from sepaham.ner.reach import entries, in_reach, initializers, scale_of

ADDED = "added_to:"
"""Before the name of a matrix: the other model has the one to which it is added."""
SAME = "same_as:"
"""Before the name of a tensor: it is that of the other model, and here stand zeros."""


def added_up(model: bytes, base: bytes) -> bytes:
    """An ONNX model whose matrices named `added_to:X` are now the sums with the matrices X of `base`, and
    whose tensors named `same_as:X` are those of `base`.

    Where the steps of a matrix are finer than those of X, so many times is X multiplied before it is added.
    Whole numbers are added, so every machine has the same sums. Raises KeyError or ValueError where `base`
    has no such tensor.
    """
    data, below = bytearray(model), in_reach(base)
    theirs = {name: place for name, _, place in initializers(below)}
    ours = {name: place for name, _, place in initializers(model)}
    for name, place in ours.items():
        if name.startswith(SAME):
            there = theirs[name.removeprefix(SAME)]
            if there.stop - there.start != place.stop - place.start:
                raise ValueError(f"{name} has another size")
            data[place] = below[there]
        elif name.startswith(ADDED) and name.endswith("_quantized"):
            other = name.removeprefix(ADDED)
            wide = entries(below, theirs[scale_of(other)], np.float32)
            fine = entries(model, ours[scale_of(name)], np.float32)
            matrix = entries(data, place, np.int8)
            matrix += entries(below, theirs[other], np.int8) * np.int8(round(float((wide / fine).mean())))
    return bytes(data)
