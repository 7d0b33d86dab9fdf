"""The pictures of docs/inspector.md: `python tests/inspector/take_pictures.py`; look at them afterwards."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from sepaham import batch
from sepaham.inspector import write_page

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"


def opened(page: Any, agreement_id: str) -> None:
    page.keyboard.press("/")
    page.fill("#search", agreement_id)
    page.wait_for_selector("#grid[aria-rowcount='2']")
    page.click("#grid .grid-rows .row")
    page.wait_for_selector(f"#record-head >> text={agreement_id}")
    page.fill("#search", "")
    page.wait_for_selector("#grid:not([aria-rowcount='2'])")
    page.locator("#facts").focus()


def pictures(page: Any) -> None:
    press = page.keyboard.press
    page.evaluate("localStorage.setItem('sepaham.reviewer', 'Ani')")
    opened(page, "w1-007#1")
    press("Shift+A")
    opened(page, "w2-001#1")
    press("Shift+A")
    opened(page, "w1-016#1")
    press("Shift+R")
    opened(page, "w1-001#1")
    press("4")
    press("a")
    page.keyboard.press("5")
    page.screenshot(path=IMAGES / "inspector-record.png")
    press("w")
    page.keyboard.type("selasa (")
    page.screenshot(path=IMAGES / "inspector-words.png")
    press("Enter")
    page.wait_for_selector("[data-pointer='/date'].changed")
    press("Escape")
    page.evaluate("document.querySelector('#grid').scrollTop = 0")
    press("Home")
    page.screenshot(path=IMAGES / "inspector-table.png")
    opened(page, "w1-017#1")
    page.set_viewport_size({"width": 390, "height": 780})
    press("5")
    page.screenshot(path=IMAGES / "inspector-phone.png")


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        out, target = Path(name) / "out", Path(name) / "page.html"
        batch.run(batch.Settings(inputs=(str(ROOT / "data" / "raw"),), out=out))
        write_page(out, target)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1180, "height": 720})
        page.set_default_timeout(90_000)
        page.goto(target.as_uri())
        page.wait_for_selector("html[data-ready]")
        pictures(page)
        browser.close()


if __name__ == "__main__":
    main()
