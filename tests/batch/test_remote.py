"""Inputs and OUT on servers: HTTP and S3, by their own protocols. Skipped where the libraries are missing.

`pip install aiohttp` is enough for HTTP; S3 is played by moto: `pip install s3fs 'moto[s3]' flask
flask-cors`.
"""

import http.server
import os
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from dumps import command, dump, hashes


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """The address of a server that gives the files of `tmp_path`/dump."""
    pytest.importorskip("aiohttp")
    (tmp_path / "dump").mkdir()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=tmp_path / "dump"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def done(line: list[str], **more: str) -> None:
    environment = {**os.environ, "SEPAHAM_WORKERS": "0", "no_proxy": "*", "NO_PROXY": "*", **more}
    ended = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stderr


def tables(out: Path) -> dict[str, str]:
    """The hashes of what does not name its input."""
    return {name: value for name, value in hashes(out).items() if name.endswith(".csv")}


def test_a_dump_on_a_web_server_is_as_on_disk(web: str, tmp_path: Path) -> None:
    dump(tmp_path / "dump" / "a.jsonl", 120)
    done(command(tmp_path / "dump" / "a.jsonl", tmp_path / "disk"))
    done(command(f"{web}/a.jsonl", tmp_path / "web"))  # type: ignore[arg-type]
    assert tables(tmp_path / "web") == tables(tmp_path / "disk")
    assert "agreements.csv" in tables(tmp_path / "web")


def test_a_file_that_the_server_lacks_is_an_error_with_its_address(web: str, tmp_path: Path) -> None:
    line = command(f"{web}/gone.jsonl", tmp_path / "out")  # type: ignore[arg-type]
    ended = subprocess.run(line, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode != 0
    assert f"{web}/gone.jsonl" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """An empty bucket `sepaham` on an S3 server of this machine."""
    s3fs = pytest.importorskip("s3fs")
    server = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in (
        ("AWS_ACCESS_KEY_ID", "test"),
        ("AWS_SECRET_ACCESS_KEY", "test"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
        ("AWS_ENDPOINT_URL", f"http://{host}:{port}"),
        ("no_proxy", "*"),
    ):
        monkeypatch.setenv(name, value)
    store = s3fs.S3FileSystem(skip_instance_cache=True)
    store.mkdir("sepaham")
    yield store
    store.rm("sepaham", recursive=True)  # moto keeps what it holds from one server to the next
    server.stop()


@pytest.mark.parametrize("engine", ["local", "dask"])
def test_in_and_out_on_s3_are_as_on_disk(bucket, engine: str, tmp_path: Path) -> None:
    if engine == "dask":
        pytest.importorskip("distributed")
    (tmp_path / "dump").mkdir()
    for name in ("a", "b"):
        dump(tmp_path / "dump" / f"{name}.jsonl", 120, published=f"2024-06-{'30' if name == 'a' else '29'}")
        bucket.put(str(tmp_path / "dump" / f"{name}.jsonl"), f"sepaham/dump/{name}.jsonl")
    done(command(tmp_path / "dump", tmp_path / "disk"))
    line = command("s3://sepaham/dump/*.jsonl", "s3://sepaham/run")  # type: ignore[arg-type]
    done([*line, "--work", str(tmp_path / "work"), "--engine", engine, "--workers", "2"])
    for name in tables(tmp_path / "disk"):
        assert bucket.cat_file(f"sepaham/run/{name}") == (tmp_path / "disk" / name).read_bytes(), name
