"""Leaves out what is not sure enough: cells below a confidence, rows only when the agreement itself is."""

import re
from typing import Any

from sepaham.records import Agreement, Evidence, Party

_ITEM = re.compile(r"/(parties|commitments|witnesses)/(\d+)(?:/signatories/(\d+))?")
_CELLS = ("agreement_text", "subject", "hub", "date", "venue", "value", "duration", "valid_until")


def withheld(agreement: Agreement, least: float) -> Agreement | None:
    """The agreement with its cells of a confidence below `least` left empty, the reason in its evidence.

    None when the agreement's own confidence is below. Items of lists go one by one, and with a party its
    signatories; status, kinds and fields stay, since every row has them. `least` 0 changes nothing.
    """
    if agreement.confidence.get("agreement", 1.0) < least:
        return None
    low = [e for e in agreement.evidence if e.start is not None and e.confidence < least]
    if not low:
        return agreement
    gone = {e.field for e in low}
    kept = {
        name: [n for n in range(len(getattr(agreement, name))) if f"/{name}/{n}" not in gone]
        for name in ("parties", "commitments", "witnesses")
    }
    changes: dict[str, Any] = {name: None for name in _CELLS if f"/{name}" in gone}
    for name in ("commitments", "witnesses"):
        changes[name] = tuple(getattr(agreement, name)[n] for n in kept[name])
    changes["parties"] = tuple(_party(agreement.parties[n], n, gone) for n in kept["parties"])
    names = {party.name for party in changes["parties"]}
    if agreement.hub not in names:
        changes["hub"] = None
    changes["evidence"] = tuple(
        moved for item in agreement.evidence if (moved := _moved(item, kept, gone, agreement, least))
    )
    return agreement.model_copy(update=changes)


def _party(party: Party, number: int, gone: set[str]) -> Party:
    signing = [s for n, s in enumerate(party.signatories) if f"/parties/{number}/signatories/{n}" not in gone]
    return party.model_copy(update={"signatories": tuple(signing)})


def _moved(
    item: Evidence, kept: dict[str, list[int]], gone: set[str], agreement: Agreement, least: float
) -> Evidence | None:
    """The evidence with its pointer to the new place; of a cell that was left empty, the reason."""
    found = _ITEM.fullmatch(item.field)
    if item.field in gone:
        field = f"/{found[1]}" if found else item.field
        if not found and item.field.removeprefix("/") not in _CELLS:
            return item
        why = f"{item.quote!r} has confidence {item.confidence:.3f}, less than {least:g}"
        return Evidence(field=field, confidence=item.confidence, rule="below_min_confidence", why=why)
    if not found:
        return item
    name, number = found[1], int(found[2])
    if number not in kept[name]:
        return None
    field = f"/{name}/{kept[name].index(number)}"
    if found[3] is not None:
        before = [n for n in range(int(found[3])) if f"/parties/{number}/signatories/{n}" not in gone]
        field += f"/signatories/{len(before)}"
    return item.model_copy(update={"field": field})
