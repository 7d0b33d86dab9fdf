"""Reads .txt and .jsonl: a stream of UTF-8 bytes -> raw records."""

import io
import json
from collections.abc import Iterator
from functools import partial

from sepaham.ingestion.columns import Columns
from sepaham.ingestion.faults import TOO_LARGE, bad_bytes
from sepaham.ingestion.items import MAX_RECORD, Raw, as_raw

_decode_json = json.JSONDecoder(
    strict=False
).decode  # raw tabs and line breaks inside strings are common in dumps


def read_txt(stream: io.BufferedReader, _columns: Columns) -> Iterator[Raw]:
    """The whole file is one text, line breaks as they are."""
    content = stream.read(MAX_RECORD + 1)
    if not content.strip():
        return
    if len(content) > MAX_RECORD:
        yield Raw(1, None, TOO_LARGE)
        return
    try:
        yield Raw(1, {"text": content.decode()})
    except UnicodeDecodeError as error:
        yield Raw(1, None, bad_bytes(error, "file"))


def read_jsonl(stream: io.BufferedReader, _columns: Columns) -> Iterator[Raw]:
    r"""One JSON object a line; the record number is the line's.

    Lines end at `\n` only, since a text may hold U+2028.
    """
    lines = iter(partial(stream.readline, MAX_RECORD), b"")
    for number, line in enumerate(lines, 1):
        if len(line) == MAX_RECORD and not line.endswith(b"\n"):
            _skip_line(stream)
            yield Raw(number, None, TOO_LARGE)
        elif not line.isspace():
            yield _json_line(number, line)


def _skip_line(stream: io.BufferedReader) -> None:
    while (rest := stream.readline(MAX_RECORD)) and not rest.endswith(b"\n"):
        pass


def _json_line(number: int, line: bytes) -> Raw:
    try:
        text = line.decode()
        return as_raw(number, _decode_json(text.removeprefix("\ufeff")))
    except UnicodeDecodeError as error:
        return Raw(number, None, bad_bytes(error, "line"))
    except (ValueError, RecursionError) as error:
        return Raw(number, None, f"the line is no JSON: {error}")
