"""What the instrument is worth, how long it runs, when it ends."""

import re
from collections.abc import Callable, Iterator

from sepaham.dates import resolve
from sepaham.records import Amount, DurationFact, MoneyFact, UntilFact
from sepaham.relations.context import Sentence, View
from sepaham.relations.patterns import grammar
from sepaham.relations.triggers import Trigger
from sepaham.relations.wording import Phrase

_NOT_WORTH = grammar(r"\b<terms.not_worth>\b[^.;]{0,40}\Z")
_WORTH = grammar(r"\b<terms.worth>\b[^.;]{0,45}\Z")
_WORTH_BEGINS = grammar(r"(?:\A|[,:;])\W{0,9}+(?:<terms.whole>\s+){0,2}<terms.worth_begins>\b[^.;]{0,45}\Z")
_BOUND = grammar(r"\b<terms.binds>\b.*\b<terms.worth>\b[^.;]{0,45}\Z")
_EACH = grammar(r"\A[\s(]*(?:/|<terms.each>\b)")
_LEAST = 1_000_000  # rupiah: smaller sums are prices
_RUNS = grammar(r"\b<terms.paper>\b(?:\s+[^\s,.;:]+){0,5}?\s+<terms.runs>(?:\s+\w+){0,2}\s+\Z")
# A few words stand between at the most: "masa berlaku nota itu", "jangka waktunya sama, yaitu".
_RUNS_OWN = grammar(r"\b<terms.runs_own>(?:[\s,:]+(?!<terms.not_run>\b)\w+){0,3}[\s,:]*\Z")
_HOLDS = grammar(r"\b<terms.holds>\s+\Z")
_AHEAD = grammar(r"\A\s*<terms.ahead>\b|<terms.ahead>\Z")
_PASSED = grammar(r"\A\s*<terms.passed>\b")
_LONG = re.compile(r"P\d+[YM]")  # hours and days are deadlines
_YEARS = re.compile(r"P\d+Y")
_ABOUT = grammar(r"<terms.paper>")
_UNTIL = grammar(
    r"\b(?:<terms.paper>|<terms.runs_own>)\b[^.;]{0,60}?"
    r"\b(<terms.until>\s+(?:<terms.until_filler>\s+)?"
    r"((?:\d{1,2} \w+ )?(?:[^\W\d]+ )?20\d\d|\d{1,2} [^\W\d]{3,9}\b))"
)
_BEFORE = 120  # characters before an amount that are looked at
# Chosen on articles that the encoder has not learned from (decision 18).
_FAINT = 0.09  # chance below which a sum is that of something else, whatever the words before it say
_SURE = 0.65  # chance from which it is that of the instrument without such words

Chance = Callable[[int, int], float]
"""How likely the words of a span (offsets in the article's body) tell the worth, or the time, of the
instrument."""


def _near(view: View, triggers: list[Trigger]) -> list[Sentence]:
    """The signing sentences, their neighbours, and all that name the instrument; the headline last."""
    found: dict[int, Sentence] = {}
    for trigger in triggers[:4]:
        for sentence in view.near(trigger.sentence, 1, 3):
            found.setdefault(sentence.index, sentence)
    for sentence in view.body_sentences:
        if _ABOUT.search(sentence.text):
            found.setdefault(sentence.index, sentence)
    return list(found.values())


def _amounts(sentence: Sentence) -> Iterator[tuple[Amount, str, str]]:
    """The amounts of a sentence, each with what stands before and behind it there."""
    for amount in sentence.amounts:
        start, end = amount.start - sentence.start, amount.end - sentence.start
        yield amount, sentence.text[max(0, start - _BEFORE) : start], sentence.text[end:]


