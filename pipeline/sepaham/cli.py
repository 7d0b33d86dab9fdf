"""The command `sepaham`: a thin shell over functions that tests call."""

import json
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Annotated, ParamSpec, TypeVar

import typer
from rich.console import Console

from sepaham import batch
from sepaham.errors import SepahamError
from sepaham.excerpt import MAX_CHARS
from sepaham.progress import Bar, summary_lines

app = typer.Typer(
    name="sepaham",
    help="Cooperation agreements in Indonesian news: who signed what with whom, where, when, with proof.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
EXIT_ERROR = 4
EXIT_INTERRUPTED = 130

P = ParamSpec("P")
T = TypeVar("T")


def errors_shown(command: Callable[P, T]) -> Callable[P, T]:
    """Show a SepahamError as one line and exit with 4; anything else is a bug and keeps its traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except SepahamError as error:
            typer.echo(f"sepaham: {error}", err=True)
            raise typer.Exit(EXIT_ERROR) from error

    return run


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"sepaham {installed_version('sepaham')}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    pass


@app.command()
@errors_shown
def extract(
    inputs: Annotated[
        list[str], typer.Argument(help="Files, folders or globs; - reads JSON lines from stdin.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the tables; made if missing.")],
    columns: Annotated[
        str,
        typer.Option("--map", help="Names of the input's columns: title=judul,text=isi,published=tanggal …"),
    ] = "",
    workers: Annotated[
        int, typer.Option(min=1, help="Processes; the output is the same for any number.")
    ] = 1,
    max_rejected: Annotated[
        float, typer.Option(min=0, max=1, help="Share of unreadable records above which the exit code is 3.")
    ] = 0.05,
    max_chars: Annotated[
        int,
        typer.Option(min=1000, help="Of longer texts only the surroundings of instrument words are read."),
    ] = MAX_CHARS,
    restart: Annotated[bool, typer.Option(help="Throw away the work of an unfinished run in OUT.")] = False,
) -> None:
    """Read articles and write the tables of their agreements into OUT.

    A run that was stopped goes on where it was when the same command is given again.

    Exit codes: 0 all was read; 2 nothing could be read (or the command line is wrong); 3 more records than
    --max-rejected could not be read; 4 the inputs or OUT cannot be used; 130 stopped by Ctrl-C.
    """
    from sepaham.ingestion import parse_map

    settings = batch.Settings(
        inputs=tuple(inputs),
        out=out,
        columns=parse_map(columns),
        workers=workers,
        max_rejected=max_rejected,
        max_chars=max_chars,
        restart=restart,
    )
    try:
        with Bar(Console(stderr=True)) as bar:
            summary = batch.run(settings, bar)
    except KeyboardInterrupt:
        typer.echo("sepaham: stopped; the same command goes on where this run stopped", err=True)
        raise typer.Exit(EXIT_INTERRUPTED) from None
    for line in summary_lines(summary, out):
        typer.echo(line, err=True)
    raise typer.Exit(summary.exit_code)


@app.command()
@errors_shown
def evaluate(
    gold: Annotated[Path, typer.Argument(help="gold.jsonl; its articles are the articles.jsonl beside it.")],
    agreements: Annotated[
        Path | None, typer.Argument(help="agreements.jsonl to score; without it the articles are extracted.")
    ] = None,
    ids: Annotated[str | None, typer.Option(help="Score only these: FILE:KEY, as splits.json:test.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object instead of a table.")] = False,
    errors: Annotated[int, typer.Option(min=0, help="Show the N articles with the most faults.")] = 0,
) -> None:
    """Score agreements against gold: precision, recall and F1 by slot, with 95 % intervals."""
    from sepaham.evaluation import articles_beside, score
    from sepaham.evaluation.extracting import extracted

    found = agreements if agreements else extracted(articles_beside(gold))
    scores = score(gold, found, ids=ids)
    typer.echo(scores.to_json() if as_json else scores.to_text(errors=errors))


def _stdin_lines() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "surrogateescape")


@app.command()
@errors_shown
def normalize(
    text: Annotated[
        str | None, typer.Argument(help="A text; without it JSON lines {text, published} from stdin.")
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="Publication day that relative dates count from.")
    ] = None,
) -> None:
    """Print one JSON object a line for every date, time, sum, duration and quantity of a text."""
    from sepaham.normalize import normalize as expressions
    from sepaham.normalize import normalize_lines

    found = expressions(text, published) if text is not None else normalize_lines(_stdin_lines())
    for item in found:
        typer.echo(json.dumps(item, ensure_ascii=False))


@app.command()
@errors_shown
def lookup(
    name: Annotated[str | None, typer.Argument(help="A name; without it one name a line from stdin.")] = None,
    on: Annotated[str | None, typer.Option(help="ISO day on which the name must be valid.")] = None,
    context: Annotated[str, typer.Option(help="Text around the name, to tell twins apart.")] = "",
) -> None:
    """Print the official name and code of a party or place, one JSON object a name."""
    from sepaham.registry import lookup_lines

    names = [name] if name is not None else (line.rstrip("\r\n") for line in _stdin_lines())
    for item in lookup_lines(names, on=on, context=context):
        typer.echo(json.dumps(item, ensure_ascii=False))


def main() -> None:
    """Entry point of the command."""
    app()
