"""The faults of gold that was broken at random are the validator's own, line by line."""

import copy
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sepaham.errors import InputError
from sepaham.evaluation import check_gold, examine_gold

Item = dict[str, Any]
FOLDER = Path(__file__).parent / "judge"
NEW_VALUES: dict[str, list[Any]] = {
    "status": ["mentioned", None, ""],
    "doc_types": [[], ["mou", "memo"]],
    "fields": [[], ["health"] * 4, ["kesehatan"]],
    "agreement_text": ["", "perjanjian yang tak tertulis", 5],
    "subject": [" ", "hal yang tak tertulis"],
    "hub": ["Universitas Lain", ""],
    "parties": [[]],
    "witnesses": [[{"name": "Tak Hadir", "role": None}], [{"role": ""}], [{}]],
    "date": [{"text": "Ahad Legi", "value": "2024-13-01"}, {"text": "", "value": None}],
    "venue": [{"text": "Gedung Lain", "name": "", "city": "Kota Lain"}],
    "valid_until": [{"text": "2028", "value": None}, {"text": "", "value": "2028-02-30"}],
    "commitments": [["a"] * 9, ["", "yang tak tertulis"]],
    "value": [
        {"text": "Rp", "amount": "5 juta", "currency": "IDR"},
        {"text": "Rp", "amount": 5, "currency": None},
        {"text": "Rp", "amount": 5, "currency": "Rp"},
    ],
    "duration": [{"text": "tiga", "iso": iso} for iso in ("P", "3Y", None, "P3Y", "P1Y6M2W3D")],
}
PARTY_VALUES: dict[str, list[Any]] = {
    "name": [None, "X"],
    "kind": ["ngo", None],
    "texts": [[], ["a", "b", "c", "d", "e"], ["tak tertulis", None, 3]],
    "signatories": [
        [{"name": None, "role": None, "acting": False}],
        [{"name": "Tak Hadir", "role": "", "acting": True}],
        [{"name": "Tak Hadir"}],
    ],
}


def break_event(rng: random.Random, event: Item) -> None:
    key = rng.choice(list(NEW_VALUES))
    event[key] = rng.choice(NEW_VALUES[key])
    if event["date"] and rng.random() < 0.3:
        event["date"] = {
            **event["date"],
            "value": rng.choice(["2024", "2024-2", "2023-02-29", "2024-00", "0000"]),
        }
    if event["parties"] and rng.random() < 0.5:
        key = rng.choice(list(PARTY_VALUES))
        rng.choice(event["parties"])[key] = rng.choice(PARTY_VALUES[key])
    if rng.random() < 0.1:
        event.pop(rng.choice(list(event)))
    if event.get("parties") and rng.random() < 0.1:
        event["parties"][0]["seq"] = 1


def broken(rng: random.Random, item: Item) -> str:
    item = copy.deepcopy(item)
    for event in item["events"]:
        for _ in range(rng.randrange(4)):
            if set(event) >= set(NEW_VALUES):
                break_event(rng, event)
    change = rng.randrange(12)
    if change == 0:
        item["is_mou"] = not item["is_mou"]
    elif change == 1:
        item["mentions"] += [["DATUM", "x"], ["PER", ""], ["ORG", "Badan Tak Tertulis"]]
    elif change == 2:
        item.pop(rng.choice(list(item)))
    elif change == 3:
        item["id"] = rng.choice(["nowhere", None, 4])
    line = json.dumps(item, ensure_ascii=False)
    return {4: line[:-3], 5: "", 6: f"{line}\n{line}"}.get(change, line)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("gold_set", ["real", "written"])
def test_faults_of_broken_gold_are_the_validators(
    gold_folder: Path, original_check: Callable[[Path, Path], str], tmp_path: Path, gold_set: str, seed: int
) -> None:
    rng = random.Random(seed)
    folder = gold_folder / gold_set
    items = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    gold_path = tmp_path / "gold.jsonl"
    kept = rng.sample(items, len(items) - 5)
    gold_path.write_text("\n".join(broken(rng, item) for item in kept), encoding="utf-8")

    checked = examine_gold(folder / "articles.jsonl", gold_path)
    assert checked.to_text() + "\n" == original_check(folder / "articles.jsonl", gold_path)
    assert len(checked.faults) > 50
    assert check_gold(folder / "articles.jsonl", gold_path) == list(checked.faults)


