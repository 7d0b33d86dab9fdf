"""Finds the sentences that report an instrument being signed or agreed, and how surely they do."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sepaham import lexicon
from sepaham.records import Mention
from sepaham.relations.context import Sentence, View
from sepaham.relations.forms import paper_kind
from sepaham.relations.patterns import grammar, pattern

Act = Literal["active", "passive", "nominal", "agree", "named"]
# The acts that put a name under a paper: "menandatangani", "ditandatangani", "penandatanganan".
SIGNING: tuple[Act, ...] = ("active", "passive", "nominal")

# An article whose best sentence has less is no report of an agreement (chosen on written dev and real).
BAR = 2.0
# From here on it can be one, when two parties are plainly bound.
LEAST = 1.1
_QUICK = grammar(r"<triggers.quick>")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A sentence with an instrument of a `kind`, and the word that binds: `act` at `start`..`end`."""

    sentence: Sentence
    act: Act
    start: int
    end: int
    score: float
    instrument: Mention | None
    kind: str


def mentions_instrument(text: str) -> bool:
    """A cheap test that can only say no: without one of these words there is nothing to extract."""
    return _QUICK.search(text) is not None


def find_triggers(view: View) -> list[Trigger]:
    """The sentences that may report an agreement, the surest first."""
    doubt = _article_doubt(view)
    found = [trigger for sentence in view.sentences if (trigger := _trigger(view, sentence, doubt))]
    return sorted(found, key=lambda t: (-t.score, t.sentence.index))


@cache
def _weak() -> re.Pattern[str]:
    phrases = sorted(lexicon.toml("ner/documents.toml")["weak"], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)


def _trigger(view: View, sentence: Sentence, doubt: float) -> Trigger | None:
    if not mentions_instrument(sentence.text):
        return None
    act, start, end = _act(sentence)
    instrument, kind = _instrument(view, sentence, start)
    if act is None or (instrument is None and act == "agree"):
        return None
    if act == "named" and instrument and instrument.text.upper() == "PKS":
        return None
    score = _strength(act, kind) + _place(view, sentence) - _doubt(sentence) - doubt
    if kind in ("", "weak") and not _PAPER.search(view.text):
        score -= 1.5
    return Trigger(sentence, act, sentence.start + start, sentence.start + end, score, instrument, kind)


def _act(sentence: Sentence) -> tuple[Act | None, int, int]:
    """The word that binds: signing before agreeing."""
    for act in SIGNING:
        if found := sentence.find(pattern("sign", act)):
            return act, found.start(), found.end()
    for key in SIGNING:
        if found := sentence.find(pattern("agree", key)):
            return "agree", found.start(), found.end()
    strong = sentence.labelled("DOC")
    if strong:
        return "named", strong[0].start - sentence.start, strong[0].end - sentence.start
    return None, 0, 0


def _instrument(view: View, sentence: Sentence, act: int) -> tuple[Mention | None, str]:
    """The instrument nearest to the binding word; a weak one ("kerja sama") only for want of another."""
    strong = [m for m in sentence.labelled("DOC") if not _party_pks(view, sentence, m)]
    if strong:
        best = min(strong, key=lambda m: abs(m.start - sentence.start - act))
        return best, paper_kind(best.text)
    weak = list(_weak().finditer(sentence.text))
    if not weak:
        return None, ""
    near = min(weak, key=lambda m: (m.start() < act, abs(m.start() - act)))
    start, end = sentence.start + near.start(), sentence.start + near.end()
    return Mention(
        start=start, end=end, label="DOC", text=near.group(), confidence=0.5, source="weak"
    ), "weak"


_PARTY = grammar(r"<triggers.party_pks>\s*\Z")


_PAPER = grammar(r"<triggers.paper>")


def _party_pks(view: View, sentence: Sentence, mention: Mention) -> bool:
    """PKS that is a political party, a bill or a palm oil mill."""
    if mention.text.upper() != "PKS":
        return False
    if not _PAPER.search(view.text):
        return True
    before = sentence.text[: mention.start - sentence.start]
    return _PARTY.search(before) is not None


def _strength(act: Act, kind: str) -> float:
    signing = act in ("active", "passive", "nominal")
    if kind and kind != "weak":
        return 3.0 if signing else (1.5 if act == "agree" else 0.8)
    if kind == "weak":
        return 2.4 if signing else 0.9
    return 1.2


def _place(view: View, sentence: Sentence) -> float:
    """What the headline and the lead tell weighs more than what stands far below."""
    if sentence.in_title:
        return 1.2
    first = view.body_sentences[0].index if view.body_sentences else 0
    rank = sentence.index - first
    return 0.8 if rank < 3 else 0.4 if rank < 8 else 0.0


def _article_doubt(view: View) -> float:
    """A headline that denies or asks, and a story about a crime, a court or a match."""
    top = [s for s in view.sentences if s.in_title] + view.body_sentences[:2]
    doubt = 1.5 if any(s.in_title and s.find(pattern("deny", "headline")) for s in top) else 0.0
    if any(s.find(pattern("deny", "elsewhere")) for s in top):
        doubt += 1.5
    return doubt


def _doubt(sentence: Sentence) -> float:
    """Denial, wish and history in the sentence take away from it."""
    doubt = 0.0
    if sentence.find(pattern("deny")):
        doubt += 2.5
    if sentence.find(pattern("deny", "wish")):
        doubt += 1.5
    if sentence.find(pattern("deny", "history")):
        doubt += 0.8
    return doubt
