"""Every command and Python block of the pages for users runs; what cannot run here is held to the project.

A page is run from top to bottom in one folder, which holds the repository's `data/` and the files that the
guide speaks of. `sepaham` lines run in this process; `pip install` lines name extras that exist, `make` lines
targets.
"""

import csv
import io
import re
import shlex
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
from openpyxl import Workbook
from typer.testing import CliRunner

from sepaham.cli import app
from sepaham.corrections import Correction, Corrections, to_json
from sepaham.training.relations import adapt

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PAGES = [
    "README.md", "README.id.md", "docs/guide-own-dump.md", "docs/formats.md", "docs/spacy.md",
    "docs/limits.md", "docs/annotation-guide.md", "data/indomou/README.md", "docs/inspector.md",
    "docs/ledger.md", "docs/duplicates.md", "docs/evaluation.md", "docs/registry.md", "docs/retraining.md",
]  # fmt: skip
STANDS_FOR = {
    "DUMP": "berita.csv", "DUMP...": "berita.csv", "DUMP/": "baru", "OUT": "hasil", "OUT1": "hasil",
    "OUT2": "data/processed", "LEDGER": "buku", "OUT.yesterday": "data/processed",
    "GOLD.jsonl": "data/gold/sample.jsonl", "AGREEMENTS.jsonl": "data/processed/agreements.jsonl",
}  # fmt: skip
"""What the pages write in capitals, and what stands for it here."""
OTHERS = ("make", "pip", "python", "python3", "source", "xdg-open", "datasette")
"""Programs that a page may name and a test does not start."""


