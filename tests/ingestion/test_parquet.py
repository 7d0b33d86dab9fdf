"""Parquet: the needed columns, batch by batch, text as it stands there, damage told as in other formats."""

import datetime
import decimal
import gzip
import io
import tempfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.ingestion import Rejected, discover, parquetfile, read_articles, read_records

TEXT = "KUPANG - Undana dan Pemkab Sabu Raijua menyepakati kerja sama riset garam, Rabu (5/6/2024), di Seba."
UNICODE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


def packed(columns, **options):
    target = io.BytesIO()
    pq.write_table(pa.table(columns), target, **options)
    return target.getvalue()


def read(tmp_path, content, name="x.parquet", **columns):
    (tmp_path / name).write_bytes(content)
    return list(read_articles([str(tmp_path / name)], columns=columns or None))


def check(item, reason, record, *words):
    assert isinstance(item, Rejected)
    assert (item.reason, item.record) == (reason, record)
    for word in words:
        assert word in item.detail
    item.model_dump_json().encode()


def test_columns_are_found_as_in_csv(tmp_path):
    content = packed(
        {"_id": ["x"], "Judul Berita": ["J"], "isi": [TEXT], "tanggal": ["5 Juni 2024"], "sumber": ["Pos"]}
    )
    (article,) = read(tmp_path, content)
    assert (article.article_id, article.title, article.text) == ("x", "J", TEXT)
    assert (article.published, article.published_from, article.outlet) == ("2024-06-05", "field", "Pos")
    assert not article.extracted


def test_mapping(tmp_path):
    content = packed({"text": ["pendek"], "a.b": [TEXT]})
    assert read(tmp_path, content, text="a.b")[0].text == TEXT
    check(*read(tmp_path, content, text="c"), "no_text_column", 0, "text=c", "'a.b'")


def test_missing_text_column_names_the_columns(tmp_path):
    check(
        *read(tmp_path, packed({"no": [1], "paragraf": [TEXT]})), "no_text_column", 0, "'paragraf'", "--map"
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (pa.array([datetime.date(2024, 6, 5)]), "2024-06-05"),
        (pa.array([datetime.datetime(2024, 6, 4, 18)], pa.timestamp("us", "UTC")), "2024-06-05"),
        (pa.array([datetime.datetime(2024, 6, 4, 18)], pa.timestamp("ns")), "2024-06-04"),
        (pa.array([1717524000], pa.int64()), "2024-06-05"),
        (pa.array([1717524000.0]), "2024-06-05"),
        (pa.array([decimal.Decimal(1717524000)]), "2024-06-05"),
        (pa.array(["2024-06-05"]).dictionary_encode(), "2024-06-05"),
        (pa.array([None], pa.string()), None),
        (pa.array([2**62], pa.timestamp("us")), None),
    ],
)
def test_types_of_dates(tmp_path, value, expected):
    (item,) = read(tmp_path, packed({"text": [TEXT], "date": value}))
    assert item.published == expected


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary(), pa.large_binary()])
@pytest.mark.parametrize("plain", [True, False])
def test_types_of_text(tmp_path, kind, plain):
    texts = [TEXT, TEXT + " é “kutip”\r\n\u2028", TEXT]
    raw = [text.encode() for text in texts]
    content = packed(
        {"text": pa.array(raw, kind) if "binary" in str(kind) else pa.array(texts, kind)},
        use_dictionary=plain,
    )
    assert [item.text for item in read(tmp_path, content)] == texts


