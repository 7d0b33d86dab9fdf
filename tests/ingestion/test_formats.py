"""Every format gives the same articles, streamed, with text as it stands in the file."""

import gzip
import io
import json

import pytest

from sepaham.ingestion import Rejected, discover, read_articles, read_records
from sepaham.records import Article

TITLE = "Pemkot Madiun dan PT Rimba Jati Teken Nota Kesepahaman"
TEXT = "MADIUN – Wali Kota dan Direktur PT Rimba Jati meneken nota kesepahaman.\n\n“Ini awal,” katanya."
SECOND = (
    "KUPANG - Undana dan Pemkab Sabu Raijua menyepakati kerja sama riset garam, Rabu (5/6/2024), di Seba."
)


def read(tmp_path, name, content, **options):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_articles([str(path)], **options))


def rows():
    return [
        {"id": "a1", "title": TITLE, "text": TEXT, "published": "2024-06-05", "outlet": "Kabar Madiun"},
        {"id": "a2", "title": "", "text": SECOND, "published": "2024-06-06", "outlet": "Timor Pos"},
    ]


def as_jsonl():
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows())


def as_table(mark):
    lines = [mark.join(rows()[0])]
    lines += [mark.join('"' + value + '"' for value in row.values()) for row in rows()]
    return "\r\n".join(lines) + "\r\n"


CONTENTS = {
    "dump.jsonl": as_jsonl(),
    "dump.ndjson": as_jsonl(),
    "DUMP.JSONL": as_jsonl(),
    "list.json": json.dumps(rows(), indent=2),
    "wrapped.json": json.dumps({"total": 2, "data": {"articles": rows()}}),
    "lines.json": as_jsonl(),
    "dump.csv": as_table(","),
    "semicolon.csv": as_table(";"),
    "dump.tsv": as_table("\t"),
}


@pytest.mark.parametrize("name", CONTENTS)
@pytest.mark.parametrize("pack", ["plain", "gz", "bom", "utf-16"])
def test_formats_give_the_same_articles(tmp_path, name, pack):
    content = CONTENTS[name].encode()
    if pack == "gz":
        name, content = name + ".gz", gzip.compress(content)
    elif pack == "bom":
        content = b"\xef\xbb\xbf" + content
    elif pack == "utf-16":
        content = content.decode().encode("utf-16")
    first, second = read(tmp_path, name, content)
    assert first == Article(
        article_id="a1",
        title=TITLE,
        text=TEXT,
        published="2024-06-05",
        published_from="field",
        outlet="Kabar Madiun",
        source_file=name,
        record=1,
    )
    assert (second.article_id, second.title, second.body, second.record) == ("a2", None, SECOND, 2)


def test_txt_is_all_text(tmp_path):
    text = f"{TITLE}\r\n\r\n{TEXT}\r\n"
    (article,) = read(tmp_path, "berita.txt", "\ufeff" + text)
    assert (article.title, article.text, article.body) == (None, text, text)


def test_txt_gz_and_utf16(tmp_path):
    assert read(tmp_path, "a.txt.gz", gzip.compress(TEXT.encode()))[0].text == TEXT
    assert read(tmp_path, "b.txt", TEXT.encode("utf-16"))[0].text == TEXT
    assert read(tmp_path, "c.txt", b"\xfe\xff" + TEXT.encode("utf-16-be"))[0].text == TEXT


def test_one_json_object_is_one_article(tmp_path):
    (article,) = read(tmp_path, "satu.json", json.dumps(rows()[0], indent=1))
    assert (article.article_id, article.text) == ("a1", TEXT)


def test_json_object_with_text_under_a_wrapper_name(tmp_path):
    (article,) = read(tmp_path, "satu.json", json.dumps({"judul": TITLE, "berita": TEXT}))
    assert (article.title, article.text) == (TITLE, TEXT)


@pytest.mark.parametrize("key", ["articles", "artikel", "data", "items", "results", "berita"])
def test_list_inside_an_object(tmp_path, key):
    assert [a.article_id for a in read(tmp_path, "x.json", json.dumps({"ok": True, key: rows()}))] == [
        "a1",
        "a2",
    ]


def test_line_separators_inside_json_lines_do_not_end_a_line(tmp_path):
    text = TEXT + "\u2028baris\u2029\x85baru\x0b\x0c"
    (article,) = read(tmp_path, "x.jsonl", json.dumps({"text": text}, ensure_ascii=False))
    assert article.text == text


