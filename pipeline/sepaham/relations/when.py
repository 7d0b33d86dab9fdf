"""When it was signed: the date in or beside the sentence that reports the signing; else nothing."""

from dataclasses import dataclass

from sepaham.dates import resolve
from sepaham.records import DateFact, DateValue, Precision, Status
from sepaham.relations.context import Sentence, View
from sepaham.relations.patterns import grammar
from sepaham.relations.triggers import SIGNING, Trigger

# The date of a statement, not of the signing.
_SAID = grammar(r"<when.said>\b[^.;]{0,70}\Z")
_AT_SIGNING = grammar(r"<when.at_signing>\b[^.]{0,40}\bpe\w{0,6}an?da ?tangan")
_EVENT = grammar(r"\A[\"“]?\s*(?:<when.event_before>\s+)?<when.event>\b")
# The signing is part of an event told before: "Dalam kesempatan tersebut", "Di acara itu".
_SAME_EVENT = grammar(r"\b<when.occasion>\s+(?:yang\s+)?<when.same>\b|\b<when.occasion_named>\b")
# A year counts when it is told as one ("pada tahun 2018"), not as part of a name ("BLK Tahap I Tahun 2019").
_YEAR = grammar(
    r"(?s:tahun [^|]{0,99}\|.{0,8}|[^|]{0,99}\|.{0,8}<when.year_before>\s|<when.vague>[^|]{0,99}\|.{0,8})"
)
_TODAY = grammar(r"hari\s+ini\b")
_BOUND = grammar(r"(?<!\w)<when.bounds>(?:\s+<when.bounds_filler>){0,4}\s+\Z")
_OTHER_TIME = grammar(r"<when.other>\b[^,;.]{0,25}\Z")


@dataclass(frozen=True, slots=True)
class Found:
    """The date of the signing and the rule that found it."""

    date: DateValue
    rule: str


def find_date(view: View, triggers: list[Trigger]) -> Found | None:
    """The date of the signing: in a signing sentence, then in one beside it that tells of the event."""
    signing = [t for t in triggers if t.act in SIGNING] or triggers[:1]
    for trigger in signing[:4]:
        if date := _in_sentence(trigger):
            return Found(date, "date_in_signing_sentence")
    for trigger in signing[:3]:
        for sentence in view.near(trigger.sentence, 1, 2):
            if (
                sentence is not trigger.sentence
                and _EVENT.search(sentence.text)
                and (date := _free_date(sentence))
            ):
                return Found(date, "date_beside_signing_sentence")
    if signing and any(same_event(t) for t in signing[:2]):
        for sentence in view.body_sentences[:5]:
            if (date := _free_date(sentence)) and _vague(date) == 0:
                return Found(date, "date_of_the_event")
    return None


def same_event(trigger: Trigger) -> bool:
    """The sentence says that the signing was part of an event told before."""
    return _SAME_EVENT.search(trigger.sentence.text) is not None


def _in_sentence(trigger: Trigger) -> DateValue | None:
    sentence = trigger.sentence
    at_signing = _AT_SIGNING.search(sentence.text) is not None
    dates = [d for d in sentence.dates if _usable(sentence, d, at_signing=at_signing)]
    return min(dates, key=lambda d: (_vague(d), abs(d.start - trigger.start), d.start), default=None)


def _free_date(sentence: Sentence) -> DateValue | None:
    dates = [d for d in sentence.dates if _usable(sentence, d, at_signing=False)]
    return min(dates, key=lambda d: (_vague(d), d.start), default=None)


def _vague(date: DateValue) -> int:
    return {"day": 0, "month": 1, "year": 2, "none": 3}[date.precision]


def _usable(sentence: Sentence, date: DateValue, *, at_signing: bool) -> bool:
    before = _before(sentence, date)
    if date.timex not in ("DATE", "TIME") or _OTHER_TIME.search(before):
        return False
    if _vague(date) >= 2 and not _YEAR.fullmatch(date.text + "|" + before[-8:].lower()):
        return False
    return at_signing or not of_a_statement(sentence, date)


def of_a_statement(sentence: Sentence, date: DateValue) -> bool:
    """The date tells when something was said: "ujarnya, Senin (3/6)"."""
    return _SAID.search(_before(sentence, date)) is not None


def bounds_something(sentence: Sentence, date: DateValue) -> bool:
    """On the date something begins or ends: "habis 31 Desember", "mulai 1 Juli". Not "hari ini": what takes
    effect today is mostly signed today."""
    return not _TODAY.match(date.text) and _BOUND.search(_before(sentence, date)) is not None


def _before(sentence: Sentence, date: DateValue) -> str:
    return sentence.text[max(0, date.start - sentence.start - 160) : date.start - sentence.start]


_PRECISION: dict[int, Precision] = {
    0: "none",
    4: "year",
    7: "month",
    10: "day",
}  # by the length of an ISO value


def date_fact(date: DateValue, published: str | None, status: Status) -> DateFact:
    """The record of a date; an interval's value is what the ISO forms of its ends share.

    A day with no month is the next such day for a planned signing, the last one for any other (GUIDELINE).
    """
    if not date.rule.startswith("context"):  # else other words of the article gave the value
        date = resolve(date.text, published, planned=status == "planned") or date
    value = _shared(date.value)
    return DateFact(
        text=date.text,
        value=value,
        lower=date.lower,
        upper=date.upper,
        precision=_PRECISION[len(value or "")],
        basis=date.basis,
        conflict=date.conflict,
    )


def _shared(value: str | None) -> str | None:
    """ "2023-12-06/2023-12-09" -> "2023-12"; one date as it is."""
    if value is None or "/" not in value:
        return value
    ends = [end.split("-") for end in value.split("/")]
    common: list[str] = []
    for a, b in zip(*ends, strict=False):
        if a != b:
            break
        common.append(a)
    return "-".join(common) or None
