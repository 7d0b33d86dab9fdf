"""INPUT arguments (files, folders, globs, URLs of fsspec, `-`) -> the files to read, in a fixed order."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath

from sepaham.errors import InputError
from sepaham.ingestion import limits
from sepaham.ingestion.items import Format, Source
from sepaham.ingestion.remote import is_url, listed, local_path

SUFFIXES: dict[str, Format] = {
    ".txt": "txt",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".parquet": "parquet",
    ".warc": "warc",
    ".zip": "zip",
}
PACKED = (".gz", ".zst")
_WILDCARDS = frozenset("*?[")


def discover(inputs: Sequence[str]) -> list[Source]:
    """The files of the inputs, in the order given and sorted by path inside a folder or glob.

    Folders are walked to the bottom. Files that begin with `.` are left out there; one of an unknown suffix
    comes along, and reading it gives one Rejected. A file that two inputs name is read twice. Raises
    InputError for a path that is not there, a glob that matches nothing and a folder without files.
    """
    limits.check()
    return [source for given in inputs for source in _expand(str(given))]


def format_of(path: PurePath) -> Format:
    """The format by suffix, with or without `.gz` or `.zst`, in any case."""
    plain = path.with_suffix("") if path.suffix.lower() in PACKED else path
    return SUFFIXES.get(plain.suffix.lower(), "unknown")


def _expand(given: str) -> list[Source]:
    if given == "-":
        return [Source(Path("-"), "-", "jsonl")]
    if is_url(given):
        local = local_path(given)
        return _remote(given) if local is None else _expand(local)
    path = Path(given)
    if path.is_dir():
        return _sorted(_walk(path), path) or _fail(f"the folder {given!r} holds no files: give one that does")
    if path.exists() or path.is_symlink():
        return [_source(path, path.parent)]
    if _WILDCARDS & set(given):
        return _glob(given)
    return _fail(f"{given!r} is not there: check the path (a pattern such as 'dump/*.jsonl' may be quoted)")


def _remote(url: str) -> list[Source]:
    return [
        Source(Path(file.name), file.name, format_of(PurePath(file.name)), file.size, file.mark, file.url)
        for file in listed(url)
    ]


def _fail(message: str) -> list[Source]:
    raise InputError(f"INPUT: {message}")


def _glob(pattern: str) -> list[Source]:
    """The matches of a pattern, folders among them walked; names count from the part without wildcards."""
    parts = Path(pattern).parts
    first = next(place for place, part in enumerate(parts) if _WILDCARDS & set(part))
    base = Path(*parts[:first])
    matches = (match for match in base.glob(str(Path(*parts[first:]))) if not match.name.startswith("."))
    files = {file for match in matches for file in (_walk(match) if match.is_dir() else [match])}
    return _sorted(files, base) or _fail(f"the pattern {pattern!r} matches no file: check it")


def _sorted(files: Iterable[Path], base: Path) -> list[Source]:
    return sorted((_source(file, base) for file in files), key=lambda source: source.name)


def _source(path: Path, base: Path) -> Source:
    r"""The source, named by its path under base; bytes of the path that are no UTF-8 are written `\xff`."""
    name = os.fsencode(path.relative_to(base).as_posix()).decode("utf-8", "backslashreplace")
    try:
        state = path.stat()
    except OSError:  # a broken link, say: reading it gives the Rejected that tells of it
        return Source(path, name, format_of(path))
    return Source(path, name, format_of(path), state.st_size, state.st_mtime_ns)


def _walk(folder: Path) -> Iterator[Path]:
    """All files below; a folder that cannot be listed comes as itself, so that reading it says why."""
    unlisted: list[Path] = []
    for parent, _, files in os.walk(folder, onerror=lambda error: unlisted.append(Path(error.filename))):
        yield from (Path(parent, file) for file in files if not file.startswith("."))
    yield from unlisted
