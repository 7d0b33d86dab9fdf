"""Input that is made to break its reader: deep, huge, packed and self-referring; each costs itself only."""

import json
import random
import tempfile
from pathlib import Path

import pytest

from sepaham.ingestion import Rejected, markup, read_articles, webpage
from sepaham.ingestion.markup import PageError, parse
from sepaham.records import Article

TEXT = (
    "Wali Kota Madiun dan Direktur PT Rimba Jati meneken nota kesepahaman pengelolaan sampah di Balai Kota."
)


def paragraph(number):
    return f"<p>{TEXT[:-1]} untuk kelurahan ke-{number}, berlaku {number % 9 + 1} tahun.</p>"


def read(tmp_path, content, name="x.html"):
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_articles([str(tmp_path / name)]))


def check(item, reason, *words):
    assert isinstance(item, Rejected)
    assert item.reason == reason
    for word in words:
        assert word in item.detail
    item.model_dump_json().encode()


@pytest.mark.parametrize("tag", ["div", "b", "span", "table><tr><td", "ul><li", "blockquote"])
def test_html_nested_ten_thousand_deep_is_rejected(tmp_path, tag):
    (item,) = read(tmp_path, f"<html><body>{paragraph(1)}" + f"<{tag}>" * 10_000 + paragraph(2))
    check(item, "unreadable", "nested too deep")


@pytest.mark.parametrize("depth", [300, 1000, 1900])
def test_html_that_is_only_deep_is_read_whole(tmp_path, depth):
    body = "<div>" * depth + paragraph(1) * 3 + "</div>" * depth + f"<div>{paragraph(2)}</div>"
    (article,) = read(tmp_path, f"<html><body><h1>Judul halaman ini</h1>{body}</body></html>")
    assert "kelurahan ke-1" in article.text
    assert "kelurahan ke-2" in parse((tmp_path / "x.html").read_text()).text_content()


ENTITIES = "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(12))
BOMB = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha">{ENTITIES}]>'


@pytest.mark.parametrize("name", ["x.html", "x.xhtml"])
def test_entities_are_not_expanded(tmp_path, name):
    page = (
        f"{BOMB}<html xmlns='http://www.w3.org/1999/xhtml'><body><article><p>&m; {TEXT}</p></article></body>"
    )
    (article,) = read(tmp_path, page, name)
    assert f"&m; {TEXT}" in article.text
    assert "haha" not in article.text


def test_outer_entities_are_not_fetched(tmp_path):
    (tmp_path / "rahasia.txt").write_text("rahasia negara")
    page = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/rahasia.txt">]>'
        f'<html xmlns:xi="http://www.w3.org/2001/XInclude"><body><xi:include href="file://{tmp_path}/rahasia.txt"/>'
        f"<article><p>&x; {TEXT}</p></article></body></html>"
    )
    (article,) = read(tmp_path, page)
    assert "rahasia negara" not in article.body
    assert TEXT in article.text


def test_tag_of_a_hundred_thousand_attributes(tmp_path):
    attributes = " ".join(f"a{n}=1" for n in range(100_000))
    check(
        *read(tmp_path, f"<html><body><div {attributes}>{paragraph(1)}</div></body></html>"),
        "unreadable",
        "attributes",
    )


def test_long_quoted_attribute_is_no_such_tag(tmp_path):
    drawing = "M 10 20 L " * 20_000
    (article,) = read(
        tmp_path,
        f'<html><body><svg><path d="{drawing}"/></svg><article>{paragraph(1)}</article></body></html>',
    )
    assert "kelurahan ke-1" in article.text


def test_page_of_many_elements_is_read_in_linear_time(tmp_path, monkeypatch):
    """Beyond the bounds trafilatura's quadratic rules are not asked."""
    called = []
    monkeypatch.setattr("trafilatura.bare_extraction", lambda *args, **options: called.append(args))
    links = "".join(f"<a href='/{n}'>tautan {n}</a> dan <b>tebal</b> {n} " for n in range(20_000))
    (article,) = read(tmp_path, f"<html><body><article><h1>Judul</h1><p>{links}</p></article></body></html>")
    assert article.text.count("tautan") == 20_000
    assert not called


def test_article_of_fifty_megabytes(tmp_path):
    text = (TEXT + " ") * (50_000_000 // (len(TEXT) + 1))
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"id": "besar", "text": text}) + "\n" + json.dumps({"id": "b", "text": TEXT})
    )
    (tmp_path / "b.txt").write_text(text)
    big, small, plain = read_articles([str(tmp_path)])
    assert (big.text, small.text, plain.text) == (text, TEXT, text)


