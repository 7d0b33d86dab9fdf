"""Fits the second look at parties and signers, on what judges say of articles they have not learned from."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sepaham.relations.learned import joint
from sepaham.relations.learned.judge import Judge, Judges
from sepaham.training.relations.fit import fit, with_trees
from sepaham.training.relations.rows import Row, Rows, Worked

FIRST = ("party", "signer", "tie", "together")
"""The judges that the second look builds on."""


@dataclass
class Second:
    """One article under the second look: features of its bodies and people, and their chances."""

    item: Worked
    party: list[dict[str, float]]
    signer: list[dict[str, float]]
    party_chances: list[float] = field(default_factory=list)
    signer_chances: list[float] = field(default_factory=list)

    def rows(self) -> Rows:
        """What the judges of the second look learn from."""
        item = self.item
        return {
            "party_joint": [
                Row(f, item.bound(c), item.weight) for f, c in zip(self.party, item.parties, strict=True)
            ],
            "signer_joint": [
                Row(f, item.signs(s), item.weight) for f, s in zip(self.signer, item.signers, strict=True)
            ],
        }

    def judged(self, judges: Judges) -> None:
        """Take the chances of these judges."""
        self.party_chances = [judges["party_joint"].chance(f) for f in self.party]
        self.signer_chances = [judges["signer_joint"].chance(f) for f in self.signer]


def first_judges(worked: Sequence[Worked]) -> dict[str, Judge]:
    """The judges of the first look."""
    return {slot: fit([row for item in worked for row in item.base[slot]]) for slot in FIRST}


def fit_joint(worked: Sequence[Worked]) -> tuple[dict[str, Judge], list[Second]]:
    """The judges of the second look, and every article with chances that are not learned from it."""
    agreements = [item for item in worked if item.events]
    folds = sorted({item.read.fold for item in agreements})
    seconds = [second for fold in folds for second in _seconds(agreements, fold)]
    for fold in folds:
        judges = _fitted([s for s in seconds if s.item.read.fold != fold])
        for second in seconds:
            if second.item.read.fold == fold:
                second.judged(judges)
    return _fitted(seconds), seconds


def _seconds(worked: Sequence[Worked], fold: int) -> list[Second]:
    """The articles of a fold, first judged by what was learned on the others."""
    judges = first_judges([item for item in worked if item.read.fold != fold])
    found = []
    for item in worked:
        if item.read.fold == fold:
            seen = joint.look(item.reading, item.parties, item.signers, judges)
            found.append(Second(item, seen.party_features(judges), seen.signer_features()))
    return found


def _fitted(seconds: Sequence[Second]) -> dict[str, Judge]:
    rows: Rows = {}
    for second in seconds:
        for slot, found in second.rows().items():
            rows.setdefault(slot, []).extend(found)
    return {slot: with_trees(fit(found), found) for slot, found in rows.items()}
