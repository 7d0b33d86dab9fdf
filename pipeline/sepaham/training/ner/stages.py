"""What the stages of the encoder's training share, and the files between them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from sepaham.training.ner.batches import Marks
from sepaham.training.ner.network import Encoder
from sepaham.training.ner.recipe import Steps
from sepaham.training.ner.windows import Labels

Weights = dict[str, Tensor]
"""The state of an encoder without its word embeddings, which are never trained."""


@dataclass(frozen=True)
class Base:
    """multilingual-e5-small with the cut vocabulary: tensors by their names in its file, and the embedding of
    its piece `<mask>`, which no text has."""

    tensors: dict[str, Any]
    heads: int
    epsilon: float
    mask: Any


@dataclass(frozen=True)
class Kit:
    """What every stage needs."""

    base: Base
    depth: int
    marks: Marks
    labels: Labels
    steps: Steps
    device: torch.device
    tell: Callable[[str], None]
    dropout: float = 0.1
    parts: Path | None = None

    def part(self, stage: str) -> Path | None:
        """The file of a stage that is not done, in the folder `parts`; None where nothing is kept."""
        return None if self.parts is None else self.parts / f"{stage}.part"

    def net(self, weights: Weights | None = None) -> Encoder:
        """The encoder on the device, ready for training, with these weights or those of e5."""
        base = self.base
        net = Encoder(base.tensors, base.heads, base.epsilon, self.labels.count, self.dropout)
        net.cut(self.depth)
        if weights is not None:
            net.load_state_dict(weights, strict=False)
        net.to(self.device).train()
        return net


def weights_of(net: Encoder) -> Weights:
    """The weights as they are now, on the CPU."""
    return {n: v.detach().cpu().clone() for n, v in net.state_dict().items() if n != "word.weight"}


class Checkpoints:
    """A folder with the weights that a stage gives; a stage whose file is there is not run again."""

    def __init__(self, folder: Path, vocabulary: str, tell: Callable[[str], None]) -> None:
        """`vocabulary` is a hash of the tokenizer: weights fit no other."""
        self._folder, self._vocabulary, self._tell = folder, vocabulary, tell

    def made(self, name: str, make: Callable[[], Weights]) -> Weights:
        """The weights in `name`.pt, made and written first where there is no such file.

        Raises ValueError where the file was made with another vocabulary.
        """
        path = self._folder / f"{name}.pt"
        if path.exists():
            saved = torch.load(path, map_location="cpu", weights_only=True)
            if saved["vocabulary"] != self._vocabulary:
                raise ValueError(f"{path} was made with another vocabulary: delete it to train anew")
            self._tell(f"{name}: taken from {path}")
            weights: Weights = saved["weights"]
            return weights
        weights = make()
        self._folder.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        torch.save({"vocabulary": self._vocabulary, "weights": weights}, new)
        new.replace(path)
        path.with_suffix(".part").unlink(missing_ok=True)
        return weights
