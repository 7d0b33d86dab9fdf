"""Fits the second look at parties and signers, on what judges say of articles they have not learned from."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sepaham.relations.learned import joint
from sepaham.relations.learned.judge import Judge, Judges
from sepaham.relations.learned.parties import Candidate
from sepaham.training.relations.fit import fit, with_trees
from sepaham.training.relations.rows import Row, Rows, Worked, joined

FIRST = ("party", "signer", "tie", "together")
"""The judges that the second look builds on."""


@dataclass
class Second:
    """One article under the second look; what its bodies and people were given last are their chances."""

    item: Worked
    look: joint.Look
    article: dict[str, float] = field(default_factory=dict)

    def rows(self) -> Rows:
        """What the judges of the second look learn from; nothing where there is no agreement."""
        item = self.item
        if not item.events:
            return {}
        look = self.look
        return {
            "party_joint": [
                Row(f, item.bound(c), item.weight) for f, c in zip(look.party, look.bodies, strict=True)
            ],
            "signer_joint": [
                Row(f, item.signs(s), item.weight) for f, s in zip(look.signer, look.people, strict=True)
            ],
        }

    def judged(self, judges: Judges) -> None:
        """Take the chances of these judges, and with them the features of the article."""
        joint.decide(self.look, judges)
        self.article = joint.article_features(self.look, judges)

    def copied(self) -> joint.Look:
        """The look with bodies of its own: choosing the parties joins those that are one, raises chances."""
        look = self.look
        return joint.Look(look.reading, [_copy(body) for body in look.bodies], look.people, look.tie)

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
    return Second(item, joint.look(item.reading, item.parties, item.signers, judges))


def _copy(candidate: Candidate) -> Candidate:
    body = replace(candidate.body, texts=list(candidate.body.texts))
    return replace(candidate, body=body, namings=list(candidate.namings), keys=set(candidate.keys))


def _fitted(seconds: Sequence[Second]) -> dict[str, Judge]:
    rows = joined(one.rows() for one in seconds)
    return {slot: with_trees(fit(found), found) for slot, found in rows.items()}
