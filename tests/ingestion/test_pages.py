"""Web pages of several layouts: title, outlet, address, day, and main text without menus."""

import json

import pytest

from sepaham.ingestion import Page, Rejected, complete, discover, read_articles, read_items, text_line
from sepaham.ingestion.markup import decode
from sepaham.ingestion.webpage import extract

TITLE = "Pemkot Madiun Gandeng Rimba Jati Kelola Sampah 27 Kelurahan"
PARAGRAPHS = (
    "Madiun - Wali Kota Madiun Sutrisno dan Direktur Utama PT Rimba Jati Lestari, Hendra Wijaya, meneken "
    "nota kesepahaman pengelolaan sampah di Balai Kota, Rabu (5/6/2024).",
    "Kerja sama itu berlaku tiga tahun dan mencakup pengangkutan, pemilahan, serta pengolahan sampah.",
    "“Kami ingin sampah tidak lagi menumpuk di tempat pembuangan akhir,” kata Sutrisno seusai acara.",
    "Hendra mengatakan perusahaannya menyiapkan 12 armada dan satu rumah kompos di Kecamatan Taman.",
    "Nota kesepahaman tersebut disaksikan Sekretaris Daerah Soeko Dwi Handiarto dan para camat.",
)
TEXT = "\n".join(PARAGRAPHS)
BODY = "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)
MENU = "".join(
    f'<li><a href="/k/{name}">{name}</a></li>' for name in ("Beranda", "Nasional", "Olahraga", "Indeks")
)
POPULAR = "".join(
    f'<li><a href="/b/{n}">Judul terpopuler nomor {n} tentang cuaca</a> '
    f'<span class="date">{n} Juni 2023</span></li>'
    for n in range(1, 9)
)
FOOTER = "<footer><p>Redaksi | Pedoman Media Siber</p><p>Hak cipta 2024. Semua hak dilindungi.</p></footer>"


def ld(**values):
    return (
        '<script type="application/ld+json">'
        + json.dumps({"@context": "https://schema.org", **values})
        + "</script>"
    )


