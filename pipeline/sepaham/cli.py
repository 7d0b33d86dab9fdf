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
from sepaham.console import say
from sepaham.errors import ConfigurationError, InputError, SepahamError
from sepaham.excerpt import MAX_CHARS
from sepaham.extraction import DEFAULT_TAGGER
from sepaham.inspector import reapply_corrections
from sepaham.logfile import JsonLog
from sepaham.options import (
    Append,
    ArticleSeconds,
    Columns,
    Engine,
    Formats,
    Inputs,
    KeepDuplicates,
    LogJson,
    MaxChars,
    MaxRejected,
    MinConfidence,
    NoLedger,
    Out,
    Restart,
    Scheduler,
    SecondOpinion,
    Tagger,
    Work,
    Workers,
)
from sepaham.progress import Bar

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


def _shown(log_json: bool) -> Bar | JsonLog:
    """How a run is told: to people, or to machines."""
    return JsonLog() if log_json else Bar(Console(stderr=True))


def errors_shown(command: Callable[P, T]) -> Callable[P, T]:
    """Show a SepahamError as one line and exit with 4; anything else is a bug and keeps its traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except SepahamError as error:
            _shown(bool(kwargs.get("log_json"))).failed(str(error), EXIT_ERROR)
            raise typer.Exit(EXIT_ERROR) from error

    return run


def _show_version(wanted: bool) -> None:
    if wanted:
        say(f"sepaham {installed_version('sepaham')}")
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
    inputs: Inputs,
    out: Out,
    columns: Columns = "",
    workers: Workers = 1,
    engine: Engine = "local",
    scheduler: Scheduler = None,
    work: Work = None,
    article_seconds: ArticleSeconds = batch.ARTICLE_SECONDS,
    max_rejected: MaxRejected = 0.05,
    max_chars: MaxChars = MAX_CHARS,
    tagger: Tagger = DEFAULT_TAGGER,
    min_confidence: MinConfidence = 0.0,
    restart: Restart = False,
    append: Append = False,
    keep_duplicates: KeepDuplicates = False,
    no_ledger: NoLedger = False,
    formats: Formats = "",
    log_json: LogJson = False,
    second_opinion: SecondOpinion = False,
) -> None:
    """Read articles and write the tables of their agreements into OUT.

    A run that was stopped goes on where it was when the same command is given again. An article that ends a
    worker process twice is rejected as crashed, one that takes too long as timeout, and the run goes on.

    Copies of an earlier article give no rows of their own: they are `duplicate`, with its id as reason.

    Exit codes: 0 all was read; 2 nothing could be read (or the command line is wrong); 3 more records than
    --max-rejected could not be read; 4 the inputs or OUT cannot be used; 130 stopped by Ctrl-C.
    """
    from sepaham.export import parse_formats, refresh
    from sepaham.ingestion import parse_map

    folder, url = _places(out, work)
    settings = batch.Settings(
        tuple(inputs), folder, parse_map(columns), workers, engine=engine, scheduler=scheduler,
        article_seconds=article_seconds, max_rejected=max_rejected, max_chars=max_chars, tagger=tagger,
        min_confidence=min_confidence, restart=restart, append=append, keep_duplicates=keep_duplicates,
        ledger=not no_ledger, publish_to=url, second_opinion=second_opinion,
    )  # fmt: skip
    wanted = parse_formats(formats)
    show = _shown(log_json)
    code = _extracted(settings, show)
    for path in refresh(folder, wanted):
        show.wrote(path)
    if url:
        _copied(folder, url, show)
    raise typer.Exit(code)


def _copied(folder: Path, url: str, show: Bar | JsonLog) -> None:
    """Copy all files of OUT to its URL, and say so."""
    from sepaham.ingestion import shown

    batch.copy_all(folder, url)
    show.line(f"all files are copied to {shown(url)}")


def _places(out: str, work: Path | None) -> tuple[Path, str | None]:
    """The folder in which a run works, and the URL to which its files are copied, if any."""
    from sepaham.ingestion import is_url, local_path, shown

    folder = local_path(out) if is_url(out) else out
    if folder is not None:
        if work is not None:
            raise ConfigurationError("--work is for an OUT that is a URL: a folder is its own")
        return Path(folder), None
    if work is None:
        raise ConfigurationError(
            f"OUT {shown(out)} is a URL: give --work FOLDER, a folder on this machine for the run's work and "
            "a copy of its tables; the same folder lets it go on and --append to it"
        )
    return work, out


def _extracted(settings: batch.Settings, show: Bar | JsonLog) -> int:
    """Run the batch, tell what came out, and give the exit code."""
    try:
        with show:
            summary = batch.run(settings, show)
    except KeyboardInterrupt:
        show.stopped()
        raise typer.Exit(EXIT_INTERRUPTED) from None
    show.finished(summary, settings.out)
    if corrected := reapply_corrections(settings.out):
        show.line(corrected.to_text())
    if settings.append:
        fresh, known = summary.fresh.records, summary.passed_over
        show.line(f"{fresh:,} of the records are new, {known:,} files had been read before")
    return summary.exit_code


@app.command(name="export")
@errors_shown
def export_tables(
    out: Annotated[Path, typer.Argument(help="The OUT of a run that ended.")],
    formats: Formats,
) -> None:
    """Write the tables of OUT in further formats: Parquet files, an SQLite database, an Excel workbook."""
    from sepaham.export import export, parse_formats

    for path in export(out, parse_formats(formats)):
        say(str(path))


@app.command(name="diff")
@errors_shown
def show_diff(
    old: Annotated[Path, typer.Argument(help="The OUT of a run.")],
    new: Annotated[Path, typer.Argument(help="The OUT of another run.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object instead of text.")] = False,
    tables: Annotated[
        list[str] | None, typer.Option("--table", help="Table to compare; may be repeated.")
    ] = None,
) -> None:
    """List the rows that are new, gone or changed from OLD to NEW, cell by cell, and why.

    Why: data (the article is new, gone or changed, or it is a copy of such a one), version, setting. Without
    --table, agreements and articles are compared.
    """
    from sepaham.batch.diff import diff

    found = diff(old, new, tuple(tables or ("agreements", "articles")))
    for line in [found.to_json()] if as_json else found.lines():
        say(line)


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
    tagger: Tagger = DEFAULT_TAGGER,
    mentions: Annotated[
        bool, typer.Option("--mentions", help="Score entities instead of agreements.")
    ] = False,
) -> None:
    """Score agreements against gold: precision, recall and F1 by slot, with 95 % intervals.

    With --mentions the recognised entities are scored: F1 over the distinct forms of each article, by type.
    """
    from sepaham.evaluation import articles_beside, score, score_mentions
    from sepaham.evaluation.extracting import extracted, tagged

    if mentions:
        scores = score_mentions(gold, tagged(articles_beside(gold), tagger), ids=ids)
    else:
        found = agreements if agreements else extracted(articles_beside(gold), tagger)
        scores = score(gold, found, ids=ids)
    say(scores.to_json() if as_json else scores.to_text(errors=errors))


@app.command()
@errors_shown
def explain(
    file: Annotated[Path, typer.Argument(help="A file with articles, as extract reads them.")],
    article: Annotated[str | None, typer.Option("--id", help="Which article; without it the first.")] = None,
    columns: Columns = "",
    tagger: Tagger = DEFAULT_TAGGER,
) -> None:
    """Tell for one article why each field is what it is, or empty."""
    from sepaham.explanation import explained
    from sepaham.ingestion import Rejected, parse_map, read_articles

    for item in read_articles([str(file)], columns=parse_map(columns)):
        if article is None or item.article_id == article:
            if isinstance(item, Rejected):
                raise InputError(f"{item.source_file}, record {item.record}: {item.reason}: {item.detail}")
            for line in explained(item, tagger):
                say(line)
            return
    raise InputError(
        f"{file}: no article {article or ''} in it: sepaham extract lists the ids in articles.csv"
    )


@app.command()
@errors_shown
def verify(
    out: Annotated[Path, typer.Argument(help="The OUT of a run that ended.")],
    inputs: Annotated[list[str], typer.Argument(help="The input of that run, in the same order.")],
    columns: Columns = "",
) -> None:
    """Prove OUT against its input: every quote at its offsets, every record accounted for, every table whole.

    Exit codes: 0 all holds; 1 something does not, each fault on a line; 4 OUT or the input cannot be read.
    """
    from sepaham.batch.verify import verify as faults
    from sepaham.ingestion import parse_map

    found = 0
    for fault in faults(out, inputs, parse_map(columns)):
        say(str(fault))
        found += 1
    say(f"{found} faults" if found else "all holds", err=True)
    raise typer.Exit(min(found, 1))


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
        say(json.dumps(item, ensure_ascii=False))


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
        say(json.dumps(item, ensure_ascii=False))


def refreshed(command: Callable[P, Path]) -> Callable[P, None]:
    """After a command that changed the tables of a folder, write its files of other formats anew."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        from sepaham.export import refresh

        for path in refresh(command(*args, **kwargs)):
            say(f"wrote {path}", err=True)

    return run


def _register() -> None:
    """Commands that stand beside what they start."""
    from sepaham.inspector import commands as inspector
    from sepaham.ledger.commands import ledger
    from sepaham.report.commands import match, report

    for command in (report, match):
        app.command()(errors_shown(command))
    app.command()(errors_shown(refreshed(ledger)))
    app.command(name="inspect")(errors_shown(inspector.inspect))
    app.command(name="correct")(errors_shown(refreshed(inspector.correct)))
    app.command(name="gold-from-corrections")(errors_shown(inspector.gold))


_register()


def main() -> None:
    """Entry point of the command."""
    app()
