"""One agreement under correction: each kind of decision, and what points at what it changes."""

from collections.abc import Callable

import pytest
from pydantic import ValidationError

from sepaham.corrections import Correction, Corrections, correct, merge
from sepaham.records import Agreement

Make = Callable[..., Correction]
TEXT = (
    "Tiga Daerah Sepakat Kelola Sampah\n\n"
    "Bupati Sleman Hanung Prasetya, Wali Kota Yogyakarta Sekar Wulandari dan Pj Bupati Bantul Tri Asmoro "
    "meneken nota kesepahaman pengelolaan sampah di Bangsal Kepatihan, Kamis (14/3/2024). Pemkab Sleman "
    "menyediakan lahan seluas dua hektare. Pemkot Yogyakarta menanggung ongkos angkut."
)


def words(text: str, part: str = "") -> dict[str, object]:
    start = TEXT.index(text)
    return {"part": part, "start": start, "end": start + len(text), "quote": text}


def line(field: str, text: str, confidence: float = 0.7) -> dict[str, object]:
    at = words(text)
    return {
        "field": field,
        "start": at["start"],
        "end": at["end"],
        "quote": text,
        "confidence": confidence,
        "rule": "a_rule",
    }


def party(name: str, text: str, person: str, role: str, code: str | None = None) -> dict[str, object]:
    people = [{"name": person, "role": role}]
    return {"name": name, "kind": "local_government", "texts": [text], "signatories": people, "code": code}


SLEMAN = party(
    "Pemerintah Kabupaten Sleman", "Pemkab Sleman", "Hanung Prasetya", "Bupati Sleman", "kemendagri:34.04"
)
YOGYA = party("Pemerintah Kota Yogyakarta", "Pemkot Yogyakarta", "Sekar Wulandari", "Wali Kota Yogyakarta")
BANTUL = party("Pemerintah Kabupaten Bantul", "Bupati Bantul", "Tri Asmoro", "Pj Bupati Bantul")


def commitment(text: str, obligor: int | None) -> dict[str, object]:
    at = words(text)
    return {"start": at["start"], "end": at["end"], "text": text, "obligor_seq": obligor}


@pytest.fixture
def agreement() -> Agreement:
    return Agreement.model_validate(
        {
            "agreement_id": "w1-001#1",
            "article_id": "w1-001",
            "status": "signed",
            "doc_types": ["mou"],
            "agreement_text": "nota kesepahaman",
            "parties": [SLEMAN, YOGYA, BANTUL],
            "hub": "Pemerintah Kota Yogyakarta",
            "date": {"text": "Kamis (14/3/2024)", "value": "2024-03-14", "precision": "day"},
            "commitments": [
                commitment("menyediakan lahan seluas dua hektare", 1),
                commitment("menanggung ongkos angkut", 2),
            ],
            "fields": ["environment"],
            "confidence": {"agreement": 0.9, "parties": 0.7, "date": 0.8, "commitments": 0.5},
            "needs_review": True,
            "review_why": ["low_confidence"],
            "evidence": [
                line("/status", "meneken nota kesepahaman pengelolaan sampah"),
                line("/parties/0", "Pemkab Sleman"),
                line("/parties/0/signatories/0", "Hanung Prasetya"),
                line("/parties/1", "Pemkot Yogyakarta"),
                line("/parties/1/signatories/0", "Sekar Wulandari"),
                line("/parties/2", "Bupati Bantul"),
                line("/parties/2/signatories/0", "Tri Asmoro"),
                line("/hub", "Pemkot Yogyakarta"),
                line("/date", "Kamis (14/3/2024)"),
                line("/commitments/0", "menyediakan lahan seluas dua hektare"),
                line("/commitments/1", "menanggung ongkos angkut"),
            ],
        }
    )


def after(agreement: Agreement, *items: Correction, published: str | None = "2024-03-15") -> Agreement:
    done = correct(agreement, items, published)
    assert not done.unplaced
    assert done.agreement is not None
    return done.agreement


def test_without_corrections_nothing_changes(agreement: Agreement) -> None:
    assert correct(agreement, []).agreement is agreement


def test_accepting_a_date_makes_it_sure_and_says_who(agreement: Agreement, decision: Make) -> None:
    before = agreement.model_dump(mode="json")["date"]
    done = after(agreement, decision("/date", "accept", before=before, words=[words("Kamis (14/3/2024)")]))
    assert done.date == agreement.date
    assert done.confidence["date"] == 1
    lines = [e for e in done.evidence if e.field == "/date"]
    assert [e.rule for e in lines] == ["a_rule", "reviewer_accept"]
    assert lines[1].why == "Ani, 2026-03-01T08:00:00.000Z"
    assert lines[1].quote == "Kamis (14/3/2024)"


