"""Indonesian date expressions: `find_dates` finds and resolves them, `resolve` reads one phrase."""

from sepaham.dates.expressions import find_dates, resolve

__all__ = ["find_dates", "resolve"]
