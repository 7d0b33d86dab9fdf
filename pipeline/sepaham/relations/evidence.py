"""Collects the proof of an agreement: for every field the raw words, the rule and a confidence."""

from collections.abc import Callable
from functools import cache

from sepaham import lexicon
from sepaham.records import Evidence
from sepaham.relations.context import Sentence


@cache
def confidence(slot: str) -> float:
    """The measured precision of a slot, as its confidence."""
    return float(lexicon.toml("relations/confidence.toml")[slot])


class Proof:
    """The evidence of one agreement, in the order in which it is added."""

    def __init__(self, text: str, calibrate: Callable[[str, float], float] | None = None) -> None:
        """Begin without evidence; `text` is the article's body, `calibrate` turns the chance of a slot, which
        is its measured precision where no judge gave one, into its confidence."""
        self._text = text
        self._calibrate = calibrate or (lambda _slot, chance: chance)
        self._items: list[Evidence] = []

    def add(self, field: str, slot: str, start: int, end: int, rule: str, sure: float | None = None) -> None:
        """Point a field (JSON pointer) at the words `start`..`end`; `sure` is its chance, where judged."""
        self._items.append(
            Evidence(
                field=field,
                start=start,
                end=end,
                quote=self._text[start:end],
                confidence=round(self._calibrate(slot, confidence(slot) if sure is None else sure), 3),
                rule=rule,
            )
        )

    def add_text(
        self, field: str, slot: str, text: str, within: Sentence, rule: str, sure: float | None = None
    ) -> None:
        """Point a field at a form of the article: in the sentence if there, else where it first is."""
        start = self._text.find(text, within.start, within.end)
        start = start if start >= 0 else self._text.find(text)
        if start >= 0:
            self.add(field, slot, start, start + len(text), rule, sure)
        else:
            self.add(field, slot, within.start, within.end, rule, sure)

    def empty(self, field: str, slot: str, why: str) -> None:
        """Say why a field was left empty."""
        self._items.append(Evidence(field=field, confidence=confidence(slot), rule="abstain", why=why))

    @property
    def items(self) -> tuple[Evidence, ...]:
        """All evidence in order."""
        return tuple(self._items)

    @property
    def first(self) -> int:
        """The smallest offset of the evidence."""
        return min((e.start for e in self._items if e.start is not None), default=0)
