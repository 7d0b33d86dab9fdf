"""What the instrument is worth, how long it runs, when it ends."""

from sepaham.dates import resolve
from sepaham.records import Amount, DurationFact, MoneyFact, UntilFact
from sepaham.relations.context import Sentence, View
from sepaham.relations.patterns import grammar
from sepaham.relations.triggers import Trigger
from sepaham.relations.wording import Phrase

_NOT_WORTH = grammar(r"\b<terms.not_worth>\b[^.;]{0,40}\Z")
_WORTH = grammar(r"\b<terms.worth>\b[^.;]{0,45}\Z")
_RUNS = grammar(r"\b<terms.runs>\b[^.;]{0,45}\Z")
_ABOUT = grammar(r"<terms.paper>")
_UNTIL = grammar(
    r"\b<terms.paper>\b[^.;]{0,60}?"
    r"\b(<terms.until>\s+(?:<terms.until_filler>\s+)?((?:\d{1,2} \w+ )?(?:[^\W\d]+ )?20\d\d))"
)


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


def find_value(view: View, triggers: list[Trigger]) -> tuple[MoneyFact, Amount, str] | None:
    """The stated worth of the instrument: a sum behind "senilai", "nilai", "investasi" near the signing."""
    for sentence in _near(view, triggers):
        for amount in sentence.amounts:
            if amount.kind != "money" or amount.amount is None or amount.unit is None:
                continue
            before = sentence.text[
                max(0, amount.start - sentence.start - 120) : amount.start - sentence.start
            ]
            if _WORTH.search(before) and not _NOT_WORTH.search(before):
                return (
                    MoneyFact(text=amount.text, amount=amount.amount, currency=amount.unit),
                    amount,
                    "worth",
                )
    return None


def find_duration(view: View, triggers: list[Trigger]) -> tuple[DurationFact, Amount, str] | None:
    """How long the instrument runs: "berlaku tiga tahun", "jangka waktu 24 bulan"."""
    for sentence in _near(view, triggers):
        for amount in sentence.amounts:
            before = sentence.text[
                max(0, amount.start - sentence.start - 120) : amount.start - sentence.start
            ]
            if (
                amount.kind == "duration"
                and amount.iso
                and _RUNS.search(before)
                and _ABOUT.search(sentence.text)
            ):
                return DurationFact(text=amount.text, iso=amount.iso), amount, "runs"
    return None


def find_until(view: View, triggers: list[Trigger]) -> tuple[UntilFact, Phrase] | None:
    """The stated end: "berlaku hingga 2028"."""
    for sentence in _near(view, triggers):
        found = _UNTIL.search(sentence.text)
        if not found:
            continue
        value = resolve(found.group(2), view.document.article.published)
        iso = value.value if value else None
        if iso and "/" not in iso:
            start = sentence.start + found.start(1)
            phrase = Phrase(found.group(1), start, start + len(found.group(1)), "until")
            return UntilFact(text=found.group(1), value=iso), phrase
    return None
