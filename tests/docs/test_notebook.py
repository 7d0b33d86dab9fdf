"""The notebook's cells run on the tables of the sample dump and show something."""

import ast
import json
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from sepaham.cli import app

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "inspect.ipynb"


def test_it_runs_on_the_sample_dump(tmp_path: Path, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "data" / "processed"
    assert CliRunner().invoke(app, ["extract", str(sample), "-o", str(out)]).exit_code == 0
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    names: dict[str, object] = {}
    shown = []
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            body = ast.parse("".join(cell["source"])).body
            *statements, last = body
            exec(compile(ast.Module(statements, []), "cell", "exec"), names)
            assert isinstance(last, ast.Expr), "a cell ends with what it shows"
            shown.append(eval(compile(ast.Expression(last.value), "cell", "eval"), names))
    assert all(isinstance(value, pd.DataFrame | pd.Series) and len(value) for value in shown)
    assert len(shown) >= 6
