"""Fits all judges on given articles: first look, second look, the article's own, and every bar."""

from collections.abc import Sequence

from sepaham.relations.learned.judge import Judge
from sepaham.training.relations.bars import with_bars
from sepaham.training.relations.fit import fit
from sepaham.training.relations.joint import fit_joint
from sepaham.training.relations.rows import Rows, Told, Worked


def fit_all(worked: Sequence[Worked], background: Sequence[Told] = ()) -> dict[str, Judge]:
    """All judges; that of articles builds on that of the parties, and learns from background news too."""
    rows: Rows = {}
    for item in worked:
        for slot, found in item.base.items():
            rows.setdefault(slot, []).extend(found)
    judges = {slot: fit(found) for slot, found in rows.items()}
    again, seconds = fit_joint(worked)
    judges |= again
    told = [one.told() for one in seconds]
    known = {item.read.gold["id"] for item in worked}
    news = [item.row(judges) for item in background if item.article_id not in known]
    judges["article"] = fit([*told, *news])
    return with_bars(judges, worked, seconds, news)
