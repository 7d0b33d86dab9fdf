"""Duplicates: which article is kept, who copied whom, and the same for any workers, crashes and additions."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sepaham
from sepaham import batch
from sepaham.batch.copies import Copies
from sepaham.batch.sketch import KEPT, Sketch, is_copy, likeness, sketch
from sepaham.batch.work import digest
from sepaham.evaluation.extracting import extracted
from sepaham.records import Agreement, Outcome, Result

SIGNED = (
    "Bupati Sleman Andi Wijaya dan Bupati Bantul Sri Rahayu menandatangani nota kesepahaman tentang "
    "pengelolaan sampah di Pendopo Kabupaten Sleman, Senin (3/6/2024). Kedua daerah sepakat berbagi data "
    "timbunan sampah setiap bulan. Sleman menyediakan lahan empat hektare di Prambanan, Bantul mengirim "
    "operator alat berat. “Kami tidak mau menunggu sampai penuh,” kata Andi. Menurut Sri, warga di sekitar "
    "lokasi sudah diajak bicara sejak Maret dan meminta jalan masuk diperlebar sebelum truk lewat."
)
PRICES = "Harga cabai rawit di Pasar Lama naik sejak awal pekan karena pasokan berkurang, kata pedagang."


def article(name: str, text: str, published: str | None = "2024-06-04", title: str = "Berita") -> dict:
    return {"id": name, "title": title, "text": text, "published": published}


def run(tmp_path: Path, rows: list[dict], **options: object) -> dict[str, dict]:
    """The rows of articles.csv by id."""
    source = tmp_path / "d.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    batch.run(batch.Settings(inputs=(str(source),), out=tmp_path / "out", **options))
    frame = sepaham.read_tables(tmp_path / "out")["articles"].astype(object)
    return {row["article_id"]: row for row in frame.where(frame.notna(), None).to_dict("records")}


def test_exact_copies_are_found_among_all_articles(tmp_path: Path) -> None:
    rows = [article("a", PRICES), article("b", PRICES + " Lalu turun."), article("c", PRICES)]
    found = run(tmp_path, rows)
    assert [found[name]["outcome"] for name in "abc"] == ["no_agreement", "no_agreement", "duplicate"]
    assert found["c"]["reason"] == "a"
    assert found["c"]["detail"] == "same text"
    assert found["c"]["digest"] == found["a"]["digest"] != found["b"]["digest"]


def test_edited_copies_give_no_rows_of_their_own(tmp_path: Path) -> None:
    copy = f"SLEMAN, KITA – {SIGNED.replace('kata', 'ujar')}\n\nBaca juga: Bantul dan UGM Teken MoU\n\n(red)"
    rows = [article("a", SIGNED), article("b", copy, title="Dua Bupati Urus Sampah"), article("c", PRICES)]
    found = run(tmp_path, rows)
    assert found["b"]["outcome"] == "duplicate"
    assert found["b"]["reason"] == "a"
    assert found["b"]["n_agreements"] == 0
    assert 0.6 < found["b"]["similarity"] < 1
    agreements = sepaham.read_tables(tmp_path / "out")["agreements"]
    assert agreements["article_id"].tolist() == ["a"]
    counts = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["counts"]
    assert counts["duplicate"] == 1
    assert counts["reasons"]["duplicate: edited copy"] == 1
    assert counts["records"] == counts["agreement"] + counts["no_agreement"] + counts["duplicate"] == 3


def test_keep_duplicates_keeps_the_rows_and_tells_of_copies(tmp_path: Path) -> None:
    found = run(tmp_path, [article("a", SIGNED), article("b", SIGNED, title="Lain")], keep_duplicates=True)
    assert [found[name]["outcome"] for name in "ab"] == ["agreement", "agreement"]
    assert found["b"]["copied_from"] == "a"
    assert len(sepaham.read_tables(tmp_path / "out")["agreements"]) == 2


def test_the_tree_follows_the_dates(tmp_path: Path) -> None:
    longer = SIGNED + " Acara itu ditutup dengan penanaman pohon oleh para camat dan siswa sekolah dasar."
    rows = [
        article("late", longer, "2024-06-07"),
        article("unknown", SIGNED, None, title="Tanpa tanggal"),
        article("first", SIGNED, "2024-06-04"),
        article("month", longer, "2024-06", title="Juni"),
        article("copy", longer + " (red)", "2024-06-08"),
    ]
    found = run(tmp_path, rows)
    assert {found[name]["copy_root"] for name in found} == {"first"}
    sources = {name: found[name]["copied_from"] for name in found}
    assert sources == {
        "first": None, "late": "first", "copy": "late", "month": "late", "unknown": "first",
    }  # fmt: skip
    assert found["late"]["outcome"] == "agreement", "the first of the input is kept, whoever wrote first"
    assert {found[name]["reason"] for name in found if name != "late"} == {"late"}


def test_an_article_without_copies_has_no_tree(tmp_path: Path) -> None:
    found = run(tmp_path, [article("a", SIGNED), article("b", PRICES)])
    assert all(
        found[name][key] is None for name in "ab" for key in ("copy_root", "copied_from", "similarity")
    )


def result(name: str, text: str, agreements: int = 0, published: str | None = None) -> Result:
    found = tuple(
        Agreement(agreement_id=f"{name}#{n}", article_id=name, status="signed", doc_types=("mou",))
        for n in range(agreements)
    )
    return Result(article_id=name, outcome=Outcome.AGREEMENT if found else Outcome.NO_AGREEMENT,
                  published=published, agreements=found, digest=digest(text),
                  sketch=sketch(text).encoded())  # fmt: skip


def settled(path: Path, results: list[Result]) -> list[Result]:
    with Copies(path / "copies.sqlite") as copies:
        for item in results:
            copies.add(item)
        return list(copies.settled(iter(results), keep=False))


def test_no_agreement_is_lost_to_a_copy_without_it(tmp_path: Path) -> None:
    short = SIGNED[: int(len(SIGNED) * 0.7)]
    found = settled(
        tmp_path, [result("cut", short), result("whole", SIGNED, 1), result("again", SIGNED + "!", 1)]
    )
    assert [item.outcome for item in found] == ["no_agreement", "agreement", "duplicate"]
    assert found[2].reason == "whole"
    assert {item.copy_root for item in found} == {"cut"}


def test_an_agreement_of_another_day_is_another_one(tmp_path: Path) -> None:
    """A campus that writes each of its stories anew from the last one: hardly a name differs."""
    renewed = SIGNED.replace("Senin (3/6/2024)", "Selasa (3/6/2025)")
    rows = [
        article("a", SIGNED),
        article("b", renewed, "2025-06-04"),
        article("c", renewed + " (*)", None),
        article("d", renewed, "2025-06-05"),
    ]
    found = run(tmp_path, rows)
    assert [found[name]["outcome"] for name in "abcd"] == ["agreement", "agreement", "duplicate", "duplicate"]
    assert found["c"]["reason"] == found["d"]["reason"] == "b"
    assert {found[name]["copy_root"] for name in "abcd"} == {"a"}


def test_many_copies_of_one_text_stay_one_family(tmp_path: Path) -> None:
    results = [result(f"n{n}", f"{SIGNED} Nomor {n}.", 1) for n in range(230)]
    found = settled(tmp_path, results)
    assert [item.outcome for item in found].count(Outcome.AGREEMENT) == 1
    assert {item.reason for item in found[1:]} == {"n0"}
    assert not list(tmp_path.iterdir()), "the index is removed"


def test_workers_change_nothing(tmp_path: Path) -> None:
    signed = [SIGNED.replace("Sleman", place) for place in ("Sleman", "Klaten", "Boyolali")]
    rows = [
        article(f"n{n}", PRICES * (n % 50 + 1) if n % 10 else signed[n // 10 % 3], f"2024-06-{n % 28 + 1:02}")
        for n in range(200)
    ]
    for workers in (1, 2):
        (tmp_path / str(workers)).mkdir()
        run(tmp_path / str(workers), rows, workers=workers)
    one, two = ((tmp_path / name / "out" / "articles.csv").read_bytes() for name in "12")
    assert one == two
    assert one.count(b",duplicate,") > 100


def test_scoring_keeps_duplicates(tmp_path: Path) -> None:
    rows = [article("a", SIGNED), article("b", SIGNED)]
    (tmp_path / "articles.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8"
    )
    assert {found.article_id for found in extracted(tmp_path / "articles.jsonl")} == {"a", "b"}


WORDS = st.lists(st.sampled_from(["bupati", "wali", "Sleman", "Bantul", "2024", "sampah", "teken", "dan"]))


@given(WORDS)
def test_a_sketch_survives_the_journal(words: list[str]) -> None:
    one = sketch(" ".join(words))
    two = Sketch.decoded(one.encoded())
    for name in ("shingles", "names", "numbers", "head"):
        assert getattr(one, name).tolist() == getattr(two, name).tolist()


@given(WORDS, WORDS)
def test_likeness_has_no_direction(one: list[str], two: list[str]) -> None:
    a, b = sketch(" ".join(one)), sketch(" ".join(two))
    there, back = likeness(a, b), likeness(b, a)
    assert (there.similarity, there.containment, there.names) == (
        back.similarity,
        back.containment,
        back.names,
    )
    assert 0 <= there.similarity <= there.containment <= 1


def test_long_texts_are_compared_by_a_sample() -> None:
    words = [f"kata{n}" for n in range(12_000)]
    whole = sketch(" ".join(words))
    half = sketch(" ".join(words[:6_000]))
    other = sketch(" ".join(f"lain{n}" for n in range(12_000)))
    assert len(whole.shingles) == KEPT
    assert likeness(whole, half).similarity == pytest.approx(0.5, abs=0.06)
    assert likeness(whole, half).containment == pytest.approx(1, abs=0.01)
    assert is_copy(half, whole) is not None
    assert is_copy(other, whole) is None


def test_a_few_words_are_no_copy() -> None:
    text = "Bupati Sleman dan Bupati Bantul meneken nota kesepahaman pengelolaan sampah."
    assert is_copy(sketch(text), sketch(text + " Sah!")) is None