def test_changing_a_date_replaces_its_proof(agreement: Agreement, decision: Make) -> None:
    value = {"text": "14/3/2024", "value": "2024-03"}
    done = after(agreement, decision("/date", "change", value=value, words=[words("14/3/2024")]))
    assert done.date is not None
    assert (done.date.value, done.date.lower, done.date.upper) == ("2024-03", "2024-03-01", "2024-03-31")
    assert done.date.precision == "month"
    assert [(e.rule, e.quote) for e in done.evidence if e.field == "/date"] == [
        ("reviewer_change", "14/3/2024")
    ]


def test_an_open_date_is_counted_from_the_publication_day(agreement: Agreement, decision: Make) -> None:
    value = {"text": "Kamis", "value": None}
    done = after(agreement, decision("/date", "change", value=value, words=[words("Kamis")], fill=True))
    assert done.date is not None
    assert (done.date.text, done.date.value, done.date.basis) == ("Kamis", "2024-03-14", "relative")


def test_an_open_party_gets_its_official_name_and_code(agreement: Agreement, decision: Make) -> None:
    value = {"name": "Pemkot Yogyakarta", "texts": ["Pemkot Yogyakarta"], "kind": None, "signatories": []}
    item = decision("/parties/-", "add", value=value, added="2026-03-01T08:00:00.000Z", fill=True)
    done = after(agreement.model_copy(update={"parties": agreement.parties[:1], "hub": None}), item)
    assert done.parties[1].name == "Pemerintah Kota Yogyakarta"
    assert (done.parties[1].code, done.parties[1].kind) == ("kemendagri:34.71", "local_government")


def test_a_typed_name_stays_and_gives_the_code(agreement: Agreement, decision: Make) -> None:
    """ "Pemkab" alone is no name: the reviewer types which one it is."""
    value = {"name": "Pemerintah Kabupaten Bantul", "texts": ["Pemkab"], "kind": None}
    item = decision("/parties/-", "add", value=value, added="2026-03-01T08:00:00.000Z", fill=True)
    done = after(agreement.model_copy(update={"parties": agreement.parties[:1], "hub": None}), item)
    assert (done.parties[1].name, done.parties[1].code) == (
        "Pemerintah Kabupaten Bantul",
        "kemendagri:34.02",
    )
    assert done.parties[1].texts == ("Pemkab",)


def test_what_cannot_be_worked_out_is_said_and_leaves_the_slot(agreement: Agreement, decision: Make) -> None:
    value = {"text": "dua hektare", "amount": None, "currency": None}
    done = correct(agreement, [decision("/value", "change", value=value, fill=True)])
    assert done.agreement is not None
    assert done.agreement.value is None
    assert [why for _, why in done.unplaced] == ["what was left open cannot be worked out from the words"]


def test_rejecting_a_party_moves_all_that_points_at_parties(agreement: Agreement, decision: Make) -> None:
    done = after(agreement, decision("/parties/0", "reject", before=SLEMAN))
    assert [p.name for p in done.parties] == ["Pemerintah Kota Yogyakarta", "Pemerintah Kabupaten Bantul"]
    assert [c.obligor_seq for c in done.commitments] == [None, 1]
    assert done.hub == "Pemerintah Kota Yogyakarta"
    proofs = {e.field: e.quote for e in done.evidence if e.field.startswith("/parties/")}
    assert proofs == {
        "/parties/0": "Pemkot Yogyakarta",
        "/parties/0/signatories/0": "Sekar Wulandari",
        "/parties/1": "Bupati Bantul",
        "/parties/1/signatories/0": "Tri Asmoro",
    }
    assert [e.why for e in done.evidence if e.rule == "reviewer_reject"] == [
        "Ani, 2026-03-01T08:00:00.000Z: Pemerintah Kabupaten Sleman"
    ]


def test_the_hub_goes_with_its_party(agreement: Agreement, decision: Make) -> None:
    renamed = {**YOGYA, "name": "Pemerintah Daerah Daerah Istimewa Yogyakarta"}
    assert (
        after(agreement, decision("/parties/1", "change", before=YOGYA, value=renamed)).hub == renamed["name"]
    )
    gone = after(agreement, decision("/parties/1", "reject", before=YOGYA))
    assert gone.hub is None
    assert not [e for e in gone.evidence if e.field == "/hub"]


def test_a_changed_signatory_stays_with_the_party(agreement: Agreement, decision: Make) -> None:
    value = {**SLEMAN, "signatories": [{"name": "Tri Asmoro", "role": "Pj Bupati Bantul", "acting": True}]}
    proof = [words("Pemkab Sleman"), words("Tri Asmoro", "/signatories/0")]
    done = after(agreement, decision("/parties/0", "change", before=SLEMAN, value=value, words=proof))
    assert done.parties[0].signatories[0].name == "Tri Asmoro"
    quotes = [e.quote for e in done.evidence if e.field == "/parties/0/signatories/0"]
    assert quotes == ["Tri Asmoro"]


