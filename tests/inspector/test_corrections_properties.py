"""Any set of decisions: nothing is lost on any way through files, versions and repetitions."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sepaham.corrections import Corrections, correct, merge, read_corrections, to_json
from sepaham.corrections.model import Correction
from sepaham.records import Agreement

NAMES = (
    "Pemerintah Kabupaten Garut", "Pemerintah Kota Bogor", "Universitas Padjadjaran", "PT Pindad",
    "Kementerian Pertanian", "Dewan Perwakilan Rakyat Daerah Kabupaten Garut",
)  # fmt: skip
PEOPLE = ("Rudi Gunawan", "Bima Sugiarto", "Rina Indiastuti", "Abraham Mose")
PHRASES = ("pengembangan kopi", "magang mahasiswa", "bertukar data panen", "memasok kentang 12 ton sebulan")
OFFSETS = {phrase: (100 * n, 100 * n + len(phrase)) for n, phrase in enumerate(PHRASES, 1)}
MOMENTS = st.integers(0, 59).map(lambda second: f"2026-03-01T08:00:{second:02}.000Z")

people = st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True).map(
    lambda names: [{"name": name, "role": f"Kepala {name[:4]}"} for name in names]
)


def a_party(name: str) -> st.SearchStrategy[dict[str, Any]]:
    return people.map(
        lambda found: {"name": name, "kind": "other", "texts": [name.split()[-1]], "signatories": found}
    )


def a_commitment(phrase: str) -> st.SearchStrategy[dict[str, Any]]:
    start, end = OFFSETS[phrase]
    return st.just({"start": start, "end": end, "text": phrase, "type": "scope"})


def members(make: Any, names: tuple[str, ...], least: int = 0) -> st.SearchStrategy[list[dict[str, Any]]]:
    chosen = st.lists(st.sampled_from(names), min_size=least, max_size=4, unique=True)
    return chosen.flatmap(lambda found: st.tuples(*map(make, found)).map(list))


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    parties = draw(members(a_party, NAMES, least=1))
    data: dict[str, Any] = {
        "agreement_id": "b7#1",
        "article_id": "b7",
        "status": "signed",
        "doc_types": ["mou"],
        "subject": draw(st.sampled_from([None, *PHRASES])),
        "parties": parties,
        "hub": draw(st.sampled_from([None, *[party["name"] for party in parties]])),
        "commitments": draw(members(a_commitment, PHRASES)),
        "confidence": {"agreement": 0.9, "parties": 0.7},
    }
    for item in data["commitments"]:
        item["obligor_seq"] = draw(st.sampled_from([None, *range(1, len(parties) + 1)]))
    data["evidence"] = list(evidence(data))
    return Agreement.model_validate(data)


def evidence(data: dict[str, Any]) -> Any:
    for number, party in enumerate(data["parties"]):
        yield proof(f"/parties/{number}", party["name"])
        for order, person in enumerate(party["signatories"]):
            yield proof(f"/parties/{number}/signatories/{order}", person["name"])
    for number, item in enumerate(data["commitments"]):
        yield proof(f"/commitments/{number}", item["text"])
    yield proof("/status", "meneken")


def proof(field: str, quote: str) -> dict[str, Any]:
    return {
        "field": field,
        "start": 10,
        "end": 10 + len(quote),
        "quote": quote,
        "confidence": 0.7,
        "rule": "r",
    }


@st.composite
def decisions(draw: st.DrawFn, agreement: Agreement) -> Corrections:
    """What a page can export for an agreement: at most one decision a thing, and new members."""
    data = agreement.model_dump(mode="json")
    found: list[dict[str, Any]] = []
    for slot, make, names in (("parties", a_party, NAMES), ("commitments", a_commitment, PHRASES)):
        for place, before in enumerate(data[slot]):
            action = draw(st.sampled_from(["none", "accept", "change", "reject"]))
            if action == "change":
                value = draw(st.sampled_from(names).flatmap(make))
                found.append(
                    {"field": f"/{slot}/{place}", "action": action, "before": before, "value": value}
                )
            elif action != "none":
                found.append({"field": f"/{slot}/{place}", "action": action, "before": before})
        for number in range(draw(st.integers(0, 2))):
            value = draw(st.sampled_from(names).flatmap(make))
            found.append({"field": f"/{slot}/-", "action": "add", "value": value, "added": f"{slot}{number}"})
    for slot, values in (("subject", PHRASES), ("agreement_text", ("MoU", "nota kesepahaman"))):
        action = draw(st.sampled_from(["none", "accept", "change", "reject"]))
        value = draw(st.sampled_from(values)) if action == "change" else None
        if action != "none":
            found.append({"field": f"/{slot}", "action": action, "before": data[slot], "value": value})
    if draw(st.booleans()):
        found.append({"field": "/agreement_id", "action": "accept"})
    ids = {"agreement_id": "b7#1", "article_id": "b7"}
    items = [Correction.model_validate({**ids, **item, "at": draw(MOMENTS)}) for item in found]
    return merge(Corrections(corrections=tuple(items)))


agreement_and_decisions = agreements().flatmap(lambda a: st.tuples(st.just(a), decisions(a)))
files = st.lists(agreements().flatmap(decisions), min_size=1, max_size=3)


def names_of(agreement: Agreement, slot: str) -> list[str]:
    if slot == "parties":
        return [party.name for party in agreement.parties]
    return [item.text for item in agreement.commitments]


def wanted(item: Correction) -> str | None:
    value = item.desired
    return None if value is None else value["name" if item.slot == "parties" else "text"]


@given(agreement_and_decisions)
def test_every_decision_holds(case: tuple[Agreement, Corrections]) -> None:
    agreement, corrections = case
    done = correct(agreement, corrections.corrections)
    assert done.agreement is not None
    assert not done.unplaced
    for slot in ("parties", "commitments"):
        names = names_of(done.agreement, slot)
        items = [item for item in corrections.corrections if item.slot == slot]
        shall = [wanted(item) for item in items if wanted(item)]
        assert set(shall) <= set(names)
        for item in items:
            before = None if item.before is None else item.before["name" if slot == "parties" else "text"]
            assert before is None or before in shall or before not in names
        untouched = set(names_of(agreement, slot)) - {
            item.before["name" if slot == "parties" else "text"] for item in items if item.before
        }
        assert untouched <= set(names)
    for item in corrections.corrections:
        if item.slot in ("subject", "agreement_text"):
            assert getattr(done.agreement, item.slot) == item.desired


@given(agreement_and_decisions)
def test_every_decision_is_accounted_for_once(case: tuple[Agreement, Corrections]) -> None:
    agreement, corrections = case
    done = correct(agreement, corrections.corrections)
    told = [item.key for item, _ in (*done.placed, *done.unplaced)]
    replaced = [item for item in corrections.corrections if item.key not in told]
    assert len(told) == len(set(told))
    assert not replaced


@given(agreement_and_decisions)
def test_what_points_at_something_points_at_what_is_there(case: tuple[Agreement, Corrections]) -> None:
    agreement, corrections = case
    done = correct(agreement, corrections.corrections).agreement
    assert done is not None
    data = json.loads(done.model_dump_json())
    for item in data["evidence"]:
        place = data
        for part in item["field"][1:].split("/"):
            place = place[int(part)] if isinstance(place, list) else place[part]
    assert done.hub is None or done.hub in [party.name for party in done.parties]
    touched = {
        item.before["text"] for item in corrections.corrections if item.slot == "commitments" and item.before
    }
    changed = {wanted(item) for item in corrections.corrections if item.slot == "commitments"}
    party_decisions = [item for item in corrections.corrections if item.slot == "parties"]
    for item in done.commitments:
        if item.text in touched | changed or party_decisions:
            continue
        before = next(each for each in agreement.commitments if each.text == item.text)
        assert item.obligor_seq == before.obligor_seq


@given(agreement_and_decisions)
def test_correcting_twice_is_correcting_once(case: tuple[Agreement, Corrections]) -> None:
    agreement, corrections = case
    once = correct(agreement, corrections.corrections).agreement
    assert once is not None
    twice = correct(once, corrections.corrections).agreement
    assert twice is not None
    for slot in ("parties", "commitments"):
        assert sorted(names_of(twice, slot)) == sorted(names_of(once, slot))
    scalars = ("status", "subject", "agreement_text", "needs_review")
    assert [getattr(twice, name) for name in scalars] == [getattr(once, name) for name in scalars]


@given(agreement_and_decisions, st.randoms(use_true_random=False))
def test_the_order_of_the_parties_in_another_version_is_no_matter(
    case: tuple[Agreement, Corrections], chance: Any
) -> None:
    agreement, corrections = case
    order = list(range(len(agreement.parties)))
    chance.shuffle(order)
    moved = agreement.model_copy(
        update={"parties": tuple(agreement.parties[n] for n in order), "evidence": (), "commitments": ()}
    )
    plain = agreement.model_copy(update={"evidence": (), "commitments": ()})
    items = [item for item in corrections.corrections if item.slot != "commitments"]
    one, other = correct(plain, items).agreement, correct(moved, items).agreement
    assert one is not None
    assert other is not None
    assert {p.name: p for p in one.parties} == {p.name: p for p in other.parties}


@given(files, st.randoms(use_true_random=False))
def test_joining_files_loses_nothing_in_any_order(parts: list[Corrections], chance: Any) -> None:
    merged = merge(*parts)
    shuffled = list(parts)
    chance.shuffle(shuffled)
    assert merge(*shuffled) == merged
    assert merge(merged, *parts) == merged
    assert merge(merge(parts[0]), *parts[1:]) == merged
    latest = {item.key: item for item in merged.corrections}
    for item in (item for part in parts for item in part.corrections):
        assert latest[item.key].at >= item.at


@given(agreement_and_decisions)
def test_a_file_reads_back_as_it_was_written(
    tmp_path_factory: Any, case: tuple[Agreement, Corrections]
) -> None:
    path = tmp_path_factory.mktemp("corrections") / "corrections.json"
    path.write_text(to_json(case[1]), encoding="utf-8")
    assert read_corrections(path) == case[1]
