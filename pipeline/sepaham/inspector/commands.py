"""The commands of the inspector, for the command line to register."""

from pathlib import Path
from typing import Annotated

import typer

from sepaham.console import say
from sepaham.inspector.applying import apply_corrections
from sepaham.inspector.gold import gold_from_corrections
from sepaham.inspector.writing import write_page

Out = Annotated[Path, typer.Argument(metavar="OUT", help="The folder that `sepaham extract` wrote.")]
File = Annotated[Path, typer.Argument(metavar="CORRECTIONS", help="The file that the page exported.")]
Articles = Annotated[
    list[str] | None,
    typer.Option("--articles", help="Where the run's inputs are now; by default where the run read them."),
]


def inspect(
    out: Out,
    target: Annotated[
        Path | None, typer.Option("--to", help="The page; by default OUT/inspector.html.")
    ] = None,
    articles: Articles = None,
) -> None:
    """Write one HTML page to check and correct the agreements of OUT in; it needs no network."""
    page = target or out / "inspector.html"
    report = write_page(out, page, inputs=articles)
    say(f"{page}: {report.to_text()}", err=True)


def correct(out: Out, corrections: File) -> Path:
    """Lay the corrections that the page exported over the tables of OUT.

    OUT keeps them in corrections.json; giving a file twice changes nothing, and a later run into OUT lays
    them over its tables again. The ledger of OUT and its files of other formats are written anew.
    """
    say(apply_corrections(out, corrections).to_text(), err=True)
    return out


def gold(
    out: Out,
    corrections: File,
    target: Annotated[Path, typer.Option("--to", help="The gold file; its articles are written beside it.")],
    articles: Articles = None,
) -> None:
    """Write gold lines for the articles whose agreements were all accepted or rejected as a whole."""
    say(gold_from_corrections(out, corrections, target, inputs=articles).to_text(), err=True)
