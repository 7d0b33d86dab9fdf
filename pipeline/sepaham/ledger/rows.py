"""Entry -> the rows of the ledger's tables; the keys are the tables' columns."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sepaham.ledger import law
from sepaham.ledger.entry import Entry, Merged, Source
from sepaham.ledger.lineage import Lineage
from sepaham.ledger.times import common, iso
from sepaham.ledger.urusan import urusan
from sepaham.records import Party
from sepaham.tables.rows import trigger_quote
from sepaham.tables.schema import PACK

Row = dict[str, Any]
YEAR = 365
GOOD, FAIR = 0.6, 0.4
NOT_SEEN = "not seen in these articles"
_DAY = len("2024-04-26")


class Setting(NamedTuple):
    """What rows need beside their entry: the lines of papers, and the day that deadlines count from."""

    lineage: Lineage
    on: int | None


def pack(values: Iterable[object]) -> str | None:
    """A packed cell; a missing value keeps its place, all missing is an empty cell."""
    texts = [" ".join(str(value or "").split()) for value in values]
    return PACK.join(texts) if any(texts) else None


def ledger_row(entry: Entry, setting: Setting) -> Row:
    """The row of `ledger.csv`."""
    facts, lead = entry.facts, entry.sources[0]
    ruling = law.rule(facts)
    link = setting.lineage.links.get(entry.ledger_id)
    published = sorted(filter(None, (meta.published for meta in _articles(entry))))
    return {
        "ledger_id": entry.ledger_id,
        "lineage_id": setting.lineage.root(entry.ledger_id),
        "follows": link.earlier if link else None,
        "follows_how": link.how if link else None,
        "legal_class": ruling.legal_class,
        "legal_rule": ruling.rule,
        "as_of": iso(setting.on) if setting.on else None,
        **_paper_cells(facts),
        **_party_cells(facts),
        **_term_cells(facts, setting.on),
        **_next_cells(entry, ruling.legal_class, setting),
        **_health_cells(entry),
        "primary_report": lead.report.agreement_id,
        "first_published": published[0] if published else None,
        "last_published": published[-1] if published else None,
        "quote": trigger_quote(lead.agreement),
        "url": lead.report.meta.url,
    }


def _articles(entry: Entry) -> Iterator[Any]:
    for source in entry.sources:
        yield source.report.meta
        yield from (copy.meta for copy in source.copies)


def _paper_cells(facts: Merged) -> Row:
    value = facts.date_value
    signed = value and len(value) == _DAY and facts.status != "planned"
    return {
        "status": facts.status,
        "stages": pack(f"{stage} {day or ''}".strip() for stage, day in facts.stages),
        "paper": law.paper(facts.docs, facts.doc_name),
        "doc_types": pack(facts.docs),
        "doc_name": facts.doc_name,
        "doc_number": facts.doc_number,
        "subject": facts.subject,
        "date_signed": value if signed else None,
        "date_value": value,
        "date_min": iso(facts.dated[0]) if facts.dated else None,
        "date_max": iso(facts.dated[1]) if facts.dated else None,
        "venue_name": facts.venue_name,
        "venue_city": facts.venue_city,
        "venue_city_code": facts.venue_city_code,
        "commitments": pack(facts.commitments),
        "fields": pack(facts.fields),
        "urusan": pack(urusan(facts.fields, facts.subject, facts.commitments)),
        "value_amount": facts.amount,
        "value_currency": facts.currency,
    }


def _party_cells(facts: Merged) -> Row:
    parties = facts.parties
    bound = [law.region_of(party) for party in parties if law.side(party) == "region"]
    units = [party.name for party in parties if party.level == "unit" and law.side(party) == "region"]
    return {
        "parties": pack(party.name for party in parties),
        "party_codes": pack(party.code for party in parties),
        "party_kinds": pack(party.kind for party in parties),
        "n_parties": len(parties),
        "regions": pack(dict.fromkeys(code for code in bound if ":" in code)),
        "implementers": pack(units),
        "hub": facts.hub,
        "signatories": pack(_signed(party) for party in parties),
    }


def _signed(party: Party) -> str:
    people = (
        f"{p.name} ({p.role})" if p.name and p.role else p.name or p.role or "" for p in party.signatories
    )
    return "; ".join(people)


def _term_cells(facts: Merged, on: int | None) -> Row:
    until = law.valid_until(facts)
    return {
        "duration_iso": facts.duration,
        "valid_until": until.value if until else None,
        "valid_until_basis": until.basis if until else None,
        "expires_within_90_days": law.expires_within(until, on) if on else None,
    }


def _next_cells(entry: Entry, legal_class: law.LegalClass | None, setting: Setting) -> Row:
    """The paper that follows; what these articles don't show may well have been signed."""
    facts = entry.facts
    following = law.next_paper(law.paper(facts.docs, facts.doc_name), legal_class)
    if following is None or facts.status in ("planned", "ended"):
        return {}
    seen = setting.lineage.later.get(entry.ledger_id, ())
    note = "seen" if seen else NOT_SEEN
    if not seen and setting.on and entry.since and setting.on - entry.since > YEAR:
        note = f"{NOT_SEEN} after 12 months"
    name = law.paper_name(following, legal_class)
    return {"next_paper": name, "next_paper_ids": pack(seen), "next_paper_note": note}


