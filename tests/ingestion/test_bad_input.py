"""Bad bytes never stop a batch: each fault is one rejected record that says what, where, and what to do."""

import gzip
import json

import pytest

from sepaham.errors import InputError
from sepaham.ingestion import MIN_TEXT, READ_FAULTS, Rejected, discover, items, read_articles, readers
from sepaham.records import Article

TEXT = "KUPANG - Undana dan Pemkab Sabu Raijua menyepakati kerja sama riset garam, Rabu (5/6/2024), di Seba."


def line(**fields):
    return json.dumps({"text": TEXT, **fields}).encode() + b"\n"


def read(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    return list(read_articles([str(tmp_path / name)]))


def outcome(found):
    return [item.reason if isinstance(item, Rejected) else item.article_id for item in found]


def check(item, reason, record, *words):
    assert isinstance(item, Rejected)
    assert (item.reason, item.record) == (reason, record)
    for word in words:
        assert word in item.detail
    item.model_dump_json().encode()  # what cannot be written must not reach the tables


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("name", ["x.txt", "x.json", "x.jsonl", "x.csv", "x.tsv", "x.jsonl.gz"])
def test_empty_file(tmp_path, name, content):
    (item,) = read(tmp_path, name, content)
    check(item, "empty_file", 0)
    assert item.source_file == name
    assert item.reason not in READ_FAULTS


@pytest.mark.parametrize(
    ("name", "content"), [("x.csv", b"judul,isi\n"), ("x.json", b"[]"), ("y.json", b'{"data": []}')]
)
def test_file_without_records(tmp_path, name, content):
    check(*read(tmp_path, name, content), "empty_file", 0)


def damaged(name):
    texts = [
        TEXT + "".join(f" {number * 7919 % 9973:x}" for number in range(n * 500, n * 500 + 500))
        for n in range(60)
    ]
    if name.startswith("x.csv"):
        content = "id,text\n" + "".join(f'{n},"{text}"\n' for n, text in enumerate(texts))
    elif name.startswith("x.json."):
        content = json.dumps([{"id": n, "text": text} for n, text in enumerate(texts)])
    else:
        content = "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts))
    return gzip.compress(content.encode())


@pytest.mark.parametrize("name", ["x.jsonl.gz", "x.csv.gz", "x.json.gz"])
def test_truncated_gz_gives_the_records_before_the_break(tmp_path, name):
    packed = damaged(name)
    whole = read(tmp_path, name, packed)
    assert len(whole) == 60
    *articles, last = read(tmp_path, name, packed[: len(packed) // 2])
    assert 10 < len(articles) < 60
    assert articles == whole[: len(articles)]
    check(last, "unreadable", len(articles) + 1, f"after record {len(articles)}", "ended before")


@pytest.mark.parametrize("name", ["x.jsonl.gz", "x.csv.gz", "x.json.gz"])
def test_corrupt_gz(tmp_path, name):
    packed = bytearray(damaged(name))
    middle = len(packed) // 2
    packed[middle : middle + 40] = b"\xff" * 40
    found = read(tmp_path, name, bytes(packed))
    assert isinstance(found[0], Article)
    assert isinstance(found[-1], Rejected)
    assert found[-1].reason == "unreadable"


def test_gz_cut_inside_its_header(tmp_path):
    check(*read(tmp_path, "x.jsonl.gz", gzip.compress(line())[:5]), "unreadable", 0, "cannot be read")


def test_invalid_utf8_in_json_lines(tmp_path):
    broken = b'{"text": "caf\xe9"}\n'
    first, bad, last = read(tmp_path, "x.jsonl", line(id="a") + broken + line(id="b"))
    assert (first.article_id, last.article_id) == ("a", "b")
    check(bad, "unreadable", 2, "0xE9", "position 14 of the line", "UTF-8")


def test_invalid_utf8_in_csv(tmp_path):
    found = read(
        tmp_path, "x.csv", b"judul,isi\nSatu," + TEXT.encode().replace(b",", b"") + b"\nCaf\xe9,isi\n"
    )
    assert isinstance(found[0], Article)
    check(found[1], "unreadable", 2, "0xE9", "line 3", "column 'judul'", "character 4")


def test_invalid_utf8_in_txt(tmp_path):
    check(
        *read(tmp_path, "x.txt", TEXT.encode() + b"\x80"),
        "unreadable",
        1,
        "0x80",
        f"position {len(TEXT) + 1} of the file",
    )


def test_invalid_utf8_in_json(tmp_path):
    content = b"[" + line(id="a") + b', {"id": "b", "text": "caf\xe9"}, ' + line(id="c") + b"]"
    first, bad, last = read(tmp_path, "x.json", content)
    assert (first.article_id, last.article_id) == ("a", "c")
    check(bad, "unreadable", 2, "0xE9")


def test_invalid_utf8_in_a_wrapped_list_costs_one_record(tmp_path):
    content = b'{"data": [' + line(id="a") + b', {"id": "b", "text": "caf\xe9"}]}'
    first, bad = read(tmp_path, "x.json", content)
    assert first.article_id == "a"
    check(bad, "unreadable", 2, "0xE9", "'text'")
    assert bad.article_id == "b"


def test_utf16_cut_inside_a_character(tmp_path):
    check(*read(tmp_path, "x.txt", TEXT.encode("utf-16")[:-1]), "unreadable", 1, "UTF-8")


def test_lone_surrogate(tmp_path):
    bad, good = read(
        tmp_path,
        "x.jsonl",
        b'{"id": "\\ud83d", "text": "' + TEXT.encode() + b'"}\n' + line(title="\U0001f600"),
    )
    check(bad, "unreadable", 1, "U+D83D", "'id'")
    assert good.title == "\U0001f600"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.txt", (TEXT + "\0").encode()),
        ("x.jsonl", line(text=TEXT + "\0")),
        ("x.json", b"[" + line(title="judul\0") + b"]"),
        ("x.csv", f'text\n"{TEXT}\0"\n'.encode()),
    ],
)
def test_nul_bytes(tmp_path, name, content):
    check(*read(tmp_path, name, content), "unreadable", 1, "NUL at character")


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (b'[1, "dua"]', "list"),
        (b'"teks"', "string"),
        (b"17", "number"),
        (b"null", "null"),
        (b'{"text": "terpotong', "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b'{"id": ' + b"9" * 5000 + b"}", "no JSON"),
        (b"<html>", "no JSON"),
    ],
)
def test_json_line_that_is_no_object(tmp_path, bad, words):
    found = read(tmp_path, "x.jsonl", line(id="a") + bad + b"\n" + line(id="b"))
    assert outcome(found) == ["a", "unreadable", "b"]
    check(found[1], "unreadable", 2, words)


