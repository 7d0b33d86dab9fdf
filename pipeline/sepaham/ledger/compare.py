"""How alike two reports are: a handful of figures between 0 and 1, 0 where either says nothing."""

from functools import lru_cache

from rapidfuzz.fuzz import ratio, token_set_ratio

from sepaham.ledger.reports import Body, Report
from sepaham.ledger.times import apart, iso, windows

FEATURES = (
    "parties_of_fewer", "parties_of_more", "party_clash", "same_day", "near_day", "days_meet", "day_clash",
    "windows_apart", "published_near", "venue", "venue_clash", "city_clash", "topic", "topic_clash",
    "document", "document_clash", "signatory", "signatory_clash", "number", "number_clash", "year_clash",
    "renewal_clash", "same_text",
)  # fmt: skip
"""Names of the figures, in the order of the weights."""

AGAINST = frozenset(name for name in FEATURES if name.endswith(("_clash", "_apart")))
"""Figures that speak against one agreement; all others speak for it."""

PART, FUZZY, LIKE = 0.8, 0.9, 88.0
NEAR = 3
MONTH = 30
FEW_WORDS = 3
ENOUGH = 3


@lru_cache(maxsize=1 << 18)
def alike(one: Body, other: Body) -> float:
    """How surely two parties are one body: 1 the same key, less for a part or another spelling."""
    if one.key == other.key:
        return 1.0
    if one.owner == other.key or other.owner == one.key:
        return PART
    if (one.code and other.code) or (one.level and other.level and one.level != other.level):
        return 0.0
    if one.owner and other.owner and one.owner != other.owner:
        return 0.0
    return FUZZY if _same_words(one.words, other.words) else 0.0


def _same_words(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names have the same words but for spelling, or one is made of the other's initials."""
    if not one or not other:
        return False
    if {w for w in one if w.isdigit()} != {w for w in other if w.isdigit()}:
        return False
    short, long = sorted((one, other), key=len)
    if len(short) == 1 and len(long) > 1:
        return "".join(word[0] for word in long) == short[0]
    if len(short) * 2 < len(long):
        return False
    # a shorter name lies in the longer one; with as many words each, every letter counts
    score = ratio if len(short) == len(long) else token_set_ratio
    return score(" ".join(one), " ".join(other)) >= LIKE


def _paired(one: Report, other: Report) -> tuple[float, int, int]:
    """Summed likeness of the parties that are in both, and how many are left over on each side."""
    left = list(other.bodies)
    total = 0.0
    unmatched = 0
    for mine in one.bodies:
        best = max(left, key=lambda theirs: alike(mine, theirs), default=None)
        likeness = alike(mine, best) if best else 0.0
        if best and likeness:
            total += likeness
            left.remove(best)
        else:
            unmatched += 1
    return total, unmatched, len(left)


def _parties(one: Report, other: Report) -> dict[str, float]:
    if not one.bodies or not other.bodies:
        return {}
    total, mine, theirs = _paired(one, other)
    few, many = sorted((len(one.bodies), len(other.bodies)))
    clash = min(mine, theirs) / few
    # of a ceremony with many, a local newspaper names its own: that is no sign against it
    more = min(1.0, total / min(many, ENOUGH))
    return {"parties_of_fewer": total / few, "parties_of_more": more, "party_clash": clash}


def _days(one: Report, other: Report) -> dict[str, float]:
    if one.dated and other.dated:
        gap = apart(one.dated, other.dated)
        exact = one.dated[0] == one.dated[1] and other.dated[0] == other.dated[1]
        planned = "planned" in (one.status, other.status)
        if gap == 0:
            return {"same_day": 1.0} if exact else {"days_meet": 1.0}
        if gap <= NEAR or (exact and _other_year(one, other)):
            return {"near_day": 1.0}
        return {"day_clash": min(1.0, gap / MONTH) * (0.5 if planned else 1.0)}
    first, second = (windows(r.status, r.dated, r.published) for r in (one, other))
    gap = min(apart(a, b) for a in first for b in second)
    return {"days_meet": 0.5} if gap == 0 else {"windows_apart": min(1.0, gap / MONTH)}


def _other_year(one: Report, other: Report) -> bool:
    """Whether two days differ in the year alone though both were news in one month: a slip of the pen."""
    if not one.dated or not other.dated or not _published(one, other):
        return False
    return iso(one.dated[0])[4:] == iso(other.dated[0])[4:]


def _published(one: Report, other: Report) -> float:
    if not one.published or not other.published:
        return 0.0
    return max(0.0, 1 - apart(one.published, other.published) / MONTH)


def _place(one: Report, other: Report) -> dict[str, float]:
    found = {}
    if one.venue and other.venue:
        likeness = token_set_ratio(" ".join(one.venue), " ".join(other.venue)) / 100
        found = {"venue": likeness} if likeness >= 0.6 else {"venue_clash": 1 - likeness}
    if one.city and other.city and one.city != other.city:
        found["city_clash"] = 1.0
    return found


def _topic(one: Report, other: Report) -> dict[str, float]:
    few = min(len(one.topic), len(other.topic))
    if few < FEW_WORDS:
        return {}
    share = len(set(one.topic).intersection(other.topic)) / min(few, 12)
    return {"topic": min(1.0, share), "topic_clash": max(0.0, 1 - share / 0.2)}


def _people(one: Report, other: Report) -> dict[str, float]:
    if not one.people or not other.people:
        return {}
    few, many = sorted((one.people, other.people), key=len)
    same = sum(any(token_set_ratio(a, b) >= LIKE for b in many) for a in few)
    return {"signatory": same / len(few), "signatory_clash": float(same == 0)}


def features(one: Report, other: Report) -> tuple[float, ...]:
    """The figures FEATURES of two reports; the order of the two makes no difference but for rounding."""
    found = _parties(one, other) | _days(one, other) | _place(one, other) | _topic(one, other)
    found |= _people(one, other)
    found["published_near"] = _published(one, other)
    if one.docs and other.docs:
        found["document" if one.docs & other.docs else "document_clash"] = 1.0
    if one.number and other.number:
        found["number" if one.number == other.number else "number_clash"] = 1.0
    if one.years and other.years and not set(one.years) & set(other.years):
        found["year_clash"] = 1.0
    if (one.status == "extended") != (other.status == "extended"):
        found["renewal_clash"] = 1.0
    if one.meta.origin == other.meta.origin:
        found["same_text"] = 1.0
    return tuple(found.get(name, 0.0) for name in FEATURES)
