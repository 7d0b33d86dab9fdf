"""`sepaham correct` over a whole folder: twice, after a crash, after a new run; and gold from it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sepaham import batch, read_tables
from sepaham.corrections import Correction, Corrections, to_json
from sepaham.errors import ConfigurationError, InputError
from sepaham.evaluation import check_gold, score
from sepaham.inspector import apply_corrections, gold_from_corrections, reapply_corrections
from sepaham.records import Agreement
from sepaham.tables.schema import TABLES

Make = Callable[..., Correction]
FILES = [*(f"{table.name}.csv" for table in TABLES), "agreements.jsonl", "texts.jsonl"]


def bytes_of(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in FILES}


def file_of(folder: Path, *items: Correction) -> Path:
    path = folder / "given.json"
    path.write_text(to_json(Corrections(corrections=items)), encoding="utf-8")
    return path


def agreement_of(out: Path, agreement_id: str) -> Agreement:
    lines = (out / "agreements.jsonl").read_text(encoding="utf-8").splitlines()
    return next(a for a in map(Agreement.model_validate_json, lines) if a.agreement_id == agreement_id)


@pytest.fixture
def some(out: Path, decision: Make) -> list[Correction]:
    """A changed venue, a rejected party and a rejected agreement."""
    first = json.loads((out / "agreements.jsonl").read_text(encoding="utf-8").splitlines()[0])
    venue = {"text": "Aula Kantor Perwakilan Bank Indonesia", "name": None, "city": None}
    start = 435
    proof = [{"start": start, "end": start + len(venue["text"]), "quote": venue["text"]}]
    return [
        decision("/venue", "change", before=first["venue"], value=venue, words=proof),
        decision("/parties/1", "reject", before=first["parties"][1]),
        decision("/agreement_id", "reject", agreement_id="w1-006#1", article_id="w1-006"),
    ]


def test_corrections_reach_every_table_and_the_counts_add_up(
    out: Path, tmp_path: Path, some: list[Correction]
) -> None:
    report = apply_corrections(out, file_of(tmp_path, *some))
    assert (report.corrections, report.applied, report.rejected, report.unplaced) == (3, 3, 1, ())
    tables = read_tables(out)
    row = tables["agreements"].set_index("agreement_id").loc["w1-001#1"]
    assert row["venue_text"] == "Aula Kantor Perwakilan Bank Indonesia"
    assert row["parties"] == "Pemerintah Kota Pangkalpinang"
    assert "w1-006#1" not in set(tables["agreements"]["agreement_id"])
    articles = tables["articles"].set_index("article_id")
    assert list(articles.loc["w1-006", ["outcome", "reason", "n_agreements"]]) == [
        "no_agreement",
        "reviewer",
        0,
    ]
    proof = tables["evidence"].query("agreement_id == 'w1-001#1' and rule == 'reviewer_change'")
    assert list(proof["why"]) == ["Ani, 2026-03-01T08:00:00.000Z"]
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    counts = run["counts"]
    outcomes = ("agreement", "no_agreement", "duplicate", "rejected")
    assert sum(counts[outcome] for outcome in outcomes) == counts["records"] == len(articles)
    assert counts["agreements"] == len(tables["agreements"]) == counts["rows"]["agreements"]
    assert run["corrections"]["applied"] == 3


def test_a_file_without_corrections_leaves_the_same_bytes(out: Path, tmp_path: Path) -> None:
    before = bytes_of(out)
    apply_corrections(out, file_of(tmp_path))
    assert bytes_of(out) == before


def test_the_same_file_again_leaves_the_same_bytes(out: Path, tmp_path: Path, some: list[Correction]) -> None:
    path = file_of(tmp_path, *some)
    apply_corrections(out, path)
    once = {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()}
    apply_corrections(out, path)
    assert {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()} == once


def test_files_one_after_another_are_as_good_as_one(
    out: Path, tmp_path: Path, some: list[Correction]
) -> None:
    other = Path(shutil.copytree(out, tmp_path / "other"))
    apply_corrections(out, file_of(tmp_path, *some))
    for item in reversed(some):
        apply_corrections(other, file_of(tmp_path, item))
    assert bytes_of(other) == bytes_of(out)
    assert (other / "corrections.json").read_bytes() == (out / "corrections.json").read_bytes()


def test_a_withdrawal_brings_back_what_was_extracted(
    out: Path, tmp_path: Path, some: list[Correction]
) -> None:
    before = bytes_of(out)
    apply_corrections(out, file_of(tmp_path, *some))
    assert bytes_of(out) != before
    back = [
        item.model_copy(
            update={"action": "withdraw", "value": None, "words": (), "at": "2026-03-09T00:00:00.000Z"}
        )
        for item in some
    ]
    apply_corrections(out, file_of(tmp_path, *back))
    assert bytes_of(out) == before
    apply_corrections(out, file_of(tmp_path, *some))
    assert bytes_of(out) == before, "an older file must not undo a withdrawal"


def test_a_new_run_gets_the_corrections_again(tmp_path: Path, sample: Path, decision: Make) -> None:
    out = tmp_path / "out"
    run = batch.Settings(inputs=(str(sample / "daerah.jsonl.gz"),), out=out)
    batch.run(run)
    lines = (out / "agreements.jsonl").read_text(encoding="utf-8").splitlines()
    one, other = [
        {key: json.loads(line)[key] for key in ("agreement_id", "article_id")} for line in lines[:2]
    ]
    items = [
        decision("/agreement_id", "reject", **one),
        decision("/doc_number", "change", value="7/2024", **other),
    ]
    apply_corrections(out, file_of(tmp_path, *items))
    corrected = bytes_of(out)
    batch.run(run)
    assert bytes_of(out) != corrected
    report = reapply_corrections(out)
    assert report is not None
    assert report.applied == 2
    assert bytes_of(out) == corrected


def test_a_folder_that_keeps_none_has_nothing_to_lay_again(out: Path) -> None:
    assert reapply_corrections(out) is None


@pytest.mark.parametrize("name", ["corrections.json", "uncorrected.jsonl", "run.json", *FILES])
def test_a_crash_at_any_file_is_mended_by_the_same_command(
    out: Path, tmp_path: Path, some: list[Correction], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    first, rest = file_of(tmp_path, some[0]), tmp_path / "rest.json"
    shutil.copy(file_of(tmp_path, *some), rest)
    good = Path(shutil.copytree(out, tmp_path / "good"))
    apply_corrections(good, rest)
    first = file_of(tmp_path, some[0])
    apply_corrections(out, first)
    replace = Path.replace

    def crash(self: Path, target: Path) -> Path:
        if Path(target).name == name:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", crash)
    with pytest.raises(KeyboardInterrupt):
        apply_corrections(out, rest)
    monkeypatch.undo()
    apply_corrections(out, rest)
    assert bytes_of(out) == bytes_of(good)
    assert (out / "run.json").read_bytes() == (good / "run.json").read_bytes()


def test_what_holds_nowhere_is_told_and_kept(out: Path, tmp_path: Path, decision: Make) -> None:
    lost = decision("/hub", "reject", agreement_id="x9#1", article_id="x9", before="Kota Bogor")
    second = decision("/subject", "change", agreement_id="w1-001#2", value="cabai")
    report = apply_corrections(out, file_of(tmp_path, lost, second))
    assert sorted(report.unplaced) == [
        "w1-001#2 /subject (change): the article reports no such agreement any more",
        "x9#1 /hub (reject): the article is not in this output",
    ]
    kept = json.loads((out / "corrections.json").read_text(encoding="utf-8"))["corrections"]
    assert len(kept) == 2


def test_the_anchor_finds_an_agreement_whose_number_shifted(
    out: Path, tmp_path: Path, decision: Make
) -> None:
    anchor = {"start": 241, "end": 489}
    item = decision("/subject", "change", agreement_id="w1-001#2", value="cabai", anchor=anchor)
    assert apply_corrections(out, file_of(tmp_path, item)).unplaced == ()
    assert agreement_of(out, "w1-001#1").subject == "cabai"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "no JSON"),
        ('{"format": "other", "version": 1}', "format"),
        ('{"format": "sepaham-corrections", "version": 2}', "version"),
        (
            '{"format": "sepaham-corrections", "version": 1, "corrections": [{"field": "/date"}]}',
            "corrections.0",
        ),
    ],
)
def test_a_file_that_is_none_is_refused_and_changes_nothing(
    out: Path, tmp_path: Path, text: str, says: str
) -> None:
    path = tmp_path / "given.json"
    path.write_text(text, encoding="utf-8")
    before = bytes_of(out)
    with pytest.raises(InputError, match=says):
        apply_corrections(out, path)
    assert bytes_of(out) == before
    assert not (out / "corrections.json").exists()


def test_a_missing_file_or_folder_is_said(out: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        apply_corrections(out, tmp_path / "none.json")
    with pytest.raises(InputError, match=r"holds no run\.json"):
        apply_corrections(tmp_path, file_of(tmp_path))


def test_an_unfinished_run_is_not_corrected(out: Path, tmp_path: Path) -> None:
    (out / ".work").mkdir()
    (out / ".work" / "fingerprint.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="unfinished"):
        apply_corrections(out, file_of(tmp_path))


def accepted(out: Path, decision: Make, *articles: str) -> list[Correction]:
    return [decision("/agreement_id", "accept", agreement_id=f"{a}#1", article_id=a) for a in articles]


def test_gold_passes_the_checker_and_scores_the_corrected_tables_fully(
    out: Path, tmp_path: Path, some: list[Correction], decision: Make
) -> None:
    items = [*some[:2], *accepted(out, decision, "w1-001", "w1-007", "w5-028"), some[2]]
    path = file_of(tmp_path, *items)
    target = tmp_path / "gold" / "gold.jsonl"
    report = gold_from_corrections(out, path, target)
    assert (report.written, report.left_out) == (4, ())
    assert check_gold(target.with_name("articles.jsonl"), target) == []
    gold = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [(line["id"], line["is_mou"]) for line in gold] == [
        ("w1-001", True),
        ("w1-006", False),
        ("w1-007", True),
        ("w5-028", True),
    ]
    apply_corrections(out, path)
    ids = [line["id"] for line in gold]
    kept = [json.loads(line) for line in (out / "agreements.jsonl").read_text(encoding="utf-8").splitlines()]
    scores = score(target, [a for a in kept if a["article_id"] in ids])
    assert scores.slots["party"].f1 == scores.slots["venue"].f1 == scores.slots["commitment"].f1 == 1


def test_gold_leaves_out_what_was_not_decided_wholly(
    out: Path, tmp_path: Path, some: list[Correction], decision: Make
) -> None:
    target = tmp_path / "gold.jsonl"
    bad = decision(
        "/agreement_text", "change", n=2, agreement_id="w1-007#1", article_id="w1-007", value="Piagam"
    )
    items = [some[0], bad, *accepted(out, decision, "w1-007")]
    report = gold_from_corrections(out, file_of(tmp_path, *items), target)
    assert report.written == 0
    assert report.left_out == (
        "w1-001: w1-001#1 is not accepted or rejected as a whole",
        "w1-007: event 0: agreement_text: not letter for letter in the article: 'Piagam'",
    )


def test_gold_needs_the_texts(out: Path, tmp_path: Path, decision: Make) -> None:
    run: dict[str, Any] = json.loads((out / "run.json").read_text(encoding="utf-8"))
    run["settings"]["inputs"] = ["nowhere"]
    (out / "run.json").write_text(json.dumps(run), encoding="utf-8")
    path = file_of(tmp_path, *accepted(out, decision, "w1-007"))
    report = gold_from_corrections(out, path, tmp_path / "gold.jsonl")
    assert report.left_out == ("w1-007: its text cannot be found: give the run's inputs with --articles",)
