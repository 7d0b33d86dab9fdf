"""Packed files and archives: the same articles, streamed, and nothing on disk."""

import bz2
import gzip
import io
import json
import os
import zipfile

import pytest
import zstandard

from sepaham.ingestion import Rejected, discover, items, packed, read_articles, read_records

TEXT = "KUPANG - Undana dan Pemkab Sabu Raijua menyepakati kerja sama riset garam, Rabu (5/6/2024), di Seba."
LINES = b"".join(
    json.dumps({"id": n, "text": f"{TEXT} {n * 7919 % 9973:x}"}).encode() + b"\n" for n in range(300)
)


def zst(content, **options):
    return zstandard.ZstdCompressor(**options).compress(content)


def zipped(members, method=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


def read(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    return list(read_articles([str(tmp_path / name)]))


def check(item, reason, record, *words):
    assert isinstance(item, Rejected)
    assert (item.reason, item.record) == (reason, record)
    for word in words:
        assert word in item.detail
    item.model_dump_json().encode()


@pytest.mark.parametrize("name", ["x.jsonl.zst", "X.JSONL.ZST", "x.jsonl"])
def test_zst_is_told_by_its_bytes(tmp_path, name):
    found = read(tmp_path, name, zst(LINES))
    assert [item.article_id for item in found] == [str(n) for n in range(300)]


@pytest.mark.parametrize("size", [1, 7, 100, 5000])
def test_zst_of_many_frames_and_skippable_ones(tmp_path, size):
    parts = [LINES[at : at + size * 40] for at in range(0, len(LINES), size * 40)]
    skippable = b"\x50\x2a\x4d\x18" + (5).to_bytes(4, "little") + b"lewat"
    content = skippable + skippable.join(zst(part) for part in parts) + skippable
    assert len(read(tmp_path, "x.jsonl.zst", content)) == 300


def test_text_of_a_zst_page_and_table(tmp_path):
    assert read(tmp_path, "a.txt.zst", zst(TEXT.encode("utf-16")))[0].text == TEXT
    assert read(tmp_path, "b.csv.zst", zst(f'judul,isi\nJ,"{TEXT}"\n'.encode()))[0].text == TEXT


def test_truncated_zst_gives_the_records_before_the_break(tmp_path):
    content = zst(b"".join(line + b" " * 200 for line in LINES.splitlines(keepends=True)), level=1)
    whole = read(tmp_path, "x.jsonl.zst", zst(os.urandom(0)) + content)
    assert len(whole) >= 300
    many = b"".join(zst(LINES[at : at + 3000]) for at in range(0, len(LINES), 3000))
    *articles, last = read(tmp_path, "y.jsonl.zst", many[: len(many) // 2])
    assert 20 < len(articles) < 300
    check(last, "unreadable", len(articles) + 1, f"after record {len(articles)}", "zstandard frame")


@pytest.mark.parametrize("cut", [5, 10, 50, -1])
def test_truncated_single_frame(tmp_path, cut):
    found = read(tmp_path, "x.jsonl.zst", zst(LINES)[:cut])
    check(found[-1], "unreadable", len(found) - 1 and len(found), "ended")


def test_corrupt_zst(tmp_path):
    content = bytearray(zst(LINES, write_checksum=True))
    content[len(content) // 2] ^= 0xFF
    found = read(tmp_path, "x.jsonl.zst", bytes(content))
    assert found[-1].reason == "unreadable"


@pytest.mark.parametrize("pack", [gzip.compress, zst])
def test_bomb_is_stopped(tmp_path, monkeypatch, pack):
    monkeypatch.setattr(items, "MAX_RECORD", 1 << 20)
    content = LINES + b'{"text": "' + b" " * (64 << 20) + b'"}\n'
    *articles, last = read(tmp_path, "x.jsonl", pack(content))
    assert len(articles) == 300
    check(last, "unreadable", 301, "200 times", "bomb")


def test_much_text_that_packs_well_is_no_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr(items, "MAX_RECORD", 1000)
    assert len(read(tmp_path, "x.jsonl.gz", gzip.compress(LINES * 3))) == 900


def test_zst_window_of_gigabytes_is_refused(tmp_path):
    long = zstandard.ZstdCompressionParameters(window_log=30, enable_ldm=True)
    packer = zstandard.ZstdCompressor(compression_params=long).compressobj()
    content = packer.compress(LINES) + packer.flush()
    check(*read(tmp_path, "x.jsonl.zst", content), "unreadable", 0, "memory")


def test_missing_zstandard_names_the_command(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "zstandard", None)
    (item,) = read(tmp_path, "x.jsonl.zst", zst(LINES))
    check(item, "needs_extra", 0, "pip install 'sepaham[zst]'")
    assert item.reason in items.READ_FAULTS


def test_zip_members_are_sources(tmp_path):
    content = zipped(
        [
            ("b/isi.jsonl", LINES[: LINES.index(b"\n") + 1] * 2),
            ("a.txt", TEXT),
            ("b/tabel.csv.gz", gzip.compress(f'isi\n"{TEXT}"\n'.encode())),
            ("b/lagi.jsonl.zst", zst(b'{"text": "' + TEXT.encode() + b'"}')),
            (".DS_Store", "x"),
            ("__MACOSX/b/._isi.jsonl", "x"),
            ("kosong/", ""),
            ("baca.md", "# baca"),
        ]
    )
    found = read(tmp_path, "arsip.zip", content)
    assert [(item.source_file, item.record) for item in found] == [
        ("arsip.zip!/a.txt", 1),
        ("arsip.zip!/b/isi.jsonl", 1),
        ("arsip.zip!/b/isi.jsonl", 2),
        ("arsip.zip!/b/lagi.jsonl.zst", 1),
        ("arsip.zip!/b/tabel.csv.gz", 1),
        ("arsip.zip!/baca.md", 0),
    ]
    assert found[2].article_id == "0~2"
    check(found[-1], "unknown_format", 0)
    assert len({item.article_id for item in found}) == 6


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_zip_methods(tmp_path, method):
    assert len(read(tmp_path, "x.zip", zipped([("a.jsonl", LINES)], method))) == 300


def test_zip_in_a_folder(tmp_path):
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "x.ZIP").write_bytes(zipped([("a.txt", TEXT)]))
    assert [item.source_file for item in read_articles([str(tmp_path)])] == ["d/x.ZIP!/a.txt"]


@pytest.mark.parametrize(
    "name", ["../jahat.txt", "a/../../jahat.txt", "/etc/jahat.txt", "C:/jahat.txt", "..\\jahat.txt"]
)
def test_names_that_point_out_of_the_archive(tmp_path, name):
    before = sorted(tmp_path.rglob("*"))
    found = read(tmp_path, "x.zip", zipped([(name, TEXT), ("baik.txt", TEXT)]))
    bad = [item for item in found if isinstance(item, Rejected)]
    assert len(found) == 2
    check(bad[0], "unreadable", 0, "points out of the archive", name.split("/")[-1].split("\\")[-1])
    assert sorted(tmp_path.rglob("*")) == [*before, tmp_path / "x.zip"]


def test_archive_in_an_archive_is_refused(tmp_path):
    inner = zipped([("a.txt", TEXT)])
    found = read(
        tmp_path, "x.zip", zipped([("dalam.zip", inner), ("z.txt", TEXT), ("d.zip.gz", gzip.compress(inner))])
    )
    assert [item.source_file for item in found] == ["x.zip!/d.zip.gz", "x.zip!/dalam.zip", "x.zip!/z.txt"]
    check(found[0], "unreadable", 0, "archive inside an archive", "unpack")
    check(found[1], "unreadable", 0, "archive inside an archive", "unpack")
    check(*read(tmp_path, "y.zip.gz", gzip.compress(inner)), "unreadable", 0, "unpack")
    check(*read(tmp_path, "z.zip.zst", zst(inner)), "unreadable", 0, "unpack")


def test_bomb_in_a_zip_costs_its_member_only(tmp_path, monkeypatch):
    monkeypatch.setattr(items, "MAX_RECORD", 1 << 20)
    bomb = b'{"text": "' + b" " * (64 << 20) + b'"}\n'
    first, last = read(tmp_path, "x.zip", zipped([("a.jsonl", bomb), ("b.txt", TEXT)]))
    check(first, "unreadable", 0, "200 times")
    assert last.text == TEXT


def test_bomb_of_two_layers_in_a_zip(tmp_path, monkeypatch):
    monkeypatch.setattr(items, "MAX_RECORD", 1 << 20)
    twice = gzip.compress(gzip.compress(b'{"text": "' + b" " * (64 << 20) + b'"}\n'))
    found = read(tmp_path, "x.zip", zipped([("a.jsonl.gz", twice)]))
    assert len(found) < 1000  # one layer is unpacked, and the second is no text
    assert {item.reason for item in found} == {"unreadable"}


def test_overlapping_members(tmp_path):
    content = bytearray(zipped([("a.txt", TEXT * 50), ("b.txt", TEXT * 50)]))
    second = content.rindex(b"PK\x01\x02")
    content[second + 20 : second + 24] = (1 << 30).to_bytes(4, "little")
    check(*read(tmp_path, "x.zip", bytes(content)), "unreadable", 0, "overlap")


def test_encrypted_member(tmp_path):
    content = bytearray(zipped([("a.txt", TEXT)]))
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    check(*read(tmp_path, "x.zip", bytes(content)), "unreadable", 0, "encrypted")


def test_damaged_member_costs_no_other(tmp_path):
    content = bytearray(zipped([("a.jsonl", LINES), ("b.txt", TEXT)]))
    content[200:240] = b"\xff" * 40
    *before, last = read(tmp_path, "x.zip", bytes(content))
    assert last.text == TEXT
    assert before[-1].reason == "unreadable"


@pytest.mark.parametrize("keep", [0, 3, 30, 0.5, -5])
def test_truncated_zip(tmp_path, keep):
    content = zipped([("a.jsonl", LINES)])
    cut = content[: int(len(content) * keep) if isinstance(keep, float) else keep]
    (item,) = read(tmp_path, "x.zip", cut)
    check(item, "unreadable", 0, "archive")


def test_empty_zip(tmp_path):
    check(*read(tmp_path, "x.zip", zipped([])), "empty_file", 0, "no file")
    check(*read(tmp_path, "y.zip", zipped([("a.txt", b"")])), "empty_file", 0, "no record")


def test_zip_is_streamed(tmp_path):
    """The first record comes before the rest of its member is unpacked: the broken end costs only itself."""
    content = bytearray(zipped([("a.jsonl", LINES * 20)], zipfile.ZIP_STORED))
    content[-400] ^= 0x01
    (tmp_path / "x.zip").write_bytes(bytes(content))
    heard = []
    found = read_records(discover([str(tmp_path / "x.zip")])[0], on_bytes=heard.append)
    assert next(found).article_id == "0"
    assert 0 < heard[0] < len(content) // 2
    *_, last = found
    assert last.reason == "unreadable"
    assert heard == sorted(heard)


def test_other_packing_is_an_unknown_format(tmp_path):
    check(*read(tmp_path, "x.jsonl.bz2", bz2.compress(LINES)), "unknown_format", 0, ".zst")


def test_chunks_of_the_unpacker_bound_its_memory():
    block = zstandard.ZstdCompressor(level=1).compress(bytes(8 << 20))
    assert packed._ZSTD_CHUNK // 4 * (128 << 10) <= 32 << 20
    assert len(block) < 1000
