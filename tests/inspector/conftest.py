"""A finished run over the sample dump, and the page in a browser where one is installed."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sepaham.batch.publish import Counts
from sepaham.corrections import Correction
from sepaham.ingestion import Rejected, read_articles
from sepaham.inspector import write_page
from sepaham.records import Agreement, Article, Outcome, Result
from sepaham.tables import TableWriter

AT = "2026-03-0{n}T08:00:00.000Z"


@pytest.fixture(scope="session")
def extracted(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """The output folder of a run over the sample dump; not to be changed.

    Its agreements are those of data/agreements.jsonl, whatever the extraction gives today.
    """
    out = tmp_path_factory.mktemp("inspector") / "out"
    out.mkdir()
    found: dict[str, list[Agreement]] = {}
    for line in (Path(__file__).parent / "data" / "agreements.jsonl").read_text("utf-8").splitlines():
        agreement = Agreement.model_validate_json(line)
        found.setdefault(agreement.article_id, []).append(agreement)
    counts = Counts()
    with TableWriter(out) as tables:
        for item in read_articles([str(sample)]):
            result = result_of(item, tuple(found.get(item.article_id, ())))
            counts.add(result)
            tables.add(result)
    run = {
        "versions": {"sepaham": "0.1.0"},
        "settings": {"inputs": [str(sample)], "columns": {}},
        "counts": {**counts.as_dict(), "rows": tables.counts},
    }
    (out / "run.json").write_text(json.dumps(run), encoding="utf-8")
    return out


def result_of(item: Article | Rejected, agreements: tuple[Agreement, ...]) -> Result:
    """What became of a record, when these are its agreements."""
    keys = ("article_id", "title", "outlet", "published", "published_from", "url", "source_file", "record")
    known = {key: getattr(item, key, None) for key in keys}
    if isinstance(item, Rejected):
        return Result(**known, outcome=Outcome.REJECTED, reason=item.reason, detail=item.detail)
    outcome = Outcome.AGREEMENT if agreements else Outcome.NO_AGREEMENT
    return Result(**known, outcome=outcome, reason=None if agreements else "model", agreements=agreements)


@pytest.fixture
def out(extracted: Path, tmp_path: Path) -> Path:
    """A copy of that folder to work on."""
    return Path(shutil.copytree(extracted, tmp_path / "out"))


@pytest.fixture(scope="session")
def decision() -> Callable[..., Correction]:
    """Makes a correction of the agreement `w1-001#1`; what is not given has plain values."""

    def make(field: str, action: str, n: int = 1, **more: Any) -> Correction:
        plain = {"agreement_id": "w1-001#1", "article_id": "w1-001", "by": "Ani", "at": AT.format(n=n)}
        return Correction.model_validate({**plain, "field": field, "action": action, **more})

    return make


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium, as Debian ships it; tests are skipped where it or Playwright is missing."""
    api = pytest.importorskip("playwright.sync_api", reason="needs the Python package playwright")
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("needs the program chromium (Debian: apt-get install chromium)")
    with api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


class Visit:
    """A page in the browser, with what went wrong in it and how many keys were pressed."""

    def __init__(self, browser: Any, target: Path, **options: Any) -> None:
        self.context = browser.new_context(
            viewport={"width": 1440, "height": 860}, accept_downloads=True, **options
        )
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.requests: list[str] = []
        self.presses = 0
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda message: self.faults.append(message.text))
        self.page.on("dialog", self._asked)
        self.page.set_default_timeout(90_000)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.target = target
        self.load()

    def _asked(self, dialog: Any) -> None:
        if dialog.type != "beforeunload":
            self.faults.append(f"{dialog.type}: {dialog.message}")
        dialog.accept()

    def load(self) -> None:
        self.page.goto(self.target.as_uri())
        self.page.wait_for_selector("html[data-ready]")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.presses += 1
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.presses += len(text)
        self.page.keyboard.type(text)

    def fact(self, pointer: str) -> str:
        return self.page.locator(f'[data-pointer="{pointer}"]').inner_text()

    def rows(self) -> list[str]:
        return self.page.locator("#grid .grid-rows .row").evaluate_all(
            "rows => rows.map(row => [Number(row.dataset.place), row.querySelector('.title').innerText])"
            ".sort((a, b) => a[0] - b[0]).map(pair => pair[1])"
        )

    def open_agreement(self, agreement_id: str) -> None:
        self.page.fill("#search", agreement_id)
        self.page.click(f'#grid .row[data-id="{agreement_id}"]')
        self.page.wait_for_selector(f"#record-head >> text={agreement_id}")

    def export(self, target: Path, name: str = "Ani") -> Path:
        self.page.keyboard.press("x")
        self.page.fill("#reviewer", name)
        with self.page.expect_download() as download:
            self.page.click("#download")
        download.value.save_as(target)
        self.page.keyboard.press("Escape")
        return target

    def marked(self) -> dict[str, str]:
        """Pointer -> the words that are marked for it in the article."""
        return self.page.evaluate(
            "() => { const found = {};"
            " for (const node of document.querySelectorAll('#article [data-facts]'))"
            "  for (const pointer of node.dataset.facts.split(' '))"
            "   found[pointer] = (found[pointer] ?? '') + node.textContent;"
            " return found; }"
        )


@pytest.fixture
def opened(browser: Any) -> Iterator[Callable[[Path], Visit]]:
    """Opens a page in a context of its own; at the end none may have complained or loaded anything else."""
    visits: list[Visit] = []

    def open_page(target: Path) -> Visit:
        visits.append(Visit(browser, target))
        return visits[-1]

    yield open_page
    for visit in visits:
        assert visit.faults == []
        assert set(visit.requests) <= {visit.target.as_uri()}
        visit.context.close()


@pytest.fixture
def visit(opened: Callable[[Path], Visit], extracted: Path, tmp_path: Path) -> Visit:
    """The page of the sample dump."""
    write_page(extracted, tmp_path / "page.html")
    return opened(tmp_path / "page.html")


@pytest.fixture(scope="session")
def agreements() -> Callable[[Path], list[dict[str, Any]]]:
    """Reads the agreements of an output folder."""

    def read(out: Path) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (out / "agreements.jsonl").read_text("utf-8").splitlines()]

    return read
