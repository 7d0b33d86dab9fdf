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
    look: joint.Look
    party_chances: list[float] = field(default_factory=list)
    signer_chances: list[float] = field(default_factory=list)
    article: dict[str, float] = field(default_factory=dict)

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
        """Take the chances of these judges, and with them the features of the article."""
        self.party_chances = [judges["party_joint"].chance(f) for f in self.party]
        self.signer_chances = [judges["signer_joint"].chance(f) for f in self.signer]
        for body, chance in zip(self.look.bodies, self.party_chances, strict=True):
            body.chance = chance
        for person, chance in zip(self.look.people, self.signer_chances, strict=True):
            person.chance = chance
        self.article = joint.article_features(self.look, judges)

    def told(self) -> Row:
        """The row of the judge of articles."""
        return Row(self.article, bool(self.item.read.gold["is_mou"]), self.item.weight)


def first_judges(worked: Sequence[Worked]) -> dict[str, Judge]:
    """The judges of the first look."""
    return {slot: fit([row for item in worked for row in item.base.get(slot, ())]) for slot in FIRST}


def fit_joint(worked: Sequence[Worked]) -> tuple[dict[str, Judge], list[Second]]:
    """The judges of the second look, and every article with chances that are not learned from it."""
    folds = sorted({item.read.fold for item in worked})
    firsts = {fold: first_judges([i for i in worked if i.read.fold != fold]) for fold in folds}
    seconds = [second(item, firsts[item.read.fold]) for item in worked]
    for fold in folds:
        judges = firsts[fold] | _fitted([s for s in seconds if s.item.read.fold != fold])
        for one in seconds:
            if one.item.read.fold == fold:
                one.judged(judges)
    return _fitted(seconds), seconds


def second(item: Worked, judges: Judges) -> Second:
    """What the second look sees in an article that these judges have looked at first."""
    seen = joint.look(item.reading, item.parties, item.signers, judges)
    return Second(item, seen.party_features(judges), seen.signer_features(), seen)


def _fitted(seconds: Sequence[Second]) -> dict[str, Judge]:
    rows: Rows = {}
    for one in seconds:
        if one.item.events:
            for slot, found in one.rows().items():
                rows.setdefault(slot, []).extend(found)
    return {slot: with_trees(fit(found), found) for slot, found in rows.items()}
