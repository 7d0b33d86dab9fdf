"""WARC: the web pages in its HTTP responses, one item each; damage costs one record."""

import gzip
import io
import zlib

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sepaham.ingestion import Page, Rejected, discover, read_articles, read_items
from sepaham.ingestion.http import NotReadableError, body_of, parse_headers, split_head

TITLE = "Undana dan Pemkab Sabu Raijua Sepakati Riset Garam"
TEXT = (
    "KUPANG - Universitas Nusa Cendana dan Pemerintah Kabupaten Sabu Raijua menyepakati kerja sama riset "
    "garam di Seba. Perjanjian berlaku lima tahun dan dimulai dengan pemetaan tambak di tiga kecamatan."
)
HTML = f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1><article><p>{TEXT}</p></article></body></html>"


class Writer(WARCWriter):
    """warcio's writer, without the temporary file that it leaves open."""

    @staticmethod
    def _create_temp_file():
        return io.BytesIO()


def warc(records, packed=True):
    target = io.BytesIO()
    writer = Writer(target, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "tes"}))
    for uri, kind, status, media, payload, *more in records:
        line, protocol = ("GET / HTTP/1.1", "") if kind == "request" else (status, "HTTP/1.1")
        http = StatusAndHeaders(line, [("Content-Type", media), *more], protocol=protocol)
        record = writer.create_warc_record(
            uri,
            kind,
            payload=io.BytesIO(payload),
            http_headers=http if kind in ("response", "request") else None,
            warc_headers_dict={"WARC-Date": "2024-06-07T01:02:03Z"},
        )
        writer.write_record(record)
    return target.getvalue()


def response(n=1, html=HTML, status="200 OK", media="text/html; charset=utf-8", *more):
    return (f"https://x.example/2024/06/05/garam-{n}", "response", status, media, html.encode(), *more)


def read(tmp_path, content, name="x.warc.gz"):
    (tmp_path / name).write_bytes(content)
    return list(read_articles([str(tmp_path / name)]))


def check(item, reason, record, *words):
    assert isinstance(item, Rejected)
    assert (item.reason, item.record) == (reason, record)
    for word in words:
        assert word in item.detail
    item.model_dump_json().encode()


@pytest.mark.parametrize("name", ["x.warc", "x.warc.gz", "x.warc.zst"])
def test_pages_of_a_crawl(tmp_path, name):
    content = warc([response(1), response(2)], packed=name.endswith("gz"))
    first, second = read(tmp_path, zstandard.compress(content) if name.endswith("zst") else content, name)
    assert (first.title, first.text, first.extracted) == (TITLE, TEXT, True)
    assert (first.url, first.outlet) == ("https://x.example/2024/06/05/garam-1", "x.example")
    assert (first.published, first.published_from) == ("2024-06-05", "url")
    assert (first.source_file, first.record, second.record) == (name, 2, 3)
    assert len(first.article_id) == 36
    assert first.article_id != second.article_id


def test_only_pages_are_records_of_articles(tmp_path):
    content = warc(
        [
            ("https://x.example/a", "request", "", "text/html", b""),
            response(1, status="404 Not Found"),
            response(2, status="301 Moved Permanently"),
            ("https://x.example/a.jpg", "response", "200 OK", "image/jpeg", b"\xff\xd8" * 1000),
            ("dns:x.example", "response", "200 OK", "text/dns", b"127.0.0.1"),
            ("urn:x", "metadata", "", "application/warc-fields", b"a: b\r\n"),
            ("https://x.example/b", "resource", "", "text/html", HTML.encode()),
            response(3, media="application/xhtml+xml"),
            response(4, media="TEXT/HTML"),
            response(5, media="text/plain"),
        ]
    )
    assert [item.record for item in read(tmp_path, content)] == [9, 10]


def test_page_without_text_has_its_row(tmp_path):
    first, second = read(tmp_path, warc([response(1, "<html><body></body></html>"), response(2)]))
    check(first, "too_short", 2, "no main text")
    assert first.url == "https://x.example/2024/06/05/garam-1"
    assert second.text == TEXT


def test_canonical_link_and_charset_of_the_server(tmp_path):
    html = HTML.replace("</title>", '</title><link rel="canonical" href="/asli/7">').replace("garam", "gâram")
    page = list(response(1, html, media="text/html; charset=iso-8859-9"))
    page[4] = html.encode("iso-8859-9")
    (article,) = read(tmp_path, warc([tuple(page)]))
    assert article.url == "https://x.example/asli/7"
    assert "gâram" in article.text


def test_date_after_the_crawl_is_not_believed(tmp_path):
    later = HTML.replace("<title>", '<meta name="pubdate" content="2024-06-09"><title>')
    (article,) = read(tmp_path, warc([response(1, later)]))
    assert (article.published, article.published_from) == ("2024-06-05", "url")


def test_pages_are_not_extracted_while_reading(tmp_path):
    (tmp_path / "x.warc.gz").write_bytes(warc([response(1)]))
    (page,) = read_items(discover([str(tmp_path / "x.warc.gz")])[0])
    assert isinstance(page, Page)
    assert (page.html, page.charset, page.latest) == (HTML.encode(), "utf-8", "2024-06-07")


