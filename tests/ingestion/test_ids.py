"""Article ids: the input's own as text, else a hash of the place; repeated ids are numbered, in order."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.ingestion import IdRegistry, read_articles

TEXT = "Pemkab Ende dan Universitas Flores menandatangani perjanjian kerja sama di Ende, Senin (3/6/2024)."


def ids_of(path):
    return [item.article_id for item in read_articles([str(path)])]


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps({"text": TEXT, **row}) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"id": "x-1"}, "x-1"),
        ({"id": 17}, "17"),
        ({"id": 12345678901234567890}, "12345678901234567890"),
        ({"id": 1.5}, "1.5"),
        ({"article_id": "b"}, "b"),
        ({"uuid": "c"}, "c"),
        ({"_id": "d"}, "d"),
        ({"_id": {"$oid": "65a"}}, "65a"),
        ({"_id": "d", "uuid": "c", "article_id": "b", "id": "a"}, "a"),
        ({"_id": "d", "article_id": "b"}, "b"),
        ({"ID": "besar"}, "besar"),
        ({"id": " spasi "}, " spasi "),
    ],
)
def test_id_of_the_input(tmp_path, row, expected):
    assert ids_of(write(tmp_path / "x.jsonl", [row])) == [expected]


@pytest.mark.parametrize("row", [{}, {"id": None}, {"id": ""}, {"id": "  "}, {"id": True}, {"id": ["a"]}])
def test_without_an_id_it_is_a_hash_of_the_place(tmp_path, row):
    (found,) = ids_of(write(tmp_path / "x.jsonl", [row]))
    assert found == "81a2ed71ec456128"


def test_hash_stays_where_the_dump_moves(tmp_path):
    for place in ("here", "there/deep"):
        write(tmp_path / place / "2024" / "x.jsonl", [{}, {}])
    here, there = ids_of(tmp_path / "here"), ids_of(tmp_path / "there" / "deep")
    assert here == there
    assert len(set(here)) == 2
    assert ids_of(tmp_path / "here" / "2024") != here


def test_txt_id_is_a_hash(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT)
    first, second = ids_of(tmp_path)
    assert first != second
    assert ids_of(tmp_path / "a.txt") == [first]


def test_repeated_ids_are_numbered_across_files(tmp_path):
    write(tmp_path / "a.jsonl", [{"id": "x"}, {"id": "y"}, {"id": "x"}])
    write(tmp_path / "b.jsonl", [{"id": "x"}, {"id": "x~2"}])
    assert ids_of(tmp_path) == ["x", "y", "x~2", "x~3", "x~2~2"]


def test_rejected_records_take_part(tmp_path):
    path = write(tmp_path / "a.jsonl", [{"id": "x", "text": "pendek"}, {"id": "x"}])
    assert ids_of(path) == ["x", "x~2"]


def test_same_file_named_twice(tmp_path):
    path = write(tmp_path / "a.jsonl", [{"id": "x"}])
    assert [item.article_id for item in read_articles([str(path), str(path)])] == ["x", "x~2"]


@given(st.lists(st.sampled_from(["a", "b", "a~2", "a~3", "a~2~2", "b~9"]), max_size=30))
def test_registry_is_unique_and_replays(given_ids):
    registry, again = IdRegistry(), IdRegistry()
    found = [registry.unique(one) for one in given_ids]
    assert len(set(found)) == len(found)
    assert found == [again.unique(one) for one in given_ids]
    assert all(name == one or name.startswith(one + "~") for name, one in zip(found, given_ids, strict=True))
    for one in set(given_ids):
        if found[given_ids.index(one)] == one:
            assert one in found
