"""The commands `sepaham report` and `sepaham match`; the command line registers them."""

from pathlib import Path
from typing import Annotated

import typer

from sepaham.console import say
from sepaham.errors import ConfigurationError


def check_region(region: str | None) -> str | None:
    """A region's code as it stands in the tables; raises ConfigurationError for anything else."""
    if region is None or region.startswith("kemendagri:"):
        return region
    raise ConfigurationError(
        f"--region {region} is no code of a region: `sepaham lookup NAME` tells it, e.g. kemendagri:36.03"
    )


def report(
    out: Annotated[Path, typer.Argument(help="Folder with a ledger: OUT of `sepaham extract` or `ledger`.")],
    region: Annotated[
        str | None, typer.Option(help="Code of the region that is bound, e.g. kemendagri:36.03; else all.")
    ] = None,
    year: Annotated[int | None, typer.Option(help="Year of the signing; else all.")] = None,
    below: Annotated[
        bool, typer.Option("--below", help="Of a province, its kabupaten and kota too.")
    ] = False,
    to: Annotated[
        Path | None, typer.Option("--out", "-o", help="The .xlsx file; else OUT/report.xlsx.")
    ] = None,
) -> None:
    """Write an Excel list of a region's agreements in the offices' layout, each line with its proof."""
    from sepaham.report.workbook import write_report

    path = to or out / "report.xlsx"
    lines = write_report(out, path, region=check_region(region), year=year, below=below)
    counts = f"{lines['agreements']} agreements, {lines['planned']} planned, {lines['budget']} budget papers"
    say(f"{counts} in {path}", err=True)


def match(
    register: Annotated[Path, typer.Argument(help="One's own list: .xlsx or .csv with a header line.")],
    out: Annotated[Path, typer.Argument(help="Folder with a ledger.")],
    to: Annotated[Path | None, typer.Option("--out", "-o", help="The .csv file; else OUT/match.csv.")] = None,
) -> None:
    """Compare one's own list with the ledger: in both, only here, only there, conflicting."""
    from sepaham.report.match import match_register

    path = to or out / "match.csv"
    counts = match_register(register, out, path)
    for name in ("both", "conflicting", "only_register", "only_news"):
        say(f"{name:14} {counts[name]:>6,}", err=True)
    say(f"written to {path}", err=True)
