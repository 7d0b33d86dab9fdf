"""A ledger -> what offices need: `write_report`, an Excel list; `match_register`, one's own list compared.

Both need the extra `excel` (openpyxl); they load when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sepaham.report.match import match_register
    from sepaham.report.workbook import write_report

__all__ = ["match_register", "write_report"]

_HOME = {"match_register": "sepaham.report.match", "write_report": "sepaham.report.workbook"}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'sepaham.report' has no attribute {name!r}")