def page(head, body, title=TITLE):
    return (
        f'<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


DETIK = page(
    f'<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="detakkota">'
    '<meta name="publishdate" content="2024/06/05 14:20:11">'
    '<link rel="canonical" href="https://www.detakkota.example/jatim/d-7371/pemkot-madiun">',
    f'<nav><ul>{MENU}</ul></nav><article class="detail"><div class="page__breadcrumb"><a>detakJatim</a></div>'
    f'<h1 class="detail__title">{TITLE}</h1><div class="detail__author">Sugeng - detakJatim</div>'
    '<div class="detail__date">Rabu, 05 Jun 2024 14:20 WIB</div>'
    '<div class="detail__share"><a>Facebook</a></div>'
    f'<div class="detail__body-text">{BODY}</div><div class="detail__tag"><a>sampah</a></div></article>'
    f"<aside><h2>Terpopuler</h2><ul>{POPULAR}</ul></aside>{FOOTER}",
)
KOMPAS = page(
    f'<meta property="og:title" content="{TITLE} Halaman all - Kompos.example">'
    '<meta property="og:site_name" content="KOMPOS.example">'
    '<meta property="og:url" content="https://kota.kompos.example/read/2024/06/05/1420/madiun?page=all">'
    '<link rel="canonical" href="https://kota.kompos.example/read/2024/06/05/1420/madiun">'
    + ld(
        **{"@type": "NewsArticle", "headline": TITLE, "datePublished": "2024-06-05T07:20:11+00:00"},
        dateModified="2024-06-09T01:00:00+00:00",
        publisher={"@type": "Organization", "name": "PT Kompos Siber Media"},
    ),
    f'<div class="header__menu"><ul>{MENU}</ul></div><h1 class="read__title">{TITLE}</h1>'
    '<div class="read__time">Kompos.example - 05/06/2024, 14:20 WIB</div>'
    f'<div class="read__content">{BODY}</div>'
    f'<div class="most"><h3>Terpopuler</h3><ul>{POPULAR}</ul></div>{FOOTER}',
    title=f"{TITLE} - Kompos.example",
)
WORDPRESS = page(
    '<link rel="canonical" href="https://kabarmadiun.example/2024/06/pemkot-madiun/">'
    f'<meta property="og:title" content="{TITLE} &#8211; Kabar Madiun">'
    '<meta property="og:site_name" content="Kabar Madiun">'
    '<meta property="article:published_time" content="2024-06-04T17:30:11+00:00">'
    '<meta property="article:modified_time" content="2024-06-08T01:00:00+00:00">'
    + ld(
        **{
            "@graph": [
                {"@type": "WebPage", "datePublished": "2024-06-04T17:30:11+00:00", "name": TITLE},
                {"@type": "WebSite", "name": "Kabar Madiun"},
            ]
        }
    ),
    f'<header><div class="top-date">Senin, 9 Juni 2025</div><ul id="menu-utama">{MENU}</ul></header><main>'
    f'<article class="post"><header><h1 class="entry-title">{TITLE}</h1><div class="entry-meta">'
    '<time class="entry-date" datetime="2024-06-05T00:30:11+07:00">5 Juni 2024</time>'
    " oleh admin</div></header>"
    f'<div class="entry-content">{BODY}</div><footer class="entry-footer">Kategori: Berita</footer></article>'
    '<div id="comments"><h2>Tinggalkan Balasan</h2><p>Surel tidak akan dipublikasikan.</p></div></main>'
    f"<aside><h2>Pos-pos Terbaru</h2><ul>{POPULAR}</ul></aside>{FOOTER}",
    title=f"{TITLE} &#8211; Kabar Madiun",
)
AMP = (
    '<!doctype html><html amp lang="id"><head><meta charset="utf-8"><script async src="https://cdn.example/v0.js">'
    f"</script><title>{TITLE} | Suara Mediun</title>"
    '<link rel="canonical" href="https://www.suaramediun.example/jatim/70112/pemkot-madiun">'
    + ld(
        **{"@type": "NewsArticle", "headline": TITLE, "datePublished": "2024-06-05T14:20:11+07:00"},
        publisher={"@type": "Organization", "name": "Suara Mediun"},
    )
    + f'</head><body><amp-sidebar id="sidebar"><ul>{MENU}</ul></amp-sidebar><main><article><h1>{TITLE}</h1>'
    '<p class="byline">Abdul Jalil | Rabu, 5 Juni 2024 14:20 WIB</p><amp-img src="c.jpg"></amp-img>'
    f'<div class="article-content">{BODY}</div></article></main>'
    f'<section class="related"><h3>Berita Terkait</h3><ul>{POPULAR}</ul></section>{FOOTER}</body></html>'
)
LAYOUTS = {
    "detik": (DETIK, "detakkota", "https://www.detakkota.example/jatim/d-7371/pemkot-madiun"),
    "kompas": (KOMPAS, "KOMPOS.example", "https://kota.kompos.example/read/2024/06/05/1420/madiun"),
    "wordpress": (WORDPRESS, "Kabar Madiun", "https://kabarmadiun.example/2024/06/pemkot-madiun/"),
    "amp": (AMP, "Suara Mediun", "https://www.suaramediun.example/jatim/70112/pemkot-madiun"),
}


def read(tmp_path, content, name="berita.html"):
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_articles([str(tmp_path / name)]))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["berita.html", "berita.HTM"])
def test_layouts(tmp_path, layout, name):
    content, outlet, url = LAYOUTS[layout]
    (article,) = read(tmp_path, content, name)
    assert (article.title, article.outlet, article.url) == (TITLE, outlet, url)
    assert (article.published, article.published_from) == ("2024-06-05", "field")
    assert (article.source_file, article.record, article.extracted) == (name, 1, True)
    assert article.text == TEXT
    assert article.body == f"{TITLE}\n\n{TEXT}"


def without_dates(content):
    return content.replace("publishdate", "x").replace("datePublished", "x").replace("published_time", "x")