def completeness(facts: Merged) -> float:
    """The share of the facts of a full record that are known.

    Two parties; a code for each; the day; the place; the instrument; what it is about; who signed; its term.
    """
    parties = facts.parties
    known = (
        len(parties) > 1,
        bool(parties) and all(party.code or party.parent_code for party in parties),
        len(facts.date_value or "") == _DAY,
        bool(facts.venue_name or facts.venue_city),
        bool(facts.doc_name),
        bool(facts.subject or facts.commitments),
        any(party.signatories for party in parties),
        bool(facts.duration or facts.until),
    )
    return round(sum(known) / len(known), 3)


def _health_cells(entry: Entry) -> Row:
    facts = entry.facts
    full, conflicts = completeness(facts), len(facts.conflicts)
    good = entry.independent > 1 and not conflicts and full >= GOOD
    fair = full >= FAIR and conflicts <= 1
    return {
        "n_reports": len(entry.sources),
        "n_articles": sum(1 for _ in _articles(entry)),
        "independent_sources": entry.independent,
        "votes": pack(f"{fact} {votes}/{of}" for fact, (votes, of) in facts.votes.items()),
        "conflicts": pack(facts.conflicts),
        "n_conflicts": conflicts,
        "completeness": full,
        "health": "good" if good else "fair" if fair else "weak",
    }


def source_rows(entry: Entry, folders: tuple[str, ...]) -> Iterator[Row]:
    """The rows of `ledger_sources.csv`: the leading report, the others, each followed by its copies."""
    for rank, source in enumerate(entry.sources):
        folder = folders[source.report.place[0]] if len(folders) > 1 else None
        row = _source_row(entry.ledger_id, source, "report" if rank else "primary")
        yield {**row, "folder": folder}
        for copy in source.copies:
            meta = {
                name: getattr(copy.meta, name)
                for name in ("article_id", "outlet", "published", "title", "url")
            }
            shared = {
                "ledger_id": entry.ledger_id,
                "source": copy.meta.origin,
                "folder": folder,
                "role": "copy",
            }
            yield {**shared, **meta}


def _source_row(ledger_id: str, source: Source, role: str) -> Row:
    report, meta = source.report, source.report.meta
    return {
        "ledger_id": ledger_id,
        "agreement_id": report.agreement_id,
        "article_id": meta.article_id,
        "role": role,
        "source": meta.origin,
        "score": source.score,
        "status": report.status,
        "date_value": common(report.dated) if report.dated else None,
        "differs": pack(source.differs),
        "outlet": meta.outlet,
        "published": meta.published,
        "title": meta.title,
        "url": meta.url,
        "quote": trigger_quote(source.agreement),
    }
