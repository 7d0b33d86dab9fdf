"""Scores are equal to the judge's to the last digit, on gold perturbed so that every slot is exercised."""

import copy
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sepaham.errors import InputError
from sepaham.evaluation import score
from sepaham.evaluation.compare import SLOTS

Event = dict[str, Any]
Mutation = Callable[[random.Random, Event, list[Event]], None]
FOLDER = Path(__file__).parent / "judge"

RESPELLINGS: list[Callable[[str], str | None]] = [
    str.upper,
    lambda name: f"PT {name} (Persero) Tbk.",
    lambda name: name.replace(" ", "\u00a0"),
    lambda name: name.replace("a", "&#97;"),
    lambda name: name.replace("-", "\u2013"),
    lambda name: f"{name[:3]}\u200b{name[3:]}",
    lambda name: f"«{name}»",
    lambda name: f"{name} &amp; mitra",
    lambda name: f"Pj Bupati {name}",
    lambda name: f"Wali Kota {name}",
    lambda name: name.replace("Kabupaten", "Kota"),
    lambda name: name.replace("Pemerintah Kota", "Pemkot"),
    lambda name: name.replace("Pemerintah Provinsi", "Pemprov"),
    lambda name: None,
    lambda name: "",
]


def swap_facts(rng: random.Random, event: Event, others: list[Event]) -> None:
    key = rng.choice(["subject", "date", "venue", "value", "duration", "valid_until", "hub", "witnesses"])
    other = copy.deepcopy(rng.choice(others)[key])
    names = [party.get("name") for party in event["parties"]]
    event[key] = other if key != "hub" or other in names else rng.choice([*names, None, ""])


def shuffle_parties(rng: random.Random, event: Event, others: list[Event]) -> None:
    rng.shuffle(event["parties"])
    if rng.random() < 0.5:
        event["parties"] = event["parties"][: rng.randrange(len(event["parties"]) + 1)]
        event["hub"] = None
    else:
        event["parties"] += copy.deepcopy(rng.choice(others)["parties"])


def respell_party(rng: random.Random, event: Event, others: list[Event]) -> None:
    for party in event["parties"]:
        name = party.get("name") or "Pemerintah Kabupaten Bogor"
        party["name"] = rng.choice(RESPELLINGS)(name)
    event["hub"] = rng.choice([None, event["parties"][0]["name"] if event["parties"] else None])


def change_texts(rng: random.Random, event: Event, others: list[Event]) -> None:
    texts = [text for party in event["parties"] for text in party.get("texts") or []]
    for party in event["parties"]:
        party["texts"] = rng.choice([None, [], rng.sample(texts, rng.randrange(len(texts) + 1)), texts[::-1]])
        if rng.random() < 0.3:
            party["kind"] = rng.choice(["company", "other", None])


def change_people(rng: random.Random, event: Event, others: list[Event]) -> None:
    people = [person for party in event["parties"] for person in party.get("signatories") or []]
    for person in people:
        change = rng.randrange(5)
        person.update([{"name": None}, {"role": "Bupati"}, {"acting": True}, {"name": ""}, {}][change])
        if change == 4 and person.get("name"):
            person["name"] = f"Dr. {person['name'].casefold()}"
    for party in event["parties"]:
        if rng.random() < 0.3:
            party["signatories"] = rng.sample(people, rng.randrange(len(people) + 1))


def change_terms(rng: random.Random, event: Event, others: list[Event]) -> None:
    event["status"] = rng.choice(["signed", "planned", "mentioned", None])
    event["doc_types"] = rng.sample(["mou", "agreement", "loi", "x"], rng.randrange(4))
    event["fields"] = event["fields"][1:] + ["health"] * rng.randrange(3)
    event["duration"] = rng.choice(
        [event["duration"], {"iso": "P36M"}, {"iso": "P2W"}, {"iso": "x"}, {}, None]
    )
    event["date"] = rng.choice([event["date"], {"value": "2024-05"}, {"value": None}, {}])
    if event["value"]:
        event["value"]["amount"] = rng.choice(
            [event["value"]["amount"] * factor for factor in (1, 1.004, 0.994)]
            + [str(event["value"]["amount"]), None]
        )