@pytest.mark.parametrize("gold_set", ["real", "written"])
def test_gold_follows_the_guideline(
    gold_folder: Path, original_check: Callable[[Path, Path], str], gold_set: str
) -> None:
    paths = (gold_folder / gold_set / "articles.jsonl", gold_folder / gold_set / "gold.jsonl")
    checked = examine_gold(*paths)
    assert checked.faults == ()
    assert checked.to_text() + "\n" == original_check(*paths)


def _with(tmp_path: Path, change: Callable[[Item], object]) -> list[str]:
    """The faults after a change to the first event of article w2-003."""
    lines = (FOLDER / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    item = next(item for item in map(json.loads, lines) if item["id"] == "w2-003")
    change(item)
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(item), encoding="utf-8")
    return check_gold(FOLDER / "articles.jsonl", path)


def _set(key: str, value: object) -> Callable[[Item], object]:
    return lambda item: item["events"][0].update({key: value})


def test_right_gold_has_no_fault() -> None:
    checked = examine_gold(FOLDER / "articles.jsonl", FOLDER / "gold.jsonl")
    assert checked.to_text() == "12 articles checked, 0 without gold, 0 faults"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_set("status", "mentioned"), "event 0: status 'mentioned'"),
        (_set("doc_types", []), "event 0: doc_types []"),
        (_set("fields", ["kesehatan"]), "event 0: fields ['kesehatan']"),
        (_set("fields", ["health", "media", "other", "politics"]), "event 0: fields ['health', 'media'"),
        (_set("date", {"text": "", "value": "2024-00"}), "event 0: date value '2024-00'"),
        (_set("valid_until", {"text": "", "value": None}), "event 0: valid_until {"),
        (
            lambda item: item["events"][0]["parties"][0].update(texts=["a"] * 5),
            "event 0: party 'Pemerintah Kota Bitung': 5 texts",
        ),
        (_set("subject", "hal lain"), "event 0: subject: not letter for letter in the article: 'hal lain'"),
        (_set("agreement_text", " "), "event 0: agreement_text: empty"),
        (_set("hub", "Universitas Lain"), "event 0: hub 'Universitas Lain' is no party's name"),
        (_set("parties", []), "event 0: no party"),
        (_set("date", {"text": "", "value": "2023-02-29"}), "event 0: date value '2023-02-29'"),
        (_set("commitments", ["x"] * 9), "event 0: more than 8 commitments"),
        (_set("witnesses", [{"name": "Tak Hadir"}]), "event 0: witness name: not letter for letter"),
        (_set("duration", {"text": "", "iso": "P"}), "event 0: duration {'text': '', 'iso': 'P'}"),
        (lambda item: item.update(is_mou=False), "is_mou and events disagree"),
        (lambda item: item.update(note="x"), "keys ['events', 'id', 'is_mou', 'mentions', 'note']"),
        (lambda item: item["mentions"].append(["WHO", "x"]), "mention label 'WHO'"),
        (lambda item: item["events"][0].pop("value"), "event 0: keys differ: ['value']"),
    ],
)
def test_each_rule_has_its_fault(tmp_path: Path, change: Callable[[Item], object], fault: str) -> None:
    assert any(line.startswith(f"line 1 w2-003: {fault}") for line in _with(tmp_path, change))


@pytest.mark.parametrize(
    "change",
    [
        _set("fields", None), _set("parties", ["Pemkab"]), _set("date", "kemarin"), _set("status", []),
        lambda item: item.update(events=5), lambda item: item["mentions"].append(["PER"]),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_a_fault_and_no_crash(
    tmp_path: Path, change: Callable[[Item], object]
) -> None:
    assert "not the guideline's types" in _with(tmp_path, change)[-1]


@pytest.mark.parametrize("line", ["[]", "null", "5", '{"id": ["x"]}'])
def test_a_line_that_is_no_gold_object_is_a_fault(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line, encoding="utf-8")
    (fault,) = check_gold(FOLDER / "articles.jsonl", path)
    assert fault.startswith("line 1: unknown or repeated id")


def test_articles_that_cannot_be_read_are_an_input_error(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text('{"id": "a", "text": "x"}\n{"id"', encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        check_gold(path, FOLDER / "gold.jsonl")
