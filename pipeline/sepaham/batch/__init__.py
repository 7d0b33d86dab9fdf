"""Batch runs over dumps: `run(Settings(...))` reads, extracts, publishes, and survives being killed."""

from sepaham.batch.run import Summary, Watch, run
from sepaham.batch.settings import Settings
from sepaham.batch.upload import copy_all
from sepaham.batch.work import ARTICLE_SECONDS

__all__ = ["ARTICLE_SECONDS", "Settings", "Summary", "Watch", "copy_all", "run"]
