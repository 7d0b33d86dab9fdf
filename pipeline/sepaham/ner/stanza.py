"""The second tagger: Stanza's entity recogniser, trained here, and the whole Stanza pipeline for Indonesian.

Nothing is looked for on the net: all models lie in one folder, and Stanza is told to download nothing.
"""

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np

from sepaham.errors import ConfigurationError, ModelError
from sepaham.ner.bio import Scores, mentions, ordered, words_of
from sepaham.ner.case import calmed
from sepaham.ner.sentences import split_sentences
from sepaham.ner.weights import checked, model_folder
from sepaham.records import Label, Mention

PACKAGE = "sepaham"
PARSING = ("tokenize", "mwt", "pos", "lemma", "depparse")
STAGES = (*PARSING, "ner")
_IDENTITY = {"lemma": "identity"}  # the parser needs no lemmas, Stanza asks for the stage
WINDOW = 120  # words of a sentence read together
LETTERS = 64  # of a longer word only its beginning is looked at
_BATCH = 32  # sentences


def pipeline(stages: Sequence[str] = STAGES, folder: Path | None = None, **options: Any) -> Any:
    """A `stanza.Pipeline("id")` of the shipped models, on the processor, without any download.

    `stages` are Stanza's names; what a stage builds on has to be named too. `options` go to Stanza. Raises
    ConfigurationError where Stanza is not installed, ModelError where models are missing or damaged.
    """
    try:
        import stanza
        import torch
        from stanza.models.common.foundation_cache import FoundationCache
    except ImportError as error:
        raise ConfigurationError(
            f"the tagger 'stanza' needs Stanza ({error}): pip install 'sepaham[stanza]'"
        ) from error
    weights = checked(folder or model_folder("stanza"))
    torch.set_num_threads(1)  # one tagger is one thread, as everywhere here
    logging.getLogger("stanza").setLevel(logging.ERROR)
    cache = FoundationCache(local_files_only=True)
    try:
        vectors = cache.load_pretrain(str(weights.folder / "id/pretrain" / f"{PACKAGE}.pt"))
        vectors._emb = vectors.emb.float()  # kept in half precision
        return stanza.Pipeline(
            "id",
            dir=str(weights.folder),
            package=None,
            processors={stage: _IDENTITY.get(stage, PACKAGE) for stage in stages},
            download_method=None,
            foundation_cache=cache,
            use_gpu=False,
            verbose=False,
            **options,
        )
    except Exception as error:  # Stanza and torch raise their own kinds
        raise ModelError(f"{weights.folder} cannot be loaded ({error}): install sepaham again") from error


def sentence_words(text: str, longest: int = WINDOW) -> Iterator[list[tuple[int, int]]]:
    """The words of each sentence, as offsets in the text; a sentence of more than `longest` words is cut."""
    for sentence in split_sentences(text):
        begin, end = sentence.start, sentence.end
        words = [(a + begin, b + begin) for a, b in words_of(text[begin:end])]
        for first in range(0, len(words), longest):
            yield words[first : first + longest]