def test_raw_control_characters_in_json_strings_are_read(tmp_path):
    (article,) = read(tmp_path, "x.jsonl", '{"text": "' + SECOND + '\t(ant)"}')
    assert article.text == SECOND + "\t(ant)"


def test_json_lines_count_lines_and_blank_lines_are_no_records(tmp_path):
    line = json.dumps({"text": SECOND})
    assert [a.record for a in read(tmp_path, "x.jsonl", f"\n{line}\r\n   \n{line}")] == [2, 4]


def test_csv_keeps_quoted_newlines(tmp_path):
    text = SECOND + '\r\nbaris\rlain\nlagi "kutip" , koma'
    quoted = text.replace('"', '""')
    (article,) = read(tmp_path, "x.csv", f'judul,isi\r\n{TITLE},"{quoted}"\r\n')
    assert (article.title, article.text) == (TITLE, text)


def test_csv_cell_larger_than_the_default_limit(tmp_path):
    text = "Perjanjian kerja sama ditandatangani. " * 10_000
    (article,) = read(tmp_path, "x.csv", f'text\n"{text}"\n')
    assert article.text == text


def test_long_json_values_span_the_windows(tmp_path):
    texts = [f"Naskah {n} perjanjian kerja sama é “kutip” " * 40_000 for n in range(3)]
    content = json.dumps([{"id": n, "text": text} for n, text in enumerate(texts)], ensure_ascii=False)
    found = read(tmp_path, "x.json", content)
    assert [a.text for a in found] == texts
    assert [a.article_id for a in found] == ["0", "1", "2"]


@pytest.mark.parametrize("chunk", [1, 2, 7, 64])
def test_windows_may_end_anywhere(tmp_path, monkeypatch, chunk):
    monkeypatch.setattr("sepaham.ingestion.jsonfile._CHUNK", chunk)
    content = r'[12345 , -1.5e+3,{"n": -12.5e+3, "ok": [true, null, -Infinity], "text": "\ud83d\ude00 '
    *numbers, last = read(tmp_path, "x.json", content + SECOND + '"} ]')
    assert last.text == "\U0001f600 " + SECOND
    assert [item.detail for item in numbers] == ["the record is a JSON number, not an object"] * 2


def test_byte_order_marks_of_files_put_together(tmp_path):
    lines = [b"\xef\xbb\xbf" + json.dumps(row).encode() + b"\n" for row in rows()]
    assert [a.article_id for a in read(tmp_path, "x.jsonl", b"".join(lines))] == ["a1", "a2"]


def test_large_list_is_streamed(tmp_path):
    """The first article comes before the rest of the file is read: the broken end costs only itself."""
    many = ",".join(json.dumps({"id": n, "text": SECOND}) for n in range(30_000))
    path = tmp_path / "x.json"
    path.write_text(f"[{many}, {{broken")
    items = read_records(discover([str(path)])[0])
    assert next(items).article_id == "0"
    *articles, last = items
    assert len(articles) == 29_999
    assert isinstance(last, Rejected)
    assert last.record == 30_001


def test_stdin_is_json_lines(monkeypatch):
    class Stdin:
        buffer = io.BytesIO(as_jsonl().encode())

    monkeypatch.setattr("sys.stdin", Stdin)
    first, second = read_articles(["-"])
    assert (first.article_id, first.source_file, second.article_id) == ("a1", "-", "a2")


def test_packed_stdin(monkeypatch):
    class Stdin:
        buffer = io.BytesIO(gzip.compress(as_jsonl().encode()))

    monkeypatch.setattr("sys.stdin", Stdin)
    assert [a.article_id for a in read_articles(["-"])] == ["a1", "a2"]


def test_gzip_is_told_by_its_bytes(tmp_path):
    assert len(read(tmp_path, "unpacked-on-the-way.jsonl.gz", as_jsonl())) == 2
    assert len(read(tmp_path, "packed.jsonl", gzip.compress(as_jsonl().encode()))) == 2
    halves = [gzip.compress(line.encode()) for line in as_jsonl().splitlines(keepends=True)]
    assert len(read(tmp_path, "two-members.jsonl.gz", b"".join(halves))) == 2