def test_page_of_megabytes_is_read_whole(tmp_path):
    paragraphs = "".join(map(paragraph, range(35_000)))
    (article,) = read(
        tmp_path, f"<html><body><h1>Judul panjang</h1><article>{paragraphs}</article></body></html>"
    )
    assert len(article.text) > 4_000_000
    assert "kelurahan ke-34999" in article.text


def test_page_larger_than_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(webpage, "MAX_RECORD", 1000)
    check(*read(tmp_path, paragraph(1) * 20), "unreadable", "larger than")


@pytest.mark.parametrize(
    "content",
    [
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script>" + paragraph(1),
        '<script type=\'application/ld+json\'>{"@graph": {"a": 1}, "@type": {}, "publisher": [[]]}</script>'
        + paragraph(1),
        "<script type='application/ld+json'>null</script><meta content='x'><meta name='date' content=''>"
        + paragraph(1),
        "<meta property='og:title' content='\x01\x02'><meta name='date' content='99999999999'>"
        + paragraph(1),
        "<h1>" + "x" * 300_000 + "</h1>" + paragraph(1),
        "<div class='" + "date " * 100_000 + "'>" + paragraph(1),
        "<title></title><h1></h1><link rel=canonical><base href='javascript:1'>" + paragraph(1),
        "<frameset><frame src=a></frameset><noframes>" + paragraph(1) + "</noframes>",
        "<plaintext>" + TEXT,
        "&#0;&#xD800;&#x110000;&#99999999999;" + paragraph(1),
        "\0\0<p>\0" + TEXT,
    ],
)
def test_strange_pages_give_one_item_that_can_be_written(tmp_path, content):
    (item,) = read(tmp_path, content)
    item.model_dump_json().encode()
    assert isinstance(item, Article) or item.reason in ("unreadable", "too_short")


def test_faults_of_the_extractor_are_rejections(tmp_path, monkeypatch):
    def broken(*args, **options):
        raise RecursionError("maximum recursion depth exceeded")

    monkeypatch.setattr("trafilatura.bare_extraction", broken)
    check(*read(tmp_path, paragraph(1)), "unreadable", "RecursionError")


def test_parser_limits_are_told_apart():
    assert parse("") is None
    with pytest.raises(PageError, match="2000 attributes"):
        parse("<p " + "a " * 20_001 + ">")
    assert markup.parse("<p>a</p>").text_content() == "a"


def test_damaged_files_of_all_formats(shaken):
    """Bytes changed, cut out or put in at random: always items, each of which can be written."""
    rng = random.Random(7)
    for name, content in shaken.items():
        for _ in range(60):
            broken = bytearray(content)
            at = rng.randrange(len(broken))
            match rng.randrange(4):
                case 0:
                    del broken[at:]
                case 1:
                    del broken[at : at + rng.randrange(100)]
                case 2:
                    broken[at:at] = rng.randbytes(rng.randrange(100))
                case _:
                    for _ in range(rng.choice((1, 3, 20))):
                        broken[rng.randrange(len(broken))] = rng.randrange(256)
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / name
                path.write_bytes(bytes(broken))
                found = list(read_articles([str(path)]))
            assert found, name
            for item in found:
                item.model_dump_json().encode()


@pytest.fixture(scope="module")
def shaken():
    """One small file of every format that is not text."""
    import io
    import zipfile

    import pyarrow as pa
    import pyarrow.parquet as pq
    import zstandard

    lines = "".join(
        json.dumps({"id": n, "text": f"{TEXT} {n * 7919 % 997}"}) + "\n" for n in range(40)
    ).encode()
    table, archive = io.BytesIO(), io.BytesIO()
    pq.write_table(
        pa.table({"id": ["a", "b"] * 20, "isi": [TEXT + str(n) for n in range(40)]}), table, row_group_size=20
    )
    page = f"<html><title>Judul</title><body><article>{paragraph(1)}</article></body></html>".encode()
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/a\r\n"
        b"Content-Type: application/http\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block)
    )
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as members:
        for name, content in (
            ("a.jsonl", lines),
            ("b.parquet", table.getvalue()),
            ("c.warc", record),
            ("d.html", page),
        ):
            members.writestr(name, content)
    return {
        "x.parquet": table.getvalue(), "x.jsonl.zst": zstandard.compress(lines), "x.zip": archive.getvalue(),
        "x.warc": record * 3, "x.html": page,
    }  # fmt: skip
