"""Whatever a text holds, it comes out of every format code point for code point."""

import csv
import gzip
import io
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.ingestion import Rejected, read_articles

UNICODE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
PROSE = "Nota kesepahaman ditandatangani kedua pihak."
TEXTS = st.builds(lambda start, end: start + PROSE + end, UNICODE, UNICODE)


def read(name, content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return list(read_articles([str(path)]))


def table(rows, mark):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=mark, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue().encode()


def blank_is_none(title):
    return title if title.strip() else None


@given(st.lists(st.tuples(UNICODE, TEXTS), min_size=1, max_size=4), st.booleans())
def test_json_lines_round_trip(rows, ascii_only):
    lines = [json.dumps({"title": title, "text": text}, ensure_ascii=ascii_only) for title, text in rows]
    found = read("x.jsonl.gz", gzip.compress("\n".join(lines).encode()))
    assert [(item.title, item.text) for item in found] == [
        (blank_is_none(title), text) for title, text in rows
    ]


@given(st.lists(st.tuples(UNICODE, TEXTS), min_size=1, max_size=4), st.booleans())
def test_json_round_trip(rows, wrapped):
    records = [{"judul": title, "isi": text} for title, text in rows]
    found = read("x.json", json.dumps({"data": records} if wrapped else records, ensure_ascii=False).encode())
    assert [(item.title, item.text) for item in found] == [
        (blank_is_none(title), text) for title, text in rows
    ]


@pytest.mark.parametrize(("name", "mark"), [("x.csv", ","), ("x.csv", ";"), ("x.tsv", "\t")])
@given(rows=st.lists(st.tuples(UNICODE, TEXTS), min_size=1, max_size=4))
def test_table_round_trip(name, mark, rows):
    found = read(name, table([("judul", "isi"), *rows], mark))
    assert [(item.title, item.text) for item in found] == [
        (blank_is_none(title), text) for title, text in rows
    ]


@given(TEXTS)
def test_txt_round_trip(text):
    (item,) = read("x.txt", text.encode())
    assert item.body == text.removeprefix("\ufeff")


@given(
    st.binary(max_size=200), st.sampled_from(["x.txt", "x.json", "x.jsonl", "x.csv", "x.tsv", "x.jsonl.gz"])
)
def test_any_bytes_give_records_that_can_be_written(content, name):
    found = read(name, content)
    assert found
    for item in found:
        item.model_dump_json().encode()


@given(st.lists(st.binary(max_size=30).filter(lambda line: b"\n" not in line), max_size=6), st.integers(0, 6))
def test_bad_lines_cost_no_good_one(lines, place):
    lines.insert(min(place, len(lines)), json.dumps({"id": "baik", "text": PROSE}).encode())
    found = read("x.jsonl", b"\n".join([b"{}", *lines]))
    assert [item.text for item in found if not isinstance(item, Rejected)] == [PROSE]
