"""The tables of a run as Parquet files, an SQLite database or an Excel workbook: `export(OUT, formats)`."""

from sepaham.export.places import province
from sepaham.export.run import FORMATS, export, parse_formats, refresh

__all__ = ["FORMATS", "export", "parse_formats", "province", "refresh"]
