"""A second opinion: what another tagger's reading of the same article says about each cell."""

from collections.abc import Iterator, Sequence

from sepaham.records import Agreement, Party, Signatory, Venue

DISAGREE = "taggers_disagree_"
"""How a reason in `review_why` begins; the name of the slot follows."""
SLOTS = ("agreement", "date", "parties", "signatories", "venue")
"""The slots of which two readings are compared."""


def agreed(agreement: Agreement, others: Sequence[Agreement]) -> dict[str, bool]:
    """For every filled cell that both readings could have (a JSON pointer): whether any agreement of the
    other reading holds the same. The cells are `/agreement`, parties, signatories, the date and the venue."""
    cells = {"/agreement": bool(others)}
    parties = [party for other in others for party in other.parties]
    signing = {name for party in parties for item in party.signatories for name in _names(item)}
    for number, party in enumerate(agreement.parties):
        cells[f"/parties/{number}"] = any(_same_party(party, other) for other in parties)
        for order, item in enumerate(party.signatories):
            cells[f"/parties/{number}/signatories/{order}"] = not signing.isdisjoint(_names(item))
    if agreement.date:
        mine = agreement.date.value or agreement.date.text
        cells["/date"] = any(o.date and (o.date.value or o.date.text) == mine for o in others)
    if agreement.venue:
        venue = agreement.venue
        cells["/venue"] = any(o.venue and _same_place(venue, o.venue) for o in others)
    return cells


def compared(agreement: Agreement, others: Sequence[Agreement]) -> Agreement:
    """The agreement, marked for review where the other reading disagrees on a cell."""
    slots = sorted({_slot(field) for field, same in agreed(agreement, others).items() if not same})
    if not slots:
        return agreement
    why = (*agreement.review_why, *(f"{DISAGREE}{slot}" for slot in slots))
    return agreement.model_copy(update={"needs_review": True, "review_why": why})


def _slot(field: str) -> str:
    return "signatories" if "/signatories/" in field else field.split("/")[1]


def _same_party(mine: Party, other: Party) -> bool:
    if mine.code and other.code:
        return mine.code == other.code and mine.level == other.level
    return mine.name.casefold() == other.name.casefold() or not _forms(mine).isdisjoint(_forms(other))


def _forms(party: Party) -> set[str]:
    return {text.casefold() for text in party.texts}


def _names(item: Signatory) -> Iterator[str]:
    """The name without case; for want of one the office."""
    if item.name or item.role:
        yield (item.name or item.role or "").casefold()


def _same_place(mine: Venue, other: Venue) -> bool:
    pairs = ((mine.name, other.name), (mine.city, other.city))
    told = [(a.casefold(), b.casefold()) for a, b in pairs if a and b]
    return all(a == b or a in b or b in a for a, b in told) if told else mine.text == other.text
