"""The typed records that the stages hand on: Article -> Document -> Agreement; frozen, with proof.

Offsets are half-open code-point offsets into `Article.body`, the text as decoded. A JSON round trip
(`model_dump_json` -> `model_validate_json`) loses nothing; `json_schema()` is generated from the classes.
"""

from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator
from pydantic.json_schema import models_json_schema

Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$")]
Status = Literal["signed", "planned", "extended", "implemented", "ended"]
DocType = Literal["mou", "agreement", "joint_statement", "loi", "grant", "other"]
Kind = Literal[
    "local_government", "central_government", "security_justice", "legislature", "state_owned_company",
    "company", "education", "association", "foreign_government", "international_organization", "other",
]  # fmt: skip
Field = Literal[
    "government", "economy_trade_investment", "finance_tax", "agriculture_food", "marine_fisheries",
    "education_research", "health", "infrastructure_transport", "energy_mining", "environment",
    "tourism_culture", "law_security", "technology_digital", "labor_social", "disaster",
    "sports_youth", "religion", "media", "politics", "other",
]  # fmt: skip
Label = Literal["PER", "ORG", "GPE", "LOC", "FAC", "ROLE", "DATE", "MONEY", "DOC", "LAW", "EVT"]
Level = Literal["provinsi", "kabupaten", "kota", "unit", "desa", "none"]
Precision = Literal["day", "month", "year", "none"]
Basis = Literal["explicit", "relative", "inferred"]
PublishedFrom = Literal["field", "url", "dateline", "hint"]
CommitmentType = Literal["subject", "scope", "obligation", "target", "aim"]


class Outcome(StrEnum):
    """What became of an input record; every record has exactly one."""

    AGREEMENT = "agreement"
    NO_AGREEMENT = "no_agreement"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"


class Record(BaseModel):
    """Base of all records: frozen, no unknown keys, so that a misspelt field is an error and not a loss."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Article(Record):
    """One news article as read, before anything is cut or changed.

    `published` is an ISO day, month or year, or null; `published_from` says where it was found.
    `source_file` and `record` (1-based) say where the article stood in the input. `extracted` is true where
    `text` was made from a web page and so hangs on a library's version: it stands nowhere in the input.
    """

    article_id: str
    text: str
    title: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    outlet: str | None = None
    url: str | None = None
    source_file: str = ""
    record: int = 1
    extracted: bool = False

    @property
    def body(self) -> str:
        """The text that all offsets count in: title, two line breaks, text; only the text without a title."""
        return f"{self.title}\n\n{self.text}" if self.title else self.text


class Span(Record):
    """A half-open range of code points in the article's body."""

    start: int
    end: int

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"span {self.start}..{self.end} runs backwards")
        return self


class Mention(Span):
    """A recognised entity: `text` is the raw slice; `source` names the rule or model that found it."""

    label: Label
    text: str
    confidence: float = 1.0
    source: str = ""


class DateValue(Span):
    """A date expression and what it means.

    `value` is ISO (day, month, year or `start/end`), null if it cannot be known; `lower` and `upper` are the
    first and last ISO day that it can be; `anchor` is the publication date that a relative expression was
    counted from, null where none was needed. `conflict` tells what contradicts the value, with both readings.
    """

    text: str
    value: str | None
    precision: Precision
    timex: Literal["DATE", "TIME", "DURATION", "SET"] = "DATE"
    lower: Day | None = None
    upper: Day | None = None
    basis: Basis = "explicit"
    rule: str = ""
    anchor: str | None = None
    time: str | None = None
    confidence: float = 1.0
    conflict: str | None = None


class Amount(Span):
    """A sum, duration or quantity: `amount` in `unit` (ISO 4217 for money), or `iso` (ISO 8601)."""

    text: str
    kind: Literal["money", "duration", "quantity"]
    amount: float | int | None = None
    upper: float | int | None = None
    unit: str | None = None
    iso: str | None = None
    ends: str | None = None
    qualifier: str | None = None
    rule: str = ""
    confidence: float = 1.0


class Document(Record):
    """An article with what was recognised in it; `sentences` and all spans count in `article.body`."""

    article: Article
    sentences: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateValue, ...] = ()
    amounts: tuple[Amount, ...] = ()

    @property
    def text(self) -> str:
        """The article's body."""
        return self.article.body


