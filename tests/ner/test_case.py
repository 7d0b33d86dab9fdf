"""Shouted lines are read in lower case, no offset moves; whether a whole text is in one case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.ner.case import calmed, one_case


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


STORY = "Bupati Sleman Rini Astuti meneken nota kesepahaman dengan Universitas Gadjah Mada di Yogyakarta."


@pytest.mark.parametrize(
    ("text", "one"),
    [
        (STORY.lower(), True),
        (STORY.upper(), True),
        (STORY.lower() * 3 + "RI", True),
        (STORY, False),
        (STORY.lower() + STORY.upper(), False),
        ("", False),
        ("2025 - 100%", False),
    ],
)
def test_texts_in_one_case(text, one):
    assert one_case(text) is one
