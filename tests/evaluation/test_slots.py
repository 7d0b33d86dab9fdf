"""What each slot means, one small case after the other."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.evaluation.compare import SLOTS, Counts, align, compare
from sepaham.evaluation.events import read_event

BODY = (
    "Pemkot Ambon dan Universitas Nusa Ina Teken MoU\n\nPemerintah Kota Ambon dan Universitas Nusa Ina "
    "menandatangani nota kesepahaman tentang pengelolaan sampah pesisir di Balai Kota Ambon. Kedua pihak "
    "sepakat membangun bank sampah, melatih kader lingkungan, dan membangun bank sampah di tiap kelurahan."
)
CITY = {
    "name": "Pemerintah Kota Ambon", "kind": "local_government", "texts": ["Pemkot Ambon"],
    "signatories": [{"name": "Yohana Latumahina", "role": "Pj Wali Kota Ambon", "acting": True}],
}  # fmt: skip
CAMPUS = {
    "name": "Universitas Nusa Ina", "kind": "education", "texts": ["UNI", "kampus itu"],
    "signatories": [{"name": None, "role": "Rektor", "acting": False}],
}  # fmt: skip
COMPANY = {"name": "PT Laut Biru Tbk", "kind": "company", "texts": ["Laut Biru"], "signatories": []}
EVENT: dict[str, Any] = {
    "status": "signed", "doc_types": ["mou"], "subject": "pengelolaan sampah pesisir",
    "parties": [CITY, CAMPUS],
    "hub": None, "witnesses": [{"name": "Rina Tuasela", "role": "Sekda"}],
    "date": {"text": "Selasa (12/3/2024)", "value": "2024-03-12"},
    "venue": {"text": "Balai Kota Ambon", "name": "Balai Kota Ambon", "city": "Kota Ambon"},
    "commitments": ["membangun bank sampah"], "fields": ["environment"],
    "value": {"text": "Rp2 miliar", "amount": 2_000_000_000, "currency": "IDR"},
    "duration": {"text": "tiga tahun", "iso": "P3Y"}, "valid_until": {"text": "2027", "value": "2027"},
}  # fmt: skip


def counts(pred: dict[str, Any] | None, gold: dict[str, Any] | None = EVENT) -> dict[str, Counts]:
    """The counts of a prediction (gold with these keys changed) against a gold event."""
    return compare(
        None if gold is None else read_event(gold, gold=True),
        None if pred is None else read_event({**EVENT, **pred}, gold=False),
        BODY,
    )


def test_gold_against_itself_is_right_everywhere() -> None:
    for slot, (right, predicted, gold) in counts({}).items():
        assert right == predicted == gold > 0, slot


def test_every_slot_is_counted_and_told() -> None:
    assert counts({}).keys() | {"article"} == SLOTS.keys()


def test_an_event_alone_counts_on_its_side_only() -> None:
    missed, wrong = counts(None), counts({}, gold=None)
    assert all(c.right == c.predicted == 0 < c.gold for c in missed.values())
    assert all(c.right == c.gold == 0 < c.predicted for c in wrong.values())


@pytest.mark.parametrize(
    ("name", "texts", "party", "party_name"),
    [
        ("PEMERINTAH KOTA AMBON", [], 1, 1),
        ("Pemerintah&nbsp;Kota Ambon", [], 1, 1),
        ("Pemkot Ambon", [], 1, 0),
        ("Pemerintah Ambon", ["pemkot ambon"], 1, 0),
        ("Pemerintah Kabupaten Ambon", ["Pemkot Ambon"], 0, 0),
        ("Pemprov Maluku", ["Pemkot Ambon"], 0, 0),
        ("Bupati Ambon", ["Pemkot Ambon"], 0, 0),
        ("Pemda Ambon", ["Pj Bupati Ambon", "Pemkot Ambon"], 0, 0),
        ("Pemda Ambon", ["Pj Walikota Ambon", "Pemkot Ambon"], 1, 0),
        ("Peme\u200brintah Kota Ambon", [], 1, 1),
        ("Pemerintah Kota Tual", [], 0, 0),
        (None, [], 0, 0),
    ],
)
def test_party_by_name_or_text_but_never_its_twin(
    name: str, texts: list[str], party: int, party_name: int
) -> None:
    got = counts({"parties": [{"name": name, "texts": texts}]})
    assert got["party"] == (party, 1, 2)
    assert got["party_name"] == (party_name, 1, 2)


def test_company_forms_do_not_tell_names_apart() -> None:
    gold = {**EVENT, "parties": [COMPANY]}
    assert counts({"parties": [{"name": "Laut Biru (Persero)", "texts": []}]}, gold)["party_name"].right == 1


def test_a_text_that_two_parties_share_tells_neither() -> None:
    both = [{**CITY, "texts": ["kedua pihak"]}, {**CAMPUS, "texts": ["kedua pihak"]}]
    found = {"parties": [{"name": "kedua pihak", "texts": []}]}
    assert counts(found, {**EVENT, "parties": both})["party"].right == 0
    assert counts(found, {**EVENT, "parties": both[:1]})["party"].right == 1


def test_only_the_first_four_texts_count() -> None:
    found = {"parties": [{"name": "x", "texts": ["a", "b", "c", "d", "Pemkot Ambon"]}]}
    assert counts(found)["party"].right == 0


def test_kind_of_matched_parties() -> None:
    assert counts({"parties": [{**CITY, "kind": "legislature"}, CAMPUS]})["kind"] == (1, 2, 2)


def test_a_hub_is_bound_to_each_other_party_and_they_not_to_each_other() -> None:
    three = {**EVENT, "parties": [CITY, CAMPUS, COMPANY], "hub": CITY["name"]}
    assert counts({"parties": three["parties"], "hub": CITY["name"]}, three)["pair"] == (2, 2, 2)
    assert counts({"parties": three["parties"], "hub": None}, three)["pair"] == (2, 3, 2)
    assert counts({"parties": three["parties"], "hub": CAMPUS["name"]}, three)["pair"] == (1, 2, 2)


def test_a_signatory_counts_with_the_right_party_only() -> None:
    (person,), (rector,) = CITY["signatories"], CAMPUS["signatories"]
    crossed = [{**CITY, "signatories": [rector]}, {**CAMPUS, "signatories": [person]}]
    assert counts({"parties": crossed})["signatory"] == (0, 2, 2)
    other_role = [{**CITY, "signatories": [{**person, "role": "Wali Kota Ambon"}]}, CAMPUS]
    assert counts({"parties": other_role})["signatory"] == (2, 2, 2)
    assert counts({"parties": other_role})["triple"] == (1, 2, 2)


def test_a_nameless_official_is_compared_by_role() -> None:
    named = [CITY, {**CAMPUS, "signatories": [{"name": "Fredy Leiwakabessy", "role": "Rektor"}]}]
    assert counts({"parties": named})["signatory"].right == 1
    dean = [CITY, {**CAMPUS, "signatories": [{"name": None, "role": "Dekan"}]}]
    assert counts({"parties": dean})["signatory"].right == 1
    empty = [CITY, {**CAMPUS, "signatories": [{"name": "", "role": ""}]}]
    assert counts({"parties": empty})["signatory"] == (1, 1, 2)


def test_acting() -> None:
    (person,) = CITY["signatories"]
    found = [{**CITY, "signatories": [{**person, "acting": False}]}, CAMPUS]
    assert counts({"parties": found})["acting"] == (0, 0, 1)
    assert counts({})["acting"] == (1, 1, 1)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ({"value": "2024-03-12"}, (1, 1, 1)), ({"value": "2024-03"}, (0, 1, 1)), ({"value": None}, (0, 0, 1)),
        (None, (0, 0, 1)),
    ],
)  # fmt: skip
def test_date_is_the_iso_value(date: object, expected: tuple[int, int, int]) -> None:
    assert counts({"date": date})["date"] == expected


def test_no_date_on_either_side_counts_for_nothing() -> None:
    got = counts({"date": None}, {**EVENT, "date": {"text": "kemarin", "value": None}})
    assert got["date"] == (0, 0, 0)
    assert got["core_record"].right == 1


@pytest.mark.parametrize(
    ("text", "name", "right"),
    [
        ("Balai Kota Ambon, Selasa siang itu", None, 1),
        ("Balai Kota", None, 1),
        ("Ambon", None, 0),
        ("gedung lain", "balai kota ambon", 1),
        (None, None, 0),
    ],
)
def test_venue_overlaps_by_half_of_the_longer_text_or_has_the_name(text: str, name: str, right: int) -> None:
    assert counts({"venue": {"text": text, "name": name, "city": None}})["venue"] == (right, 1, 1)


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        ("Ambon", (1, 1, 1)), ("KOTA AMBON", (1, 1, 1)), ("Kabupaten Ambon", (0, 1, 1)), ("Tual", (0, 1, 1)),
        ("", (0, 0, 1)),
    ],
)  # fmt: skip
def test_city_with_or_without_its_kind(city: str, expected: tuple[int, int, int]) -> None:
    assert counts({"venue": {"text": "x", "city": city}})["city"] == expected


def test_status_and_signed_rows() -> None:
    assert counts({"status": "planned"})["status"] == (0, 1, 1)
    assert counts({"status": "planned"})["signed"] == (0, 0, 1)
    planned = {**EVENT, "status": "planned"}
    assert counts({}, planned)["signed"] == (0, 1, 0)
    assert counts({"status": "planned"}, planned)["signed"] == (0, 0, 0)


def test_doc_types_and_fields_are_sets() -> None:
    got = counts({"doc_types": ["mou", "agreement", "mou"], "fields": ["health"]})
    assert got["doc_type"] == (1, 2, 1)
    assert got["field"] == (0, 1, 1)


@pytest.mark.parametrize(("subject", "right"), [("pengelolaan sampah", 1), ("sampah", 0), ("sampah laut", 0)])
def test_subject_overlaps_by_half(subject: str, right: int) -> None:
    assert counts({"subject": subject})["subject"] == (right, 1, 1)


def test_commitments_are_counted_in_characters_of_the_article() -> None:
    # "bank sampah" covers 10 of the 19 characters of "membangun bank sampah" that are no spaces.
    assert counts({"commitments": ["bank sampah"]})["commitment"] == (10, 10, 19)
    assert counts({"commitments": [{"text": "membangun bank sampah di tiap"}]})["commitment"] == (19, 25, 19)
    assert counts({"commitments": ["tak ada di sini"]})["commitment"] == (0, 12, 19)
    assert counts({"commitments": ["bank sampah", "membangun bank sampah"]})["commitment"] == (19, 19, 19)
    assert counts({"commitments": [None, " "]})["commitment"] == (0, 0, 19)


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ({"amount": 2e9, "currency": "IDR"}, 1), ({"amount": 2.009e9, "currency": "IDR"}, 1),
        ({"amount": 2.02e9, "currency": "IDR"}, 0), ({"amount": 2e9, "currency": "USD"}, 0),
        ({"amount": "2000000000", "currency": "IDR"}, 1), ({"currency": "IDR"}, 0),
    ],
)  # fmt: skip
def test_value_within_half_a_percent_in_the_same_currency(value: dict[str, Any], right: int) -> None:
    assert counts({"value": value})["value"] == (right, 1, 1)


@pytest.mark.parametrize(("iso", "right"), [("P36M", 1), ("P2Y12M", 1), ("P3M", 0), ("tiga tahun", 0)])
def test_duration_in_any_unit(iso: str, right: int) -> None:
    assert counts({"duration": {"iso": iso}})["duration"] == (right, 1, 1)


def test_valid_until_and_witness() -> None:
    got = counts(
        {"valid_until": {"value": "2027-12-31"}, "witnesses": [{"name": "RINA TUASELA"}, {"role": "Sekda"}]}
    )
    assert got["valid_until"] == (0, 1, 1)
    assert got["witness"] == (1, 1, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"status": "planned"}, {"date": None}, {"parties": [CITY]}, {"parties": [CITY, CAMPUS, COMPANY]},
        {"parties": [{**CITY, "signatories": []}, CAMPUS]},
    ],
)  # fmt: skip
def test_core_record_fails_with_any_of_its_parts(change: dict[str, Any]) -> None:
    assert counts(change)["core_record"] == (0, 1, 1)
    assert counts({"venue": None, "subject": None, "commitments": []})["core_record"] == (1, 1, 1)


def _aligned(gold: list[dict[str, Any]], pred: list[dict[str, Any]], slot: str) -> Counts:
    both = [read_event(each, gold=True) for each in gold], [read_event(each, gold=False) for each in pred]
    rows = [row[slot] for row in align(*both, BODY)]
    return Counts(*(sum(column) for column in zip(*rows, strict=True)))


@pytest.mark.parametrize("number", [3, 7, 9])
def test_events_are_paired_so_that_the_most_values_agree(number: int) -> None:
    gold = [
        {**EVENT, "date": {"value": f"2024-03-{day:02}"}, "subject": f"hal {day}"}
        for day in range(1, number + 1)
    ]
    assert _aligned(gold, gold[::-1], "date") == (number, number, number)
    assert _aligned(gold, [*gold[::-1], {**EVENT, "date": None}], "event") == (number, number + 1, number)
    assert _aligned(gold, gold[1:], "date") == (number - 1, number - 1, number)


@pytest.mark.parametrize(("more", "right"), [(0, 8), (5, 8), (6, 5)])
def test_up_to_seven_events_every_order_is_tried_then_the_best_pair_is_taken_first(
    more: int, right: int
) -> None:
    def events(*fields: str) -> list[dict[str, Any]]:
        filler = [f"only {n}" for n in range(more)]
        return [{"status": "signed", "fields": each.split(",")} for each in [*fields, *filler]]

    gold = events("a,b,c,d,e,w,x,y,z", "e,f,g,h")
    pred = events("a,b,c,d,e,f,g,h", "w,x,y,z")
    # The best pair shares a to e, but then nothing is left for the other two; crosswise they share 4 and 4.
    assert _aligned(gold, pred, "field").right == right + more


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["signed", "planned"]),
        "parties": st.lists(st.sampled_from([CITY, CAMPUS, COMPANY]), max_size=4),
        "date": st.sampled_from([None, {"value": "2024-03"}]),
        "commitments": st.lists(
            st.sampled_from(["bank sampah", "melatih kader lingkungan", "tak ada"]), max_size=3
        ),
        "fields": st.lists(st.sampled_from(["environment", "health"]), max_size=2),
    },
)


@given(CHANGES, CHANGES)
def test_right_never_exceeds_either_side(gold: dict[str, Any], pred: dict[str, Any]) -> None:
    for slot, (right, predicted, wanted) in counts(pred, {**EVENT, **gold}).items():
        assert 0 <= right <= min(predicted, wanted), slot
