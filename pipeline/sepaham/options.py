"""The options of `sepaham extract`, as its help shows them."""

from pathlib import Path
from typing import Annotated

import typer

from sepaham.ner.taggers import NAMES

Inputs = Annotated[
    list[str], typer.Argument(help="Files, folders, globs or fsspec URLs; - reads JSON lines from stdin.")
]
Out = Annotated[
    str, typer.Option("--out", "-o", help="Folder for the tables, made if missing, or a URL (with --work).")
]
Work = Annotated[
    Path | None,
    typer.Option(help="With OUT a URL: the folder on this machine in which the run works and goes on."),
]
Columns = Annotated[
    str,
    typer.Option("--map", help="Names of the input's columns: title=judul,text=isi,published=tanggal …"),
]
Workers = Annotated[
    int,
    typer.Option(
        min=0,
        envvar="SEPAHAM_WORKERS",
        help="Processes; the output is the same for any number. 0: all in one process, which an article can "
        "end or hold up.",
    ),
]
Engine = Annotated[str, typer.Option(help="What runs the workers: local (this machine) or dask.")]
Scheduler = Annotated[
    str | None,
    typer.Option(help="Address of a Dask scheduler, tcp://host:8786; without it dask starts --workers here."),
]
ArticleSeconds = Annotated[
    float,
    typer.Option(min=1, help="An article that takes longer, twice, is rejected (not with --workers 0)."),
]
MaxRejected = Annotated[
    float, typer.Option(min=0, max=1, help="Share of unreadable records above which the exit code is 3.")
]
MaxChars = Annotated[
    int, typer.Option(min=1000, help="Of longer texts only the surroundings of instrument words are read.")
]
Tagger = Annotated[str, typer.Option(help=f"What recognises names: {', '.join(NAMES)}.")]
MinConfidence = Annotated[
    float, typer.Option(min=0, max=1, help="Cells less sure than this stay empty, rows are left out.")
]
Restart = Annotated[bool, typer.Option(help="Throw away the work of an unfinished run in OUT.")]
Append = Annotated[
    bool, typer.Option("--append", help="Add to what OUT holds; files that it holds are passed over.")
]
SecondOpinion = Annotated[
    bool,
    typer.Option(
        "--second-opinion",
        help="Read once more by Stanza (for --tagger stanza: the encoder); mark where they disagree.",
    ),
]
NoLedger = Annotated[
    bool,
    typer.Option("--no-ledger", help="Leave out the ledger: one row for each agreement over all articles."),
]
Formats = Annotated[
    str, typer.Option("--format", help="Further formats of the tables: parquet, sqlite, xlsx; with commas.")
]
KeepDuplicates = Annotated[
    bool, typer.Option("--keep-duplicates", help="Keep the agreements of copies of an earlier article.")
]

LogJson = Annotated[
    bool, typer.Option("--log-json", help="Tell the run on stderr as JSON, one object a line, for log tools.")
]
