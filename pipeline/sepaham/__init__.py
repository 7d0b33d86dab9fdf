"""sepaham: cooperation agreements in Indonesian news, each fact with its proof.

`extract(text, title=…, published=…)` gives the agreements of one article, `load()` the same as a spaCy
pipeline, `read_tables(OUT)` the tables of a batch run as pandas frames. Submodules load when they are first
used, so that importing sepaham is cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sepaham.component import load
    from sepaham.extraction import extract
    from sepaham.tables import read_tables

__all__ = ["extract", "load", "read_tables"]

_HOME = {"extract": "sepaham.extraction", "load": "sepaham.component", "read_tables": "sepaham.tables"}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'sepaham' has no attribute {name!r}")