class StanzaTagger:
    """Text -> mentions by Stanza's recogniser; one instance is one model on one thread, and keeps nothing.

    Both layers come from one pass. The confidence of a mention is the lowest probability that one of its
    words has its label, summed over all label sequences of the sentence (the CRF's marginals).
    """

    name = "stanza"

    def __init__(self, folder: Path | None = None) -> None:
        """Load the recogniser from `folder` (default: the one shipped). Raises as `pipeline` does."""
        nlp = pipeline(("tokenize", "ner"), folder, tokenize_pretokenized=True)
        processor = nlp.processors["ner"]
        self._trainer, self._config = processor.trainers[0], processor.configs[0]
        self._layers = [Layer(units) for units in self._trainer.vocab["tag"]._id2unit.values()]

    def mentions(self, text: str) -> list[Mention]:
        """The entities and ROLE spans of a text of any length, in its order; offsets are code points of
        `text`."""
        calm = calmed(text)
        sentences = [words for words in sentence_words(calm) if words]
        found: list[Mention] = []
        for begin in range(0, len(sentences), _BATCH):
            batch = sentences[begin : begin + _BATCH]
            for words, layers in zip(batch, self._scores(calm, batch), strict=True):
                for layer, scores in zip(self._layers, layers, strict=True):
                    found += mentions(text, words, scores, layer.types, self.name)
        return ordered(iter(found))

    def read(self, text: str) -> tuple[list[Mention], None]:
        """The mentions; this tagger has no slot layer."""
        return self.mentions(text), None

    def _scores(self, text: str, sentences: list[list[tuple[int, int]]]) -> list[list[Scores]]:
        """Log-probabilities of the labels of both layers, for each sentence (words, labels)."""
        import torch
        from stanza.models.common.doc import Document
        from stanza.models.ner.data import DataLoader
        from stanza.models.ner.trainer import unpack_batch

        tokens = [
            [{"id": n, "text": text[a : min(b, a + LETTERS)]} for n, (a, b) in enumerate(words, 1)]
            for words in sentences
        ]
        loader = DataLoader(
            Document(tokens), len(tokens), self._config, vocab=self._trainer.vocab, evaluation=True,
            preprocess_tags=False,
        )  # fmt: skip
        inputs, order, word_order, char_order, lengths, *rest = unpack_batch(loader[0], "cpu")
        with torch.inference_mode():
            model = self._trainer.model.eval()
            words, chars, mask, flow, tags = inputs
            word_lengths, char_lengths, offsets = rest
            _, logits, steps = model(
                words, chars, mask, tags, word_order, lengths, word_lengths, flow, offsets, char_lengths,
                char_order,
            )  # fmt: skip
        found: list[list[Scores]] = [[] for _ in sentences]
        for layer, scores, step in zip(self._layers, logits, steps, strict=True):
            table = layer.marginals(scores.numpy(), step.detach().numpy(), lengths)
            for number, (place, length) in enumerate(zip(order, lengths, strict=True)):
                found[place].append(table[number, :length])
        return found


class Layer:
    """One layer of labels: which columns of the CRF are O, B- and I- of each type."""

    def __init__(self, units: Sequence[str]) -> None:
        """`units` are the names of the columns."""
        kinds = sorted({unit[2:] for unit in units if unit[:2] in ("B-", "I-")})
        self.types = cast(list[Label | None], kinds)
        wanted = ["O", *(f"{side}-{kind}" for kind in kinds for side in "BI")]
        self._columns = [units.index(unit) if unit in units else None for unit in wanted]

    def marginals(self, scores: Scores, steps: Scores, lengths: Sequence[int]) -> Scores:
        """Log-probability of each label at each word, (sentences, words, labels); O, then B-, I- of each
        type.

        `scores` (sentences, words, columns) and `steps` (columns, columns) are those of the CRF.
        """
        kept = [c for c in self._columns if c is not None]
        scores, steps = scores[:, :, kept], steps[np.ix_(kept, kept)]
        alphas, betas = scores.copy(), np.zeros_like(scores)
        length = scores.shape[1]
        for n in range(1, length):
            alphas[:, n] += np.logaddexp.reduce(alphas[:, n - 1, :, None] + steps, axis=1)
        inside = np.arange(length)[None, :] < np.array(lengths)[:, None] - 1
        for n in range(length - 2, -1, -1):
            step = np.logaddexp.reduce(steps + (scores[:, n + 1] + betas[:, n + 1])[:, None, :], axis=2)
            betas[:, n] = np.where(inside[:, n, None], step, 0)
        both = alphas + betas
        made = both - np.logaddexp.reduce(both, axis=2, keepdims=True)
        result = np.full((*made.shape[:2], len(self._columns)), -30, dtype=np.float32)
        result[:, :, [n for n, c in enumerate(self._columns) if c is not None]] = made
        return result
