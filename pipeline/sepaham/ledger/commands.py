"""The command `sepaham ledger`: a thin shell over `build`; the command line registers it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sepaham.console import say
from sepaham.errors import ConfigurationError
from sepaham.ledger.annotate import annotate
from sepaham.ledger.build import Built, build
from sepaham.ledger.times import bounds


def day_number(on: str | None) -> int | None:
    """The ordinal of an ISO day; raises ConfigurationError when it is none."""
    if on is None:
        return None
    days = bounds(on)
    if days is None or days[0] != days[1]:
        raise ConfigurationError(f"--on {on} is no day: write it as 2025-12-31")
    return days[0]


def build_ledger(folders: Sequence[Path], out: Path | None, on: str | None = None) -> tuple[Built, Path]:
    """Build the ledger of output folders; of one folder it stands there, and its agreements point to it.

    Raises ConfigurationError when several folders are given and no place for their ledger.
    """
    if out is None and len(folders) > 1:
        raise ConfigurationError("the ledger of several folders needs a folder of its own: add -o FOLDER")
    target = out or folders[0]
    built = build(folders, target, on=day_number(on))
    if target == folders[0] and len(folders) == 1:
        annotate(target, built)
    return built, target


def ledger(
    outs: Annotated[list[Path], typer.Argument(help="Folders that `sepaham extract` wrote.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder for the ledger; of one OUT it is OUT itself.")
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(help="Day that deadlines count from; else the last publication day of the articles."),
    ] = None,
) -> Path:
    """Build the ledger: one row for each agreement, however many articles report it.

    Writes ledger.csv, ledger_sources.csv, network.graphml and regions.geojson. The same articles give the
    same ledger, in whatever order or number of folders they come. Files of other formats that the folder
    holds are written anew.
    """
    built, target = build_ledger(outs, out, on)
    say(f"{built.reports:,} reports of {built.entries:,} agreements in {target / 'ledger.csv'}", err=True)
    return target
