"""`--append`: night after night the same tables as one run over everything."""

import gzip
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sepaham
from sepaham import batch
from sepaham.batch.state import State
from sepaham.cli import app
from sepaham.errors import ConfigurationError

TEXT = (
    "Bupati {a} Andi Wijaya dan Bupati {b} Sri Rahayu menandatangani nota kesepahaman tentang {what} di "
    "Pendopo Kabupaten {a}, Senin (3/6/2024). Kedua daerah sepakat berbagi data setiap bulan dan menyusun "
    "rencana kerja bersama paling lambat akhir tahun. “Warga menunggu hasilnya,” kata Andi kepada wartawan."
)
PLACES = ("Sleman", "Bantul", "Klaten", "Boyolali", "Wonogiri")
TABLES = ("agreements.csv", "parties.csv", "people.csv", "pairs.csv", "commitments.csv", "evidence.csv",
          "articles.csv", "agreements.jsonl", "texts.jsonl", "datapackage.json")  # fmt: skip


@pytest.fixture
def nights(tmp_path: Path) -> list[Path]:
    """Three files: each repeats ids and brings copies of what the one before it held."""
    files = []
    for night in range(3):
        rows = []
        for n in range(12):
            a, b = PLACES[n % 5], PLACES[(n + night + 1) % 5]
            what = ("sampah", "air bersih", "pasokan beras dan sayur")[n % 3]
            text = TEXT.format(a=a, b=b, what=what) if n % 2 else f"Harga cabai di Pasar {a} naik lagi. " * 3
            end = "" if n < 6 else f" Dilaporkan dari {b}."
            rows.append(
                {
                    "id": f"d{n}",
                    "title": f"Berita {n}",
                    "text": text + end,
                    "published": f"2024-06-{9 - night:02}",
                }
            )
        path = tmp_path / "dump" / f"{night}.jsonl"
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        files.append(path)
    return files


def extract(out: Path, *inputs: Path, **options: object) -> batch.Summary:
    return batch.run(batch.Settings(inputs=tuple(map(str, inputs)), out=out, **options))


def tables(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in TABLES}


def test_three_nights_are_one_run(nights: list[Path], tmp_path: Path) -> None:
    whole = extract(tmp_path / "whole", *nights)
    for night in nights:
        last = extract(tmp_path / "out", night, append=True)
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")
    assert whole.counts.as_dict() == last.counts.as_dict()
    assert last.counts.outcomes["duplicate"] > 3
    assert last.fresh.records == 12
    settings = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["settings"]
    assert settings["inputs"] == [str(night) for night in nights]
    ids = sepaham.read_tables(tmp_path / "out")["articles"]["article_id"]
    assert ids.is_unique
    assert {"d0", "d0~2", "d0~3"} <= set(ids)


def test_a_folder_that_grows(nights: list[Path], tmp_path: Path) -> None:
    extract(tmp_path / "whole", tmp_path / "dump")
    later = tmp_path / "later"
    later.mkdir()
    for night in nights[1:]:
        shutil.move(night, later / night.name)
    extract(tmp_path / "out", tmp_path / "dump", append=True)
    for night in nights[1:]:
        shutil.move(later / night.name, night)
        summary = extract(tmp_path / "out", tmp_path / "dump", append=True)
        assert summary.fresh.records == 12
    assert summary.passed_over == 2
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")


def test_nothing_new_changes_nothing(nights: list[Path], tmp_path: Path) -> None:
    extract(tmp_path / "out", *nights)
    before = tables(tmp_path / "out")
    summary = extract(tmp_path / "out", *nights, append=True)
    assert (summary.fresh.records, summary.passed_over, summary.exit_code) == (0, 3, 0)
    assert tables(tmp_path / "out") == before


def test_a_killed_addition_goes_on(
    nights: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract(tmp_path / "whole", *nights)
    extract(tmp_path / "out", *nights[:2])
    before = tables(tmp_path / "out")

    class Killed(BaseException):
        pass

    class Watch:
        def begin(self, total_bytes: int | None, records_done: int) -> None: ...

        def advance(self, records: int, bytes_read: int) -> None:
            if records == 5:
                raise Killed

    added = batch.Settings(inputs=(str(nights[2]),), out=tmp_path / "out", append=True)
    with pytest.raises(Killed):
        batch.run(added, Watch())
    assert tables(tmp_path / "out") == before, "the tables stay those of the last whole run"
    with pytest.raises(ConfigurationError, match="--append"):
        extract(tmp_path / "out", nights[2])
    with monkeypatch.context() as patch:
        patch.setitem(batch.run.__globals__, "store", lambda journal, folder: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            batch.run(added)
    assert len(State.of(tmp_path / "out").parts) == 1
    summary = batch.run(added)
    assert (summary.fresh.records, summary.passed_over) == (0, 1), "the state was made whole first"
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")
    assert not (tmp_path / "out" / ".work").exists()


def test_a_new_run_forgets_the_old_one(nights: list[Path], tmp_path: Path) -> None:
    for night in nights:
        extract(tmp_path / "out", night, append=True)
    extract(tmp_path / "out", nights[2])
    assert [part.number for part in State.of(tmp_path / "out").parts] == [1]
    extract(tmp_path / "out", nights[0], append=True)
    extract(tmp_path / "whole", nights[2], nights[0])
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")


def test_keep_duplicates_may_be_chosen_anew(nights: list[Path], tmp_path: Path) -> None:
    extract(tmp_path / "whole", *nights, keep_duplicates=True)
    extract(tmp_path / "out", *nights[:2])
    extract(tmp_path / "out", nights[2], append=True, keep_duplicates=True)
    assert tables(tmp_path / "out") == tables(tmp_path / "whole")


def test_what_cannot_be_added_to_says_why(nights: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    extract(out, nights[0])
    with pytest.raises(
        ConfigurationError, match=r"made under something else: .*--max-chars.*without --append"
    ):
        extract(out, nights[1], append=True, max_chars=2000)
    with nights[0].open("a", encoding="utf-8") as file:
        file.write('{"id": "x", "text": "Harga beras di Pasar Induk turun sejak kemarin pagi."}\n')
    with pytest.raises(ConfigurationError, match=r"0\.jsonl has changed since"):
        extract(out, nights[0], append=True)
    shutil.rmtree(out / ".state")
    with pytest.raises(ConfigurationError, match=r"\.state that --append needs"):
        extract(out, nights[1], append=True)


def test_a_bad_night_is_not_hidden_by_the_good_ones(nights: list[Path], tmp_path: Path) -> None:
    extract(tmp_path / "out", *nights)
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{broken\n", encoding="utf-8")
    assert extract(tmp_path / "out", bad, append=True).exit_code == 2


def test_the_command(nights: list[Path], tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    for night in nights:
        shown = CliRunner().invoke(app, ["extract", str(night), "-o", out, "--append"])
        assert shown.exit_code == 0, shown.stderr
    assert "12 of the records are new" in shown.stderr
    assert "36 records" in shown.stderr


def test_the_state_is_small(nights: list[Path], tmp_path: Path) -> None:
    extract(tmp_path / "out", *nights)
    with gzip.open(tmp_path / "out" / ".state" / "1.jsonl.gz", "rt", encoding="utf-8") as lines:
        refused = [line for line in lines if '"gate"' in line]
    assert len(refused) == 18
    assert max(map(len, refused)) < 400
