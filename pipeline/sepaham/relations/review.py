"""How sure a row is, which rows a person should look at, and why."""

from collections.abc import Iterable

from sepaham import lexicon
from sepaham.records import Agreement, Evidence


def lowest(evidence: Iterable[Evidence]) -> dict[str, float]:
    """The confidence of each slot that has proof, of its least sure item where it has several."""
    found: dict[str, float] = {}
    for item in evidence:
        if item.start is not None:
            slot = "signatories" if "/signatories/" in item.field else item.field.split("/")[1]
            found[slot] = min(found.get(slot, 1.0), item.confidence)
    return found


def review_why(agreement: Agreement) -> tuple[str, ...]:
    """The reasons to look at a row: `doubtful_<slot>`, `one_party`, `date_conflict`; none for a sure one."""
    bars: dict[str, float] = lexicon.toml("relations/review.toml")["doubtful"]
    found = [f"doubtful_{slot}" for slot, bar in bars.items() if agreement.confidence.get(slot, 1.0) < bar]
    if len(agreement.parties) < 2:
        found.append("one_party")
    if agreement.date and agreement.date.conflict:
        found.append("date_conflict")
    return tuple(found)


def reviewed(agreement: Agreement) -> Agreement:
    """The agreement with `needs_review` and `review_why` set."""
    why = review_why(agreement)
    return agreement.model_copy(update={"needs_review": bool(why), "review_why": why})