def blocks(page: str) -> list[tuple[str, str]]:
    """Language and body of each fenced block, indentation of lists taken off."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = re.findall(r"^( *)```(\w*)\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    return [(kind, re.sub(rf"^{indent}", "", body, flags=re.MULTILINE)) for indent, kind, body in found]


def command_lines(body: str) -> list[list[str]]:
    return [words for line in body.splitlines() if (words := shlex.split(line, comments=True))]


def named(words: list[str]) -> str:
    return words[0].rsplit("/", 1)[-1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """What a reader has before them: the repository's data, a run over it, a dump of their own."""
    place = tmp_path_factory.mktemp("reader")
    (place / "data").mkdir()
    for name in ("raw", "gold", "indomou"):
        (place / "data" / name).symlink_to(ROOT / "data" / name)
    arguments = ["extract", str(sample), "-o", str(place / "data" / "processed")]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    rows = list(csv.reader(io.StringIO((sample / "kampus.csv").read_text(encoding="utf-8"))))
    own = [["No", "Judul Berita", "Isi Berita", "Tanggal Terbit", "Media"], *rows[1:]]
    other = [["kode", "kepala", "naskah", "hari"], *(row[:4] for row in rows[1:])]
    for name, table, delimiter in (("berita.csv", own, ";"), ("berita-lain.csv", other, ",")):
        with (place / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(table)
    shutil.copytree(sample / "siaran-pers", place / "baru")
    for name in ("gold.jsonl", "articles.jsonl", "splits.json"):
        (place / "gold").mkdir(exist_ok=True)
        (place / "gold" / name).symlink_to(ROOT / "data" / "indomou" / name)
    reviewed(place)
    return place


def reviewed(place: Path) -> None:
    """A run over the dump of one's own, what its reviewer exported, and an office's own list."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        assert CliRunner().invoke(app, ["extract", "berita.csv", "-o", "hasil"]).exit_code == 0
    (place / "OUT").symlink_to("hasil")
    with (place / "hasil" / "agreements.csv").open(encoding="utf-8") as file:
        keys = [{k: row[k] for k in ("agreement_id", "article_id")} for row in csv.DictReader(file)]
    about = {"field": "/agreement_id", "action": "accept", "by": "Ani", "at": "2026-03-01T08:00:00.000Z"}
    items = tuple(Correction.model_validate({**key, **about}) for key in keys)
    (place / "corrections.json").write_text(to_json(Corrections(corrections=items)), encoding="utf-8")
    book = Workbook()
    book.active.append(["No", "Para Pihak", "Tentang", "Tanggal"])
    book.active.append([1, "Pemkab Sleman dengan Pemkab Bantul", "Sampah", "3 Juni 2024"])
    book.save(place / "daftar.xlsx")


def run_sepaham(words: list[str]) -> None:
    words = [STANDS_FOR.get(word, word) for word in words]
    shown = CliRunner().invoke(app, words)
    assert shown.exit_code == 0, f"{words}: {shown.output} {shown.exception}"
    assert shown.output.strip()


def check_other(words: list[str]) -> None:
    assert named(words) in OTHERS, words
    if words[:3] == ["python", "-m", "sepaham.training.relations.adapt"]:
        moving = typer.Typer()
        moving.command()(adapt.main)
        shown = CliRunner().invoke(moving, words[3:])
        assert shown.exit_code == 0, shown.output
    for extras in re.findall(r"\.\[([\w,]+)\]", " ".join(words)):
        assert set(extras.split(",")) <= set(PROJECT["optional-dependencies"]), words
    if named(words) == "make":
        targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        assert set(words[1:]) <= set(targets), words


def walk(page: str) -> int:
    """Run what the page shows, in the working folder; gives the number of things to do."""
    ran = 0
    for kind, body in blocks(page):
        if kind == "python":
            exec(compile(body, page, "exec"), {"agreements": []})
            ran += 1
        elif not kind:
            for words in command_lines(body):
                ran += 1
                if words[0].startswith("--"):  # a further option of the command above it
                    assert words[0] in CliRunner().invoke(app, ["evaluate", "--help"]).output
                elif named(words) == "sepaham":
                    run_sepaham(words[1:])
                else:
                    check_other(words)
    return ran


@pytest.mark.parametrize("page", PAGES)
def test_it_runs_from_top_to_bottom(page: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert walk(page), "a page for users that shows nothing to do"


def test_the_guide_needs_five_commands_at_most_and_ends_in_a_workbook(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import openpyxl

    monkeypatch.chdir(folder)
    walk("docs/guide-own-dump.md")
    text = (ROOT / "docs" / "guide-own-dump.md").read_text(encoding="utf-8")
    section = text.partition("## The commands")[2].partition("On macOS")[0]
    lines = [
        line for body in re.findall(r"```\n(.*?)```", section, re.DOTALL) for line in command_lines(body)
    ]
    assert 2 <= len(lines) <= 5
    book = openpyxl.load_workbook(folder / "hasil" / "sepaham.xlsx")
    proofs = {row[0] for row in book["Bukti"].iter_rows(min_row=2, values_only=True)}
    rows = list(book["Perjanjian"].iter_rows(min_row=2, values_only=True))
    assert rows
    assert {row[0] for row in rows} <= proofs
    sheets = set(re.findall(r"^\| ([A-Z][\w, ]+) \| ", text.partition("## Reading")[2], re.MULTILINE))
    assert {name for group in sheets for name in group.split(", ")} == set(book.sheetnames)


def test_both_readmes_say_the_same() -> None:
    english, indonesian = (
        (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.id.md")
    )

    def commands(text: str) -> list[list[str]]:
        bodies = re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
        return [shlex.split(line, comments=True) for body in bodies for line in body.splitlines()]

    def cells(text: str) -> list[str]:
        return re.findall(r"\| (?:`[\w.]+`|\.\d\d) (?=\|)|\| [\w:. ]+ \\\| [\w:. ]+ \|", text)

    assert commands(indonesian) == commands(english)
    assert cells(indonesian) == cells(english)
    figures = re.compile(r"\b\d{1,3}(?:,\d{3})+\b|\(\d{2,3}\)")
    assert figures.findall(indonesian) == figures.findall(english)


def test_the_citation_names_this_version() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    entries = dict(re.findall(r'^([\w-]+): "?(.+?)"?$', text, re.MULTILINE))
    assert entries["version"] == PROJECT["version"]
    assert entries["license"] == PROJECT["license"]
    assert entries["cff-version"] == "1.2.0"


def test_the_page_on_limits_names_every_column_with_names() -> None:
    from sepaham.tables.schema import AGREEMENTS

    text = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    columns = {column.name for column in AGREEMENTS.columns}
    people = {name for name in columns if name.endswith(("_signatory", "_role"))} | {
        "witnesses",
        "quote",
        "title",
    }
    (listed,) = re.findall(r"named = \[(.+?)\]", text)
    assert set(re.findall(r'"(\w+)"', listed)) == people


def test_the_example_of_the_annotation_guide_is_gold() -> None:
    import json

    text = (ROOT / "docs" / "annotation-guide.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    shown = json.loads(example)
    lines = (ROOT / "data" / "gold" / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    gold = next(row for row in map(json.loads, lines) if row["id"] == shown["id"])
    assert shown["events"] == gold["events"]
    assert all(mention in gold["mentions"] for mention in shown["mentions"])
