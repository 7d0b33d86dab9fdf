"""Libraries that the core does without: imported when a file needs them, or named with the command."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from sepaham.ingestion.items import UnusableFileError


def require(module: str, extra: str, what: str) -> None:
    """Raises UnusableFileError (`needs_extra`), which says what to install, when the module is missing."""
    if find_spec(module) is None:
        raise UnusableFileError(
            "needs_extra", f"reading {what} needs the Python package {module}: pip install 'sepaham[{extra}]'"
        )


def load(module: str, extra: str, what: str) -> Any:
    """The module; raises UnusableFileError as `require` does."""
    require(module.partition(".")[0], extra, what)
    return import_module(module)
