"""Agreement -> the rows of every table; each function gives dicts that hold the table's columns."""

import itertools
from collections.abc import Iterator
from typing import Any

from sepaham.records import Agreement, Party, Result, Signatory
from sepaham.tables.schema import PACK

Row = dict[str, Any]


def _pack(values: Iterator[str | None] | tuple[str, ...]) -> str | None:
    """The values of a packed cell; a missing one keeps its place, all missing is an empty cell."""
    texts = [" ".join((value or "").split()) for value in values]
    return PACK.join(texts) if any(texts) else None


def _acting(person: Signatory) -> str | None:
    return (person.acting_form or "Pj") if person.acting else None


def pairs(agreement: Agreement) -> list[tuple[int, int]]:
    """Who is bound to whom, as party numbers from 1: the hub with each other, else all with all."""
    numbers = range(1, len(agreement.parties) + 1)
    hubs = [n for n in numbers if agreement.hub and agreement.parties[n - 1].name == agreement.hub]
    if hubs:
        hub = hubs[0]
        return [(min(hub, n), max(hub, n)) for n in numbers if n != hub]
    return list(itertools.combinations(numbers, 2))


def _party_cells(n: int, parties: tuple[Party, ...]) -> Row:
    party = parties[n - 1] if n <= len(parties) else None
    people = party.signatories if party else ()
    return {
        f"party_{n}_name": party.name if party else None,
        f"party_{n}_signatory": _pack(person.name for person in people),
        f"party_{n}_role": _pack(person.role for person in people),
        f"party_{n}_acting": _pack(_acting(person) for person in people),
    }


def _date_cells(agreement: Agreement) -> Row:
    date = agreement.date
    if date is None:
        return {"date_precision": "none"}
    known = len(date.value or "") == len("2024-04-26") and agreement.status in ("signed", "extended")
    return {
        "date_signed": date.value if known else None,
        "date_min": date.lower,
        "date_max": date.upper,
        "date_precision": date.precision,
        "date_basis": date.basis,
        "date_text": date.text,
        "date_conflict": date.conflict,
    }


def trigger_quote(agreement: Agreement) -> str | None:
    """The sentence that proves the agreement: the evidence of its status, else the first there is."""
    quoted = [e for e in agreement.evidence if e.quote]
    proof = next((e for e in quoted if e.field == "/status"), quoted[0] if quoted else None)
    return proof.quote if proof else None


def agreement_row(agreement: Agreement, article: Result) -> Row:
    """The flat row of `agreements.csv`."""
    parties, venue, value = agreement.parties, agreement.venue, agreement.value
    return {
        "agreement_id": agreement.agreement_id,
        "status": agreement.status,
        "doc_types": _pack(agreement.doc_types),
        "doc_name": agreement.agreement_text,
        "doc_number": agreement.doc_number,
        "subject": agreement.subject,
        **_date_cells(agreement),
        "parties": _pack(party.name for party in parties),
        "party_codes": _pack(party.code for party in parties),
        "party_kinds": _pack(party.kind for party in parties),
        "n_parties": len(parties),
        "hub": agreement.hub,
        **_party_cells(1, parties),
        **_party_cells(2, parties),
        "witnesses": _pack(witness.name or witness.role for witness in agreement.witnesses),
        "venue_text": venue.text if venue else None,
        "venue_name": venue.name if venue else None,
        "venue_city": venue.city if venue else None,
        "venue_city_code": venue.city_code if venue else None,
        "commitments": _pack(commitment.text for commitment in agreement.commitments),
        "n_commitments": len(agreement.commitments),
        "fields": _pack(agreement.fields),
        "value_amount": value.amount if value else None,
        "value_currency": value.currency if value else None,
        "duration_iso": agreement.duration.iso if agreement.duration else None,
        "valid_until": agreement.valid_until.value if agreement.valid_until else None,
        "confidence": agreement.confidence.get("agreement"),
        "needs_review": agreement.needs_review,
        "review_why": _pack(agreement.review_why),
        "quote": trigger_quote(agreement),
        **{key: getattr(article, key) for key in ("article_id", "title", "outlet", "published", "url")},
    }


def article_row(article: Result) -> Row:
    """The row of `articles.csv`; keys that are no column of it don't matter."""
    return {
        **vars(article),
        "record_number": article.record,
        "truncated": "yes" if article.truncated else None,
        "n_agreements": len(article.agreements),
    }


def party_rows(agreement: Agreement) -> Iterator[Row]:
    """The rows of `parties.csv`."""
    for seq, party in enumerate(agreement.parties, 1):
        yield {
            "agreement_id": agreement.agreement_id,
            "seq": seq,
            **party.model_dump(exclude={"texts", "signatories"}),
            "texts": _pack(party.texts),
            "is_hub": agreement.hub is not None and party.name == agreement.hub,
        }


def people_rows(agreement: Agreement) -> Iterator[Row]:
    """The rows of `people.csv`: signatories in the order of their parties, then witnesses."""
    rows: list[Row] = []
    for party_seq, party in enumerate(agreement.parties, 1):
        for person in party.signatories:
            rows.append(
                {
                    "function": "signatory",
                    "name": person.name,
                    "role": person.role,
                    "acting": _acting(person),
                    "party_seq": party_seq,
                    "on_behalf_of": person.on_behalf_of,
                }
            )
    rows += [{"function": "witness", "name": w.name, "role": w.role} for w in agreement.witnesses]
    for seq, row in enumerate(rows, 1):
        yield {"agreement_id": agreement.agreement_id, "seq": seq, **row}


def pair_rows(agreement: Agreement) -> Iterator[Row]:
    """The rows of `pairs.csv`."""
    for a, b in pairs(agreement):
        yield {"agreement_id": agreement.agreement_id, "party_a_seq": a, "party_b_seq": b}


def commitment_rows(agreement: Agreement) -> Iterator[Row]:
    """The rows of `commitments.csv`."""
    for seq, commitment in enumerate(agreement.commitments, 1):
        yield {"agreement_id": agreement.agreement_id, "seq": seq, **commitment.model_dump()}


def evidence_rows(agreement: Agreement) -> Iterator[Row]:
    """The rows of `evidence.csv`."""
    for evidence in agreement.evidence:
        yield {"agreement_id": agreement.agreement_id, **evidence.model_dump()}


LONG = {
    "parties": party_rows,
    "people": people_rows,
    "pairs": pair_rows,
    "commitments": commitment_rows,
    "evidence": evidence_rows,
}
"""Table name -> the rows that one agreement gives it."""
