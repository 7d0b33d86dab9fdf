"""Cells below a confidence are left empty with the reason; rows go when the agreement is too doubtful."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.extraction import extract
from sepaham.records import Agreement
from sepaham.relations.threshold import withheld

TEXT = (
    "Bupati Sleman Rini Astuti dan Rektor Universitas Tirta Negara Joko Priyono menandatangani nota "
    "kesepahaman tentang pengelolaan sampah terpadu di Pendopo Parasamya, Sleman, Senin (3/6/2024). "
    "Penandatanganan disaksikan Wakil Bupati Sleman Budi Santosa. Nota kesepahaman berlaku tiga tahun."
)


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    (found,) = extract(TEXT, "Sleman Gandeng Kampus Kelola Sampah", "2024-06-04", tagger="rules")
    return found


def with_confidence(agreement: Agreement, field: str, value: float) -> Agreement:
    evidence = tuple(
        e.model_copy(update={"confidence": value}) if e.field == field else e for e in agreement.evidence
    )
    return agreement.model_copy(update={"evidence": evidence})


def test_nothing_changes_at_zero(agreement):
    assert withheld(agreement, 0) == agreement


def test_a_doubtful_row_goes(agreement):
    assert withheld(agreement, 0.9999) is None
    doubtful = agreement.model_copy(update={"confidence": agreement.confidence | {"agreement": 0.3}})
    assert withheld(doubtful, 0.4) is None


def test_a_doubtful_cell_is_empty_and_says_why(agreement):
    found = withheld(with_confidence(agreement, "/date", 0.05), 0.06)
    assert found is not None
    assert found.date is None
    (why,) = [e for e in found.evidence if e.field == "/date"]
    assert why.start is None
    assert "0.050" in (why.why or "")
    assert found.venue == agreement.venue


def test_a_party_goes_with_its_signatories_and_pointers_move(agreement):
    assert len(agreement.parties) == 2
    found = withheld(with_confidence(agreement, "/parties/0", 0.05), 0.06)
    assert found is not None
    assert [p.name for p in found.parties] == [agreement.parties[1].name]
    quotes = {e.field: e.quote for e in found.evidence if e.start is not None}
    old = {e.field: e.quote for e in agreement.evidence}
    assert quotes["/parties/0"] == old["/parties/1"]
    assert quotes["/parties/0/signatories/0"] == old["/parties/1/signatories/0"]
    assert "/parties/1" not in quotes


def test_status_stays_though_doubtful(agreement):
    found = withheld(with_confidence(agreement, "/status", 0.05), 0.06)
    assert found is not None
    assert found.status == agreement.status
    assert any(e.field == "/status" and e.start is not None for e in found.evidence)


@given(st.lists(st.floats(0, 1), min_size=40, max_size=40), st.floats(0, 0.9))
def test_every_pointer_points_at_something(chances, least):
    (agreement,) = extract(TEXT, "Sleman Gandeng Kampus Kelola Sampah", "2024-06-04", tagger="rules")
    evidence = tuple(
        e.model_copy(update={"confidence": chances[n]}) for n, e in enumerate(agreement.evidence)
    )
    found = withheld(agreement.model_copy(update={"evidence": evidence}), least)
    if found is None:
        return
    data = found.model_dump(mode="json")
    for item in found.evidence:
        if item.start is None:
            continue
        at = data
        for part in item.field.strip("/").split("/"):
            at = at[int(part)] if isinstance(at, list) else at[part]
        assert at is not None
        assert item.confidence >= least or item.field in ("/status", "/doc_types", "/fields")