def find_value(
    view: View, triggers: list[Trigger], chance: Chance | None = None
) -> tuple[MoneyFact, Amount, str] | None:
    """The stated worth of the instrument: a sum behind "senilai", "nilai", "investasi" near the signing, or
    anywhere behind a beginning like "Total nilainya"; where chances are known, a likely one at that, or a
    sure one behind any words."""
    everywhere = view.body_sentences
    for cue, sentences in (
        (_WORTH, _near(view, triggers)),
        (_WORTH_BEGINS, everywhere),
        (_BOUND, everywhere),
    ):
        for sentence in sentences:
            for amount, before, behind in _amounts(sentence):
                if not cue.search(before) or _NOT_WORTH.search(before) or _EACH.search(behind):
                    continue
                likely = chance is None or chance(amount.start, amount.end) >= _FAINT
                if likely and (fact := _money(amount)):
                    return fact, amount, "worth"
    for amount in _surest(view, chance):
        if fact := _money(amount):
            return fact, amount, "worth_judged"
    return None


def _surest(view: View, chance: Chance | None) -> list[Amount]:
    """The amounts that surely tell of the instrument, the surest first."""
    if chance is None:
        return []
    amounts = [amount for sentence in view.body_sentences for amount in sentence.amounts]
    ranked = sorted(
        ((chance(a.start, a.end), -a.start, a) for a in amounts), key=lambda r: r[:2], reverse=True
    )
    return [amount for sure, _, amount in ranked if sure >= _SURE]


def _money(amount: Amount) -> MoneyFact | None:
    if amount.kind != "money" or amount.amount is None or amount.unit is None:
        return None
    if amount.unit == "IDR" and amount.amount < _LEAST:
        return None
    return MoneyFact(text=amount.text, amount=amount.amount, currency=amount.unit)


def find_duration(
    view: View, triggers: list[Trigger], chance: Chance | None = None
) -> tuple[DurationFact, Amount, str] | None:
    """How long the instrument runs: "berlaku tiga tahun", "jangka waktunya 24 bulan"; else near the signing
    "kontrak selama dua tahun", "untuk lima tahun ke depan"; else one that the chances are sure of."""
    near = _near(view, triggers)
    seen = {sentence.index for sentence in near}
    told = {trigger.sentence.index for trigger in triggers}
    everywhere = [*near, *(s for s in view.body_sentences if s.index not in seen)]
    for sentences, tells in ((everywhere, _tells_own), (near, _tells)):
        for sentence in sentences:
            for amount, before, behind in _amounts(sentence):
                if amount.kind != "duration" or not amount.iso or _PASSED.search(behind):
                    continue
                if tells(amount, before, behind, sentence.index in told):
                    return DurationFact(text=amount.text, iso=amount.iso), amount, "runs"
    for amount in _surest(view, chance):
        if amount.kind == "duration" and amount.iso:
            return DurationFact(text=amount.text, iso=amount.iso), amount, "runs_judged"
    return None


def _tells_own(amount: Amount, before: str, _behind: str, _told: bool) -> bool:
    return bool(_LONG.match(amount.iso or "") and _RUNS_OWN.search(before))


def _tells(amount: Amount, before: str, behind: str, told: bool) -> bool:
    """Whether a time near the signing is how long the instrument runs; `told`: in a sentence that tells of
    the signing."""
    if _RUNS.search(before):
        return True
    ahead = _AHEAD.search(behind) or _AHEAD.search(amount.text)
    years = told and _YEARS.match(amount.iso or "")  # single tasks are told in months
    return bool(_HOLDS.search(before) and (years or (ahead and (told or _ABOUT.search(before)))))


def find_until(view: View, triggers: list[Trigger]) -> tuple[UntilFact, Phrase] | None:
    """The stated end: "berlaku hingga 2028"."""
    for sentence in _near(view, triggers):
        found = _UNTIL.search(sentence.text)
        if not found:
            continue
        # An end without a year lies ahead.
        value = resolve(found.group(2), view.document.article.published, planned=True)
        iso = value.value if value else None
        if iso and "/" not in iso:
            start = sentence.start + found.start(1)
            phrase = Phrase(found.group(1), start, start + len(found.group(1)), "until")
            return UntilFact(text=found.group(1), value=iso), phrase
    return None
