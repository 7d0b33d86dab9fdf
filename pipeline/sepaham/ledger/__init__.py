"""Agreements of many articles -> one ledger: `build` writes it, `annotate` ties the rows to it."""

from sepaham.ledger.annotate import annotate
from sepaham.ledger.build import FILES, Built, build, entries, held_day

__all__ = ["FILES", "Built", "annotate", "build", "entries", "held_day"]
