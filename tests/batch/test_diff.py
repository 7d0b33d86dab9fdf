"""`sepaham diff`: every row that differs, and why."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sepaham import batch
from sepaham.batch.diff import Change, diff
from sepaham.cli import app
from sepaham.errors import ConfigurationError, InputError

SIGNED = (
    "Bupati {a} Andi Wijaya dan Bupati {b} Sri Rahayu menandatangani nota kesepahaman tentang pengelolaan "
    "sampah di Pendopo Kabupaten {a}, Senin ({day}/6/2024). Kedua daerah sepakat berbagi data setiap "
    "bulan. “Kami tidak mau menunggu sampai penuh,” kata Andi. Menurut Sri, warga sudah diajak bicara."
)
BASE = {
    "a": SIGNED.format(a="Sleman", b="Bantul", day=3),
    "b": SIGNED.format(a="Klaten", b="Boyolali", day=10),
    "c": "Harga cabai rawit di Pasar Lama naik sejak awal pekan karena pasokan berkurang, kata pedagang.",
    "d": SIGNED.format(a="Wonogiri", b="Pacitan", day=17).replace("sampah", "terminal"),
}


def run(folder: Path, name: str, texts: dict[str, str], **options: object) -> Path:
    source = folder / f"{name}.jsonl"
    rows = ({"id": key, "title": f"Berita {key}", "text": text} for key, text in texts.items())
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    batch.run(batch.Settings(inputs=(str(source),), out=folder / name, **options))
    return folder / name


def by_key(changes: tuple[Change, ...], table: str) -> dict[str, Change]:
    return {change.key[0]: change for change in changes if change.table == table}


def test_equal_runs_do_not_differ(tmp_path: Path) -> None:
    one, two = run(tmp_path, "one", BASE), run(tmp_path, "two", BASE)
    found = diff(one, two)
    assert (found.versions, found.settings, found.changes) == ({}, {}, ())
    assert list(found.lines()) == ["no row differs"]


def test_changed_data(tmp_path: Path) -> None:
    new = {"e": SIGNED.format(a="Kudus", b="Pati", day=24).replace("sampah", "air"), **BASE}
    del new["b"]
    new["a"] = new["a"].replace("3/6/2024", "4/6/2024").replace("Senin", "Selasa")
    found = diff(run(tmp_path, "old", BASE), run(tmp_path, "new", new))
    agreements = by_key(found.changes, "agreements")
    assert {key: change.kind for key, change in agreements.items()} == {
        "a#1": "changed", "b#1": "gone", "e#1": "new",
    }  # fmt: skip
    assert agreements["a#1"].cells["date_signed"] == ("2024-06-03", "2024-06-04")
    assert agreements["a#1"].why == "data: the article's text changed"
    assert agreements["b#1"].why == "data: the article is gone"
    assert agreements["e#1"].why == "data: the article is new"
    articles = by_key(found.changes, "articles")
    assert set(articles) == {"a", "b", "e"}, "rows that only moved do not differ"


def test_a_copy_that_came_before(tmp_path: Path) -> None:
    old = run(tmp_path, "old", BASE)
    new = run(tmp_path, "new", {"z": BASE["a"] + " (red)", **BASE})
    found = diff(old, new)
    agreements = by_key(found.changes, "agreements")
    assert agreements["z#1"].kind == "new"
    assert agreements["a#1"].kind == "gone"
    assert agreements["a#1"].why == "data: other articles are its copies"
    assert by_key(found.changes, "articles")["a"].cells["outcome"] == ("agreement", "duplicate")


def test_settings_and_versions(tmp_path: Path) -> None:
    texts = {**BASE, "copy": BASE["a"] + " (red)"}
    old, new = run(tmp_path, "old", texts), run(tmp_path, "new", texts, keep_duplicates=True)
    found = diff(old, new)
    assert found.settings == {"keep_duplicates": (False, True)}
    assert by_key(found.changes, "agreements")["copy#1"].why == "setting keep_duplicates"
    about = json.loads((old / "run.json").read_text(encoding="utf-8"))
    about["versions"]["sepaham"] = "0.0.9"
    (old / "run.json").write_text(json.dumps(about), encoding="utf-8")
    found = diff(old, new)
    assert found.versions["sepaham"][0] == "0.0.9"
    assert by_key(found.changes, "agreements")["copy#1"].why == "version or setting keep_duplicates"


def test_an_older_run_has_fewer_columns(tmp_path: Path) -> None:
    old, new = run(tmp_path, "old", BASE), run(tmp_path, "new", BASE)
    lines = (old / "articles.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith(",digest")
    (old / "articles.csv").write_text(
        "".join(line.rpartition(",")[0] + "\n" for line in lines), encoding="utf-8"
    )
    found = diff(old, new)
    assert found.changes == ()
    assert found.columns == {"articles": ([], ["digest"])}
    assert "articles: columns new: digest" in list(found.lines())


def test_all_tables(tmp_path: Path) -> None:
    old = run(tmp_path, "old", BASE)
    new = run(tmp_path, "new", {**BASE, "a": BASE["a"].replace("Pendopo Kabupaten Sleman", "Hotel Merapi")})
    found = diff(old, new, ("agreements", "parties", "evidence"))
    assert by_key(found.changes, "agreements")["a#1"].cells["venue_name"][1] == "Hotel Merapi"
    proofs = [change for change in found.changes if change.table == "evidence"]
    assert any(change.key[1].startswith("/venue") and "quote" in change.cells for change in proofs)
    assert all(change.why == "data: the article's text changed" for change in found.changes)


def test_the_command(tmp_path: Path) -> None:
    old = run(tmp_path, "old", BASE)
    new = run(tmp_path, "new", {**BASE, "a": BASE["a"].replace("3/6/2024", "=cmd")})
    shown = CliRunner().invoke(app, ["diff", str(old), str(new)])
    assert shown.exit_code == 0
    assert "~ a#1  (data: the article's text changed)" in shown.stdout
    assert 'date_signed: "2024-06-03" -> ""' in shown.stdout
    as_json = CliRunner().invoke(app, ["diff", str(old), str(new), "--json", "--table", "agreements"])
    found = json.loads(as_json.stdout)
    assert [change["key"] for change in found["changes"]] == [["a#1"]]
    assert found["changes"][0]["cells"]["date_signed"] == ["2024-06-03", ""]


def test_what_is_no_run(tmp_path: Path) -> None:
    one = run(tmp_path, "one", BASE)
    with pytest.raises(InputError, match=r"holds no finished run"):
        diff(one, tmp_path)
    with pytest.raises(ConfigurationError, match="no table people2"):
        diff(one, one, ("people2",))
