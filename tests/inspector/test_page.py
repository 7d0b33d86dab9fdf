"""The page as a file: what it holds, and that nothing of the dump is markup in it."""

import base64
import gzip
import json
import re
from pathlib import Path

import pytest

from sepaham import batch
from sepaham.errors import InputError
from sepaham.inspector import write_page
from sepaham.inspector.page import content_hash, inert, policy, script, strings

EVIL = "</script><script>document.title='run'</script><img src=x onerror=alert(1)>"
BLOCK = re.compile(r'<script type="application/(?:gzip|json)" id="(\w+)">([^<]*)</script>')


def blocks(page: str) -> dict[str, str]:
    return dict(BLOCK.findall(page))


def unpacked(text: str) -> dict:
    return json.loads(gzip.decompress(base64.b64decode(text)))


def dump(folder: Path, **more: str) -> Path:
    path = folder / "dump.jsonl"
    article = {
        "id": "<b>1",
        "title": f"Bupati Sleman dan Bupati Bantul Teken MoU {EVIL}",
        "text": "Bupati Sleman Hanung <script>alert(1)</script> Prasetya dan Bupati Bantul Tri Asmoro "
        "menandatangani nota kesepahaman pengelolaan sampah di Aula Kantor Bupati Sleman, Jumat (26/4/2024). "
        f"Keduanya sepakat berbagi tempat pembuangan akhir 🙂 selama tiga tahun. {EVIL}",
        "published": "2024-04-27",
        "outlet": EVIL,
        "url": "javascript:alert(1)",
    }
    path.write_text(json.dumps({**article, **more}, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def test_every_agreement_is_in_the_page_with_its_article(extracted: Path, tmp_path: Path) -> None:
    report = write_page(extracted, tmp_path / "page.html")
    found = blocks((tmp_path / "page.html").read_text(encoding="utf-8"))
    lines = (extracted / "agreements.jsonl").read_text(encoding="utf-8").splitlines()
    assert report.agreements == len(lines) == report.texts
    assert report.without_text == 0
    chunk = unpacked(found["chunk0"])
    for line, shown in zip(map(json.loads, lines), chunk["agreements"], strict=True):
        text = chunk["texts"][line["article_id"]]["text"]
        for whole, short in zip(line["evidence"], shown["evidence"], strict=True):
            quote = whole.pop("quote")
            assert whole == short
            assert quote is None or text[short["start"] : short["end"]] == quote
    assert unpacked(found["index"])["id"] == [json.loads(line)["agreement_id"] for line in lines]


def test_the_same_folder_gives_the_same_page(extracted: Path, tmp_path: Path) -> None:
    write_page(extracted, tmp_path / "a.html")
    write_page(extracted, tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_only_the_pages_own_script_may_run_and_nothing_is_loaded(extracted: Path, tmp_path: Path) -> None:
    write_page(extracted, tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    rule = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert rule is not None
    assert "default-src 'none'" in rule[1]
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in rule[1]
    assert "unsafe" not in rule[1]
    runnable = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(runnable) == 1
    assert f"script-src {content_hash(runnable[0])};" in rule[1]
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    assert f"style-src {content_hash(style[1])};" in rule[1]
    assert rule[1] == policy(script(), style[1])
    assert not re.search(r"<(?:link|img|iframe|object|embed)\b|\son\w+=|\bsrc=", page)
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write\b|\beval\(|new Function", script()
    )


def test_nothing_of_the_dump_is_markup(tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch.run(batch.Settings(inputs=(str(dump(tmp_path)),), out=out))
    assert write_page(out, tmp_path / "page.html").agreements == 1
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "onerror" not in page.replace(script(), "")
    assert page.count("<script") == len(blocks(page)) + 1
    assert EVIL in unpacked(blocks(page)["index"])["title"][0]


def test_json_in_a_script_element_holds_no_tag() -> None:
    data = {"a": "</script>", "b": "<!--", "c": "\u2028"}
    assert "<" not in inert(data)
    assert json.loads(inert(data)) == data


def test_without_the_articles_the_quotes_stay(out: Path, tmp_path: Path) -> None:
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    inputs, run["settings"]["inputs"] = run["settings"]["inputs"], ["nowhere"]
    (out / "run.json").write_text(json.dumps(run), encoding="utf-8")
    report = write_page(out, tmp_path / "page.html")
    assert (report.texts, report.without_text) == (0, 29)
    chunk = unpacked(blocks((tmp_path / "page.html").read_text(encoding="utf-8"))["chunk0"])
    assert chunk["agreements"][0]["evidence"][0]["quote"] == "Pemerintah Kota Pangkalpinang"
    assert write_page(out, tmp_path / "page.html", inputs=inputs).without_text == 0


def test_an_article_that_was_changed_since_is_not_shown(tmp_path: Path) -> None:
    out, source = tmp_path / "out", dump(tmp_path)
    batch.run(batch.Settings(inputs=(str(source),), out=out))
    dump(tmp_path, title="Judul lain")
    assert write_page(out, tmp_path / "page.html").without_text == 1


def test_an_empty_run_has_a_page_too(tmp_path: Path) -> None:
    source = tmp_path / "dump.jsonl"
    source.write_text(
        '{"text": "Harga cabai di Pasar Induk turun lagi pekan ini, kata pedagang."}\n', "utf-8"
    )
    batch.run(batch.Settings(inputs=(str(source),), out=tmp_path / "out"))
    assert write_page(tmp_path / "out", tmp_path / "page.html").agreements == 0
    found = blocks((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert unpacked(found["index"])["id"] == []


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="sepaham extract"):
        write_page(tmp_path, tmp_path / "page.html")


def test_both_languages_say_the_same_things() -> None:
    said = strings()
    assert set(said) == {"id", "en"}
    assert set(said["id"]) == set(said["en"])
    for key, text in said["en"].items():
        assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", said["id"][key])), key


def test_all_that_the_script_says_is_there() -> None:
    used = set(re.findall(r"""\bt\(["']([^"'`$]+)["']""", script()))
    assert used
    assert used <= set(strings()["en"])
