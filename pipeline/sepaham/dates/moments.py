"""Builders of the chunks that say a part of the day or a time: `siang`, `tadi malam`, `pukul 10.00 WIB`."""

from sepaham.dates.lexer import Tokens, numbers, word_set
from sepaham.dates.reading import Reading


def _moment(tokens: Tokens, start: int, end: int) -> str | None:
    """The TIMEX3 code of the part of the day among the tokens."""
    for i in range(start, end):
        value = tokens.values[i]
        if tokens.classes[i] == "P" and isinstance(value, str):
            return value
        if tokens.classes[i] == "D":
            return "NI"
    return None


def adverb(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`kemarin`, `besok`, `lusa`, `kemarin lusa`."""
    found = numbers(tokens, start, end, "R")
    count = found[0]
    if len(found) == 2:
        count = -2 if -1 in found else 2
    return Reading(start, end, "day", shift=("day", count))


def night(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`semalam`: the night before the day of publication; not `Rp300 ribu semalam`."""
    if tokens.word(start - 2) in word_set("per"):
        return None
    return Reading(start, end, "day", shift=("day", -1), moment="NI")


def today(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`tadi pagi`, `pagi tadi`, `nanti malam`, `tadi malam` (the night before)."""
    classes = tokens.classes[start:end]
    moment = _moment(tokens, start, end)
    back = "X" in classes and any(tokens.word(i).startswith("malam") for i in range(start, end))
    return Reading(start, end, "today", shift=("day", -1 if back else 0), moment=moment, weak=moment is None)


def moment(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`siang`, `dini hari`; `siangnya` is later on a day that was told before."""
    if tokens.word(start).endswith("nya"):
        return Reading(start, end, "from event", moment=_moment(tokens, start, end), from_event=("day", 0))
    return Reading(start, end, "moment", moment=_moment(tokens, start, end), weak=True)


def later(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`keesokan harinya`, `malam harinya`: counted from a day that was told before."""
    count = {"P": 0, "R": sum(numbers(tokens, start, end, "R"))}.get(tokens.classes[start], 1)
    if tokens.word(start) == "lusanya":
        count = 2
    return Reading(start, end, "from event", moment=_moment(tokens, start, end), from_event=("day", count))


def clock(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`pukul 10.00 WIB`, `jam 9 pagi`, `19.30-21.00 WITA`."""
    found = numbers(tokens, start, end, "1Q")
    hour, minute = found[0], found[1] if len(found) > 1 else 0
    if hour > 24 or minute > 59 or tokens.classes[max(start - 2, 0) : start - 1] == "1":
        return None
    part = _moment(tokens, start, end)
    if part in ("MI", "AF", "EV", "NI") and 1 <= hour < 12 and not (part == "MI" and hour > 9):
        hour += 0 if part == "NI" and hour < 6 else 12
    zone = tokens.values[end - 1] if tokens.classes[end - 1] == "Z" else ""
    return Reading(start, end, "clock", clock=f"{hour % 24:02d}:{minute:02d}{zone}")


def local(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`waktu setempat`, `waktu Jenewa`: says nothing of the day."""
    return Reading(start, end, "local time", weak=True)
