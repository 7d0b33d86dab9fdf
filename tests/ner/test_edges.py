"""The ends of learned spans: signs that belong to the sentence, brackets that belong to the name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.ner.edges import mended, parted


def mend(text, form):
    start = text.index(form)
    a, b = mended(text, start, start + len(form))
    return text[a:b]


@pytest.mark.parametrize(
    ("text", "form", "right"),
    [
        ("pada Senin (11/9), di Bandung", "Senin (11/9),", "Senin (11/9)"),
        ("pada Senin (11/9). Ia", "Senin (11/9).", "Senin (11/9)"),
        ("pada Senin (11/9), di Bandung", "Senin (11/9", "Senin (11/9)"),
        ("oleh Badan Pangan (BP), kata", "Badan Pangan (BP),", "Badan Pangan (BP)"),
        ("oleh Badan Pangan (BP), kata", "Badan Pangan (", "Badan Pangan"),
        ("(Yayasan Melati) hadir", "(Yayasan Melati", "Yayasan Melati"),
        ("(Yayasan Melati) hadir", "Yayasan Melati)", "Yayasan Melati"),
        ("di PT Maju Tbk. lalu", "PT Maju Tbk.", "PT Maju Tbk."),
        ("sejak 2023. Ia", "2023.", "2023"),
        ("dari “Melati”, kata", "“Melati”,", "“Melati”"),
        ("dari “Melati”, kata", "Melati”", "Melati"),
        ("bersama ), itu", "),", ""),
    ],
)
def test_ends(text, form, right):
    assert mend(text, form) == right


def test_no_name_runs_through_an_empty_line():
    text = "Pemkot Palu Gandeng Untad\n\nUniversitas Tadulako dan\nPemkot"
    parts = [text[a:b] for a, b in parted(text, text.index("Untad"), text.index(" dan"))]
    assert parts == ["Untad", "Universitas Tadulako"]
    assert [text[a:b] for a, b in parted(text, text.index("dan"), len(text))] == ["dan\nPemkot"]


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("Unsrat) Manado", ["Unsrat"]),
        ("Universitas Sam Ratulangi (Unsrat) Manado", ["Universitas Sam Ratulangi (Unsrat) Manado"]),
        ("Unsrat)", ["Unsrat"]),
        ("Unsrat ) Ambon", ["Unsrat"]),
    ],
)
def test_no_name_goes_on_behind_a_bracket_that_it_did_not_open(span, expected):
    """The town behind made a second body of the abbreviation."""
    text = "Universitas Sam Ratulangi (Unsrat) Manado meneken MoU di kampus (Unsrat ) Ambon"
    start = text.index(span)
    assert [text[a:b] for a, b in parted(text, start, start + len(span))] == expected


@given(st.text(alphabet="ab (),.“”;", max_size=20), st.data())
def test_a_mended_span_stays_mended(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    once = mended(text, start, end)
    assert start <= once[0] <= once[1] <= min(end + 1, len(text))
    assert mended(text, *once) == once