def test_list_in_a_json_list(tmp_path):
    found = read(tmp_path, "x.json", b"[" + line(id="a") + b", [1], " + line(id="b") + b"]")
    assert outcome(found) == ["a", "unreadable", "b"]


@pytest.mark.parametrize(
    ("tail", "words"),
    [
        (b', {"text": "x" "y"}]', "byte"),
        (b", ", "does not end"),
        (b" {}]", "comma"),
        (b"] []", "more after"),
        (b"", "does not end"),
        (b", " + b"[" * 100_000, "recursion"),
    ],
)
def test_broken_json_list_gives_what_stands_before(tmp_path, tail, words):
    first, bad = read(tmp_path, "x.json", b"[" + line(id="a") + tail)
    assert first.article_id == "a"
    check(bad, "unreadable", 2, words)


def test_broken_line_in_json_lines_called_json(tmp_path):
    found = read(tmp_path, "x.json", line(id="a") + b'{"text": oops}\n' + line(id="b"))
    assert outcome(found) == ["a", "unreadable", "b"]


def test_no_json_at_all_is_one_rejection(tmp_path):
    page = b"<html>\n<body>\n" + b"<p>Nota kesepahaman</p>\n" * 100_000
    check(*read(tmp_path, "x.json", page), "unreadable", 1, "byte 1:")


def test_broken_object_that_is_printed_over_many_lines_is_one_rejection(tmp_path):
    page = json.dumps({"data": [{"text": TEXT}] * 500}, indent=1).replace("}\n", ";\n", 1)
    check(*read(tmp_path, "x.json", page.encode()), "unreadable", 1, "byte")


def test_ragged_csv(tmp_path):
    content = f'id,judul,isi\na,Judul,"{TEXT}"\nb,Judul\nc,Judul,"{TEXT}",lebih\n\nd,Judul,"{TEXT}"\n'
    found = read(tmp_path, "x.csv", content.encode())
    assert outcome(found) == ["a", "unreadable", "unreadable", "d"]
    check(found[1], "unreadable", 2, "line 3", "2 cells", "header has 3")
    check(found[2], "unreadable", 3, "line 4", "4 cells")
    assert found[3].record == 4


def test_unclosed_quote_costs_its_own_row(tmp_path):
    content = f'id,isi\na,"{TEXT}"\nb,"terbuka {TEXT}\nc,"{TEXT}"\nd,"{TEXT}"\n'
    found = read(tmp_path, "x.csv", content.encode())
    assert outcome(found) == ["a", "unreadable", "c", "d"]
    check(found[1], "unreadable", 2, "line 3", "quotes")


def test_unclosed_quote_at_the_end(tmp_path):
    found = read(tmp_path, "x.tsv", f'id\tisi\na\t{TEXT}\nb\t"{TEXT}'.encode())
    assert outcome(found) == ["a", "unreadable"]


