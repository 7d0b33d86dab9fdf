"""The verdict of the gate over one article's body."""

from sepaham.gate.cues import Group, find_cues
from sepaham.gate.features import FEATURES, features
from sepaham.gate.weights import shipped
from sepaham.records import Record, Span


class Cue(Span):
    """A word that the gate looked at: `text` is the raw slice, `name` the cue's in cues.toml."""

    group: Group
    name: str
    text: str


class GateResult(Record):
    """Whether an article may hold an agreement, and why.

    `score` is 0 to 1, and 0 where no cue was found that opens the gate; it passes from `threshold` on.
    `parts` is what each feature adds to the log odds; `cues` stand in the order of the text.
    """

    passed: bool
    score: float
    threshold: float
    parts: dict[str, float]
    cues: tuple[Cue, ...]


def passes(text: str) -> bool:
    """True when `text` (`Article.body`) may hold an agreement; the same answer as `judge(text).passed`."""
    hits = find_cues(text)
    if not hits:
        return False
    weights = shipped()
    return weights.score(features(hits)) >= weights.threshold


def amounts(text: str) -> dict[str, float]:
    """What the gate counts in `text` (`Article.body`), by feature: log counts, near pairs, early cues."""
    return dict(zip(FEATURES, features(find_cues(text)), strict=True))


def judge(text: str) -> GateResult:
    """The verdict over `text` (`Article.body`) with the cues it rests on; offsets count in `text`."""
    weights = shipped()
    hits = find_cues(text)
    if not hits:
        return GateResult(passed=False, score=0.0, threshold=weights.threshold, parts={}, cues=())
    values = features(hits)
    score = weights.score(values)
    return GateResult(
        passed=score >= weights.threshold,
        score=score,
        threshold=weights.threshold,
        parts={name: round(part, 3) for name, part in weights.parts(values).items()},
        cues=tuple(
            Cue(start=h.start, end=h.end, group=h.group, name=h.name, text=text[h.start : h.end])
            for h in hits
        ),
    )
