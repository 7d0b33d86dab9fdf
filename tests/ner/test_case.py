"""Shouted lines are read in lower case; nothing else changes, and no offset moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.ner.case import calmed


@pytest.mark.parametrize(
    ("text", "calm"),
    [
        (
            "PEMKAB SUKAMAJU TEKEN MOU\n\nBupati Rini hadir.",
            "pemkab sukamaju teken mou\n\nBupati Rini hadir.",
        ),
        ("BANDUNG - PT MAJU JAYA (PERSERO) TBK, 2025", "bandung - pt maju jaya (persero) tbk, 2025"),
        ("PT MAJU JAYA TBK dan BRI bekerja sama", "PT MAJU JAYA TBK dan BRI bekerja sama"),
        ("MoU BPJS", "MoU BPJS"),
        ("DPRD RI", "DPRD RI"),
        ("", ""),
    ],
)
def test_lines(text, calm):
    assert calmed(text) == calm


@given(st.text(max_size=60) | st.text(alphabet="ABCİßǅ \n", max_size=80))
def test_offsets_hold(text):
    assert len(calmed(text)) == len(text)
    assert calmed(calmed(text)) == calmed(text)
