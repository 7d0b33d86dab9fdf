"""How much is read of what strangers made, and how an operator sets it: environment variables, read at start.

`MAX_RECORD`: the largest record, in bytes (a line, a text, a page) or characters (a JSON value, a cell).
`MAX_HELD`: the largest file, in bytes, that is held in memory: a table inside an archive, which can't be
streamed. `MAX_RATIO`: what unpacks to more than MAX_RECORD and so many times its size is a bomb; news packs 3
to 20 times. Worker processes of this machine inherit the environment.
"""

import os

from sepaham.errors import ConfigurationError

USUAL = {"SEPAHAM_MAX_RECORD_MIB": 64, "SEPAHAM_MAX_HELD_MIB": 256, "SEPAHAM_MAX_RATIO": 200}
"""The variables and what holds without them."""


def _set(name: str) -> int:
    """A limit: the variable's number, the usual one where there is none or it is no number."""
    given = os.environ.get(name, "")
    return int(given) if _is_number(given) else USUAL[name]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) > 0


def check() -> None:
    """Raise ConfigurationError for a variable that is set to anything but a number from 1 to 999999."""
    for name in USUAL:
        given = os.environ.get(name, "")
        if given and not _is_number(given):
            raise ConfigurationError(
                f"{name} is {given!r}, no whole number from 1 to 999999: set it to one, or leave it out"
            )


def changed() -> dict[str, str]:
    """The limits that are not the usual ones: runs under others must not be mixed."""
    return {name: str(_set(name)) for name in USUAL if _set(name) != USUAL[name]}


MAX_RECORD = _set("SEPAHAM_MAX_RECORD_MIB") * 2**20
MAX_HELD = _set("SEPAHAM_MAX_HELD_MIB") * 2**20
MAX_RATIO = _set("SEPAHAM_MAX_RATIO")
