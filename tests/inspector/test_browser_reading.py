"""The page in headless Chromium, opened from disk: the table, the article, and what must not happen."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sepaham import batch
from sepaham.inspector import write_page
from sepaham.inspector.page import strings

EVIL = "</script><script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"
SAID = strings()["id"]
Opened = Callable[[Path], Any]
Read = Callable[[Path], list[dict[str, Any]]]


def doubt(agreement: dict[str, Any]) -> tuple[bool, bool, float]:
    conflict = bool(agreement["date"] and agreement["date"]["conflict"])
    return not agreement["needs_review"], not conflict, min(agreement["confidence"].values())


def test_the_most_doubtful_come_first(visit: Any, extracted: Path, agreements: Read) -> None:
    by_id = {agreement["agreement_id"]: doubt(agreement) for agreement in agreements(extracted)}
    rows = visit.page.locator("#grid .grid-rows .row")
    nodes = rows.evaluate_all("rows => rows.map(row => [Number(row.dataset.place), Number(row.id.slice(3))])")
    shown = [list(by_id.values())[number] for _, number in sorted(nodes)]
    assert len(shown) > 10
    assert shown == sorted(by_id.values())[: len(shown)]


def test_the_table_is_sorted_filtered_and_searched(visit: Any) -> None:
    page = visit.page
    assert page.get_attribute("#grid", "aria-rowcount") == "30"
    page.click("[role=columnheader].title button")
    titles = [row.split("\n")[0] for row in visit.rows()]
    assert titles == sorted(titles, key=str.lower)
    page.select_option("#by-status", "planned")
    page.wait_for_selector("#grid[aria-rowcount='3']")
    page.fill("#search", "tomohon")
    page.wait_for_selector("#grid[aria-rowcount='2']")
    assert "Kota Bersaudara" in visit.rows()[0]
    page.fill("#search", "tidak ada yang begini")
    page.wait_for_selector("#grid[aria-rowcount='1']")
    assert page.inner_text("#count") == SAID["count"].replace("{n}", "0")


def test_the_marked_words_are_the_evidence(visit: Any, extracted: Path, agreements: Read) -> None:
    """In all agreements; and the pieces of the article are its text."""
    visit.page.select_option("#order", "input")
    visit.press("Escape")
    visit.page.focus("#grid")
    visit.press("Home", "Enter")
    for agreement in agreements(extracted):
        visit.page.wait_for_selector(f"#record-head >> text={agreement['agreement_id']}")
        quotes = {e["field"]: e["quote"] for e in agreement["evidence"] if e["quote"]}
        assert visit.marked() == quotes
        visit.press("j")


def test_people_have_the_colour_of_their_party(visit: Any) -> None:
    visit.open_agreement("w1-001#1")
    for number in (0, 1):
        for pointer in (f"/parties/{number}", f"/parties/{number}/signatories/0"):
            node = visit.page.locator(f'#article mark[data-facts~="{pointer}"]').first
            assert f"p{number}" in (node.get_attribute("class") or "").split()
            fact = visit.page.locator(f'[data-pointer="{pointer}"]')
            assert f"p{number}" in (fact.get_attribute("class") or "").split()


def test_conflicts_alternatives_and_reasons_are_shown(
    opened: Opened, out: Path, tmp_path: Path, agreements: Read
) -> None:
    found = agreements(out)
    first = found[0]
    first |= {"needs_review": True, "review_why": ["low_confidence"]}
    other = {"field": "/date", "start": 241, "end": 259, "quote": "Selasa (14/5/2024)", "confidence": 0.4}
    first["evidence"].append({**other, "rule": "date_elsewhere", "why": "another day"})
    first["date"]["conflict"] = "the weekday is wrong"
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in found)
    (out / "agreements.jsonl").write_text(text, encoding="utf-8")
    write_page(out, tmp_path / "page.html")
    visit = opened(tmp_path / "page.html")
    visit.open_agreement(first["agreement_id"])
    assert SAID["state.review"] in visit.page.inner_text("#record-head")
    for said in ("the weekday is wrong", "Selasa (14/5/2024)", "another day"):
        assert said in visit.fact("/date")
    assert visit.page.locator("#article mark.also").inner_text() == "Selasa (14/5/2024)"
    empty = next(a["agreement_id"] for a in found if a["date"] is None)
    visit.press("Escape")
    visit.open_agreement(empty)
    key = "why.no date in or beside the sentence that reports the signing"
    assert SAID[key] in visit.fact("/date")


def test_without_the_article_its_quotes_are_shown(opened: Opened, out: Path, tmp_path: Path) -> None:
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    run["settings"]["inputs"] = ["nowhere"]
    (out / "run.json").write_text(json.dumps(run), encoding="utf-8")
    write_page(out, tmp_path / "page.html")
    visit = opened(tmp_path / "page.html")
    visit.open_agreement("w1-001#1")
    assert SAID["no_text"] in visit.page.inner_text("#article")
    assert "Pemkab Magelang" in visit.page.inner_text("#article")
    visit.press("5", "w", "a", "Shift+A")
    assert "2 koreksi" in visit.page.inner_text("#progress")


def test_a_page_without_agreements_opens(opened: Opened, tmp_path: Path) -> None:
    source = tmp_path / "dump.jsonl"
    source.write_text(
        '{"text": "Harga cabai di Pasar Induk turun lagi pekan ini, kata pedagang."}\n', "utf-8"
    )
    batch.run(batch.Settings(inputs=(str(source),), out=tmp_path / "out"))
    write_page(tmp_path / "out", tmp_path / "page.html")
    visit = opened(tmp_path / "page.html")
    visit.press("j", "k", "End", "o", "?", "Escape")
    assert visit.page.inner_text("#count") == SAID["count"].replace("{n}", "0")


def test_nothing_of_the_dump_runs(opened: Opened, tmp_path: Path, agreements: Read) -> None:
    article = {
        "id": f"1{EVIL}",
        "title": f"Bupati Sleman dan Bupati Bantul Teken MoU {EVIL}",
        "text": f"Bupati Sleman Hanung {EVIL} Prasetya dan Bupati Bantul Tri Asmoro menandatangani nota "
        "kesepahaman pengelolaan sampah di Aula Kantor Bupati Sleman, Jumat (26/4/2024) 🙂🙂. Nota "
        f"kesepahaman itu berlaku selama tiga tahun. {EVIL}",
        "published": "2024-04-27",
        "outlet": EVIL,
        "url": "javascript:document.title='run'",
    }
    source = tmp_path / "dump.jsonl"
    source.write_text(json.dumps(article, ensure_ascii=False) + "\n", encoding="utf-8")
    batch.run(batch.Settings(inputs=(str(source),), out=tmp_path / "out"))
    given = agreements(tmp_path / "out")
    for party in given[0]["parties"]:
        party["name"] += EVIL
    (tmp_path / "out" / "agreements.jsonl").write_text(json.dumps(given[0]) + "\n", encoding="utf-8")
    write_page(tmp_path / "out", tmp_path / "page.html")
    visit = opened(tmp_path / "page.html")
    visit.press("Enter")
    visit.page.wait_for_selector("#article .text")
    shown = visit.page.locator("#article .text").evaluate("node => node.textContent")
    assert shown == f"{article['title']}\n\n{article['text']}"
    assert EVIL in visit.fact("/parties/0")
    assert EVIL in visit.page.inner_text("#record-head")
    visit.press("4", "e", "Escape", "x", "Escape", "?", "Escape")
    assert visit.page.evaluate("document.querySelectorAll('img, iframe, a[href^=javascript]').length") == 0
    assert visit.page.title() == SAID["title"]
    quotes = {e["field"]: e["quote"] for e in given[0]["evidence"] if e["quote"]}
    assert visit.marked() == quotes, "offsets count code points, also behind characters of two units"
    write = (
        "() => { try { document.body.innerHTML = '<b>x</b>'; return 'done'; } catch { return 'refused'; } }"
    )
    assert visit.page.evaluate(write) == "refused"
    visit.faults.clear()  # the browser tells of the refusal


def test_a_long_table_keeps_few_rows_in_the_page(opened: Opened, out: Path, tmp_path: Path) -> None:
    lines = (out / "agreements.jsonl").read_text(encoding="utf-8").splitlines()
    rows = (out / "articles.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    tail = "," * (rows[0].count(",") - 11)
    with (out / "agreements.jsonl").open("w") as nested, (out / "articles.csv").open("w") as articles:
        articles.write(rows[0])
        for number in range(3000):
            data = json.loads(lines[number % len(lines)])
            data |= {"agreement_id": f"a{number}#1", "article_id": f"a{number}"}
            nested.write(json.dumps(data) + "\n")
            articles.write(f"a{number},agreement,,Berita {number},,,,,dump.jsonl,{number + 1},,{tail}\n")
    write_page(out, tmp_path / "page.html")
    visit = opened(tmp_path / "page.html")
    visit.page.select_option("#order", "input")
    count = "document.querySelectorAll('#grid .grid-rows .row').length"
    for place in (0, 50_000, 10_000, 10_300, 168_000, 90_000):
        visit.page.evaluate(f"document.querySelector('#grid').scrollTop = {place}")
        visit.page.wait_for_selector(f"[aria-rowindex='{min(place // 56 + 4, 2990)}']")
        assert visit.page.evaluate(count) < 60
    shown = [row.split("\n")[0] for row in visit.rows()]
    numbers = [int(title.removeprefix("Berita ")) for title in shown]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    visit.page.focus("#grid")
    visit.press("End", "Enter")
    visit.page.wait_for_selector("#record-head >> text=a2999#1")


def test_on_a_phone_one_view_at_a_time_fits_the_screen(visit: Any) -> None:
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 800})
    wide = "document.documentElement.scrollWidth > innerWidth"
    assert not page.evaluate(wide)
    page.click("#grid .grid-rows .row >> nth=0")
    page.wait_for_selector("#article .text")
    assert not page.is_visible("#list")
    assert not page.evaluate(wide)
    page.click("[data-pointer='/date']")
    box = page.locator("[data-pointer='/date'] .do button").first.bounding_box()
    assert box is not None
    assert box["height"] >= 40, "large enough for a finger"
    page.click(".back")
    assert page.is_visible("#list")


def test_the_language_changes_all_that_the_page_says(visit: Any) -> None:
    visit.open_agreement("w1-001#1")
    assert visit.page.get_attribute("html", "lang") == "id"
    visit.page.click("#language")
    assert visit.page.get_attribute("html", "lang") == "en"
    assert strings()["en"]["slot.date"] in visit.fact("/date")
    assert strings()["en"]["whole.accept"] in visit.page.inner_text("#record-head")
    visit.load()
    assert visit.page.get_attribute("html", "lang") == "en", "the choice is kept"


def test_single_letter_shortcuts_can_be_turned_off(visit: Any) -> None:
    visit.press("?")
    visit.page.uncheck("#keys-on")
    visit.press("Escape", "Enter")
    visit.page.wait_for_selector("#article .text")
    visit.press("Shift+A")
    assert "0 koreksi" in visit.page.inner_text("#progress")
    visit.press("Escape")
    assert visit.page.is_hidden("#record"), "keys that are no letters go on"


@pytest.fixture(scope="session")
def axe() -> str:
    package = pytest.importorskip(
        "axe_playwright_python", reason="needs the Python package axe-playwright-python"
    )
    return (Path(next(iter(package.__path__))) / "axe.min.js").read_text(encoding="utf-8")


def test_axe_finds_no_serious_fault_in_any_view(visit: Any, axe: str) -> None:
    page = visit.page
    page.evaluate(axe)
    run = "async () => (await axe.run()).violations.map(v => [v.impact, v.id, v.nodes[0].html.slice(0, 200)])"

    def check(view: str) -> None:
        assert [fault for fault in page.evaluate(run) if fault[0] in ("serious", "critical")] == [], view

    check("table")
    visit.open_agreement("w1-001#1")
    check("record")
    visit.press("4")
    check("chosen fact")
    visit.press("e")
    check("form of a party")
    visit.press("Escape", "8", "e")
    check("form of the fields")
    visit.press("Escape", "5", "w")
    check("picking words")
    visit.press("Escape", "5", "r", "+")
    check("adding")
    visit.press("Escape", "?")
    check("help")
    visit.press("Escape", "x")
    check("export")
    visit.press("Escape")
    page.set_viewport_size({"width": 390, "height": 800})
    check("phone record")
    visit.press("Escape")
    check("phone table")
