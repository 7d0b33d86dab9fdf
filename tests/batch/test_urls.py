"""Inputs and OUT on the filesystems of fsspec; memory:// stands for a store of objects."""

import json
import zipfile
from pathlib import Path

import fsspec
import pytest
from typer.testing import CliRunner

import sepaham.ingestion
from sepaham import batch
from sepaham.batch.upload import Upload
from sepaham.cli import app
from sepaham.errors import ConfigurationError, InputError
from sepaham.ingestion import discover, read_articles, shown

TEXT = "Harga cabai di Pasar Sleman naik lagi pekan ini, kata para pedagang."


@pytest.fixture
def store(tmp_path: Path):
    """A store with four files, and the same files on disk."""
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    memory.pseudo_dirs[:] = [""]
    lines = "".join(json.dumps({"id": f"a{n}", "text": TEXT}) + "\n" for n in range(30))
    (tmp_path / "dump" / "2024").mkdir(parents=True)
    (tmp_path / "dump" / "a.jsonl").write_text(lines)
    (tmp_path / "dump" / "2024" / "b.jsonl").write_text(lines)
    (tmp_path / "dump" / ".hidden.jsonl").write_text(lines)
    with zipfile.ZipFile(tmp_path / "dump" / "c.zip", "w") as archive:
        archive.writestr("d.jsonl", lines)
    memory.put(str(tmp_path / "dump"), "/dump", recursive=True)
    yield memory
    memory.store.clear()
    memory.pseudo_dirs[:] = [""]


def names(given: str) -> list[str]:
    return [source.name for source in discover([given])]


def test_a_folder_a_pattern_and_a_file_are_as_on_disk(store, tmp_path: Path) -> None:
    for rest in ("dump", "dump/*.jsonl", "dump/**/*.jsonl", "dump/a.jsonl"):
        assert names(f"memory://{rest}") == names(str(tmp_path / rest)), rest
        assert names(f"file://{tmp_path / rest}") == names(str(tmp_path / rest)), rest
    assert list(read_articles(["memory://dump"])) == list(read_articles([str(tmp_path / "dump")]))


def test_what_is_not_there_is_an_input_error(store) -> None:
    for given in ("memory://gone", "memory://dump/*.csv", "nosuchprotocol://x"):
        with pytest.raises(InputError, match=given.replace("*", r"\*")):
            discover([given])


def test_a_connection_that_breaks_stops_the_run_and_rejects_nothing(store, monkeypatch, tmp_path) -> None:
    def broken(self, *_):
        raise ConnectionError("reset by peer")

    run = batch.Settings(("memory://dump/a.jsonl",), tmp_path / "out", tagger="rules")
    with monkeypatch.context() as patch:
        patch.setattr(type(store.open("/dump/a.jsonl")), "read", broken, raising=False)
        with pytest.raises(InputError, match=r"a\.jsonl broke off .*reset by peer.*same command"):
            batch.run(run)
    assert batch.run(run).counts.outcomes["rejected"] == 0


def test_secrets_in_a_url_are_not_shown() -> None:
    assert shown("https://me:pass@host/a.jsonl?X-Signature=abc") == "https://host/a.jsonl"
    assert shown("data/me:pass@x?.jsonl") == "data/me:pass@x?.jsonl"


def extract(*options: str):
    return CliRunner().invoke(app, ["extract", "memory://dump", "--tagger", "rules", *options])


def test_out_at_a_url_is_the_same_as_in_a_folder(store, tmp_path: Path) -> None:
    assert extract("-o", str(tmp_path / "out")).exit_code == 0
    done = extract("-o", "memory://results/run1", "--work", str(tmp_path / "work"), "--format", "sqlite")
    assert done.exit_code == 0, done.output
    assert "all files are copied to memory://results/run1" in done.output
    there = {Path(path).name for path in store.find("/results/run1")}
    assert there == {path.name for path in (tmp_path / "out").iterdir() if path.name[0] != "."} | {
        "sepaham.sqlite", "datasette.json",
    }  # fmt: skip
    for name in there - {"timings.json", "sepaham.sqlite", "datasette.json"}:
        assert store.cat_file(f"/results/run1/{name}") == (tmp_path / "out" / name).read_bytes(), name
    again = extract("-o", "memory://results/run1", "--work", str(tmp_path / "work"))
    assert again.exit_code == 0, again.output


def test_out_at_a_url_needs_a_folder_to_work_in(store, tmp_path: Path) -> None:
    assert "give --work FOLDER" in extract("-o", "memory://results/run1").output
    assert "--work is for" in extract("-o", str(tmp_path / "a"), "--work", str(tmp_path / "b")).output


def test_another_runs_tables_at_the_url_stay(store, tmp_path: Path) -> None:
    assert extract("-o", "memory://results", "--work", str(tmp_path / "one")).exit_code == 0
    second = extract("-o", "memory://results", "--work", str(tmp_path / "two"))
    assert second.exit_code == 4
    assert "holds the tables of another run" in second.output


def test_an_upload_that_breaks_off_goes_on_and_shows_no_run_json(store, tmp_path, monkeypatch) -> None:
    run = batch.Settings(("memory://dump",), tmp_path / "work", tagger="rules", publish_to="memory://results")
    put = type(store).put_file

    def broken(self, local, remote, **more):
        if remote.endswith("parties.csv"):
            raise ConnectionError("reset by peer")
        return put(self, local, remote, **more)

    with monkeypatch.context() as patch:
        patch.setattr(type(store), "put_file", broken)
        with pytest.raises(ConfigurationError, match=r"cannot write to memory://results .*reset by peer"):
            batch.run(run)
    assert not store.exists("/results/run.json")
    assert batch.run(run).resumed == 90
    assert store.exists("/results/run.json")
    Upload(tmp_path / "work", "memory://results").check()


def test_a_url_with_a_path_like_name_keeps_its_format(store) -> None:
    assert [source.format for source in discover(["memory://dump"])] == ["jsonl", "jsonl", "zip"]
    assert sepaham.ingestion.is_url("s3://bucket/a")
    assert not sepaham.ingestion.is_url("C:\\berita\\a.jsonl")
