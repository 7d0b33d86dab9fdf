"""The notebook's cells run on the sample dump and on other runs, and show tables, a proof and pictures."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from sepaham.cli import app

pytest.importorskip("matplotlib", reason="needs sepaham[notebook]")
pytest.importorskip("networkx", reason="needs sepaham[notebook]")
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "inspect.ipynb"


def extracted(inputs: Path, out: Path) -> Path:
    assert CliRunner().invoke(app, ["extract", str(inputs), "-o", str(out)]).exit_code == 0
    return out


def cells() -> list[str]:
    found = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in found if cell["cell_type"] == "code"]


def show(out: Path, dump: Path) -> tuple[list[Any], dict[str, Any]]:
    """What the cells show, and the names that they leave."""
    import matplotlib

    matplotlib.use("Agg")
    names: dict[str, Any] = {}
    shown = []
    with pytest.MonkeyPatch.context() as patch, matplotlib.rc_context():
        patch.setenv("SEPAHAM_OUT", str(out))
        patch.setenv("SEPAHAM_DUMP", str(dump))
        for source in cells():
            *statements, last = ast.parse(source).body
            assert isinstance(last, ast.Expr), "a cell ends with what it shows"
            exec(compile(ast.Module(statements, []), "cell", "exec"), names)
            shown.append(eval(compile(ast.Expression(last.value), "cell", "eval"), names))
    return shown, names


def pictures(shown: list[Any]) -> list[Any]:
    from matplotlib.figure import Figure

    return [value for value in shown if isinstance(value, Figure)]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> tuple[list[Any], dict[str, Any]]:
    return show(extracted(sample, tmp_path_factory.mktemp("notebook") / "out"), sample)


def test_it_shows_tables_a_proof_and_pictures(shown: tuple[list[Any], dict[str, Any]]) -> None:
    values, names = shown
    frames = [value for value in values if isinstance(value, pd.DataFrame)]
    assert len(frames) >= 7
    assert all(len(frame) for frame in frames)
    assert len(pictures(values)) == 8
    (page,) = (value for value in values if isinstance(value, str) and "<div" in value)
    marked = re.findall(r'<span style="[^"]*" title="/parties[^"]*">([^<]+)</span>', page)
    parties = names["parties"].set_index("agreement_id").loc[[names["shown"]]]
    texts = set(parties["texts"].str.split(" | ", regex=False).explode())
    assert texts & set(marked), "a form of a party is highlighted where it stands"
    assert len(page) > 1_500, "the whole article is shown"


def shown_labels(axes: Any) -> Iterator[Any]:
    """The labels of the ticks that lie within the axes; matplotlib keeps those beside them unseen."""
    if not axes.axison:
        return
    for axis, (low, high) in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
        for tick in axis.get_major_ticks():
            if min(low, high) <= tick.get_loc() <= max(low, high):
                yield tick.label1


def test_its_pictures_are_whole(shown: tuple[list[Any], dict[str, Any]], tmp_path: Path) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    values, names = shown
    for figure in pictures(values):
        FigureCanvasAgg(figure).draw()
        (axes,) = figure.axes
        assert axes.get_title(loc="left")
        for text in [*axes.texts, *shown_labels(axes)]:
            if text.get_text() and text.get_visible():
                box = text.get_window_extent()
                assert -1 <= box.x0 < box.x1 <= figure.bbox.x1 + 1, text.get_text()
    assert names["counts"].to_numpy().sum() == len(names["in_month"])
    names["PICTURES"] = tmp_path / "pictures"
    names["bars"](names["by_field"], "Agreements by field", "note", "by_field")
    assert (tmp_path / "pictures" / "by_field.png").stat().st_size > 5_000


def test_it_runs_where_nothing_was_found(tmp_path: Path) -> None:
    text = "Harga cabai rawit di Pasar Kranggan naik dua kali lipat sejak pekan lalu kata pedagang. " * 4
    (tmp_path / "a.csv").write_text(f"judul,isi,tanggal\nHarga cabai naik,{text},2024-06-04\n")
    values, _ = show(extracted(tmp_path / "a.csv", tmp_path / "out"), tmp_path / "a.csv")
    assert len(pictures(values)) == 8


def test_a_dump_that_is_gone_leaves_the_quotes(
    shown: tuple[list[Any], dict[str, Any]], tmp_path: Path
) -> None:
    names = {**shown[1], "DUMP": str(tmp_path / "nowhere")}
    source = next(cell for cell in cells() if "def proof_page" in cell)
    exec(compile(source, "cell", "exec"), names)
    page = names["proof_page"]("w1-001#1")
    assert "Pemerintah Kota Pangkalpinang" in page
    assert "Baca juga" not in page, "what no proof quotes is not shown"