@pytest.mark.parametrize("layout", ["detik", "wordpress", "amp"])
def test_shown_date_near_the_title_counts_and_no_other(tmp_path, layout):
    (article,) = read(tmp_path, without_dates(LAYOUTS[layout][0]))
    assert (article.published, article.published_from) == ("2024-06-05", "dateline")


def test_day_in_the_address_goes_before_the_shown_date(tmp_path):
    content = without_dates(KOMPAS).replace("05/06/2024", "06/06/2024")
    (article,) = read(tmp_path, content)
    assert (article.published, article.published_from) == ("2024-06-05", "url")


def test_month_in_the_address_when_no_day_fits(tmp_path):
    content = without_dates(WORDPRESS).replace('datetime="2024-06-05', 'data-x="').replace("5 Juni", "5 Mei")
    (article,) = read(tmp_path, content)
    assert (article.published, article.published_from) == ("2024-06", "url")


def test_no_date_is_none(tmp_path):
    (article,) = read(tmp_path, page("", f"<article><h1>{TITLE}</h1>{BODY}</article>"))
    assert (article.published, article.published_from, article.outlet, article.url) == (
        None,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2024-06", "2024-06"), ("Juni 2024", "2024-06"), ("2024", "2024"), ("kemarin", None)],
)
def test_missing_day_is_not_filled(tmp_path, value, expected):
    head = f'<meta property="article:published_time" content="{value}">'
    assert read(tmp_path, page(head, f"<article>{BODY}</article>"))[0].published == expected


def test_related_articles_of_json_ld_are_not_the_page(tmp_path):
    other = {"@type": "NewsArticle", "headline": "Lain", "datePublished": "2019-01-02"}
    items = [{"@type": "ListItem", "position": 1, "item": other}]
    (article,) = read(
        tmp_path, page(ld(**{"@type": "ItemList", "itemListElement": items}), f"<article>{BODY}</article>")
    )
    assert article.published is None


def test_article_goes_before_the_page_in_json_ld(tmp_path):
    graph = [
        {"@type": "WebPage", "datePublished": "2020-01-01"},
        {"@type": ["Article", "NewsArticle"], "datePublished": "2024-06-05"},
    ]
    (article,) = read(tmp_path, page(ld(**{"@graph": graph}), f"<article>{BODY}</article>"))
    assert article.published == "2024-06-05"


def test_broken_json_ld_still_gives_its_date(tmp_path):
    broken = '{"@type": "NewsArticle", "datePublished": "2024-06-05", }'
    head = f'<script type="application/ld+json">{broken}</script>'
    assert read(tmp_path, page(head, f"<article>{BODY}</article>"))[0].published == "2024-06-05"


@pytest.mark.parametrize(
    ("head", "shown", "expected"),
    [
        (f"{TITLE} | Kabar Madiun", "", TITLE),
        (f"{TITLE} - Kabar Madiun", "", TITLE),
        (f"{TITLE} | Berita Kota", "", f"{TITLE} | Berita Kota"),
        (TITLE[:40] + "...", TITLE, TITLE),
        (TITLE, "Kabar Madiun", TITLE),
        ("Wali Kota - Rektor Teken MoU", "", "Wali Kota - Rektor Teken MoU"),
    ],
)
def test_title_without_the_name_of_the_site(tmp_path, head, shown, expected):
    meta = f'<meta property="og:title" content="{head}"><meta property="og:site_name" content="Kabar Madiun">'
    heading = f"<h1>{shown}</h1>" if shown else ""
    (article,) = read(tmp_path, page(meta, f"{heading}<article>{BODY}</article>", title="x"))
    assert article.title == expected


def test_title_that_opens_the_text_is_not_said_twice(tmp_path):
    (article,) = read(tmp_path, page("", f"<article><h2>{TITLE}</h2>{BODY}</article>"))
    assert article.body == f"{TITLE}\n\n{TEXT}"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://a.example/berita/1", "https://a.example/berita/1"),
        ("/berita/1", "https://b.example/berita/1"),
        ("//a.example/berita/1", "https://a.example/berita/1"),
        ("https://a.example/", "https://b.example/asal"),
        ("javascript:void(0)", "https://b.example/asal"),
        ("https://[broken/berita", "https://b.example/asal"),
        ("", "https://b.example/asal"),
    ],
)
def test_address_is_the_canonical_link(link, expected):
    html = page(f'<link rel="canonical" href="{link}">', f"<article>{BODY}</article>").encode()
    assert extract(html, "https://b.example/asal", None, None)["url"] == expected


