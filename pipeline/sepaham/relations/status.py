"""Is it signed, planned, extended, put in force or ended: read off the signing sentences and the headline."""

import datetime
import re

from sepaham.records import DateValue, Status
from sepaham.relations.context import View
from sepaham.relations.patterns import any_of, grammar, pattern
from sepaham.relations.triggers import SIGNING, Trigger

_BEFORE, _AFTER, _NEAR, _OLD = 70, 45, 50, 200
_END = rf"\b(?:<status.ends>|{any_of('end', 'words', 'triggers')})\b"
_PAPER = r"\b<commitments.paper>\b"
_ENDED = grammar(rf"{_END}[^.;\n]{{0,40}}?{_PAPER}|{_PAPER}[^.;\n]{{0,60}}?{_END}")
_DONE = grammar(r"\b<status.done>\b")


def find_status(view: View, triggers: list[Trigger], date: DateValue | None) -> tuple[Status, Trigger]:
    """The status and the sentence that shows it; "signed" where nothing else is said."""
    top = triggers[:4]
    headline = [t for t in triggers if t.sentence.in_title]
    if _headlined_end(view):
        return "ended", (headline + top)[0]
    for trigger in headline + top[:2]:
        if _ends(trigger):
            return "ended", trigger
    if date and later(view, date):
        return "planned", top[0]
    signing = [t for t in top if t.act in SIGNING]
    planned = [t for t in top if _planned(t)]
    if planned and len(planned) * 2 > len(signing or top):
        return "planned", planned[0]
    for trigger in headline + top[:2]:
        if _stands_near(trigger, pattern("extend")):
            return "extended", trigger
    if (date and _long_ago(view, date)) or _put_in_force(top[0]):
        return "implemented", top[0]
    return "signed", top[0]


def _headlined_end(view: View) -> bool:
    """Whether the headline says that an agreement ends: "Kerja Sama Parkir Diputus"."""
    return _ENDED.search(view.text, 0, view.title_end) is not None


def _ends(trigger: Trigger) -> bool:
    return trigger.instrument is not None and _stands_near(trigger, pattern("end"))


def _stands_near(trigger: Trigger, words: re.Pattern[str]) -> bool:
    """One of the words stands near the instrument or the signing word."""
    offset = trigger.sentence.start
    marks = [trigger.start, *([trigger.instrument.start] if trigger.instrument else [])]
    return any(
        abs(m.start() + offset - mark) < _NEAR
        for m in words.finditer(trigger.sentence.text)
        for mark in marks
    )


def later(view: View, date: DateValue) -> bool:
    """The day lies behind that of the publication: a signing on it is only planned."""
    published = view.document.article.published
    return bool(
        published and date.value and len(date.value) == 10 and len(published) == 10 and date.value > published
    )


def _planned(trigger: Trigger) -> bool:
    """Plan words stand around the signing word, and nothing says that it is done."""
    text, at = trigger.sentence.text, trigger.start - trigger.sentence.start
    window = text[max(0, at - _BEFORE) : at + _AFTER]
    return pattern("plan").search(window) is not None and not _DONE.search(window)


def _long_ago(view: View, date: DateValue) -> bool:
    """Signed more than half a year before the article: it tells what became of it."""
    published = view.document.article.published
    if not published or len(published) != 10 or not date.upper:
        return False
    return (datetime.date.fromisoformat(published) - datetime.date.fromisoformat(date.upper)).days > _OLD


def _put_in_force(trigger: Trigger) -> bool:
    """Words such as "tindak lanjut" or "evaluasi" stand right before the instrument."""
    if trigger.instrument is None or trigger.sentence.in_title:
        return False
    mark = min(
        trigger.instrument.start, trigger.start if trigger.act == "nominal" else trigger.instrument.start
    )
    before = trigger.sentence.text[: mark - trigger.sentence.start].rstrip()
    return any(len(before) - m.end() < 3 for m in pattern("implement").finditer(before))