@given(st.lists(st.tuples(UNICODE, UNICODE, UNICODE), min_size=1, max_size=5), st.booleans(), st.booleans())
def test_round_trip(rows, dictionary, zipped):
    texts = [start + TEXT + end for _, start, end in rows]
    content = packed(
        {"judul": [row[0] for row in rows], "isi": texts}, use_dictionary=dictionary, row_group_size=2
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("x.zip" if zipped else "x.parquet")
        if zipped:
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("x.parquet", content)
        else:
            path.write_bytes(content)
        found = list(read_articles([str(path)]))
    assert [item.text for item in found] == texts
    assert [item.title for item in found] == [title if title.strip() else None for title, *_ in rows]


def test_bad_bytes_cost_one_record(tmp_path):
    bad = pa.array([TEXT.encode(), b"caf\xe9" + TEXT.encode(), TEXT.encode()], pa.binary()).view(pa.string())
    for dictionary in (True, False):
        first, broken, last = read(tmp_path, packed({"text": bad}, use_dictionary=dictionary))
        assert first.text == last.text == TEXT
        check(broken, "unreadable", 2, "0xE9", "'text'", "character 4")


def test_text_of_another_type(tmp_path):
    check(*read(tmp_path, packed({"text": [[TEXT]]})), "unreadable", 1, "list")
    check(*read(tmp_path, packed({"text": [{"a": TEXT}]})), "unreadable", 1, "dict")
    check(*read(tmp_path, packed({"text": pa.nulls(1, pa.string())})), "unreadable", 1, "no text")


def test_packed_table_is_held_within_bounds(tmp_path, monkeypatch):
    content = packed({"text": [TEXT] * 3})
    assert len(read(tmp_path, gzip.compress(content), "x.parquet.gz")) == 3
    monkeypatch.setattr("sepaham.ingestion.streams.MAX_HELD", 100)
    check(*read(tmp_path, gzip.compress(content), "x.parquet.gz"), "unreadable", 0, "unpack")


def many(count=9000):
    numbers = range(count)
    columns = {
        "id": [str(n) for n in numbers],
        "text": [f"{TEXT} {n * 7919 % 9973:x}" for n in numbers],
        "lain": [f"{n * 7907 % 9973}" * 20 for n in numbers],
    }
    return packed(columns, row_group_size=1000)


def test_batches_of_row_groups_keep_the_order(tmp_path, monkeypatch):
    monkeypatch.setattr(parquetfile, "_BATCH", 7)
    assert [item.article_id for item in read(tmp_path, many(2500))] == [str(n) for n in range(2500)]


def test_reading_streams(tmp_path):
    (tmp_path / "x.parquet").write_bytes(many())
    size = (tmp_path / "x.parquet").stat().st_size
    heard = []
    found = read_records(discover([str(tmp_path / "x.parquet")])[0], on_bytes=heard.append)
    assert next(found).article_id == "0"
    assert sum(1 for _ in found) == 8999
    assert heard[0] <= size


@pytest.mark.parametrize("keep", [1, 3, 8, 100, 0.5, -1, -8])
def test_truncated_file(tmp_path, keep):
    content = many(100)
    (item,) = read(tmp_path, content[: int(len(content) * keep) if isinstance(keep, float) else keep])
    check(item, "unreadable", 0, "Parquet")


def test_damaged_row_group_gives_what_stands_before(tmp_path):
    content = bytearray(
        packed({"text": [f"{TEXT} {n}" for n in range(3000)]}, row_group_size=1000, compression="zstd")
    )
    third = pq.ParquetFile(io.BytesIO(bytes(content))).metadata.row_group(2).column(0)
    content[third.dictionary_page_offset : third.dictionary_page_offset + 60] = b"\xff" * 60
    *articles, last = read(tmp_path, bytes(content))
    assert len(articles) == 2000
    check(last, "unreadable", 2001, "after record 2000")


def test_empty_file_and_empty_table(tmp_path):
    check(*read(tmp_path, b""), "empty_file", 0)
    check(*read(tmp_path, packed({"text": pa.array([], pa.string())})), "empty_file", 0)


def test_value_stored_once_for_all_rows_is_not_multiplied(tmp_path):
    """400 KB that would be 800 GB as strings: only the rows that are asked for are made."""
    value = pa.array([TEXT + "x" * (8 << 20)])
    rows = pa.DictionaryArray.from_arrays(pa.array([0] * 100_000, pa.int32()), value)
    (tmp_path / "x.parquet").write_bytes(packed({"text": rows}, store_schema=False))
    found = read_records(discover([str(tmp_path / "x.parquet")])[0])
    assert [len(next(found).text) for _ in range(3)] == [len(value[0].as_py())] * 3
    assert pa.total_allocated_bytes() < 200 << 20
