"""What the tests of the evaluation share: the judge's own programs and a writer of JSON Lines."""

import contextlib
import importlib.util
import io
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def gold_folder() -> Path:
    folder = ROOT.parent / "shared" / "gold"
    if not (folder / "score.py").is_file():
        pytest.skip("the gold set and its judge are not beside this checkout (../shared/gold)")
    return folder


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"judge_{path.stem}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # leave nothing in the gold's folder
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = kept
    return module


@pytest.fixture(scope="session")
def original_score(gold_folder: Path) -> Callable[..., str]:
    """The judge's command line: arguments in, standard output back; SystemExit as it raises it."""
    module = _load(gold_folder / "score.py")

    def run(*arguments: object) -> str:
        kept, out = sys.argv, io.StringIO()
        sys.argv = ["score.py", *map(str, arguments)]
        try:
            with contextlib.redirect_stdout(out):
                module.main()
        finally:
            sys.argv = kept
        return out.getvalue()

    return run


@pytest.fixture(scope="session")
def original_check(gold_folder: Path) -> Callable[[Path, Path], str]:
    """The validator's command line: articles and gold in, standard output back."""
    module = _load(gold_folder / "check_gold.py")

    def run(articles: Path, gold: Path) -> str:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            module.main(articles, gold)
        return out.getvalue()

    return run


@pytest.fixture
def write_jsonl(tmp_path: Path) -> Callable[[str, Iterable[Any]], Path]:
    def write(name: str, items: Iterable[Any]) -> Path:
        path = tmp_path / name
        lines = (json.dumps(item, ensure_ascii=False) + "\n" for item in items)
        path.write_text("".join(lines), encoding="utf-8")
        return path

    return write
