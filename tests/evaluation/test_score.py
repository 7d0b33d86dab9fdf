"""Files, ids and errors of scoring, and the records that it gives back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sepaham.errors import InputError
from sepaham.evaluation import articles_beside, score
from sepaham.evaluation.report import rates
from sepaham.records import Agreement, Commitment, DateFact, Party

FOLDER = Path(__file__).parent / "judge"
GOLD = FOLDER / "gold.jsonl"
Write = Callable[..., Path]


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def gold_as_agreements() -> list[dict[str, Any]]:
    return [{**event, "article_id": item["id"]} for item in read(GOLD) for event in item["events"]]


def test_gold_against_itself_is_perfect() -> None:
    scores = score(GOLD, gold_as_agreements())
    assert {slot.f1 for slot in scores.slots.values()} == {1.0}
    assert [fault.count for fault in scores.faults] == [0] * 12


def test_nothing_found_is_nothing_right() -> None:
    scores = score(GOLD, [])
    assert {slot.f1 for slot in scores.slots.values()} == {0.0}
    assert scores.slots["article"].gold == 9
    assert scores.slots["event"].predicted == 0


def test_an_agreement_in_an_article_without_one_costs_precision() -> None:
    empty = next(item["id"] for item in read(GOLD) if not item["is_mou"])
    found = gold_as_agreements()
    article = score(GOLD, [*found, {**found[0], "article_id": empty}]).slots["article"]
    assert (article.precision, article.recall) == (0.9, 1.0)


def test_scores_are_the_same_from_a_file_from_dicts_and_in_any_order() -> None:
    found = read(FOLDER / "agreements.jsonl")
    from_file = score(GOLD, FOLDER / "agreements.jsonl")
    assert score(GOLD, found) == from_file
    assert score(GOLD, iter(found), articles=FOLDER / "articles.jsonl") == from_file


def test_records_are_scored_like_their_json() -> None:
    record = Agreement(
        agreement_id="w5-022#1",
        article_id="w5-022",
        status="implemented",
        doc_types=("mou",),
        parties=(Party(name="Universitas Nusa Ina", kind="education", texts=("UNI",)),),
        date=DateFact(text="kemarin", value=None),
        commitments=(Commitment(start=0, end=4, text="yang"),),
        fields=("health",),
    )
    scores = score(GOLD, [record])
    assert scores == score(GOLD, [record.model_dump(mode="json")])
    assert scores.slots["article"].predicted == 1
    assert scores.slots["status"].precision == 1.0


@pytest.mark.parametrize("form", ["key", "file", "ids"])
def test_chosen_ids(tmp_path: Path, form: str) -> None:
    (tmp_path / "splits.json").write_text('{"dev": ["w2-003", "w2-027"], "test": []}', encoding="utf-8")
    (tmp_path / "ids.txt").write_text("w2-027\nw2-003\n", encoding="utf-8")
    ids = {"key": f"{tmp_path}/splits.json:dev", "file": f"{tmp_path}/ids.txt", "ids": ["w2-003", "w2-027"]}[
        form
    ]
    scores = score(GOLD, gold_as_agreements(), ids=ids)
    assert scores.articles == 2
    assert scores.slots["article"].gold == scores.slots["article"].predicted == 1
    assert score(GOLD, [], ids=f"{tmp_path}/splits.json:test").slots["event"].gold == 0


def test_chosen_ids_are_scored_in_sorted_order(write_jsonl: Write) -> None:
    lines = sorted(read(GOLD), key=lambda item: item["id"])
    in_order = score(
        write_jsonl("gold.jsonl", lines), FOLDER / "agreements.jsonl", articles=FOLDER / "articles.jsonl"
    )
    turned = score(
        write_jsonl("gold.jsonl", lines[::-1]),
        FOLDER / "agreements.jsonl",
        ids=[item["id"] for item in lines],
        articles=FOLDER / "articles.jsonl",
    )
    # The intervals depend on the order of the articles.
    assert turned.to_json() == in_order.to_json()


def test_the_table_names_the_slots_that_are_filled_and_the_worst_articles() -> None:
    text = score(GOLD, [], ids=["w2-003", "w6-036"]).to_text(errors=1)
    assert text.startswith("2 articles\nslot              P      R     F1   95 % interval      gold\n")
    assert "\nvalid_until   0.000  0.000  0.000   0.000 .. 0.000         1\n" in text
    assert "\nacting" not in text
    assert "\n\nw2-003: " in text
    assert "w6-036" not in text


def test_rates() -> None:
    assert rates(0, 0, 0) == (0.0, 0.0, 0.0)
    assert rates(0, 3, 0) == (0.0, 0.0, 0.0)
    assert rates(3, 4, 6) == (0.75, 0.5, 0.6)


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        ("nofile.json:dev", "nofile.json cannot be read"),
        ("splits.json:train", "has no 'train': its keys are dev, words"),
        ("splits.json:words", "no list of ids"),
        ("splits.json:dev", "does not hold 'w9-999'"),
        ("list.json:dev", "has no 'dev'"),
        ("broken.json:dev", "no JSON"),
    ],
)
def test_ids_that_cannot_be_chosen(tmp_path: Path, ids: str, said: str) -> None:
    (tmp_path / "splits.json").write_text('{"dev": ["w9-999"], "words": "w2-003"}', encoding="utf-8")
    (tmp_path / "list.json").write_text('["w2-003"]', encoding="utf-8")
    (tmp_path / "broken.json").write_text('{"dev": [', encoding="utf-8")
    with pytest.raises(InputError, match=said):
        score(GOLD, [], ids=f"{tmp_path}/{ids}")


def test_articles_are_looked_for_beside_the_gold(tmp_path: Path) -> None:
    assert articles_beside("gold/real/gold.jsonl") == Path("gold/real/articles.jsonl")
    assert articles_beside(Path("set/gold-v2.jsonl")) == Path("set/articles.jsonl")
    assert articles_beside("set/x-gold.jsonl") == Path("set/x-articles.jsonl")
    assert articles_beside("set/truth.jsonl") == Path("set/articles.jsonl")


@pytest.mark.parametrize(
    ("articles", "said"),
    [
        ([{"id": "w2-003", "text": "x"}], "lacks article"),
        ([{"id": "a", "title": 5, "text": "x"}], "title must be a string"),
        ([{"id": "a", "title": "x"}], "text must be a string"),
        ([{"text": "x"}], "id must be a string"),
        ([["a", "x"]], "a list, not an object"),
    ],
)
def test_articles_of_the_wrong_shape(write_jsonl: Write, articles: list[Any], said: str) -> None:
    gold = write_jsonl("gold.jsonl", [{"id": "a", "is_mou": False, "events": [], "mentions": []}])
    write_jsonl("articles.jsonl", articles)
    with pytest.raises(InputError, match=said):
        score(gold, [])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"is_mou": False, "events": []}, "record 1: id or is_mou is missing"),
        ({"id": "a", "events": []}, "id or is_mou is missing"),
        ({"id": "a", "is_mou": True, "events": {}}, "events must be a list"),
        ({"id": "a", "is_mou": True, "events": [{"parties": []}]}, "article 'a': event without 'status'"),
        (
            {"id": "a", "is_mou": True, "events": [{"status": "signed", "parties": [{}]}]},
            "party without 'name'",
        ),
        (
            {"id": "a", "is_mou": True, "events": [{"status": "signed", "parties": 5}]},
            "parties must be a list",
        ),
    ],
)
def test_gold_that_lacks_what_scoring_needs(write_jsonl: Write, line: object, said: str) -> None:
    write_jsonl("articles.jsonl", [{"id": "a", "text": "Bupati meneken nota kesepahaman."}])
    with pytest.raises(InputError, match=said) as error:
        score(write_jsonl("gold.jsonl", [line]), [])
    assert "check_gold" in str(error.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"parties": [{"name": 5}]}, "name must be a string or null, not 5"),
        ({"parties": [{"name": "a", "texts": "b"}]}, "texts must be a list"),
        ({"parties": [{"name": "a", "signatories": ["Budi"]}]}, "signatories must hold objects"),
        ({"commitments": [3]}, "commitments must be a string or null"),
        ({"value": {"amount": "dua miliar", "currency": "IDR"}}, "amount 'dua miliar' is no number"),
        ({"duration": {"iso": 3}}, "iso must be a string"),
        ({"witnesses": ["Budi"]}, "witnesses must hold objects"),
    ],
)
def test_an_agreement_that_cannot_be_compared(change: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match="agreements, record 1: ") as error:
        score(GOLD, [{**gold_as_agreements()[0], **change}])
    assert said in str(error.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "agreements.jsonl"
    for content, said in (
        (b"\xff\xfe", "not UTF-8"),
        (b'{"a": 1}\n{', "line 2: no JSON"),
        (b"5", "a int, not"),
    ):
        path.write_bytes(content)
        with pytest.raises(InputError, match=said):
            score(GOLD, path)
    with pytest.raises(InputError, match="cannot be read"):
        score(tmp_path / "gold.jsonl", [])
    with pytest.raises(InputError, match="must be an object"):
        score(GOLD, [["w2-003"]])  # type: ignore[list-item]


def test_a_line_separator_inside_a_string_ends_no_line(write_jsonl: Write) -> None:
    write_jsonl("articles.jsonl", [{"id": "a", "text": "satu\u2028dua\x85tiga"}])
    gold = write_jsonl("gold.jsonl", [{"id": "a", "is_mou": False, "events": [], "mentions": []}])
    assert score(gold, []).articles == 1
