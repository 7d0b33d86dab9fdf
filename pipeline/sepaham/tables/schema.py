"""What stands in each table: the one place for column names, types and meanings.

CSV headers, `datapackage.json`, the pandas dtypes of `read_tables` and the data dictionary come from here.
"""

from typing import Literal, NamedTuple

SCHEMA_VERSION = "1"
"""Changes when a column changes its meaning; added columns do not change it."""

PACK = " | "
"""Joins the values of a packed cell: official names hold commas."""

Type = Literal["string", "integer", "number", "boolean", "date"]


class Column(NamedTuple):
    """One column; a `date` is a full ISO day, an ISO value of unsure precision is a `string`."""

    name: str
    type: Type
    meaning: str


class Table(NamedTuple):
    """One table; `key` names the columns that identify a row."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


def _party(n: int) -> tuple[Column, ...]:
    return (
        Column(f"party_{n}_name", "string", f"official name of party {n}, in the order of the article"),
        Column(f"party_{n}_signatory", "string", f"who signed for party {n}, packed"),
        Column(f"party_{n}_role", "string", "positions of those signatories, packed in the same order"),
        Column(
            f"party_{n}_acting",
            "string",
            "Pj, Pjs, Plt, Plh or Penjabat where the signatory is acting, packed",
        ),
    )


_ID = Column("agreement_id", "string", "id of the agreement: <article_id>#<n>")
_SEQ = Column("seq", "integer", "number within the agreement, from 1")

AGREEMENTS = Table(
    "agreements",
    "one agreement as one article reports it",
    ("agreement_id",),
    (
        _ID,
        Column("ledger_id", "string", "id of the agreement over all articles; empty until a ledger is built"),
        Column(
            "is_primary_report",
            "boolean",
            "the leading report of its ledger entry; empty until a ledger is built",
        ),
        Column("status", "string", "signed, planned, extended, implemented or ended"),
        Column("doc_types", "string", "mou, agreement, joint_statement, loi, grant, other; packed"),
        Column("doc_name", "string", "the words that name the instrument"),
        Column("doc_number", "string", "number of the instrument, as printed"),
        Column("subject", "string", "what the instrument is about, letter for letter"),
        Column("date_signed", "date", "day of signing: only a full day, and only when signed or extended"),
        Column("date_min", "date", "first day that the date can mean"),
        Column("date_max", "date", "last day that the date can mean"),
        Column("date_precision", "string", "day, month, year or none"),
        Column("date_basis", "string", "explicit, relative (counted from the publication day) or inferred"),
        Column("date_text", "string", "the words of the date"),
        Column("date_conflict", "string", "what contradicts the date, e.g. its weekday"),
        Column("parties", "string", "official names of the parties; packed"),
        Column("party_codes", "string", "their codes, empty where unknown; packed in the same order"),
        Column("party_kinds", "string", "their kinds; packed in the same order"),
        Column("n_parties", "integer", "number of parties"),
        Column("hub", "string", "the party that signed separate papers with each of the others"),
        *_party(1),
        *_party(2),
        Column("witnesses", "string", "names, else offices, of those said to witness the signing; packed"),
        Column("venue_text", "string", "the words of the place of signing"),
        Column("venue_name", "string", "the building, room or facility"),
        Column("venue_city", "string", "the kabupaten, kota or city abroad, as printed"),
        Column("venue_city_code", "string", "its code, e.g. kemendagri:31.71"),
        Column("commitments", "string", "what the parties agree to do; packed"),
        Column("n_commitments", "integer", "number of commitments"),
        Column("fields", "string", "one to three fields of cooperation; packed"),
        Column("value_amount", "number", "stated worth of the instrument"),
        Column("value_currency", "string", "its currency, ISO 4217"),
        Column("duration_iso", "string", "how long it runs, ISO 8601"),
        Column("valid_until", "string", "its stated end: ISO day, month or year"),
        Column("confidence", "number", "confidence that the article reports this agreement, 0 to 1"),
        Column("needs_review", "boolean", "a person should look at this row"),
        Column("review_why", "string", "why; packed"),
        Column("quote", "string", "the sentence that proves the agreement"),
        Column("article_id", "string", "id of the article"),
        Column("title", "string", "title of the article"),
        Column("outlet", "string", "newspaper or site"),
        Column("published", "string", "publication date: ISO day, month or year (Asia/Jakarta)"),
        Column("url", "string", "address of the article"),
    ),
)

PARTIES = Table(
    "parties",
    "a party of an agreement",
    ("agreement_id", "seq"),
    (
        _ID,
        _SEQ,
        Column("name", "string", "full official name"),
        Column("kind", "string", "kind of body, see the annotation guide"),
        Column("level", "string", "provinsi, kabupaten, kota, unit, desa or none"),
        Column("code", "string", "official code with its prefix"),
        Column("parent_name", "string", "the region or body that a unit belongs to"),
        Column("parent_code", "string", "its code"),
        Column("texts", "string", "the forms by which the article calls the party; packed"),
        Column("is_hub", "boolean", "signed separate papers with each of the others"),
        Column("member_count", "integer", "number of bodies in a counted group without names"),
    ),
)

PEOPLE = Table(
    "people",
    "a person at the signing",
    ("agreement_id", "seq"),
    (
        _ID,
        _SEQ,
        Column("function", "string", "signatory or witness"),
        Column("name", "string", "name without titles; empty for a nameless official"),
        Column("role", "string", "position, letter for letter"),
        Column("acting", "string", "Pj, Pjs, Plt, Plh or Penjabat for an acting official, else empty"),
        Column("party_seq", "integer", "the party that the person signs for"),
        Column(
            "on_behalf_of", "string", "the body or person in whose name it was signed, if another is named"
        ),
    ),
)

PAIRS = Table(
    "pairs",
    "two parties that are bound to each other",
    ("agreement_id", "party_a_seq", "party_b_seq"),
    (
        _ID,
        Column("party_a_seq", "integer", "seq of the one party"),
        Column("party_b_seq", "integer", "seq of the other party"),
    ),
)

COMMITMENTS = Table(
    "commitments",
    "something the parties agree to do",
    ("agreement_id", "seq"),
    (
        _ID,
        _SEQ,
        Column("text", "string", "letter for letter"),
        Column("start", "integer", "first character in the article's text"),
        Column("end", "integer", "one past the last character"),
        Column("type", "string", "subject, scope, obligation, target or aim"),
        Column("obligor_seq", "integer", "the party that takes it on, if one"),
        Column("quantity", "number", "amount that is promised"),
        Column("unit", "string", "unit of that amount"),
        Column("deadline", "string", "ISO date by which it is promised"),
    ),
)

EVIDENCE = Table(
    "evidence",
    "the proof of one field",
    (),
    (
        _ID,
        Column("field", "string", "JSON pointer into the agreement of agreements.jsonl"),
        Column("start", "integer", "first character in the article's text"),
        Column("end", "integer", "one past the last character"),
        Column("quote", "string", "the words there"),
        Column("confidence", "number", "confidence in this field, 0 to 1"),
        Column("rule", "string", "the rule or model that found it"),
        Column("why", "string", "why, or why a cell was left empty"),
    ),
)

ARTICLES = Table(
    "articles",
    "an input record, whatever became of it",
    ("article_id",),
    (
        Column("article_id", "string", "id of the input, else a hash of its place"),
        Column("outcome", "string", "agreement, no_agreement, duplicate or rejected"),
        Column(
            "reason",
            "string",
            "why: gate, model, unreadable, too_short, …; of a duplicate the article whose rows stand for it",
        ),
        Column("title", "string", "title"),
        Column("outlet", "string", "newspaper or site"),
        Column("published", "string", "publication date: ISO day, month or year (Asia/Jakarta)"),
        Column("published_from", "string", "where it was found: field, url, dateline or hint"),
        Column("url", "string", "address"),
        Column("source_file", "string", "file of the input"),
        Column("record_number", "integer", "number of the record in that file, from 1"),
        Column("truncated", "string", "yes when only the surroundings of instrument words were read"),
        Column(
            "detail", "string", "what exactly was wrong, and where; of a duplicate same text or edited copy"
        ),
        Column("n_agreements", "integer", "number of agreements found"),
        Column("copied_from", "string", "of a copy: the most similar of the copies published before it"),
        Column("copy_root", "string", "the copy that was published first, the same for all copies of a text"),
        Column(
            "similarity",
            "number",
            "of a copy: sequences of four words that it shares with copied_from, over all of both, 0 to 1",
        ),
        Column("digest", "string", "hash of title and text: equal ones belong to equal articles"),
    ),
)

TABLES = (AGREEMENTS, PARTIES, PEOPLE, PAIRS, COMMITMENTS, EVIDENCE, ARTICLES)
