"""Folder OUT -> files of other formats beside its CSV tables, each moved into place when it is whole."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

from sepaham.errors import ConfigurationError, InputError
from sepaham.export import parquet, sqlite, xlsx
from sepaham.tables.schema import TABLES

Writer = Callable[[Path, Path], list[str]]
"""Takes OUT and a folder for drafts, writes into the drafts and gives the names of the files."""

_WRITERS: dict[str, tuple[str, Writer]] = {
    "parquet": ("agreements.parquet", parquet.write),
    "sqlite": (sqlite.NAME, sqlite.write),
    "xlsx": (xlsx.NAME, xlsx.write),
}
FORMATS = tuple(_WRITERS)
"""Names of the formats, as `--format` takes them."""


def parse_formats(text: str) -> list[str]:
    """The formats of `--format parquet,sqlite`, each once.

    Raises ConfigurationError for one that is unknown or needs what is not installed: before a long run.
    """
    names = [part.strip().lower() for part in text.split(",") if part.strip()]
    _check(names)
    return list(dict.fromkeys(names))


def _check(names: Iterable[str]) -> None:
    unknown = [name for name in names if name not in _WRITERS]
    if unknown:
        raise ConfigurationError(f"no format {', '.join(unknown)}: choose from {', '.join(FORMATS)}")
    if "xlsx" in names and find_spec("xlsxwriter") is None:
        raise ConfigurationError("format xlsx needs XlsxWriter: pip install 'sepaham[excel]'")


def export(out: str | Path, formats: Sequence[str]) -> list[Path]:
    """Write the tables of folder OUT in each of `formats` (of FORMATS); gives the files written.

    The same tables give the same bytes. Raises InputError when OUT holds no finished run or a row points at
    one that is not there, ConfigurationError for a format that is unknown or needs what is not installed.
    """
    folder = Path(out)
    _check(formats)
    missing = [table.name for table in TABLES if not (folder / f"{table.name}.csv").is_file()]
    if missing:
        raise InputError(
            f"{folder} holds no {', '.join(f'{name}.csv' for name in missing)}: "
            "give the folder that `sepaham extract … -o OUT` wrote, after it ended"
        )
    written: list[Path] = []
    for name in dict.fromkeys(formats):
        written += _publish(folder, _WRITERS[name][1])
    return written


def _publish(folder: Path, write: Writer) -> list[Path]:
    # Beside OUT's own files: a move within one file system is all or nothing.
    drafts = Path(mkdtemp(prefix=".export-", dir=folder))
    try:
        names = write(folder, drafts)
        for name in names:
            (drafts / name).replace(folder / name)
    finally:
        shutil.rmtree(drafts, ignore_errors=True)
    return [folder / name for name in names]


def refresh(out: str | Path, also: Sequence[str] = ()) -> list[Path]:
    """Write anew those formats that OUT holds, and `also` others: call it after the tables changed."""
    folder = Path(out)
    held = [name for name, (mark, _) in _WRITERS.items() if (folder / mark).is_file()]
    wanted = [*held, *also]
    return export(folder, wanted) if wanted else []
