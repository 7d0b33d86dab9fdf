"""The fast tagger: a spaCy pipeline of floret vectors, a small convolutional network and two label layers."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc
from spacy.util import get_words_and_spaces, registry
from spacy.vocab import Vocab
from thinc.api import Linear, Model, chain, with_array

from sepaham.errors import ModelError
from sepaham.ner.annotate import annotate
from sepaham.ner.bio import Scores, mentions, ordered, words_of
from sepaham.ner.case import calmed
from sepaham.ner.weights import checked, model_folder
from sepaham.records import Label, Mention

FACTORY = "sepaham_bio"
# Words computed together, and how far the network looks to each side; the same cuts for the same text.
_RUN, _REACH = 2000, 8
_LETTERS = 64  # of a longer word only its beginning is looked at


@registry.tokenizers("sepaham.words.v1")
def make_words() -> Any:
    """The tokenizer of the learned taggers: runs of letters and digits, single other signs."""
    return lambda nlp: WordTokenizer(nlp.vocab)


class WordTokenizer:
    """Text -> Doc with the words of `sepaham.ner.bio`; `doc.text` is the text."""

    def __init__(self, vocab: Vocab) -> None:
        """Keep the vocabulary."""
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Cut a text into words; white space beyond one space becomes tokens of its own."""
        words, spaces = get_words_and_spaces([text[start:end] for start, end in words_of(text)], text)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to keep."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> "WordTokenizer":
        """Nothing to restore."""
        return self

    def to_disk(self, _path: Any, **_: Any) -> None:
        """Nothing to keep."""

    def from_disk(self, _path: Any, **_: Any) -> "WordTokenizer":
        """Nothing to restore."""
        return self


@registry.architectures("sepaham.BioScores.v1")
def bio_scores(tok2vec: Model[Any, Any], width: int, labels: int) -> Model[Any, Any]:
    """Docs -> label scores of both layers side by side (words, labels + 3)."""
    return chain(tok2vec, with_array(Linear(nO=labels + 3, nI=width)))


class BioPipe(TrainablePipe):
    """Sets `doc.ents` and `doc.spans["roles"]` from the label scores of its model."""

    def __init__(self, vocab: Vocab, model: Model[Any, Any], name: str, types: Sequence[str]) -> None:
        """`types` are the flat types in the order of their labels."""
        self.vocab, self.model, self.name = vocab, model, name
        self.cfg: dict[str, Any] = {"types": list(types)}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one doc."""
        return annotate(doc, self.mentions(doc.text))

    def mentions(self, text: str) -> list[Mention]:
        """The entities and ROLE spans of a text of any length, in its order; offsets are code points of
        `text`."""
        words = words_of(text)
        if not words:
            return []
        calm = calmed(text)
        scores = self.scores([calm[start : min(end, start + _LETTERS)] for start, end in words])
        types = cast(list[Label], self.cfg["types"])
        found = [*mentions(text, words, scores[:, :-3], types, "spacy")]
        found += mentions(text, words, scores[:, -3:], ("ROLE",), "spacy")
        return ordered(iter(found))

    def scores(self, words: list[str]) -> Scores:
        """Label scores of the words of one text, (words, labels + 3)."""
        xp = self.model.ops.xp
        return cast(Scores, xp.concatenate([*self._runs(words)]))

    def _runs(self, words: list[str]) -> Iterator[Scores]:
        for start in range(0, len(words), _RUN):
            before = max(0, start - _REACH)
            doc = Doc(self.vocab, words=words[before : start + _RUN + _REACH])
            scores = self.model.predict([doc])[0]
            yield scores[start - before : start - before + _RUN]


@Language.factory(FACTORY, assigns=["doc.ents", "doc.spans"], default_config={"types": []})
def make_bio(nlp: Language, name: str, model: Model[Any, Any], types: list[str]) -> BioPipe:
    """The component of config.cfg."""
    return BioPipe(nlp.vocab, model, name, types)


class SpacyTagger:
    """Text -> mentions by the shipped spaCy pipeline; keeps nothing between texts."""

    name = "spacy"

    def __init__(self, folder: Path | None = None) -> None:
        """Load the pipeline from `folder` (default: the one shipped); raises ModelError if it is missing
        or damaged."""
        weights = checked(folder or model_folder(self.name))
        try:
            self.nlp = spacy.load(weights.folder)
        except (OSError, ValueError) as error:
            raise ModelError(f"{weights.folder} cannot be loaded ({error}): install sepaham again") from error
        self._pipe = cast(BioPipe, self.nlp.get_pipe("entities"))

    def mentions(self, text: str) -> list[Mention]:
        """The entities and ROLE spans of a text of any length, in its order; offsets are code points of
        `text`."""
        with self.nlp.vocab.memory_zone():  # else the vocabulary would keep every new word for ever
            return self._pipe.mentions(text)

    def read(self, text: str) -> tuple[list[Mention], None]:
        """The mentions; this tagger has no slot layer."""
        return self.mentions(text), None
