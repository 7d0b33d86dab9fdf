"""What the judges look at: the article with its names, the rules' findings, and the slot scores."""

from collections.abc import Sequence
from copy import copy
from functools import cached_property

from sepaham.ner.slots import SlotScores
from sepaham.records import Document, Mention
from sepaham.relations.bodies import Bodies
from sepaham.relations.context import View
from sepaham.relations.learned.chances import Chances
from sepaham.relations.parties import Parties, find_parties
from sepaham.relations.people import People
from sepaham.relations.triggers import Trigger, find_triggers
from sepaham.relations.zones import Placed, place_names


class Reading:
    """One article under the judges."""

    def __init__(self, document: Document, slots: SlotScores) -> None:
        """Wrap a tagged document and its slot scores."""
        self.view = View(document)
        self.chances = Chances(slots)
        self.triggers: list[Trigger] = find_triggers(self.view)
        self.people = People(self.view)
        self.bodies = Bodies(self.view)
        self._home: frozenset[int] | None = None

    def within(self, home: frozenset[int]) -> "Reading":
        """The same article, of which only these sentences tell of the agreement in question."""
        part = copy(self)
        part.__dict__ = {k: v for k, v in self.__dict__.items() if k not in ("papers", "trigger_score")}
        part._home = home
        part.triggers = [t for t in self.triggers if t.sentence.index in home] or self.triggers
        return part

    def tells(self, offset: int) -> bool:
        """Whether what stands at an offset can tell of the agreement in question."""
        return self._home is None or self.sentence_of(offset) in self._home

    @cached_property
    def rules(self) -> Parties:
        """What the rules take for parties; nothing where no sentence reports a signing."""
        if not self.triggers:
            return Parties([], [])
        return find_parties(self.view, self.triggers, self.bodies, self.people)

    @cached_property
    def mentions(self) -> list[Mention]:
        """The mentions outside datelines, in the order of the article."""
        return [mention for sentence in self.view.sentences for mention in sentence.mentions]

    @cached_property
    def placed(self) -> dict[int, Placed]:
        """What the words before each name say of it (bound, only present, speaking ...), by its offset."""
        acts = {t.sentence.index: t for t in reversed(self.triggers)}
        found: dict[int, Placed] = {}
        for sentence in self.view.sentences:
            act = acts.get(sentence.index)
            start, end = (act.start, act.end) if act else (sentence.start, sentence.start)
            nominal = act is not None and act.act != "active"
            found |= {p.mention.start: p for p in place_names(sentence, start, end, nominal=nominal)}
        return found

    def zones(self, starts: Sequence[int]) -> dict[str, float]:
        """The zones of a body or person whose namings begin there, the likeliest first: `zone_...` of the
        first one, `told_...` of those in sentences that report a signing."""
        placed = [self.placed[start] for start in starts if start in self.placed]
        found = {f"zone_{p.zone}": 1.0 for p in placed[:1]}
        told = (p for p in placed if self.sentence_of(p.mention.start) in self.trigger_score)
        return found | {f"told_{p.zone}": 1.0 for p in told}

    @cached_property
    def papers(self) -> list[Mention]:
        """The names of instruments; for want of one, the weak names that the triggers hold."""
        named = [m for m in self.mentions if m.label == "DOC"]
        named = [m for m in named if self.tells(m.start)] or named
        return named or [t.instrument for t in self.triggers if t.instrument]

    @cached_property
    def trigger_score(self) -> dict[int, float]:
        """The score of each sentence that reports a signing, by the sentence's number."""
        return {t.sentence.index: t.score for t in self.triggers}

    def sentence_of(self, offset: int) -> int:
        """The number of the sentence in which an offset stands; -1 for none."""
        found = self.view.at(offset)
        return found.index if found else -1
