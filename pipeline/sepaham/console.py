"""What is said on a terminal: text from data cannot move its cursor, change its colours or its order."""

import re

import typer

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    r"""The text with control characters and marks of direction written out (`\u001b`), as JSON has them."""
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def say(text: str, err: bool = False) -> None:
    """Print a line to stdout, or to stderr; what a terminal would act on is written out."""
    typer.echo(printable(text), err=err)