def chunks(body, size=100):
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("headers", "pack"),
    [
        ({}, lambda body: body),
        ({"content-encoding": "gzip"}, gzip.compress),
        ({"content-encoding": "deflate"}, zlib.compress),
        ({"transfer-encoding": "chunked"}, chunks),
        (
            {"transfer-encoding": "Chunked", "content-encoding": "GZIP"},
            lambda body: chunks(gzip.compress(body), 30),
        ),
        # what crawlers stored plain although the headers still say otherwise
        ({"content-encoding": "gzip"}, lambda body: body),
        ({"content-encoding": "br"}, lambda body: body),
        ({"transfer-encoding": "chunked"}, lambda body: body),
    ],
)
def test_bodies(headers, pack):
    assert (
        body_of(
            pack(HTML.encode()), parse_headers("\r\n".join(f"{k}: {v}" for k, v in headers.items()).encode())
        )
        == HTML.encode()
    )


@pytest.mark.parametrize(
    ("headers", "payload", "words"),
    [
        (b"Content-Encoding: br", b"\x8b\x02\x80abc", "'br'"),
        (b"Content-Encoding: gzip", gzip.compress(HTML.encode())[:-20], "cut off"),
        (b"Content-Encoding: gzip", b"\x1f\x8b" + b"\0" * 50, "damaged"),
        (b"Transfer-Encoding: chunked", chunks(HTML.encode())[:-200], "chunks"),
    ],
)
def test_bodies_that_cannot_be_read(headers, payload, words):
    with pytest.raises(NotReadableError, match=words):
        body_of(payload, parse_headers(headers))


def test_packed_bomb_in_a_page(tmp_path, monkeypatch):
    monkeypatch.setattr("sepaham.ingestion.http.MAX_RECORD", 1 << 20)
    page = list(response(1, HTML, "200 OK", "text/html", ("Content-Encoding", "gzip")))
    page[4] = gzip.compress(b"<p>" + b" " * (32 << 20))
    first, second = read(tmp_path, warc([tuple(page), response(2)]))
    check(first, "unreadable", 2, "larger than", "https://x.example/2024/06/05/garam-1")
    assert second.text == TEXT


def test_page_larger_than_the_limit(tmp_path, monkeypatch):
    monkeypatch.setattr("sepaham.ingestion.warc.MAX_RECORD", 5000)
    first, second = read(tmp_path, warc([response(1, HTML + " " * 5000), response(2)]))
    check(first, "unreadable", 2, "larger than")
    assert second.text == TEXT


@pytest.mark.parametrize("packed", [True, False])
def test_truncated_crawl_gives_the_pages_before_the_break(tmp_path, packed):
    content = warc([response(n) for n in range(9)], packed)
    *articles, last = read(tmp_path, content[: len(content) * 2 // 3], "x.warc.gz" if packed else "x.warc")
    assert 4 <= len(articles) <= 6
    assert all(article.text == TEXT for article in articles)
    check(last, "unreadable", articles[-1].record + 1, "after record", "ended")


def test_wrong_length_costs_what_it_hides_and_says_so(tmp_path):
    content = warc([response(n) for n in range(5)], packed=False)
    at = content.index(b"Content-Length:", content.index(b"garam-1"))
    end = content.index(b"\r\n", at)
    shorter = content[:at] + b"Content-Length: 200" + content[end:]
    found = read(tmp_path, shorter, "x.warc")
    assert [item.record for item in found] == [2, 3, 4, 5, 6]
    check(found[1], "unreadable", 3, "Content-Length")
    assert all(item.text == TEXT for item in [found[0], *found[2:]])
    missing = content[:at] + b"X-" + content[at:]
    check(read(tmp_path, missing, "x.warc")[1], "unreadable", 3, "no Content-Length")


def test_garbage_between_records(tmp_path):
    content = (
        warc([response(1)], packed=False)
        + b"\x00\xff" * 100_000
        + b"\r\n"
        + warc([response(2)], packed=False)
    )
    assert [item.text for item in read(tmp_path, content, "x.warc")] == [TEXT, TEXT]


@pytest.mark.parametrize("content", [b"bukan arsip\n" * 50, HTML.encode(), b"\0" * 300_000])
def test_file_that_is_no_warc(tmp_path, content):
    check(*read(tmp_path, content, "x.warc"), "unreadable", 0, "no WARC record")


def test_empty_crawl(tmp_path):
    check(*read(tmp_path, b"", "x.warc"), "empty_file", 0)
    check(*read(tmp_path, warc([])), "empty_file", 0)


def test_missing_trafilatura_is_one_rejection_of_the_file(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    check(*read(tmp_path, warc([response(1), response(2)])), "needs_extra", 0, "pip install 'sepaham[warc]'")
    check(*read(tmp_path, HTML.encode(), "x.html"), "needs_extra", 0, "pip install 'sepaham[html]'")


@given(st.binary(max_size=300))
def test_any_response_has_a_status_and_a_body(block):
    status, headers, payload = split_head(block)
    assert 0 <= status <= 999
    try:
        assert isinstance(body_of(payload, headers), bytes)
    except NotReadableError:
        assert headers.keys() & {"content-encoding", "transfer-encoding"}
