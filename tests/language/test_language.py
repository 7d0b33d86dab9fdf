"""Indonesian against English, Malay and the regional languages, on paragraphs written for it."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.language import is_indonesian

FOLDER = Path(__file__).parent


def paragraphs() -> list[tuple[str, str, bool]]:
    """(language, text, held out): of each language every second paragraph was not used for the weights."""
    rows = [("id", line) for line in (FOLDER / "indonesian.txt").read_text(encoding="utf-8").splitlines()]
    for name in ("others_1.tsv", "others_2.tsv"):
        for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
            language, text = line.split("\t")
            rows.append((language, text))
    seen: Counter[str] = Counter()
    marked = []
    for language, text in rows:
        seen[language] += 1
        marked.append((language, text, seen[language] % 2 == 0))
    return marked


PARAGRAPHS = paragraphs()


def accuracy(rows: list[tuple[str, str, bool]]) -> float:
    return sum(is_indonesian(text).indonesian == (language == "id") for language, text, _ in rows) / len(rows)


def test_there_are_four_hundred_different_paragraphs():
    assert len({text for _, text, _ in PARAGRAPHS}) >= 400
    assert Counter(language == "id" for language, _, _ in PARAGRAPHS) == {True: 200, False: 200}


def test_all_paragraphs():
    assert accuracy(PARAGRAPHS) >= 0.99


def test_the_held_out_half():
    assert accuracy([row for row in PARAGRAPHS if row[2]]) >= 0.98


@pytest.mark.parametrize("held_out", [True, False])
def test_malay_against_indonesian(held_out):
    assert accuracy([row for row in PARAGRAPHS if row[0] in ("id", "ms") and row[2] == held_out]) >= 0.95


def test_malay_alone_is_found():
    assert accuracy([row for row in PARAGRAPHS if row[0] == "ms"]) >= 0.93


def test_real_and_written_gold_is_indonesian(shared):
    for part in ("real", "written"):
        file = shared / "gold" / part / "articles.jsonl"
        rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
        wrong = [row["id"] for row in rows if not is_indonesian(row["text"]).indonesian]
        assert wrong == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The two universities signed a memorandum of understanding in Jakarta on Monday.", "en"),
        (
            "Kerajaan negeri itu akan membayar wang saku pelajar kerana kos sara hidup naik, kata beliau.",
            "ms",
        ),
        ("Wong-wong padha seneng amarga dalane wis apik lan ora banjir maneh.", "jv"),
        ("Barudak téh arulin di sawah jeung babaturanana nepi ka soré.", "su"),
        ("Правительство подписало соглашение с университетом.", "und"),
        ("Regeringen undertecknade avtalet med universitetet efter långa samtal igår.", "und"),
    ],
)
def test_the_language_is_named(text, language):
    verdict = is_indonesian(text)
    assert not verdict.indonesian
    assert verdict.language == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MoU",
        "PEMKAB SLEMAN DAN UGM MENANDATANGANI NOTA KESEPAHAMAN PENGELOLAAN SAMPAH DI YOGYAKARTA",
        "University of Queensland, Google Asia Pacific dan Pemkot Batu meneken MoU di Hotel Golden Tulip.",
        'Bupati berkata, "Sing penting rukun lan guyub," lalu menandatangani kesepakatan dengan warga.',
    ],
)
def test_short_and_mixed_texts_stay(text):
    verdict = is_indonesian(text)
    assert verdict.indonesian
    assert verdict.language == "id"


@given(st.text(max_size=300))
def test_every_text_has_a_verdict(text):
    verdict = is_indonesian(text)
    assert (verdict.language == "id") == verdict.indonesian
    assert 0 <= verdict.share <= 1


def test_a_memorandum_makes_no_short_report_malay() -> None:
    text = (
        "Universitas Tirta Negara dan Pemerintah Desa Condongsari menandatangani memorandum of understanding "
        "(MoU) pengembangan desa digital, Sabtu (21/6/2025). Kepala Desa Condongsari Asep Kurnia mengatakan "
        "kampus memasang jaringan internet di 12 RW dan melatih perangkat desa."
    )
    assert is_indonesian(text).language == "id"
    malay = (
        "Kerajaan negeri itu berkata syarikat menandatangani memorandum persefahaman kerana pejabat ditutup."
    )
    assert is_indonesian(malay).language == "ms"
