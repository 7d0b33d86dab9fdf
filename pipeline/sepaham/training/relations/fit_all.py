"""Fits all judges on given articles: first look, second look, the article's own, every bar, third
look, who stands together."""

from collections.abc import Sequence

from sepaham.relations.learned.judge import Judge, Judges
from sepaham.training.relations.article import Case, fit_article
from sepaham.training.relations.bars import with_bars
from sepaham.training.relations.fit import fit
from sepaham.training.relations.joint import Second, fit_joint
from sepaham.training.relations.members import fit_members
from sepaham.training.relations.partitions import fit_partitions
from sepaham.training.relations.rows import Told, Worked, joined
from sepaham.training.relations.single import fit_single
from sepaham.training.relations.topics import fit_topics


def fit_all(worked: Sequence[Worked], background: Sequence[Told] = ()) -> dict[str, Judge]:
    """All judges; that of articles builds on that of the parties, and learns from background news too."""
    judges = {slot: fit(found) for slot, found in joined(item.base for item in worked).items()}
    judges |= fit_single(worked) | fit_topics(worked)
    again, seconds = fit_joint(worked)
    judges |= again
    judges["article"] = fit_article(_cases(judges, seconds, background))
    found = with_bars(judges, worked)
    found["member"] = fit_members(seconds, found)
    return found | {"partition": fit_partitions(seconds, found)}


def _cases(judges: Judges, seconds: Sequence[Second], background: Sequence[Told]) -> list[Case]:
    """The gold articles, and the background articles that are not among them."""
    known = {one.item.read.gold["id"] for one in seconds}
    told = [
        Case(one.told(), one.item.read.fold, news=one.item.read.part == "news", gold=True) for one in seconds
    ]
    rest = [item for item in background if item.article_id not in known]
    return told + [Case(item.row(judges), item.fold, news=True, gold=False) for item in rest]