def test_two_parties_can_change_places_without_loss(agreement: Agreement, decision: Make) -> None:
    items = [
        decision("/parties/0", "change", before=SLEMAN, value=YOGYA),
        decision("/parties/1", "change", before=YOGYA, value=SLEMAN),
    ]
    assert {p.name for p in after(agreement, *items).parties} == {p.name for p in agreement.parties}


def test_one_of_two_equal_parties_can_go(agreement: Agreement, decision: Make) -> None:
    twice = agreement.model_copy(update={"parties": (*agreement.parties, agreement.parties[0])})
    done = after(twice, decision("/parties/3", "reject", before=SLEMAN, nth=1))
    assert [p.name for p in done.parties] == [p.name for p in agreement.parties]


def test_a_correction_finds_its_party_in_a_later_version(agreement: Agreement, decision: Make) -> None:
    """The later version lists the parties in another order and writes one in another way."""
    sleman = agreement.parties[0].model_copy(update={"name": "Pemkab Sleman"})
    later = agreement.model_copy(update={"parties": (agreement.parties[2], sleman)})
    value = {**SLEMAN, "signatories": []}
    done = correct(later, [decision("/parties/0", "change", before=SLEMAN, value=value)])
    assert done.agreement is not None
    names = [p.name for p in done.agreement.parties]
    assert names == ["Pemerintah Kabupaten Bantul", "Pemerintah Kabupaten Sleman"]
    assert done.agreement.parties[1].signatories == ()
    assert [pointer for _, pointer in done.placed] == ["/parties/1"]


def test_an_accepted_party_that_a_later_version_misses_comes_back(
    agreement: Agreement, decision: Make
) -> None:
    later = agreement.model_copy(update={"parties": agreement.parties[1:], "evidence": ()})
    done = after(later, decision("/parties/0", "accept", before=SLEMAN, words=[words("Pemkab Sleman")]))
    assert [p.name for p in done.parties][-1] == "Pemerintah Kabupaten Sleman"
    assert [e.quote for e in done.evidence if e.field == "/parties/2"] == ["Pemkab Sleman"]


def test_a_rejected_party_is_not_taken_for_a_namesake(agreement: Agreement, decision: Make) -> None:
    """A unit with the code of its region must not go because the region was rejected before."""
    other = {**SLEMAN, "name": "Dinas Lingkungan Hidup Kabupaten Sleman"}
    done = correct(agreement, [decision("/parties/0", "reject", before=other)])
    assert done.agreement is not None
    assert done.agreement.parties == agreement.parties
    assert [pointer for _, pointer in done.placed] == [None]


def test_accepting_the_whole_ends_the_review(agreement: Agreement, decision: Make) -> None:
    done = after(agreement, decision("/agreement_id", "accept"))
    assert (done.needs_review, done.review_why) == (False, ())
    assert set(done.confidence.values()) == {1.0}


def test_rejecting_the_whole_leaves_no_agreement(agreement: Agreement, decision: Make) -> None:
    assert correct(agreement, [decision("/agreement_id", "reject")]).agreement is None


def test_an_empty_cell_can_be_confirmed(agreement: Agreement, decision: Make) -> None:
    done = after(agreement, decision("/venue", "accept"))
    assert done.venue is None
    assert [(e.field, e.start, e.rule) for e in done.evidence if e.field == "/venue"] == [
        ("/venue", None, "reviewer_accept")
    ]


def test_a_withdrawn_correction_has_no_effect(agreement: Agreement, decision: Make) -> None:
    first = decision("/hub", "reject", before="Pemerintah Kota Yogyakarta")
    back = decision("/hub", "withdraw", n=2, before="Pemerintah Kota Yogyakarta")
    for files in ((first, back), (back, first)):
        merged = merge(*(Corrections(corrections=(item,)) for item in files))
        assert merged.corrections == (back,)
        assert correct(agreement, merged.corrections).agreement is agreement


@pytest.mark.parametrize(
    ("field", "action", "more", "says"),
    [
        ("/evidence/0", "reject", {}, "cannot be corrected"),
        ("/status", "reject", {}, "cannot be empty"),
        ("/status", "change", {"value": "diteken"}, "signed"),
        ("/parties", "reject", {}, "by its number"),
        ("/date/0", "reject", {}, "by its number"),
        ("/parties/-", "add", {"value": SLEMAN}, "has `added`"),
        ("/parties/0", "change", {"before": SLEMAN}, "a value is missing"),
        ("/agreement_id", "change", {"value": "w1-002#1"}, "accepted or rejected"),
        (
            "/subject",
            "change",
            {"value": "sampah", "words": [{"start": 3, "end": 5, "quote": "sampah"}]},
            "not as long",
        ),
        ("/subject", "change", {"value": "sampah", "oleh": "Ani"}, "oleh"),
    ],
)
def test_an_unsound_correction_is_refused(
    decision: Make, field: str, action: str, more: dict[str, object], says: str
) -> None:
    with pytest.raises(ValidationError, match=says):
        decision(field, action, **more)
