"""Writes into `agreements.csv` which entry of the ledger a row belongs to."""

import csv
from pathlib import Path

from sepaham.ledger.build import Built
from sepaham.ledger.folders import CELL_LIMIT
from sepaham.tables.cells import LineFeeds, unescape

COLUMNS = ("ledger_id", "is_primary_report")


def annotate(folder: Path, built: Built, number: int = 0) -> None:
    """Fill `ledger_id` and `is_primary_report` of a folder's `agreements.csv`, all else unchanged.

    `number` is the folder's place among those that the ledger was built of. The file is replaced as a whole.
    """
    csv.field_size_limit(CELL_LIMIT)
    path, draft = folder / "agreements.csv", folder / "agreements.csv.new"
    with path.open(encoding="utf-8", newline="") as old, draft.open("w", encoding="utf-8", newline="") as new:
        reader, writer = csv.reader(old), csv.writer(LineFeeds(new))
        header = next(reader)
        writer.writerow(header)
        key, *columns = (header.index(name) for name in ("agreement_id", *COLUMNS))
        for row in reader:
            ledger_id, primary = built.places.get((number, unescape(row[key])), ("", None))
            cells = (ledger_id, "" if primary is None else str(primary).lower())
            for column, value in zip(columns, cells, strict=True):
                row[column] = value
            writer.writerow(row)
    draft.replace(path)
