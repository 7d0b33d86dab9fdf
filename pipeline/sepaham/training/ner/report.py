"""The table of all taggers: `python -m sepaham.training.ner.report` fills models/README.md."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from sepaham.training.ner.measure import MODELS, folder_of

TAGGERS = ("encoder", "fast", "spacy", "stanza", "crf", "rules")
TYPES = ("PER", "ORG", "GPE", "LOC", "FAC", "ROLE", "DATE", "MONEY", "DOC", "LAW", "EVT")
BEGIN, END = "<!-- taggers: generated -->", "<!-- taggers: end -->"
Row = tuple[str, Callable[[dict[str, Any]], Any]]


def at(*keys: str) -> Callable[[dict[str, Any]], Any]:
    """Reads a nested key; a dash where it is missing."""

    def read(metrics: dict[str, Any]) -> Any:
        value: Any = metrics
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        return "-" if value is None else value

    return read


def rows() -> list[Row]:
    """The rows of the table: what is measured, and where it stands in metrics.json."""
    found: list[Row] = [
        ("idner test, exact spans, micro", at("idner_test", "micro")),
        ("- asked for idner's convention", at("idner_test_by_its_convention", "micro")),
    ]
    found += [(f"- {kind}", at("idner_test", kind)) for kind in ("PER", "ORG", "LOC")]
    found.append(("spacyndo test, exact spans, 18 types, micro", _spacyndo))
    for key, title in (("written_test", "gold written/test"), ("real", "gold real")):
        found.append((f"{title}, distinct forms, micro", at(key, "micro")))
        found += [(f"- {kind}", at(key, kind)) for kind in TYPES]
        found += [(f"- all in {case}", at(f"{key}_{case}", "micro")) for case in ("lower", "upper")]
    found.append(("words a second, one core", at("words_per_second")))
    found += [("load, seconds", at("load_seconds")), ("size, MB", at("megabytes"))]
    return found


def _spacyndo(metrics: dict[str, Any]) -> Any:
    return at(
        "spacyndo_test_by_its_convention" if metrics["tagger"] == "encoder" else "spacyndo_test", "micro"
    )(metrics)


def cell(value: Any) -> str:
    """A figure as it is printed: F1 with three decimals."""
    return (
        f"{value:.3f}" if isinstance(value, float) and value <= 1 else f"{value:,}" if value != "-" else "-"
    )


def table(metrics: dict[str, dict[str, Any]]) -> str:
    """The table in Markdown."""
    names = [name for name in TAGGERS if name in metrics]
    lines = [f"| | {' | '.join(names)} |", f"|---|{'---|' * len(names)}"]
    for title, read in rows():
        lines.append(f"| {title} | {' | '.join(cell(read(metrics[name])) for name in names)} |")
    return "\n".join(lines)


def curves(metrics: dict[str, dict[str, Any]]) -> str:
    """The learning curves in Markdown."""
    lines = ["| tagger | gold articles learned from | written/test | real |", "|---|---|---|---|"]
    for name in TAGGERS:
        for row in metrics.get(name, {}).get("curve", []):
            lines.append(
                f"| {name} | {row['articles']} | {cell(row['written_test'])} | {cell(row['real'])} |"
            )
    return "\n".join(lines)


def main(
    models: Annotated[Path, typer.Option(help="The folder of the taggers.")] = MODELS,
    page: Annotated[Path, typer.Option(help="The page with the marks.")] = Path("models/README.md"),
) -> None:
    """Put the tables between the marks of the page."""
    files = {name: folder_of(models, name) / "metrics.json" for name in TAGGERS}
    metrics = {name: json.loads(f.read_text(encoding="utf-8")) for name, f in files.items() if f.is_file()}
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    tables = f"{table(metrics)}\n\n### Learning curve\n\n{curves(metrics)}"
    text = f"{before}{BEGIN}\n{tables}\n{END}{rest.partition(END)[2]}"
    page.write_text(text, encoding="utf-8")
    typer.echo(f"wrote {page}")


if __name__ == "__main__":
    typer.run(main)