def test_date_after_the_crawl_is_none():
    html = page('<meta property="article:published_time" content="2024-06-05">', BODY).encode()
    assert extract(html, None, None, "2024-06-04")["published"] == "2024-06-05"  # zones: a day of grace
    assert extract(html, None, None, "2024-06-03")["published"] is None


@pytest.mark.parametrize(
    ("content", "charset", "expected"),
    [
        ("Café “kopi”".encode(), None, "Café “kopi”"),
        ("Café “kopi”".encode(), "iso-8859-1", "Café “kopi”"),
        ("\ufeffCafé".encode(), None, "Café"),
        ("Café “kopi”".encode("cp1252"), None, "Café “kopi”"),
        ("Café “kopi”".encode("cp1252"), "ISO-8859-1", "Café “kopi”"),
        ("Ünlü ığdır".encode("iso-8859-9"), "iso-8859-9", "Ünlü ığdır"),
        ("<meta charset=iso-8859-9>ığdır".encode("iso-8859-9"), None, "<meta charset=iso-8859-9>ığdır"),
        ("<meta charset='gbk'>雅加达".encode("gbk"), None, "<meta charset='gbk'>雅加达"),
        (b"Caf\xe9", "utf-8", "Caf\ufffd"),
        (b"Caf\xe9", "tidak-ada", "Café"),
        (b"Caf\xe9", "rot13", "Café"),
    ],
)  # fmt: skip
def test_encodings(content, charset, expected):
    assert decode(content, charset) == expected


def test_utf16_page(tmp_path):
    assert read(tmp_path, DETIK.encode("utf-16"))[0].text == TEXT


def test_page_without_text_is_no_loss(tmp_path):
    (item,) = read(tmp_path, page("", '<div id="app"></div><script>muat()</script>'))
    assert isinstance(item, Rejected)
    assert (item.reason, item.title) == ("too_short", TITLE)
    assert "main text" in item.detail


@pytest.mark.parametrize("content", [b"", b" \n", b"\xef\xbb\xbf"])
def test_empty_page(tmp_path, content):
    (item,) = read(tmp_path, content)
    assert (item.reason, item.record) == ("empty_file", 0)


def test_pages_come_raw_and_are_completed_later(tmp_path):
    (tmp_path / "a.html").write_text(DETIK)
    (source,) = discover([str(tmp_path / "a.html")])
    (item,) = read_items(source)
    assert isinstance(item, Page)
    assert item.html == DETIK.encode()
    article = complete(item.model_copy(update={"article_id": "lain~2"}))
    assert article.article_id == "lain~2"
    assert complete(article) is article


def test_clock_is_not_read(tmp_path, monkeypatch):
    """htmldate asks for the day of today even with a latest date: it must have no say."""
    import htmldate
    import trafilatura.metadata

    def asked(*args, **kwargs):
        raise AssertionError("htmldate was asked")

    monkeypatch.setattr(htmldate, "find_date", asked)
    monkeypatch.setattr(trafilatura.metadata, "find_date", asked)
    for content, *_ in LAYOUTS.values():
        for text in (content, without_dates(content).replace("class=", "data-c=")):
            (article,) = read(tmp_path, text)
            assert TEXT in article.text


def test_kept_text_reads_back_as_the_same_article(tmp_path):
    for name, (content, *_) in LAYOUTS.items():
        (tmp_path / f"{name}.html").write_text(content)
    pages = list(read_articles([str(tmp_path)]))
    (tmp_path / "texts.jsonl").write_text("".join(map(text_line, pages)), encoding="utf-8")
    again = list(read_articles([str(tmp_path / "texts.jsonl")]))
    place = {"source_file": "", "record": 1, "extracted": False}
    assert [one.model_copy(update=place) for one in again] == [one.model_copy(update=place) for one in pages]
