"""The columns of the ledger's tables; types and cells are those of all tables."""

from sepaham.tables.schema import Column, Table

LEDGER = Table(
    "ledger",
    "an agreement, however many articles report it",
    ("ledger_id",),
    (
        Column("ledger_id", "string", "id of the agreement, made of its first report"),
        Column("lineage_id", "string", "ledger_id of the first paper of the line that it belongs to"),
        Column("follows", "string", "ledger_id of the paper that it comes from"),
        Column("follows_how", "string", "follows (LoI, MoU, PKS) or extends"),
        Column("status", "string", "last stage seen: planned, signed, extended, implemented or ended"),
        Column("stages", "string", "every stage with the day it was first reported; packed"),
        Column(
            "legal_class", "string", "KSDD, KSDPK, SINERGI, KSDPL, KSDLL, NON_GOVERNMENT, VILLAGE or BUDGET"
        ),
        Column("legal_rule", "string", "the rule that gave the class, or why there is none"),
        Column("paper", "string", "loi, mou, pks, mou_pks, addendum, grant, statement or other"),
        Column("doc_types", "string", "kinds of instrument that at least half of the sources name; packed"),
        Column("doc_name", "string", "the words that name the instrument"),
        Column("doc_number", "string", "number of the instrument"),
        Column("subject", "string", "what the instrument is about"),
        Column("date_signed", "date", "day of signing that most independent sources give"),
        Column("date_value", "string", "the date as exact as it is known: ISO day, month or year"),
        Column("date_min", "date", "first day that the date can mean"),
        Column("date_max", "date", "last day that the date can mean"),
        Column("parties", "string", "official names of the parties; packed"),
        Column("party_codes", "string", "their codes; packed in the same order"),
        Column("party_kinds", "string", "their kinds; packed in the same order"),
        Column("n_parties", "integer", "number of parties"),
        Column("regions", "string", "codes of the regions that are bound, those of their units' too; packed"),
        Column("implementers", "string", "units of regions among the parties; packed"),
        Column("hub", "string", "the party that signed separate papers with each of the others"),
        Column("signatories", "string", "who signed for each party, in their order; packed"),
        Column("venue_name", "string", "the building, room or facility"),
        Column("venue_city", "string", "the city of the signing"),
        Column("venue_city_code", "string", "its code"),
        Column("commitments", "string", "what the parties agree to do; packed"),
        Column("fields", "string", "fields of cooperation; packed"),
        Column("urusan", "string", "urusan pemerintahan (UU 23/2014), surest first; packed"),
        Column("value_amount", "number", "stated worth of the instrument"),
        Column("value_currency", "string", "its currency, ISO 4217"),
        Column("duration_iso", "string", "how long it runs, ISO 8601"),
        Column("valid_until", "string", "its end: ISO day, month or year"),
        Column("valid_until_basis", "string", "stated, or computed and from what"),
        Column(
            "expires_within_90_days", "boolean", "whether it ends in the 90 days from as_of; empty if unknown"
        ),
        Column("next_paper", "string", "the paper that follows in the order of papers"),
        Column(
            "next_paper_ids", "string", "ledger_ids of the papers that follow it in these articles; packed"
        ),
        Column("next_paper_note", "string", "seen, not seen in these articles, or so after 12 months"),
        Column("as_of", "date", "the day that deadlines count from: given, or the last publication day"),
        Column("n_reports", "integer", "agreements of articles that were merged"),
        Column("n_articles", "integer", "articles that report it, copies counted"),
        Column("independent_sources", "integer", "the same with all copies of a text counted as one"),
        Column(
            "votes", "string", "for each fact the sources for the kept value / those that say any; packed"
        ),
        Column("conflicts", "string", "facts on which sources differ, each value with its sources; packed"),
        Column("n_conflicts", "integer", "number of conflicts"),
        Column("completeness", "number", "share of the eight facts of a full record that are known, 0 to 1"),
        Column("health", "string", "good, fair or weak, by sources, completeness and conflicts"),
        Column("primary_report", "string", "agreement_id of the leading report"),
        Column("first_published", "string", "first publication of a report"),
        Column("last_published", "string", "last publication of a report"),
        Column("quote", "string", "the sentence of the leading report that proves it"),
        Column("url", "string", "address of the leading report's article"),
    ),
)

SOURCES = Table(
    "ledger_sources",
    "a report of an agreement in an article, or a copy of it",
    (),
    (
        Column("ledger_id", "string", "id of the agreement"),
        Column("agreement_id", "string", "id of the report; empty for a copy, whose rows stand elsewhere"),
        Column("article_id", "string", "id of the article"),
        Column("folder", "string", "output folder of the report, where several were given"),
        Column("role", "string", "primary, report or copy"),
        Column("source", "string", "the same for all copies of a text: one independent source"),
        Column("score", "number", "how surely it is the leading report's agreement, 0 to 1"),
        Column("status", "string", "status in this report"),
        Column("date_value", "string", "date in this report"),
        Column("differs", "string", "facts that this report gives otherwise than the ledger; packed"),
        Column("outlet", "string", "newspaper or site"),
        Column("published", "string", "publication date"),
        Column("title", "string", "title"),
        Column("url", "string", "address"),
        Column("quote", "string", "the sentence that proves the report"),
    ),
)

TABLES = (LEDGER, SOURCES)
