"""`sepaham correct`: lays a corrections file over the tables of a folder, as often as one likes."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from sepaham.batch.journal import replace_text
from sepaham.batch.lock import locked
from sepaham.batch.publish import Counts
from sepaham.corrections import Corrections, Corrector, merge, read_corrections, to_json
from sepaham.corrections.file import NAME
from sepaham.errors import ConfigurationError
from sepaham.inspector.folder import UNCORRECTED, Folder
from sepaham.ledger import FILES as LEDGER_FILES
from sepaham.ledger import annotate, build, held_day
from sepaham.tables import TableWriter
from sepaham.tables.schema import TABLES

_FILES = (*(f"{table.name}.csv" for table in TABLES), "agreements.jsonl", "texts.jsonl")


@dataclass(frozen=True)
class Report:
    """What became of the corrections in a folder; `unplaced` has a line of text for each without effect."""

    corrections: int
    applied: int
    rejected: int
    unplaced: tuple[str, ...]

    def to_text(self) -> str:
        """The report for the terminal."""
        summary = (
            f"{self.corrections} corrections kept, {self.applied} applied, "
            f"{self.rejected} agreements rejected, {len(self.unplaced)} without effect"
        )
        return "\n".join([summary, *(f"  {line}" for line in self.unplaced)])


def apply_corrections(out: Path, corrections: Path) -> Report:
    """Add a corrections file to those that OUT keeps, and make OUT's tables anew with all of them.

    The kept ones stand in OUT/corrections.json; of two on one thing the later holds. The tables are made from
    what was extracted, so giving a file twice changes nothing. Raises InputError for a file that is none and
    ConfigurationError for a folder in which a run is under way or unfinished.
    """
    given = read_corrections(corrections)
    with locked(_ready(out)):
        kept = out / NAME
        merged = merge(read_corrections(kept), given) if kept.is_file() else merge(given)
        return _laid_over(out, merged)


def reapply_corrections(out: Path) -> Report | None:
    """Lay the corrections that OUT keeps over a fresh run's tables; None when it keeps none."""
    kept = out / NAME
    if not kept.is_file():
        return None
    with locked(_ready(out)):
        return _laid_over(out, merge(read_corrections(kept)))


def _ready(out: Path) -> Path:
    Folder(out)
    if (out / ".work" / "fingerprint.json").exists():
        raise ConfigurationError(
            f"{out} holds an unfinished run: give its `sepaham extract` command again first"
        )
    return out


def _laid_over(out: Path, corrections: Corrections) -> Report:
    """Write all files of OUT anew; a crash at any point leaves what the same call mends.

    Corrections come first, so that none is lost; then what was extracted; run.json says from then on that
    `uncorrected.jsonl` is to be read; the tables come last.
    """
    folder = Folder(out)
    corrector = Corrector(corrections)
    drafts = out / ".corrected"
    drafts.mkdir(exist_ok=True)
    with (drafts / UNCORRECTED).open("w", encoding="utf-8", newline="\n") as kept:
        counts, rows = _write(folder, corrector, drafts, kept)
    files = (*_FILES, *_ledger(out, drafts))
    corrector.finish()
    text = to_json(corrections)
    digest = hashlib.sha256(text.encode()).hexdigest()
    report = _report(corrections, corrector)
    about = {"applied": report.applied, "rejected": report.rejected, "unplaced": len(report.unplaced)}
    run: dict[str, Any] = {
        **{key: value for key, value in folder.run.items() if key not in ("counts", "corrections")},
        "counts": {**counts.as_dict(), "rows": rows},
        "corrections": {"sha256": digest, **about},
    }
    replace_text(out / NAME, text)
    (drafts / UNCORRECTED).replace(out / UNCORRECTED)
    replace_text(out / "run.json", json.dumps(run, indent=1, ensure_ascii=False) + "\n")
    for name in files:
        (drafts / name).replace(out / name)
    drafts.rmdir()
    return report


def _write(folder: Folder, corrector: Corrector, drafts: Path, kept: TextIO) -> tuple[Counts, dict[str, int]]:
    corrected_articles = {item.article_id for item in corrector.corrections.corrections}
    counts = Counts()
    with TableWriter(drafts) as tables:
        for result in folder.results():
            if result.article_id in corrected_articles:
                kept.writelines(agreement.model_dump_json() + "\n" for agreement in result.agreements)
            corrected = corrector.apply(result)
            counts.add(corrected)
            tables.add(corrected)
    return counts, tables.counts


def _ledger(out: Path, drafts: Path) -> tuple[str, ...]:
    """Build the ledger of the corrected tables where OUT holds one, and give its files."""
    if not (out / LEDGER_FILES[0]).is_file():
        return ()
    annotate(drafts, build([drafts], drafts, on=held_day(out)))
    return LEDGER_FILES


def _report(corrections: Corrections, corrector: Corrector) -> Report:
    unplaced = tuple(
        f"{item.correction.agreement_id} {item.correction.field} ({item.correction.action}): {item.why}"
        for item in corrector.unplaced
    )
    standing = sum(item.action != "withdraw" for item in corrections.corrections)
    return Report(standing, corrector.applied, corrector.rejected, unplaced)
