"""Mentions are scored as distinct forms; a form only inside a longer gold mention does not count."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from sepaham.errors import InputError
from sepaham.evaluation import Scores, score_mentions
from sepaham.evaluation.mentions import places_of
from sepaham.records import Mention

Form = tuple[str, str]
TEXT = (
    "Direktur Utama PT Laut Biru, Hasan Wattimena, bertemu Kepala Dinas Kesehatan Kota Palu di Palu, Selasa. "
    "Dinas Kesehatan Kota Palu dan Universitas Nusa Ina meneken MoU. BRIN hadir."
)
GOLD: list[Form] = [
    ("ROLE", "Direktur Utama PT Laut Biru"), ("PER", "Hasan Wattimena"), ("GPE", "Palu"), ("DATE", "Selasa"),
    ("ROLE", "Kepala Dinas Kesehatan Kota Palu"), ("ORG", "Dinas Kesehatan Kota Palu"), ("DOC", "MoU"),
    ("ORG", "Universitas Nusa Ina"), ("ORG", "BRIN"),
]  # fmt: skip
Score = Callable[[Iterable[Any]], Scores]


@pytest.fixture
def scored(write_jsonl: Callable[..., Path]) -> Score:
    write_jsonl("articles.jsonl", [{"id": "a", "title": None, "text": TEXT}])
    path = write_jsonl("gold.jsonl", [{"id": "a", "is_mou": True, "events": [], "mentions": GOLD}])
    return lambda found: score_mentions(path, {"a": found})


def micro(scores: Scores) -> tuple[float, int, int]:
    return scores.slots["micro"].f1, scores.slots["micro"].predicted, scores.slots["micro"].gold


def test_gold_against_itself_is_perfect(scored: Score) -> None:
    assert micro(scored(GOLD)) == (1.0, 9, 9)
    assert scored(GOLD).slots["ORG"].gold == 3
    assert micro(scored([*GOLD, *GOLD])) == (1.0, 9, 9)


def test_records_count_by_form_wherever_they_stand(scored: Score) -> None:
    records = [
        Mention(start=start, end=start + len(text), label="ORG", text=text)
        for text in ("BRIN", "Dinas Kesehatan Kota Palu")
        for start in range(len(TEXT))
        if TEXT.startswith(text, start)
    ]
    assert len(records) == 3
    assert scored(records).slots["ORG"].predicted == 2


def test_a_wrong_label_is_one_missed_and_one_wrong(scored: Score) -> None:
    found = [form for form in GOLD if form != ("ORG", "BRIN")] + [("PER", "BRIN")]
    scores = scored(found)
    assert (scores.slots["PER"].predicted, scores.slots["ORG"].predicted) == (2, 2)
    assert scores.faults[0].gold == (("ORG", "BRIN"),)
    assert scores.faults[0].found == (("PER", "BRIN"),)


def test_a_name_that_stands_only_inside_a_role_is_neither_wrong_nor_missed(scored: Score) -> None:
    assert micro(scored([*GOLD, ("ORG", "PT Laut Biru")])) == (1.0, 9, 9)
    # whether the tagger has the role or not
    assert micro(scored([*GOLD[1:], ("ORG", "PT Laut Biru")]))[1:] == (8, 9)


def test_a_nested_name_in_gold_is_not_asked_for(write_jsonl: Callable[..., Path]) -> None:
    write_jsonl("articles.jsonl", [{"id": "a", "text": TEXT}])
    mentions = [*GOLD, ("ORG", "PT Laut Biru")]
    path = write_jsonl("gold.jsonl", [{"id": "a", "is_mou": True, "events": [], "mentions": mentions}])
    for found in (GOLD, mentions):
        assert micro(score_mentions(path, {"a": found})) == (1.0, 9, 9)


def test_a_name_that_also_stands_alone_counts(scored: Score) -> None:
    assert scored([form for form in GOLD if form != ("GPE", "Palu")]).slots["GPE"].recall == 0.0


def test_a_mention_cut_short_is_wrong(scored: Score) -> None:
    cut = [form for form in GOLD if form != ("ORG", "Universitas Nusa Ina")] + [("ORG", "Universitas Nusa")]
    assert scored(cut).slots["ORG"].precision == pytest.approx(2 / 3, abs=1e-4)
    # beside the whole name it is a name inside a longer one
    assert scored([*GOLD, ("ORG", "Universitas Nusa")]).slots["ORG"].precision == 1.0


def test_a_mention_too_long_hides_nothing(scored: Score) -> None:
    flood = [("ORG", TEXT[: TEXT.index(". Dinas")]), *GOLD, ("PER", "bertemu")]
    scores = scored(flood)
    assert micro(scores)[1:] == (11, 9)
    assert scores.slots["PER"].precision == 0.5


def test_a_form_that_is_not_in_the_article_is_wrong(scored: Score) -> None:
    assert scored([*GOLD, ("ORG", "Bank Rakyat")]).slots["ORG"].precision == 0.75


def test_no_mentions(scored: Score) -> None:
    assert micro(scored([])) == (0.0, 0, 9)


@pytest.mark.parametrize(
    ("text", "body", "places"),
    [
        ("BRI", "BRIN dan BRI", [(9, 12)]),
        ("BRI", "BRIN saja", [(0, 3)]),
        ("(26/4)", "Jumat(26/4)lalu", [(5, 11)]),
        ("PT. X", "PT. X, PT. XL", [(0, 5)]),
        ("x", "", []),
    ],
)
def test_places_are_whole_words_where_there_are_any(text: str, body: str, places: list[Any]) -> None:
    assert places_of(text, body) == places


def test_faulty_mentions_are_input_errors(scored: Score, write_jsonl: Callable[..., Path]) -> None:
    for wrong in (("WHO", "x"), ("PER", ""), ("PER",), ("PER", None)):
        with pytest.raises(InputError, match="is no \\(label, text\\)"):
            scored([wrong])
    path = write_jsonl("gold.jsonl", [{"id": "a"}])
    with pytest.raises(InputError, match="id or mentions are missing"):
        score_mentions(path, {})
    path = write_jsonl("gold.jsonl", [{"id": "a", "mentions": []}])
    with pytest.raises(InputError, match="mentions of 'b'"):
        score_mentions(path, {"b": []})


def test_the_gold_sets_score_perfectly_against_themselves(gold_folder: Path) -> None:
    for name in ("real", "written"):
        path = gold_folder / name / "gold.jsonl"
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        scores = score_mentions(path, {line["id"]: line["mentions"] for line in lines})
        assert {slot.f1 for slot in scores.slots.values() if slot.gold} == {1.0}
        listed = sum(len({tuple(form) for form in line["mentions"]}) for line in lines)
        # Nearly all that gold lists counts: the rule takes off names inside longer ones and nothing else.
        assert 0.95 * listed < scores.slots["micro"].gold < listed
