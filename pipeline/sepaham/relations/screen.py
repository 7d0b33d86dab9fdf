"""The screen: stops an article whose own words speak against an agreement, before the costly tagger reads it.

Three in four articles of a dump that the gate lets through report none, and the encoder would take a hundred
times as long to say so. It sees words and pairs of words, of the sentences that may report a signing and of
the article's beginning, how surely those sentences report one, and what the gate counts;
`sepaham.training.relations.screen` fits it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log1p

from sepaham import lexicon
from sepaham.errors import ModelError
from sepaham.gate import amounts
from sepaham.ner.tagger import LONGEST
from sepaham.records import Document
from sepaham.relations.context import View
from sepaham.relations.learned.judge import Features, Judge
from sepaham.relations.triggers import SIGNING, Trigger, find_triggers, mentions_instrument

SENTENCES = 4
"""So many of the sentences that most likely report a signing are looked at."""
LEAD = 600
"""Characters of the text, behind the title, that are its beginning."""
_EACH = 0.15
"""What one of a count weighs: a lasso counts in weights, and words have about as much."""
_WORD = re.compile(r"[^\W\d_]+|\d+")
_FILE = "relations/screen.json"


@dataclass(frozen=True)
class Screened:
    """Whether an article may report an agreement.

    `chance` is that of its words, 1 where they are not asked and 0 where no sentence may report a signing; it
    passes from `bar` on. `moved` is what told most, with the log odds that each added.
    """

    chance: float
    bar: float
    moved: tuple[tuple[str, float], ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the article is worth a closer look."""
        return self.chance >= self.bar


def screened(document: Document) -> Screened:
    """The verdict over an article, by the rules' mentions alone, which no tagger changes."""
    judge, view = shipped(), View(document)
    triggers = find_triggers(view) if mentions_instrument(view.text) else []
    if not triggers:
        return Screened(0.0, judge.bar)
    if not asked(view):
        return Screened(1.0, judge.bar)
    told = clues(view, triggers)
    return Screened(judge.chance(told), judge.bar, tuple(judge.reasons(told)))


def asked(view: View) -> bool:
    """Whether the words of a text are asked: not where it is all beginning, which costs little to read, nor
    where the rules read only parts."""
    return LEAD < len(view.text) - view.title_end <= LONGEST


def clues(view: View, triggers: Sequence[Trigger]) -> Features:
    """What the screen sees: `sentence:` and `lead:` with one word or two (numbers as "0"), `gate:`
    and `report:` with what is counted.

    Words weigh the less the more there are, so that long sentences weigh no more than short ones.
    """
    title, lead = view.text[: view.title_end], view.text[view.title_end : view.title_end + LEAD]
    words = {f"lead:{gram}" for gram in _grams([title, lead])}
    words |= {f"sentence:{gram}" for gram in _grams(t.sentence.text for t in triggers[:SENTENCES])}
    counts = {f"gate:{name}": value for name, value in amounts(view.text).items() if value}
    counts |= {f"report:{name}": value for name, value in _reports(triggers).items() if value}
    each = 1 / max(1, len(words)) ** 0.5
    return dict.fromkeys(sorted(words), each) | {name: _EACH * value for name, value in counts.items()}


def _reports(triggers: Sequence[Trigger]) -> Features:
    """How many sentences may report a signing, how many name the paper, and how surely they do."""
    signings = [t for t in triggers if t.act in SIGNING]
    named = [t for t in signings if t.kind not in ("", "weak")]
    scores = [t.score for t in triggers]
    return {
        "best": scores[0],
        "second": scores[1] if len(scores) > 1 else 0.0,
        "sentences": log1p(len(triggers)),
        "signings": log1p(len(signings)),
        "signings of a named paper": log1p(len(named)),
        "best of a named paper": named[0].score if named else 0.0,
    }


def _grams(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        words = ["0" if word.isdigit() else word for word in _WORD.findall(text.lower())]
        yield from words
        yield from map(" ".join, pairwise(words))


@cache
def shipped() -> Judge:
    """The screen that the package ships; raises ModelError when it is damaged."""
    found = lexicon.json_object(_FILE)
    try:
        return Judge(found["weights"], float(found["bias"]), float(found["bar"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"resources/{_FILE} is damaged ({error!r}): install sepaham again") from error
