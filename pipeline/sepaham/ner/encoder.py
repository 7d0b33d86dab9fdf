"""The encoder tagger: a small multilingual BERT with two label layers, int8, run without torch."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import get_args

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from sepaham.errors import ModelError
from sepaham.ner.bio import Scores, mentions, ordered, words_of
from sepaham.ner.case import calmed, one_case
from sepaham.ner.difference import added_up
from sepaham.ner.pieces import first_pieces, pieces_of, windows
from sepaham.ner.reach import in_reach
from sepaham.ner.slots import COLUMNS, SlotScores
from sepaham.ner.weights import Weights, checked, model_folder
from sepaham.records import Label, Mention

MODEL = "model.onnx"
FURTHER = "further.onnx"
"""What an encoder has learned since its model.onnx was made, as the difference from it."""

# Fused with the sum before it, onnxruntime's normalisation takes several times as long: a tenth of all. What
# comes out differs as two roundings do, so the encoder, which was measured with it, keeps it.
_SLOWER = ["SkipLayerNormFusion"]


class EncoderTagger:
    """Text -> mentions; one instance is one model on one thread, and keeps nothing between texts.

    int8 results depend on all that is computed together, so every window is run alone and unpadded: a
    text's mentions are the same alone or after others.
    """

    name = "encoder"
    _without: Sequence[str] = ()

    def __init__(self, folder: Path | None = None, convention: str = "<s>", further: bool = True) -> None:
        """Load the weights from `folder` (default: those shipped).

        `convention` is the first piece, which tells whose annotation is wanted; only measurements on other
        corpora change it. Without `further` the encoder knows what it knew before (docs/decisions/0021),
        which only training wants. Raises ModelError when weights are missing or damaged.
        """
        weights = checked(folder or model_folder(self.name))
        shown = set(weights.settings["shown"]) & set(get_args(Label))
        self.all_types: list[str] = weights.settings["types"]
        self._types: list[Label | None] = [t if t in shown else None for t in weights.settings["types"]]
        self._size, self._margin = weights.settings["window"], weights.settings["margin"]
        try:
            below = self._below(weights)
            model = model_of(weights, below, further)
            self._tokenizer = Tokenizer.from_file(str(below.folder / "tokenizer.json"))
            self._embedding = session((below.folder / "embedding.onnx").read_bytes())
            self._model = session(model, without=self._without)
        except ModelError:
            raise
        except Exception as error:  # both libraries raise their own kinds
            raise ModelError(f"{weights.folder} cannot be loaded ({error}): install sepaham again") from error
        self._begin, self._end = (self._tokenizer.token_to_id(piece) for piece in (convention, "</s>"))

    def _below(self, weights: Weights) -> Weights:
        """The weights on which these stand: those whose vocabulary they share."""
        return weights

    def mentions(self, text: str) -> list[Mention]:
        """The entities and ROLE spans of a text of any length, in its order; offsets are code points of
        `text`."""
        return self.read(text)[0]

    def read(self, text: str) -> tuple[list[Mention], SlotScores | None]:
        """The mentions, and what part each word has in an agreement, from one pass over the text."""
        words = words_of(text)
        if not words:
            return [], SlotScores([], np.zeros((0, len(COLUMNS)), dtype=np.float32))
        flat, roles, slots = self.scores(text, words)
        found = [*mentions(text, words, flat, self._types, self.name)]
        found += mentions(text, words, roles, ("ROLE",), self.name)
        return ordered(iter(found)), SlotScores(words, slots)

    def scores(self, text: str, words: list[tuple[int, int]]) -> tuple[Scores, Scores, Scores]:
        """Scores of the flat, the ROLE and the slot layer, (words, labels or columns) each."""
        pieces = pieces_of(calmed(text), self._tokenizer)
        firsts = first_pieces(words, pieces.offsets)
        layers: tuple[list[Scores], ...] = ([], [], [])
        for window in windows(firsts, len(pieces.ids), self._size, self._margin):
            ids = np.array([[self._begin, *pieces.ids[window.start : window.end], self._end]], dtype=np.int64)
            (embedded,) = self._embedding.run(None, {"ids": ids})
            found = self._model.run(None, {"words": embedded, "real": np.ones_like(ids)})
            at = np.array(firsts[window.first : window.last]) - window.start + 1
            for layer, scores in zip(layers, found, strict=True):
                layer.append(scores[0, at])
        flat, roles, slots = (np.concatenate(layer) for layer in layers)
        return flat, roles, slots


class FastTagger(EncoderTagger):
    """The lower layers of the encoder, trained on: names at less than half of its cost.

    Of slots they know too little: agreements are better found by the rules (docs/decisions/0020). Where
    capitals say nothing they know too few names: a text in one case is read by the whole encoder.
    """

    name = "fast"
    _without = _SLOWER

    def read(self, text: str) -> tuple[list[Mention], None]:
        """The mentions; no slots."""
        return (self._whole.read(text) if one_case(text) else super().read(text))[0], None

    @cached_property
    def _whole(self) -> EncoderTagger:
        """Loaded when the first text in one case comes."""
        return EncoderTagger()

    def _below(self, weights: Weights) -> Weights:
        below = checked(model_folder("encoder"))
        if weights.settings["on"] != below.hashes[MODEL]:
            raise ModelError(
                f"{weights.folder} was made from another encoder than {below.folder}: install sepaham again, "
                "or train it anew as models/README.md says"
            )
        return below


def model_of(weights: Weights, below: Weights | None = None, further: bool = True) -> bytes:
    """The model of checked weights as it runs: added to that of `below`, on which it stands, or with what it
    has learned `further`."""
    model = (weights.folder / MODEL).read_bytes()
    if below is not None and below is not weights:
        return added_up(model, (below.folder / MODEL).read_bytes())
    if further and FURTHER in weights.hashes:
        return added_up((weights.folder / FURTHER).read_bytes(), model)
    return model


def session(model: bytes, threads: int = 1, without: Sequence[str] = ()) -> onnxruntime.InferenceSession:
    """An ONNX model ready to run on so many threads, the same on every processor (`sepaham.ner.reach`);
    `without` these of onnxruntime's optimisations."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        in_reach(model), options, providers=["CPUExecutionProvider"], disabled_optimizers=list(without)
    )