def change_words(rng: random.Random, event: Event, others: list[Event]) -> None:
    if event["venue"]:
        venue = event["venue"]
        venue["text"] = rng.choice([venue["text"], " ".join((venue["text"] or "").split()[:2]), None, ""])
        venue["city"] = rng.choice([venue["city"], f"Kota {venue['city']}", "Kab. Bogor", "", None])
        venue["name"] = rng.choice([venue["name"], "Gedung Sate", None])
    event["subject"] = rng.choice([event["subject"], " ".join((event["subject"] or "a b").split()[1:]), ""])
    event["witnesses"] = [*event["witnesses"], {"name": "Budi Santoso"}, {"role": "Menteri"}][
        :: rng.choice([1, -1])
    ]


def change_commitments(rng: random.Random, event: Event, others: list[Event]) -> None:
    changed: list[Any] = []
    for text in event["commitments"]:
        text = text["text"] if isinstance(text, dict) else text or ""
        half = text[: len(text) // 2]
        changed += rng.choice(
            [[text], [text, text], [{"text": text, "start": 0}], [half], [half, text[3:]], []]
        )
    event["commitments"] = [*changed, *rng.sample(["yang tidak tertulis", "ada", " ", "", None], 2)]


def drop_keys(rng: random.Random, event: Event, others: list[Event]) -> None:
    for key in (
        "status",
        "agreement_text",
        "subject",
        "hub",
        "witnesses",
        "date",
        "venue",
        "value",
        "duration",
    ):
        if rng.random() < 0.3:
            event.pop(key, None)
    for party in event["parties"]:
        for key in ("name", "kind", "texts", "signatories"):
            if rng.random() < 0.2:
                party.pop(key, None)
    event.pop("hub", None)


MUTATIONS: list[Mutation] = [
    swap_facts, shuffle_parties, respell_party, change_texts, change_people, change_terms, change_words,
    change_commitments,
]  # fmt: skip


def perturbed(rng: random.Random, gold: list[dict[str, Any]]) -> list[Event]:
    """Agreements made of gold events: changed, lost, doubled, merged, and put into other articles."""
    events = [event for item in gold for event in item["events"]]
    found = []
    for item in gold:
        copies = [copy.deepcopy(event) for event in item["events"]]
        if rng.random() < 0.1:
            copies += [
                copy.deepcopy(each) for each in rng.sample(events, min(len(events), rng.randrange(1, 9)))
            ]
        if len(copies) > 1 and rng.random() < 0.3:
            copies[0]["parties"] += copies.pop()["parties"]
        for event in copies:
            for mutate in rng.sample(MUTATIONS, rng.choice([0, 0, 1, 2, 4])):
                mutate(rng, event, events)
            if rng.random() < 0.1:
                drop_keys(rng, event, events)
            if event.get("hub") not in [party.get("name") for party in event["parties"]]:
                event["hub"] = None  # the judge refuses a hub that is no party
            if rng.random() < 0.9:
                found.append({**event, "article_id": item["id"]})
    rng.shuffle(found)
    return found


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def crowded(rng: random.Random, gold: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same articles, the events of some moved together, so that one holds more than seven."""
    events = [event for item in gold for event in item["events"]]
    crowd = [
        {**item, "is_mou": True, "events": rng.sample(events, rng.choice([4, 7, 8, 10]))} for item in gold[:3]
    ]
    return [*crowd, *gold[3:]]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("gold_set", ["real", "written"])
def test_scores_of_perturbed_gold_are_the_judges(
    gold_folder: Path,
    original_score: Callable[..., str],
    write_jsonl: Any,
    tmp_path: Path,
    gold_set: str,
    seed: int,
) -> None:
    rng = random.Random(seed)
    folder = gold_folder / gold_set
    gold = rng.sample(read(folder / "gold.jsonl"), 40)
    if seed % 3 == 0:
        gold = crowded(rng, gold)
    gold_path = write_jsonl("gold.jsonl", gold)
    found = perturbed(rng, gold)
    found_path = write_jsonl("agreements.jsonl", found)
    options: list[object] = ["--articles", folder / "articles.jsonl"]
    ids = None
    if seed % 2:
        ids = f"{tmp_path / 'ids.json'}:some"
        chosen = [item["id"] for item in gold[::2]]
        (tmp_path / "ids.json").write_text(json.dumps({"some": chosen, "none": []}), encoding="utf-8")
        options += ["--ids", ids]

    scores = score(gold_path, found, ids=ids, articles=folder / "articles.jsonl")
    assert scores.to_json() + "\n" == original_score(gold_path, found_path, "--json", *options)
    assert scores.to_text(errors=6) + "\n" == original_score(gold_path, found_path, "--errors", 6, *options)


@pytest.mark.parametrize("gold_set", ["real", "written"])
def test_scores_of_a_whole_gold_set_are_the_judges(
    gold_folder: Path, original_score: Callable[..., str], write_jsonl: Any, gold_set: str
) -> None:
    gold_path = gold_folder / gold_set / "gold.jsonl"
    found_path = write_jsonl("agreements.jsonl", perturbed(random.Random(1), read(gold_path)))
    scores = score(gold_path, found_path)
    assert scores.to_json() + "\n" == original_score(gold_path, found_path, "--json")
    # The perturbations reach every slot: none is only right, none only wrong.
    for slot in SLOTS.keys() - ({"valid_until"} if gold_set == "real" else set()):
        assert 0 < scores.slots[slot].f1 < 1, slot


def test_the_stored_scores_are_the_judges(original_score: Callable[..., str]) -> None:
    arguments = (FOLDER / "gold.jsonl", FOLDER / "agreements.jsonl")
    assert original_score(*arguments, "--json") == (FOLDER / "scores.json").read_text(encoding="utf-8")
    assert original_score(*arguments, "--errors", 3) == (FOLDER / "scores.txt").read_text(encoding="utf-8")


def test_the_stored_scores_are_reproduced() -> None:
    scores = score(FOLDER / "gold.jsonl", FOLDER / "agreements.jsonl")
    assert scores.to_json() + "\n" == (FOLDER / "scores.json").read_text(encoding="utf-8")
    assert scores.to_text(errors=3) + "\n" == (FOLDER / "scores.txt").read_text(encoding="utf-8")
    assert all(0 < scores.slots[slot].f1 < 1 for slot in SLOTS)


@pytest.mark.parametrize(
    "fault",
    [
        {"article_id": 7}, {"parties": None}, {"commitments": "air bersih"}, {"doc_types": {}},
        {"fields": None}, {"date": "2024-05-02"}, {"venue": ["Balai Kota"]}, {"value": 5},
        {"duration": "P3Y"}, {"valid_until": "2028"},
        {"doc_types": [1]}, {"fields": ["health", None]}, {"subject": ["air"]}, {"parties": ["Pemkot Ambon"]},
        {"hub": "Universitas Lain"}, {"article_id": "nowhere"},
    ],
)  # fmt: skip
def test_what_the_judge_refuses_is_an_input_error(
    original_score: Callable[..., str], write_jsonl: Any, fault: dict[str, Any]
) -> None:
    good = read(FOLDER / "agreements.jsonl")[:2]
    found_path = write_jsonl("agreements.jsonl", [good[0], {**good[1], **fault}])
    with pytest.raises(SystemExit) as refused:
        original_score(FOLDER / "gold.jsonl", found_path)
    with pytest.raises(InputError) as error:
        score(FOLDER / "gold.jsonl", found_path)
    said = str(refused.value).removeprefix("score: ")
    if "nowhere" in said:
        said = said.partition(" is not in")[0]
    assert said in str(error.value)
    assert "record 2" in str(error.value)
