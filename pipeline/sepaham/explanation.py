"""Why each field of an article's agreements is what it is, or empty, as lines to read."""

from collections.abc import Iterator
from itertools import groupby

from sepaham.cleaning import clean_article
from sepaham.extraction import DEFAULT_TAGGER, extract_article, loaded
from sepaham.gate import judge as gate_judge
from sepaham.records import Agreement, Article, Evidence
from sepaham.relations import Screened, screened
from sepaham.relations.learned.explain import Reason, explain
from sepaham.relations.learned.judge import judges

_LONGEST = 90


def explained(article: Article, tagger: str = DEFAULT_TAGGER) -> Iterator[str]:
    """Lines that tell for every field its value, confidence, rule and sentence, or why it is empty.

    With the encoder the candidates of every slot follow, each with its chance and what moved it most.
    Raises as `extract_article` does.
    """
    verdict = gate_judge(article.body)
    gate = "passed" if verdict.passed else "stopped"
    yield f"gate: {gate} ({verdict.score:.2f}, needed {verdict.threshold:.2f})"
    copy, _ = clean_article(article)
    document, slots = loaded(tagger)(copy)
    yield _screen(screened(document))
    _, agreements = extract_article(article, tagger=tagger)
    if not agreements:
        yield "no agreement"
    for agreement in agreements:
        yield from _agreement(agreement, article.body)
    if slots is not None:
        for slot, reasons in groupby(explain(document, slots, judges()), key=lambda r: r.slot):
            yield ""
            yield f"candidates for {slot}"
            yield from (_candidate(reason) for reason in reasons)


def _screen(verdict: Screened) -> str:
    moved = ", ".join(f"{name} {points:+.1f}" for name, points in verdict.moved)
    passed = "passed" if verdict.passed else "stopped"
    said = f"screen: {passed} ({verdict.chance:.2f}, needed {verdict.bar:.2f})"
    return f"{said}: {moved}" if moved else said


def _agreement(agreement: Agreement, body: str) -> Iterator[str]:
    sure = agreement.confidence.get("agreement", 1.0)
    yield ""
    yield f"{agreement.agreement_id}: {agreement.status}, confidence {sure:.2f}"
    if agreement.needs_review:
        yield f"  needs review: {', '.join(agreement.review_why)}"
    told = {item.field.split("/")[1] for item in agreement.evidence}
    for item in agreement.evidence:
        yield _evidence(item, body)
    for name in ("date", "venue", "subject", "value", "duration", "valid_until", "hub", "witnesses"):
        if not getattr(agreement, name) and name not in told:
            yield f"  /{name}: empty, nothing in the article reached what it needs"


def _evidence(item: Evidence, body: str) -> str:
    if item.start is None or item.end is None:
        return f"  {item.field}: empty, {item.why or item.rule}"
    before = body.rfind("\n", 0, item.start) + 1
    begin = max(before, item.start - 40)
    around = _short(body[begin : item.end + 40])
    proof = f"confidence {item.confidence:.2f}, {item.rule}; in: {around}"
    return f"  {item.field}: {_short(item.quote or '')!r}, {proof}"


def _candidate(reason: Reason) -> str:
    moved = ", ".join(f"{name} {points:+.1f}" for name, points in reason.moved)
    mark = "+" if reason.taken else "-"
    text = reason.text if reason.whole else _short(reason.text)
    return f"  {mark} {reason.chance:.2f} (needed {reason.bar:.2f}) {text}" + (f": {moved}" if moved else "")


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 3] + "..."