class Signatory(Record):
    """Who signs for a party; `name` without titles, `role` letter for letter, one of them may be null."""

    name: str | None
    role: str | None
    acting: bool = False
    acting_form: str | None = None
    on_behalf_of: str | None = None


class Party(Record):
    """A body that the instrument binds; `texts` are the forms by which the article calls it, best first."""

    name: str
    kind: Kind
    texts: tuple[str, ...]
    signatories: tuple[Signatory, ...] = ()
    level: Level = "none"
    code: str | None = None
    parent_name: str | None = None
    parent_code: str | None = None
    member_count: int | None = None


class Witness(Record):
    """Someone said to witness the signing."""

    name: str | None
    role: str | None


class DateFact(Record):
    """The day of signing: `value` ISO day, month, year or null; `lower`/`upper` bound it to the day."""

    text: str
    value: str | None
    lower: Day | None = None
    upper: Day | None = None
    precision: Precision = "none"
    basis: Basis = "explicit"
    conflict: str | None = None


class Venue(Record):
    """Where it was signed: `text` the longest phrase, `name` the building, `city` as it stands there."""

    text: str
    name: str | None
    city: str | None
    city_code: str | None = None


class Commitment(Span):
    """What the parties agree to do, letter for letter."""

    text: str
    type: CommitmentType = "scope"
    obligor_seq: int | None = None
    quantity: float | int | None = None
    unit: str | None = None
    deadline: str | None = None


class MoneyFact(Record):
    """What the instrument is worth."""

    text: str
    amount: float | int
    currency: str


class DurationFact(Record):
    """How long the instrument runs, ISO 8601."""

    text: str
    iso: str


class UntilFact(Record):
    """The stated end of the instrument, ISO day, month or year."""

    text: str
    value: str


class Evidence(Record):
    """The words that prove a field: `field` is a JSON pointer, `quote` the raw slice at `start`..`end`.

    A cell that was left empty on purpose has null offsets and quote, and `why` says the reason.
    """

    field: str
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    confidence: float = 1.0
    rule: str = ""
    why: str | None = None


class Agreement(Record):
    """One cooperation agreement as one article reports it: the gold event plus proof for every field."""

    agreement_id: str
    article_id: str
    status: Status
    doc_types: tuple[DocType, ...]
    agreement_text: str | None = None
    doc_number: str | None = None
    subject: str | None = None
    parties: tuple[Party, ...] = ()
    hub: str | None = None
    witnesses: tuple[Witness, ...] = ()
    date: DateFact | None = None
    venue: Venue | None = None
    commitments: tuple[Commitment, ...] = ()
    fields: tuple[Field, ...] = ()
    value: MoneyFact | None = None
    duration: DurationFact | None = None
    valid_until: UntilFact | None = None
    confidence: dict[str, float] = {}
    needs_review: bool = False
    review_why: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Result(Record):
    """What became of one input record: the row of `articles.csv` and the agreements found.

    `text_line` is the line of `texts.jsonl` for a text that was extracted from a web page and holds an
    agreement: the proof must not hang on the version of a library. `digest` tells equal texts, `sketch` (of
    those that passed the gate) similar ones; `copied_from`, `copy_root` and `similarity` are for copies.
    """

    article_id: str
    outcome: Outcome
    reason: str | None = None
    detail: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    url: str | None = None
    source_file: str = ""
    record: int = 1
    truncated: bool = False
    agreements: tuple[Agreement, ...] = ()
    text_line: str | None = None
    digest: str | None = None
    sketch: str | None = None
    copied_from: str | None = None
    copy_root: str | None = None
    similarity: float | None = None


class Link(Record):
    """What the registry says of a name; `code` (`kemendagri:73.14`) is null when unknown or ambiguous.

    `name` is the full official name (null when unknown), `rule` says how it was found, `candidates` are the
    codes between which an ambiguous name could not be decided.
    """

    query: str
    name: str | None = None
    code: str | None = None
    kind: Kind | None = None
    level: Level = "none"
    parent_name: str | None = None
    parent_code: str | None = None
    rule: str = "unknown"
    candidates: tuple[str, ...] = ()


def json_schema() -> dict[str, Any]:
    """JSON schema (draft 2020-12) of the records that leave the program or cross a stage."""
    kinds: tuple[type[Record], ...] = (Article, Document, Agreement)
    _, schema = models_json_schema([(kind, "serialization") for kind in kinds], title="sepaham records")
    return schema
