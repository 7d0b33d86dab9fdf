"""Saves a workbook so that the same content is the same bytes: Excel files carry the time of their making."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def save(book: Workbook, path: Path) -> None:
    """Write a workbook without the time of its making."""
    draft = BytesIO()
    book.save(draft)
    path.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(draft) as old, ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MADE.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            new.writestr(ZipInfo(name, _EPOCH), content, ZIP_DEFLATED)
