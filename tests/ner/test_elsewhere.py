"""Learned mentions that the article itself contradicts: short names as offices, names of bodies as people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spans import marked

from sepaham.ner.elsewhere import elsewhere
from sepaham.records import Mention


def shown(text, *wanted):
    found = elsewhere(text, marked(text, *wanted))
    assert all(text[m.start : m.end] == m.text for m in found)
    return [(m.label, m.text) for m in found]


def test_a_short_name_is_no_office():
    text = "Ketua PWI Danang Aji hadir. Perpanjangan diteken Danang dengan Paus."
    found = shown(text, ("ROLE", "Ketua PWI"), ("PER", "Danang Aji"), ("ROLE", "Danang"), ("ROLE", "Paus"))
    assert found[2:] == [("PER", "Danang"), ("ROLE", "Paus")]


def test_an_office_that_people_are_called_by_stays_one():
    text = "Paus Fransiskus tiba. Presiden menyambut Paus."
    assert shown(text, ("PER", "Paus Fransiskus"), ("ROLE", "Paus"))[1] == ("ROLE", "Paus")


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        (
            "UIN Raden Intan dan PA Metro. MoU dibuat rektor UIN Raden Intan.",
            [("ORG", "UIN Raden Intan"), ("ROLE", "rektor UIN"), ("ORG", "UIN"), ("PER", "Raden Intan")],
            [("ROLE", "rektor UIN Raden Intan"), ("ORG", "UIN Raden Intan")],
        ),
        (
            "Desa Air Belo diwakili Pj Kades Air Belo Rosmala.",
            [("GPE", "Desa Air Belo"), ("ROLE", "Pj Kades Air"), ("PER", "Belo Rosmala")],
            [("ROLE", "Pj Kades Air Belo"), ("PER", "Rosmala")],
        ),
        (
            "MTs Nurul Hidayah. Kepala MTs Nurul Hidayah Nyai Siti.",
            [("ORG", "MTs Nurul Hidayah"), ("ORG", "MTs"), ("PER", "Nurul Hidayah Nyai")],
            [("ORG", "MTs Nurul Hidayah")],
        ),
        (  # a title is no part of the name, though a hospital has both
            "RSUD dr. Soegiri. Direktur dr. Soegiri datang.",
            [("ORG", "RSUD dr. Soegiri"), ("PER", "Soegiri")],
            [("PER", "Soegiri")],
        ),
        (
            "Andi Ony bertemu Yayasan Andi Ony Center.",
            [("PER", "Andi Ony"), ("ORG", "Yayasan Andi Ony Center")],
            [("PER", "Andi Ony"), ("ORG", "Yayasan Andi Ony Center")],
        ),
    ],
)
def test_words_of_a_body_are_no_person(text, wanted, expected):
    assert shown(text, *wanted)[-len(expected) :] == expected


NAMED = "MoU Ponpes Nurul Iman dan RSUD dr Soedirman Kebumen. "


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        (
            "Andi, Kepala Madrasah Aliyah Nurul Iman.",
            [("ROLE", "Kepala Madrasah Aliyah"), ("ORG", "Madrasah Aliyah"), ("PER", "Nurul Iman")],
            [("ROLE", "Kepala Madrasah Aliyah Nurul Iman"), ("ORG", "Madrasah Aliyah Nurul Iman")],
        ),
        (
            "Direktur RSUD dr Soedirman Kebumen datang.",
            [("ROLE", "Direktur RSUD dr"), ("ORG", "RSUD dr"), ("PER", "Soedirman Kebumen")],
            [("ROLE", "Direktur RSUD dr Soedirman Kebumen"), ("ORG", "RSUD dr Soedirman Kebumen")],
        ),
        (  # who is named by himself too is a person
            "Ketua Yayasan Nurul Iman. Nurul Iman datang.",
            [("ROLE", "Ketua Yayasan"), ("PER", "Nurul Iman"), ("PER", "Nurul Iman")],
            [("ROLE", "Ketua Yayasan"), ("PER", "Nurul Iman"), ("PER", "Nurul Iman")],
        ),
    ],
)
def test_what_ends_a_body_elsewhere_ends_the_body_it_stands_behind(text, wanted, expected):
    """The name of the pesantren was a signer of its own."""
    named = [("ORG", "Ponpes Nurul Iman"), ("ORG", "RSUD dr Soedirman Kebumen")]
    before = marked(NAMED, *named)
    behind = [
        m.model_copy(update={"start": m.start + len(NAMED), "end": m.end + len(NAMED)})
        for m in marked(text, *wanted)
    ]
    found = elsewhere(NAMED + text, [*before, *behind])
    assert [(m.label, m.text) for m in found[2:]] == expected
    assert all((NAMED + text)[m.start : m.end] == m.text for m in found)


def test_a_company_by_the_beginning_of_its_name():
    text = "PT A dan Van Rijn Process B.V. sepakat. Van Rijn menghitung. Diteken Hanafi dan Van Rijn."
    wanted = [("ORG", "Van Rijn Process B.V."), ("ORG", "Van Rijn"), ("PER", "Hanafi"), ("PER", "Van Rijn")]
    assert shown(text, *wanted)[-1] == ("ORG", "Van Rijn")


def test_a_name_in_two_pieces_is_joined_where_the_first_is_what_the_person_is_called():
    text = "Direktur Utama KITB, Bimo Anindita Kusumo. Bimo menjelaskan."
    wanted = [("PER", "Bimo"), ("PER", "Anindita Kusumo"), ("PER", "Bimo")]
    assert shown(text, *wanted) == [("PER", "Bimo Anindita Kusumo"), ("PER", "Bimo")]
    assert shown(text, *wanted[:2]) == wanted[:2]
    text = "Romo Beni Haryanto. Romo berdoa."
    wanted = [("PER", "Romo"), ("PER", "Beni Haryanto"), ("PER", "Romo")]
    assert shown(text, *wanted) == wanted


TEXT = (
    "Desa Air Belo dan UIN Raden Intan diwakili Pj Kades Air Belo Rosmala, rektor UIN Raden Intan dan Danang."
)
SPANS = st.lists(st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 20)), max_size=8)


@given(SPANS, st.lists(st.sampled_from(["PER", "ORG", "GPE", "ROLE"]), min_size=8, max_size=8))
def test_whatever_comes_offsets_are_right_and_no_name_is_empty(spans, labels):
    drawn = [
        Mention(
            start=a, end=min(a + n, len(TEXT)), label=label, text=TEXT[a : a + n], confidence=0.5, source="x"
        )
        for (a, n), label in zip(sorted(spans), labels, strict=False)
    ]
    found = elsewhere(TEXT, drawn)
    assert all(TEXT[m.start : m.end] == m.text and m.text for m in found)


@pytest.mark.parametrize(
    ("name", "label"),
    [("Lombok", "LOC"), ("ASIA TENGGARA", "LOC"), ("Rinjani", "LOC"), ("Lombok Timur", "GPE")],
)
def test_islands_and_mountains_are_no_authority(name, label):
    assert shown(f"Rombongan tiba di {name} kemarin.", ("GPE", name)) == [(label, name)]
