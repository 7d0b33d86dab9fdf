"""Corrections in headless Chromium: from a key press to a corrected table and to gold."""

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sepaham import read_tables
from sepaham.inspector import apply_corrections, gold_from_corrections, write_page
from sepaham.inspector.page import strings

SAID = strings()["id"]
Opened = Callable[[Path], Any]
Read = Callable[[Path], list[dict[str, Any]]]


def test_three_fields_are_corrected_by_keyboard_and_reach_the_tables(
    visit: Any, out: Path, tmp_path: Path, opened: Opened
) -> None:
    visit.open_agreement("w1-001#1")
    visit.press("5", "w")
    visit.type("selasa (")
    visit.press("Enter")
    assert "Selasa (14/5/2024)" in visit.fact("/date")
    visit.press("6", "w")
    visit.press(*["Shift+ArrowRight"] * 5, "Enter")
    assert "Aula Kantor Perwakilan Bank Indonesia Bangka Belitung" in visit.fact("/venue")
    visit.press("1", "e", "ArrowDown", "Enter")
    assert SAID["status.planned"] in visit.fact("/status")
    given = visit.export(tmp_path / "corrections.json")
    report = apply_corrections(out, given)
    assert (report.applied, report.unplaced) == (3, ())
    row = read_tables(out)["agreements"].set_index("agreement_id").loc["w1-001#1"]
    assert row["date_text"] == "Selasa (14/5/2024)"
    assert str(row["date_min"])[:10] == "2024-05-14", "worked out from the words"
    assert row["venue_text"] == "Aula Kantor Perwakilan Bank Indonesia Bangka Belitung"
    assert row["status"] == "planned"
    write_page(out, tmp_path / "again.html")
    again = opened(tmp_path / "again.html")
    again.open_agreement("w1-001#1")
    assert "Ani" in again.fact("/venue")
    assert again.marked()["/date"] == "Selasa (14/5/2024)"
    assert SAID["status.planned"] in again.fact("/status")
    again.export(tmp_path / "again.json", name="Budi")
    assert json.loads((tmp_path / "again.json").read_text()) == json.loads(
        (out / "corrections.json").read_text()
    )


def test_a_signatory_is_added_moved_and_removed_with_its_tie(visit: Any, out: Path, tmp_path: Path) -> None:
    visit.open_agreement("w1-017#1")
    visit.press("4", "+", "2")
    visit.type("Ferdinand R")
    visit.press("Enter")
    assert "Ferdinand Rumagit" in visit.fact("/parties/0/signatories/0")
    visit.press("e")
    visit.page.select_option("#edit-party", "/parties/1")
    visit.page.fill("#edit-role", "Wakil Walikota")
    visit.press("Enter")
    assert "Wakil Walikota" in visit.fact("/parties/1/signatories/0")
    apply_corrections(out, visit.export(tmp_path / "one.json"))
    people = read_tables(out)["people"].query("agreement_id == 'w1-017#1'")
    assert [tuple(row) for row in people[["name", "role", "party_seq"]].values] == [
        ("Ferdinand Rumagit", "Wakil Walikota", 2)
    ]
    visit.press("u")
    assert "Ferdinand Rumagit" in visit.fact("/parties/0/signatories/0")
    visit.press("n", "p", "r")
    apply_corrections(out, visit.export(tmp_path / "two.json"))
    assert read_tables(out)["people"].query("agreement_id == 'w1-017#1' and party_seq == 2").empty


def test_words_selected_with_the_pointer_become_a_fact(visit: Any) -> None:
    visit.open_agreement("w1-017#1")
    visit.page.evaluate(
        "() => { const walker = document.createTreeWalker(document.querySelector('#article .text'), 4);"
        " while (walker.nextNode()) { const at = walker.currentNode.data.indexOf('Desa Wori');"
        "  if (at < 0) continue;"
        "  getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + 9); break; } }"
    )
    visit.page.click(f"#words-bar >> text='{SAID['slot.venue']}'")
    assert "Desa Wori" in visit.fact("/venue")
    assert visit.marked()["/venue"] == "Desa Wori"


def test_work_is_kept_by_the_browser_until_it_is_exported(visit: Any, tmp_path: Path) -> None:
    visit.open_agreement("w1-007#1")
    visit.press("5", "r", "Shift+A")
    told = "() => document.querySelector('#progress').innerText.includes('2 koreksi')"
    visit.page.wait_for_function(told)
    visit.load()
    visit.page.wait_for_function(told)  # what was kept is read after the page is shown
    visit.open_agreement("w1-007#1")
    assert SAID["empty_by_reviewer"] in visit.fact("/date")
    assert SAID["state.accepted"] in visit.page.inner_text("#record-head")
    visit.export(tmp_path / "corrections.json")
    visit.load()
    assert "0 koreksi" in visit.page.inner_text("#progress")


