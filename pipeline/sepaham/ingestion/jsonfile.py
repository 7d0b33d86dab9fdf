"""Reads .json value by value: a list of articles, one article, a list inside an object, or JSON lines."""

import codecs
import io
import json
import re
from collections.abc import Iterator

from sepaham import lexicon
from sepaham.ingestion.columns import Columns
from sepaham.ingestion.faults import TOO_LARGE, not_unicode
from sepaham.ingestion.items import MAX_RECORD, Raw, as_raw
from sepaham.ingestion.streams import STREAM_ERRORS

_CHUNK = 1 << 20
_SPACE = re.compile(r"[ \t\r\n]*")
_LONGEST_TOKEN = 16  # "-Infinity", "\\ud83d\\ude00"; strings aside
_DEPTH = 3  # objects around a list of articles
_raw_decode = json.JSONDecoder(strict=False).raw_decode


class _BrokenError(ValueError):
    """The JSON cannot be read on; the message says where and why."""


class _Values:
    """A window on the text of the file that grows until it holds the next JSON value whole."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        # bytes that are no UTF-8 come through as lone surrogates, which reject their record only
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._text = ""
        self._at = 0
        self._read = 0  # bytes
        self._ended = False
        self._error: Exception | None = None

    def _more(self) -> None:
        rest = self._text[self._at :]
        chunk = self._chunk(max(_CHUNK, len(rest)))  # doubled, so that a long value costs linear time
        self._read += len(chunk)
        self._ended = not chunk
        self._text, self._at = rest + self._decoder.decode(chunk, final=self._ended), 0

    def _chunk(self, size: int) -> bytes:
        """Up to `size` bytes; what comes before damage is handed on first, then the error is raised."""
        if self._error:
            raise self._error
        parts: list[bytes] = []
        try:
            while size > 0 and (part := self._stream.read1(size)):
                parts.append(part)
                size -= len(part)
        except STREAM_ERRORS as error:
            self._error = error
            if not parts:
                raise
        return b"".join(parts)

    def peek(self) -> str:
        """The next character that is no white space; empty at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                return ""
            self._more()

    def skip(self, length: int = 1) -> None:
        """Passes over characters that were peeked at."""
        self._at += length

    def next(self) -> tuple[object, str]:
        """The next value and what is wrong with its bytes; raises _BrokenError."""
        self.peek()
        while True:
            try:
                value, end = _raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._ended or not self._cut_short(error):
                    raise _BrokenError(f"byte {self._byte(error.pos)}: {error.msg}") from None
            except (RecursionError, ValueError) as error:  # nested too deep, a number of thousands of digits
                raise _BrokenError(f"byte {self._byte(self._at)}: {error}") from None
            else:
                if len(self._text) - end >= _LONGEST_TOKEN or self._ended:
                    fault = not_unicode(self._text[self._at : end])
                    self._at = end
                    return value, fault
            if len(self._text) - self._at > MAX_RECORD:
                raise _BrokenError(f"byte {self._byte(self._at)}: {TOO_LARGE}, or not JSON")
            self._more()

    def _cut_short(self, error: json.JSONDecodeError) -> bool:
        """Whether the error may come from the end of the window and not from the file."""
        return error.msg.startswith("Unterminated string") or len(self._text) - error.pos < _LONGEST_TOKEN

    def to_next_object(self) -> bool:
        """Goes to the next line that begins with `{`; false when there is none."""
        while (end := self._text.find("\n{", self._at)) < 0:
            if self._ended:
                return False
            self._at = max(self._at, len(self._text) - 1)
            self._more()
        self._at = end + 1
        return True

    def _byte(self, at: int) -> int:
        """The position in the file of a character in the window, counted from 1."""
        pending = len(self._decoder.getstate()[0])
        return self._read - pending - len(self._text[at:].encode("utf-8", "surrogateescape")) + 1


def read_json(stream: io.BufferedReader, columns: Columns) -> Iterator[Raw]:
    """Streams a list of articles or JSON lines.

    An object around a list is read whole, up to MAX_RECORD characters.
    """
    values = _Values(stream)
    first = values.peek()
    if first == "[":
        values.skip()
        yield from _list_items(values)
    elif first:
        yield from _top_values(values, columns)


def _list_items(values: _Values) -> Iterator[Raw]:
    number = 1
    try:
        while values.peek() not in ("]", ""):
            yield _record(number, *values.next())
            number += 1
            mark = values.peek()
            if mark == ",":
                values.skip()
            elif mark not in ("]", ""):
                raise _BrokenError(f"{mark!r} where a comma or the end of the list must be")
        if values.peek() == "":
            raise _BrokenError("the list does not end")
        values.skip()
        if values.peek():
            raise _BrokenError("there is more after the end of the list")
    except _BrokenError as error:
        yield Raw(number, None, f"{error}; the list cannot be read on from its record {number}")


def _top_values(values: _Values, columns: Columns) -> Iterator[Raw]:
    number = 1
    while values.peek():
        try:
            value, fault = values.next()
            if number == 1 and not values.peek():  # bad bytes inside are told where a field is read
                for place, inner in enumerate(_unwrapped(value, columns), 1):
                    yield as_raw(place, inner)
                return
            yield _record(number, value, fault)
        except _BrokenError as error:
            yield Raw(number, None, str(error))
            if not values.to_next_object():
                return
        number += 1


def _record(number: int, value: object, fault: str) -> Raw:
    return Raw(number, None, fault) if fault else as_raw(number, value)


def _unwrapped(value: object, columns: Columns) -> list[object]:
    """The list of articles inside an object, under a usual key; else the object itself as one article."""
    inner = value
    for _ in range(_DEPTH):
        if not isinstance(inner, dict) or isinstance(inner.get(columns.find(inner).text), str):
            break
        inner = _inside(inner)
        if isinstance(inner, list):
            return inner
    return [value]


def _inside(wrapper: dict[str, object]) -> object:
    """The list or object under the first usual key."""
    keys: list[str] = lexicon.toml("ingestion/columns.toml")["wrappers"]["keys"]
    values = {name.casefold(): inner for name, inner in wrapper.items()}
    return next((values[key] for key in keys if isinstance(values.get(key), list | dict)), None)
