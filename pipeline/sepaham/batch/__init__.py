"""Batch runs over dumps: `run(Settings(...))` reads, extracts, publishes, and survives being killed."""

from sepaham.batch.run import Summary, Watch, run
from sepaham.batch.settings import Settings

__all__ = ["Settings", "Summary", "Watch", "run"]