def test_quotes_that_are_not_doubled_are_not_guessed(tmp_path):
    found = read(tmp_path, "x.csv", f'id,isi\na,"Kata "damai" itu, {TEXT}"\nb,"{TEXT}"\n'.encode())
    assert outcome(found) == ["unreadable", "b"]


@pytest.mark.parametrize("name", ["x.csv", "x.tsv"])
def test_missing_text_column_names_the_columns(tmp_path, name):
    mark = "," if name == "x.csv" else "\t"
    (item,) = read(
        tmp_path,
        name,
        mark.join(["no", "Judul Utama", "paragraf"]).encode() + b"\n1" + mark.encode() * 2 + b"\n",
    )
    check(item, "no_text_column", 0, "'no'", "'Judul Utama'", "'paragraf'", "--map text=")
    assert item.reason in READ_FAULTS


def test_missing_text_in_a_record(tmp_path):
    found = read(
        tmp_path,
        "x.jsonl",
        b'{"id": "a", "title": "Judul", "url": "https://x.example/2024/04/27/b", "catatan": 1}\n',
    )
    check(*found, "unreadable", 1, "no text", "'catatan'", "--map text=")
    assert (found[0].article_id, found[0].title, found[0].published, found[0].published_from) == (
        "a",
        "Judul",
        "2024-04-27",
        "url",
    )


@pytest.mark.parametrize("text", [None, "", "  \n "])
def test_blank_text(tmp_path, text):
    check(*read(tmp_path, "x.jsonl", line(text=text)), "unreadable", 1, "no text")


@pytest.mark.parametrize(
    ("field", "value"), [("text", ["a"]), ("text", 5), ("title", ["a"]), ("title", {"id": "a"})]
)
def test_text_and_title_of_another_type(tmp_path, field, value):
    check(*read(tmp_path, "x.jsonl", line(**{field: value})), "unreadable", 1, field, "not a string")


def test_too_short(tmp_path):
    short, enough = "a" * (MIN_TEXT - 1), "a" * MIN_TEXT
    found = read(
        tmp_path,
        "x.jsonl",
        line(id="a", text=f"  {short}\n", title="Judul", outlet="Pos") + line(id="b", text=enough),
    )
    check(found[0], "too_short", 1, str(MIN_TEXT))
    assert (found[0].article_id, found[0].title, found[0].outlet) == ("a", "Judul", "Pos")
    assert found[0].reason not in READ_FAULTS
    assert isinstance(found[1], Article)


def test_unreadable_file(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "b.txt").write_text(TEXT)
    bad, good = read_articles([str(tmp_path)])
    check(bad, "unreadable", 0, "No such file")
    assert good.text == TEXT


def test_file_that_cannot_be_opened(tmp_path, monkeypatch):
    path = tmp_path / "x.jsonl"
    path.write_bytes(line())

    real = type(path).open

    def denied(self, *args, **options):
        if self == path:
            raise PermissionError(13, "Permission denied")
        return real(self, *args, **options)

    monkeypatch.setattr(type(path), "open", denied)
    check(*read_articles([str(path)]), "unreadable", 0, "Permission denied")


def test_unknown_suffix_is_reported(tmp_path):
    (tmp_path / "catatan.md").write_text("# catatan")
    (tmp_path / "x.jsonl").write_bytes(line(id="a"))
    found = list(read_articles([str(tmp_path)]))
    assert outcome(found) == ["unknown_format", "a"]
    check(found[0], "unknown_format", 0, ".jsonl", ".csv")


def test_record_larger_than_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "MAX_RECORD", 500)
    found = read(tmp_path, "x.jsonl", line(id="a") + line(id="b", text=TEXT * 20) + line(id="c"))
    assert outcome(found) == ["a", "unreadable", "c"]
    check(found[1], "unreadable", 2, "larger than")
    check(*read(tmp_path, "x.txt", TEXT.encode() * 20), "unreadable", 1, "larger than")


def test_json_object_larger_than_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr("sepaham.ingestion.jsonfile.MAX_RECORD", 1000)
    check(
        *read(tmp_path, "x.json", b'{"text": "' + TEXT.encode() * 30_000 + b'"}'),
        "unreadable",
        1,
        "larger than",
    )


def test_missing_inputs_say_what_to_do(tmp_path):
    (tmp_path / "kosong").mkdir()
    for given, word in [
        ("tiada.jsonl", "not there"),
        ("*.jsonl", "matches no file"),
        ("kosong", "holds no files"),
    ]:
        with pytest.raises(InputError, match=word):
            discover([str(tmp_path / given)])


def test_rejections_are_frozen_records():
    assert items.Rejected.model_config["frozen"] is True
