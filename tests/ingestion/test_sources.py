"""Inputs -> sources: files, folders, globs and stdin, in a fixed order, named by their path under INPUT."""

import os
import sys

import pytest

from sepaham.ingestion import Rejected, discover, read_records

TEXT = "Pemkab Ende dan Universitas Flores menandatangani perjanjian kerja sama di Ende, Senin (3/6/2024)."


@pytest.fixture
def dump(tmp_path):
    for name in [
        "b/2.txt",
        "b/10.txt",
        "a.jsonl.gz",
        "b/c/x.csv",
        "z.JSON",
        "catatan.pdf",
        ".DS_Store",
        "B.tsv",
        "b-x.txt",
    ]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT)
    return tmp_path


def names(*inputs):
    return [(source.name, source.format) for source in discover([str(given) for given in inputs])]


def test_folder_is_walked_and_sorted_by_path(dump):
    assert names(dump) == [
        ("B.tsv", "tsv"),
        ("a.jsonl.gz", "jsonl"),
        ("b-x.txt", "txt"),
        ("b/10.txt", "txt"),
        ("b/2.txt", "txt"),
        ("b/c/x.csv", "csv"),
        ("catatan.pdf", "unknown"),
        ("z.JSON", "json"),
    ]


def test_inputs_keep_their_order(dump):
    assert names(dump / "z.JSON", dump / "a.jsonl.gz") == [("z.JSON", "json"), ("a.jsonl.gz", "jsonl")]


def test_glob(dump):
    assert names(dump / "b" / "*.txt") == [("10.txt", "txt"), ("2.txt", "txt")]
    assert names(dump / "**" / "*.csv") == [("b/c/x.csv", "csv")]
    assert names(dump / "?") == [("b/10.txt", "txt"), ("b/2.txt", "txt"), ("b/c/x.csv", "csv")]
    assert names(dump / "[ab]*") == [
        *names(dump / "a*"),
        ("b-x.txt", "txt"),
        *names(dump / "?"),
    ]


def test_relative_inputs(dump, monkeypatch):
    monkeypatch.chdir(dump)
    assert names("b") == [("10.txt", "txt"), ("2.txt", "txt"), ("c/x.csv", "csv")]
    assert names("b/*.txt") == [("10.txt", "txt"), ("2.txt", "txt")]
    assert names("*.gz", "-") == [("a.jsonl.gz", "jsonl"), ("-", "jsonl")]


def test_name_with_wildcards_that_exists_is_a_name(tmp_path):
    (tmp_path / "a[1].txt").write_text(TEXT)
    assert names(tmp_path / "a[1].txt") == [("a[1].txt", "txt")]


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes are Linux's")
def test_name_that_is_no_utf8_can_be_written(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(TEXT)
    (source,) = discover([str(tmp_path)])
    assert source.name == "caf\\xe9.txt"
    (article,) = read_records(source)
    article.model_dump_json().encode()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may list every folder")
def test_folder_that_cannot_be_listed_is_reported(dump):
    (dump / "b" / "c").chmod(0)
    try:
        source = next(source for source in discover([str(dump)]) if source.name == "b/c")
        (item,) = read_records(source)
    finally:
        (dump / "b" / "c").chmod(0o755)
    assert isinstance(item, Rejected)
    assert item.reason == "unreadable"


def test_folder_that_cannot_be_listed_is_a_source(dump, monkeypatch):
    def walk(folder, onerror):
        onerror(PermissionError(13, "Permission denied", str(dump / "b" / "c")))
        yield str(dump), [], ["z.JSON"]

    monkeypatch.setattr(os, "walk", walk)
    listed = discover([str(dump)])
    assert [source.name for source in listed] == ["b/c", "z.JSON"]
    (item,) = read_records(listed[0])
    assert item.reason == "unreadable"
