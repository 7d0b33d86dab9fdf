"""`sepaham gold-from-corrections`: what reviewers decided wholly, as gold lines in the guideline's form."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sepaham.batch.journal import replace_text
from sepaham.corrections import Correction, Corrector, merge, read_corrections
from sepaham.evaluation import articles_beside
from sepaham.evaluation.check import line_faults
from sepaham.inspector.articles import find_articles
from sepaham.inspector.folder import Folder
from sepaham.records import Agreement, Article, Party, Result


@dataclass(frozen=True)
class GoldReport:
    """How many gold lines were written, and why articles with decisions gave none, one line each."""

    written: int
    left_out: tuple[str, ...]

    def to_text(self) -> str:
        """The report for the terminal."""
        summary = f"{self.written} gold lines written, {len(self.left_out)} reviewed articles left out"
        return "\n".join([summary, *(f"  {line}" for line in self.left_out)])


def gold_from_corrections(
    out: Path, corrections: Path, target: Path, *, inputs: list[str] | None = None
) -> GoldReport:
    """Write gold lines to `target` and their articles beside it, for articles that were decided wholly.

    An article counts when every one of its agreements was accepted or rejected as a whole: that says that the
    records are complete and right. A line that breaks a rule of the guideline is left out, with the rule. Its
    `mentions` are empty: a review decides on agreements, not on names. Raises InputError as reading does.
    """
    folder = Folder(out)
    corrector = Corrector(merge(read_corrections(corrections)))
    touched = [result for result in folder.results() if corrector.touches(result.article_id)]
    articles = find_articles(touched, folder.run, inputs)
    left_out: list[str] = []
    gold: list[dict[str, Any]] = []
    kept: list[Article] = []
    for result in touched:
        article = articles.get(result.article_id)
        line, faults = _line(result, corrector, article)
        left_out += [f"{result.article_id}: {fault}" for fault in faults]
        if line is not None and article is not None and not faults:
            gold.append(line)
            kept.append(article)
    target.parent.mkdir(parents=True, exist_ok=True)
    replace_text(target, "".join(_json(line) for line in gold))
    replace_text(articles_beside(target), "".join(_json(_source(article)) for article in kept))
    return GoldReport(len(gold), tuple(left_out))


def _line(
    result: Result, corrector: Corrector, article: Article | None
) -> tuple[dict[str, Any] | None, list[str]]:
    """(the gold line, why it cannot be one)."""
    waiting = corrector.waiting_for(result.article_id)
    laid = corrector.each(result.agreements, waiting, result.published)
    undecided = [
        agreement.agreement_id
        for agreement, corrected in laid
        if not _decided([c for c, _ in corrected.placed])
    ]
    if undecided:
        return None, [f"{key} is not accepted or rejected as a whole" for key in undecided]
    if any(corrected.unplaced for _, corrected in laid):
        return None, ["a correction cannot be laid over it"]
    if article is None:
        return None, ["its text cannot be found: give the run's inputs with --articles"]
    events = [event(corrected.agreement) for _, corrected in laid if corrected.agreement is not None]
    line = {"id": result.article_id, "is_mou": bool(events), "events": events, "mentions": []}
    return line, list(line_faults(line, article.body))


def _decided(corrections: list[Correction]) -> bool:
    return any(item.whole for item in corrections)


def event(agreement: Agreement) -> dict[str, Any]:
    """An agreement in the form and with the keys of a gold event."""
    date, venue = agreement.date, agreement.venue
    return {
        "status": agreement.status,
        "doc_types": list(agreement.doc_types),
        "agreement_text": agreement.agreement_text,
        "subject": agreement.subject,
        "parties": [_party(party) for party in agreement.parties],
        "hub": agreement.hub,
        "witnesses": [witness.model_dump() for witness in agreement.witnesses],
        "date": {"text": date.text, "value": date.value} if date else None,
        "venue": {"text": venue.text, "name": venue.name, "city": venue.city} if venue else None,
        "commitments": [commitment.text for commitment in agreement.commitments],
        "fields": list(agreement.fields),
        "value": agreement.value.model_dump() if agreement.value else None,
        "duration": agreement.duration.model_dump() if agreement.duration else None,
        "valid_until": agreement.valid_until.model_dump() if agreement.valid_until else None,
    }


def _party(party: Party) -> dict[str, Any]:
    people = [{"name": s.name, "role": s.role, "acting": s.acting} for s in party.signatories]
    return {"name": party.name, "kind": party.kind, "texts": list(party.texts), "signatories": people}


def _source(article: Article) -> dict[str, Any]:
    keys = ("title", "published", "outlet", "url", "text")
    return {"id": article.article_id, **{key: getattr(article, key) for key in keys}}


def _json(line: dict[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False) + "\n"
