"""`verify`: a whole OUT has no fault, one changed byte is found, in the output or in the input."""

import json
import random
import shutil
from pathlib import Path

import pytest

from sepaham.batch.run import run
from sepaham.batch.settings import Settings
from sepaham.batch.verify import verify
from sepaham.errors import InputError

ROOT = Path(__file__).parents[2]
FILES = ("agreements.csv", "evidence.csv", "parties.csv", "people.csv", "articles.csv", "agreements.jsonl")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("verify")
    shutil.copytree(ROOT / "data/raw/siaran-pers", folder / "in")
    run(Settings(inputs=(str(folder / "in"),), out=folder / "out", workers=1))
    return folder


def faults(folder):
    return [str(fault) for fault in verify(folder / "out", [str(folder / "in")])]


def test_a_whole_out_has_no_fault(whole):
    assert json.loads((whole / "out/run.json").read_text())["counts"]["agreements"] > 3
    assert faults(whole) == []


def test_a_changed_name_in_the_confidences_is_found(whole, tmp_path):
    """It stood in no table, and so was not found."""
    shutil.copytree(whole, tmp_path / "copy")
    nested = tmp_path / "copy/out/agreements.jsonl"
    nested.write_text(nested.read_text().replace('"duration":0.', '"duratiox":0.', 1))
    assert any("has a confidence of no slot: 'duratiox'" in fault for fault in faults(tmp_path / "copy"))


@pytest.mark.parametrize("name", FILES)
def test_one_changed_byte_is_found(whole, tmp_path, name):
    draw = random.Random(name)
    data = (whole / "out" / name).read_bytes()
    for _ in range(6):
        copy = tmp_path / "copy"
        shutil.copytree(whole, copy)
        place = draw.choice([n for n, byte in enumerate(data) if chr(byte).isalnum()])
        changed = data[:place] + (b"x" if data[place : place + 1] != b"x" else b"y") + data[place + 1 :]
        (copy / "out" / name).write_bytes(changed)
        try:
            found = faults(copy)
        except InputError as error:  # a cell that no longer is what its column holds
            found = [str(error)]
        assert found, f"byte {place} of {name}: {data[place - 20 : place + 20]!r}"
        shutil.rmtree(copy)


def test_a_changed_letter_of_the_input_is_found(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "copy")
    row = json.loads((whole / "out/agreements.jsonl").read_text().splitlines()[0])
    quote = next(e["quote"] for e in row["evidence"] if e["field"] == "/parties/0")
    file = next(f for f in (tmp_path / "copy/in").iterdir() if quote in f.read_text())
    file.write_text(file.read_text().replace(quote, quote.swapcase()))
    found = faults(tmp_path / "copy")
    assert any("another than the one that was read" in fault for fault in found)
    assert any(repr(quote) in fault for fault in found)


def test_a_record_too_many_and_one_too_few(whole, tmp_path):
    shutil.copytree(whole, tmp_path / "copy")
    (tmp_path / "copy/in/zzz.txt").write_text("Berita tambahan yang belum pernah dibaca. " * 10)
    assert any("more records" in fault for fault in faults(tmp_path / "copy"))
    for name in ("zzz.txt", sorted(f.name for f in (whole / "in").iterdir())[-1]):
        (tmp_path / "copy/in" / name).unlink()
    assert any("no such record" in fault for fault in faults(tmp_path / "copy"))


def test_a_folder_without_a_run_is_named(tmp_path):
    with pytest.raises(InputError, match=r"agreements\.jsonl cannot be read"):
        list(verify(tmp_path, [str(tmp_path)]))