def test_work_in_an_older_page_is_offered_by_a_newer_one(
    visit: Any, out: Path, opened: Opened, tmp_path: Path
) -> None:
    """The page was written again after a new version of the extraction, before the work was exported."""
    visit.open_agreement("w1-007#1")
    visit.press("5", "r")
    text = (out / "agreements.jsonl").read_text(encoding="utf-8")
    (out / "agreements.jsonl").write_text(text.replace('"status":"signed"', '"status":"planned"'), "utf-8")
    write_page(out, visit.target)
    visit.load()
    with visit.page.expect_download() as download:
        visit.page.click("#notice >> text=Unduh")
    download.value.save_as(tmp_path / "left.json")
    assert apply_corrections(out, tmp_path / "left.json").applied == 1


def test_an_exported_file_can_be_opened_in_another_browser(
    visit: Any, opened: Opened, tmp_path: Path
) -> None:
    visit.open_agreement("w1-007#1")
    visit.press("5", "r", "4", "a", "+", "3")
    visit.type("Widiana")
    visit.press("Enter")
    given = visit.export(tmp_path / "corrections.json")
    other = opened(visit.target)
    other.press("x")
    other.page.set_input_files("#import", given)
    other.page.wait_for_selector("#export >> text=3 koreksi dibaca")
    other.press("Escape")
    other.open_agreement("w1-007#1")
    assert SAID["empty_by_reviewer"] in other.fact("/date")
    other.export(tmp_path / "other.json", name="Budi")
    assert (tmp_path / "other.json").read_bytes() == given.read_bytes()


def test_a_fault_in_a_form_is_said_and_nothing_is_saved(visit: Any) -> None:
    visit.open_agreement("w1-007#1")
    visit.press("5", "e")
    visit.page.fill("#edit-value", "12 September 2019")
    visit.press("Enter")
    assert visit.page.inner_text(".fault") == SAID["no_date"]
    visit.page.fill("#edit-value", "2019-09")
    visit.page.fill("#edit-text", "kata yang tidak tertulis")
    visit.press("Enter")
    assert "kata yang tidak tertulis" in visit.page.inner_text(".fault")
    visit.press("Escape")
    assert "2019-09-12" in visit.fact("/date")
    assert "0 koreksi" in visit.page.inner_text("#progress")


STATUSES = ["signed", "planned", "extended", "implemented", "ended"]


def settle(visit: Any, agreement: dict[str, Any], event: dict[str, Any]) -> None:
    """Put status and date right and empty a venue that is none, each only where gold says otherwise."""
    if event["status"] != agreement["status"]:
        step = STATUSES.index(event["status"]) - STATUSES.index(agreement["status"])
        visit.press("1", "e", *["ArrowDown" if step > 0 else "ArrowUp"] * abs(step), "Enter")
    value = (agreement["date"] or {}).get("value")
    if event["date"] is None and agreement["date"] is not None:
        visit.press("5", "r")
    elif event["date"] and agreement["date"] and event["date"]["value"] and event["date"]["value"] != value:
        visit.press("5", "e")
        visit.type(event["date"]["value"])
        visit.press("Enter")
    if event["venue"] is None and agreement["venue"] is not None:
        visit.press("6", "r")


def test_ten_records_take_at_most_a_hundred_key_presses(
    opened: Opened, out: Path, tmp_path: Path, sample: Path, agreements: Read
) -> None:
    """A scripted reviewer: ten records drawn at random, checked against gold in status, date and venue."""
    gold_lines = (sample.parent / "gold" / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {line["id"]: line["events"] for line in map(json.loads, gold_lines)}
    chosen = random.Random(11).sample(agreements(out), 10)
    (out / "agreements.jsonl").write_text("".join(json.dumps(a) + "\n" for a in chosen), encoding="utf-8")
    rows = (out / "articles.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    by_id = {row.split(",")[0]: row for row in rows[1:]}
    kept = [by_id[a["article_id"]] for a in chosen]
    (out / "articles.csv").write_text("".join([rows[0], *kept]), encoding="utf-8")
    write_page(out, tmp_path / "page.html")
    visit = opened(tmp_path / "page.html")
    visit.press("Enter")
    last = "none yet"
    for _ in chosen:
        visit.page.wait_for_selector(f"#record-head:not(:has-text('{last}')) .whole")
        found = re.search(r"\S+#1", visit.page.inner_text("#record-head"))
        assert found is not None
        last = found[0]
        agreement = next(a for a in chosen if a["agreement_id"] == last)
        events = gold[agreement["article_id"]]
        if not events:
            visit.press("Shift+R")
            continue
        settle(visit, agreement, events[0])
        visit.press("Shift+A")
    visit.page.wait_for_selector(f"#notice >> text={SAID['all_done']}")
    assert visit.presses <= 100
    report = apply_corrections(out, visit.export(tmp_path / "corrections.json"))
    assert report.unplaced == ()
    after = {a["article_id"]: a for a in agreements(out)}
    for agreement in chosen:
        events = gold[agreement["article_id"]]
        assert (agreement["article_id"] in after) == bool(events)
        if events:
            assert after[agreement["article_id"]]["status"] == events[0]["status"]
    written = gold_from_corrections(out, out / "corrections.json", tmp_path / "gold.jsonl")
    assert written.written + len({line.split(":")[0] for line in written.left_out}) == 10
