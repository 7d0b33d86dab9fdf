"""Nothing that is read becomes code, and nothing that is read is without bounds."""

import ast
import json
import os
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import sepaham
from sepaham.corrections.file import read_corrections
from sepaham.errors import ConfigurationError, InputError, ModelError
from sepaham.ingestion import Rejected, discover, limits, read_articles
from sepaham.ner.weights import checked
from sepaham.records import Article
from sepaham.report.register import read_register

PACKAGE = Path(sepaham.__file__).parent
TEXT = "Pemkot Madiun dan PT Rimba Jati meneken nota kesepahaman soal sampah, Rabu (5/6/2024), di Madiun."
RUNS_CODE = {
    "pickle",
    "cPickle",
    "dill",
    "cloudpickle",
    "joblib",
    "shelve",
    "marshal",
    "yaml",
    "runpy",
    "code",
}
CALLS = {"eval", "exec", "compile", "__import__", "system", "popen"}


def _modules() -> list[Path]:
    return [path for path in PACKAGE.rglob("*.py") if "training" not in path.parts]


@pytest.mark.parametrize("path", _modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_no_module_makes_code_of_data(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not {alias.name.partition(".")[0] for alias in node.names} & RUNS_CODE
        elif isinstance(node, ast.ImportFrom):
            assert (node.module or "").partition(".")[0] not in RUNS_CODE
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in CALLS
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in {"system", "popen", "read_pickle", "allow_pickle"}


class _Bomb:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (os.mkdir, ("dibuat-oleh-pickle",))


@pytest.mark.parametrize(
    "name", ["a.pkl", "a.pickle", "a.jsonl", "a.json", "a.csv", "a.parquet", "a.txt", "a.zip"]
)
def test_a_pickle_is_never_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(pickle.dumps({"text": TEXT, "x": _Bomb()}))
    for item in read_articles([name]):
        assert isinstance(item, Rejected)
    assert not (tmp_path / "dibuat-oleh-pickle").exists()


def test_weights_with_another_hash_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"lain")
    (tmp_path / "manifest.json").write_text(json.dumps({"sha256": {"model.onnx": "0" * 64}}))
    with pytest.raises(ModelError, match="damaged or of another version"):
        checked(tmp_path)


@pytest.mark.parametrize("suffix", ["bz2", "xz", "7z", "rar", "tar", "br"])
def test_packings_without_a_guard_are_not_read(tmp_path: Path, suffix: str) -> None:
    import bz2
    import lzma

    packed = {"bz2": bz2.compress, "xz": lzma.compress}.get(suffix, bytes)(
        json.dumps({"text": TEXT}).encode()
    )
    (tmp_path / f"a.jsonl.{suffix}").write_bytes(packed)
    (item,) = read_articles([str(tmp_path)])
    assert isinstance(item, Rejected)
    assert item.reason == "unknown_format"


@pytest.mark.parametrize("depth", [1_000, 100_000])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_json_nested_deep_costs_its_record(tmp_path: Path, name: str, depth: int) -> None:
    deep = '{"text": ' + "[" * depth + "]" * depth + "}"
    (tmp_path / name).write_text(deep + "\n" + json.dumps({"id": "baik", "text": TEXT}) + "\n")
    found = list(read_articles([str(tmp_path / name)]))
    assert isinstance(found[0], Rejected)
    assert [item.article_id for item in found if isinstance(item, Article)] == ["baik"]


def test_corrections_nested_deep_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text("[" * 100_000)
    with pytest.raises(InputError, match=r"c\.json"):
        read_corrections(tmp_path / "c.json")


def test_a_number_of_many_digits_costs_its_record(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"text": ' + "9" * 10_000 + "}\n" + json.dumps({"id": "b", "text": TEXT})
    )
    bad, good = read_articles([str(tmp_path / "a.jsonl")])
    assert isinstance(bad, Rejected)
    assert good.article_id == "b"


@pytest.mark.parametrize(
    "published", ["0000-00-00", "9999-12-31T23:59:59-99:00", "31/02/2024", "99999999999999999999", 10**30,
                  -1, 1e308, float("nan"), True, {"$date": {"$date": "x"}}, [], "2024-13-45",
                  "١٢/٣/٢٠٢٤", "1/1/1" * 1000],
)  # fmt: skip
def test_absurd_dates_are_none_or_iso(tmp_path: Path, published: object) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT, "published": published}))
    (item,) = read_articles([str(tmp_path)])
    assert isinstance(item, Article)
    assert item.published is None or "1900" <= item.published[:4] < "2100"


def test_xlsx_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "daftar.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (limits.MAX_RECORD + 1))
    with pytest.raises(InputError, match="decompression bomb"):
        list(read_register(path))


def test_limits_are_set_by_the_environment() -> None:
    program = (
        "from sepaham.ingestion import limits; print(limits.MAX_RECORD, limits.MAX_RATIO, limits.changed())"
    )
    given = {**os.environ, "SEPAHAM_MAX_RECORD_MIB": "1", "SEPAHAM_MAX_RATIO": "50"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=given
    )
    assert done.stdout.split(None, 2) == [
        "1048576", "50", "{'SEPAHAM_MAX_RECORD_MIB': '1', 'SEPAHAM_MAX_RATIO': '50'}\n"
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["viel", "0", "-1", "1.5", "1e9", "٣"])
def test_a_limit_that_is_no_number_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: str
) -> None:
    monkeypatch.setenv("SEPAHAM_MAX_RATIO", value)
    with pytest.raises(ConfigurationError, match="SEPAHAM_MAX_RATIO"):
        discover([str(tmp_path)])
