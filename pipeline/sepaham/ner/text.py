"""A text under reading: its words, the lists they stand in, and small questions that the grammar asks."""

import re
from dataclasses import dataclass

from sepaham.ner.cues import Cues, find_cues
from sepaham.ner.lists import Phrases, find_phrases, given_names, small_heads, words
from sepaham.ner.tokens import Token, tokenise
from sepaham.records import Span

_ROMAN = re.compile(r"[IVX]{1,4}")


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one text (or of a window of it) with what the lists and the whole text say about them."""

    tokens: list[Token]
    phrases: Phrases
    cues: Cues
    opens: frozenset[int]
    title_end: int = 0

    def __len__(self) -> int:
        """The number of words."""
        return len(self.tokens)

    def capital(self, i: int) -> bool:
        """Token `i` is there and begins with a capital."""
        return i < len(self.tokens) and self.tokens[i].capital

    def sign(self, i: int, signs: str) -> bool:
        """Token `i` is there and is one of these signs."""
        return 0 <= i < len(self.tokens) and self.tokens[i].text in signs

    def head(self, kind: str, i: int) -> int:
        """The index after the head of this kind at `i`, capitalised or listed as small; else 0."""
        end = self.phrases.at(kind, i)
        if not end:
            return 0
        if self.tokens[i].capital:
            return end
        phrase = " ".join(token.text for token in self.tokens[i:end])
        return end if phrase in small_heads(kind.split(".")[0]) and self.capital(end) else 0

    def region(self, i: int) -> int:
        """The index after the region, country or city at `i`, or 0; short forms count only in capitals."""
        end = max(self.phrases.at(kind, i) for kind in ("region", "country", "area"))
        if not end or not self.tokens[i].capital:
            return 0
        word = self.tokens[i].text
        if end == i + 1 and len(word) <= 4 and not word.isupper() and self.phrases.at("country", i):
            return end if word in words("small_countries") else 0
        return end

    def numeral(self, i: int) -> bool:
        """A Roman numeral or a number of up to three digits."""
        if i >= len(self.tokens):
            return False
        word = self.tokens[i].text
        if word == "I" and self.person(i):
            return False
        return bool(_ROMAN.fullmatch(word)) or (word.isdigit() and len(word) <= 3)

    def roman(self, i: int) -> bool:
        """A Roman numeral."""
        return self.numeral(i) and not self.tokens[i].text.isdigit()

    def topic(self, i: int) -> bool:
        """A capitalised word of the fields that offices and bodies are named after."""
        return self.capital(i) and self.tokens[i].lower in words("topics")

    def person(self, i: int) -> bool:
        """A word that opens or belongs to a person's name."""
        if not self.capital(i) or self.tokens[i].acronym:
            return bool(i < len(self.tokens) and self.capital(i) and self.phrases.at("title", i))
        word = self.tokens[i].text
        if word == "I" and self.capital(i + 1) and self.tokens[i + 1].text in given_names():
            return True
        if word in self.cues.people or self.phrases.at("title", i):
            return True
        return word in given_names() and word not in self.cues.bodies

    def bracket(self, i: int) -> int:
        """The index after a short bracket at `i` that holds a name or a short form, or 0."""
        if not self.sign(i, "("):
            return 0
        for end in range(i + 1, min(i + 10, len(self.tokens))):
            if self.sign(end, ")"):
                inside = self.tokens[i + 1 : end]
                named = any(t.capital for t in inside) and not any(t.text[0].isdigit() for t in inside)
                return end + 1 if named else 0
        return 0

    def in_paper(self, i: int) -> bool:
        """The word goes on with the name of an instrument: "Perjanjian | Jual Beli Tenaga Listrik"."""
        return not self.tokens[i].acronym and any(
            self.phrases.at("doc", k) == i for k in range(max(0, i - 5), i)
        )

    def headline(self, i: int) -> bool:
        """A word that is capital only because headlines are: the text below writes it small."""
        token = self.tokens[i]
        return token.end <= self.title_end and token.lower in self.cues.small | words("common")


def read_words(text: str, sentences: list[Span]) -> tuple[list[Token], Phrases]:
    """The words of a text, with a stop between its sentences, and the lists in which they stand."""
    tokens: list[Token] = []
    for sentence in sentences:
        tokens.extend(tokenise(text, sentence.start, sentence.end))
        tokens.append(Token("\n", sentence.end, sentence.end, True))
    return tokens, find_phrases(tokens)


def read_text(tokens: list[Token], phrases: Phrases, sentences: list[Span], title_end: int = 0) -> Text:
    """The words of a text with what the whole of it says about them."""
    opens = frozenset(sentence.start for sentence in sentences)
    return Text(tokens, phrases, find_cues(tokens, phrases), opens, title_end)
